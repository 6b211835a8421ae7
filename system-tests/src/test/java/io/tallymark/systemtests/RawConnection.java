package io.tallymark.systemtests;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandEncoder;
import io.tallymark.protocol.Framing;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyDecoder;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A plain blocking socket to the binary port, for bytes that the client would never send. */
final class RawConnection implements AutoCloseable {
    private static final int READ_TIMEOUT_MS = 30_000;
    private static final int MEMBERS_PER_FRAME = 500;

    private final Socket socket = new Socket();
    private final OutputStream out;
    private final DataInputStream in;

    RawConnection(final InetSocketAddress address) throws IOException {
        socket.connect(address, READ_TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MS);
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
    }

    /** One message, SBE header and body. */
    static byte[] message(final Command command) {
        final CommandEncoder encoder = new CommandEncoder();
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(encoder.maxLength(command));
        final int length = encoder.encode(command, buffer, 0);
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** A right frame around these messages, whatever they hold. */
    static byte[] frame(final byte[]... messages) {
        int length = Framing.HEADER_BYTES;
        for (final byte[] message : messages) {
            length += Framing.MESSAGE_LENGTH_BYTES + message.length;
        }
        final ByteBuffer frame = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(length).putShort((short) messages.length).putShort((short) 0);
        for (final byte[] message : messages) {
            frame.putInt(message.length).put(message);
        }
        return frame.array();
    }

    /** Sends; that the other side has hung up already is no failure. */
    void send(final byte[] bytes) throws IOException {
        try {
            out.write(bytes);
            out.flush();
        } catch (final SocketException e) {
            if (!isBrokenPipe(e)) {
                throw e;
            }
        }
    }

    /** Says that nothing more will come. */
    void endOutput() throws IOException {
        try {
            socket.shutdownOutput();
        } catch (final SocketException e) {
            if (!isBrokenPipe(e) && !"Transport endpoint is not connected".equals(e.getMessage())) {
                throw e;
            }
        }
    }

    /** The replies of the next frame; an empty list when the server has closed the connection. */
    List<Reply> receive() throws IOException {
        final byte[] frame;
        try {
            final int length = Integer.reverseBytes(in.readInt());
            frame = new byte[length];
            in.readFully(frame, 4, length - 4);
        } catch (final EOFException e) {
            return List.of();
        } catch (final SocketException e) {
            if (!isBrokenPipe(e)) {
                throw e;
            }
            return List.of();
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final int count = Framing.messageCount(buffer, 0);
        final List<Reply> replies = new ArrayList<>(count);
        int at = Framing.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            final int length = Framing.messageLength(buffer, at);
            final Reply reply = new Reply();
            new ReplyDecoder().decode(buffer, at + Framing.MESSAGE_LENGTH_BYTES, length, reply);
            replies.add(reply);
            at += Framing.MESSAGE_LENGTH_BYTES + length;
        }
        return replies;
    }

    /** Sends one right frame with one command and returns its reply. */
    Reply ask(final Command command) throws IOException {
        send(frame(message(command)));
        final List<Reply> replies = receive();
        if (replies.size() != 1) {
            throw new AssertionError("expected one reply, got " + replies);
        }
        return replies.get(0);
    }

    /** Asks for these members, many in a frame; the replies come in the same order. */
    List<Reply> askAll(final Iterable<Long> memberIds) throws IOException {
        final List<Reply> replies = new ArrayList<>();
        final List<byte[]> messages = new ArrayList<>();
        for (final long memberId : memberIds) {
            messages.add(message(BadBytes.query(memberId)));
            if (messages.size() == MEMBERS_PER_FRAME) {
                exchange(messages, replies);
            }
        }
        exchange(messages, replies);
        return replies;
    }

    private void exchange(final List<byte[]> messages, final List<Reply> replies) throws IOException {
        if (messages.isEmpty()) {
            return;
        }
        send(frame(messages.toArray(new byte[0][])));
        final int expected = replies.size() + messages.size();
        while (replies.size() < expected) {
            final List<Reply> more = receive();
            if (more.isEmpty()) {
                throw new AssertionError("closed after " + replies.size() + " replies");
            }
            replies.addAll(more);
        }
        messages.clear();
    }

    private static boolean isBrokenPipe(final SocketException e) {
        final String message = String.valueOf(e.getMessage());
        return message.contains("Broken pipe") || message.contains("reset") || message.contains("closed");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
