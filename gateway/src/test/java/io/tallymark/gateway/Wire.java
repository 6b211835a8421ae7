package io.tallymark.gateway;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandEncoder;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Framing;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyDecoder;
import io.tallymark.protocol.VarField;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.agrona.concurrent.UnsafeBuffer;

/** A client by hand on a plain socket: what a stranger might send, byte by byte. */
final class Wire implements AutoCloseable {
    final Socket socket = new Socket();
    private final OutputStream out;
    private final DataInputStream in;
    private final Deque<Reply> unread = new ArrayDeque<>();

    Wire(final InetSocketAddress address) throws IOException {
        socket.setReceiveBufferSize(16 * 1024);
        socket.setTcpNoDelay(true);
        socket.connect(address);
        socket.setSoTimeout(20_000);
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
    }

    void send(final byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** The next reply; throws EOFException when the server has closed. */
    Reply next() throws IOException {
        while (unread.isEmpty()) {
            readFrame();
        }
        return unread.poll();
    }

    /** Whether the server has closed and nothing more comes. */
    boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (final java.net.SocketException reset) {
            return true;
        }
    }

    private void readFrame() throws IOException {
        final byte[] head = new byte[Framing.HEADER_BYTES];
        in.readFully(head);
        final int length = Framing.frameLength(new UnsafeBuffer(head), 0);
        if (length < head.length || length > Limits.MAX_FRAME_BYTES) {
            throw new EOFException("a frame of " + length);
        }
        final byte[] frame = Arrays.copyOf(head, length);
        in.readFully(frame, head.length, length - head.length);
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        if (Framing.checkHeader(buffer, 0) != null || Framing.checkMessages(buffer, 0) != null) {
            throw new IOException("the server sent a frame that is none");
        }
        int at = Framing.HEADER_BYTES;
        for (int i = Framing.messageCount(buffer, 0); i > 0; i--) {
            final int messageLength = Framing.messageLength(buffer, at);
            final Reply reply = new Reply();
            new ReplyDecoder().decode(buffer, at + 4, messageLength, reply);
            unread.add(reply);
            at += 4 + messageLength;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    static Command accrue(final long correlationId) {
        return new Command()
                .reset(CommandType.ACCRUE)
                .correlationId(correlationId)
                .memberId(correlationId + 1_000)
                .amountMinor(100)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "pos")
                .put(VarField.DOCUMENT_ID, "d-" + correlationId);
    }

    /** An order of so many lines that its command needs a lent buffer. */
    static Command largeAccrue(final long correlationId) {
        final Command command = new Command();
        command.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
        command.reset(CommandType.ACCRUE)
                .correlationId(correlationId)
                .memberId(1)
                .amountMinor(500)
                .lineCount(500)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "pos")
                .put(VarField.DOCUMENT_ID, "large-" + correlationId);
        final int start = command.reserve(VarField.LINES, 0);
        int at = start;
        final UnsafeBuffer sku = new UnsafeBuffer("sku".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        for (int i = 1; i <= 500; i++) {
            at = OrderLines.putFixed(command.bytes(), at, i, 1, 1, 0);
            for (int text = 0; text < 3; text++) {
                at = OrderLines.putText(command.bytes(), at, sku, 0, 3);
            }
        }
        command.commitReserved(VarField.LINES, at - start);
        return command;
    }

    static byte[] message(final Command command) {
        final CommandEncoder encoder = new CommandEncoder();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[encoder.maxLength(command)]);
        return Arrays.copyOf(buffer.byteArray(), encoder.encode(command, buffer, 0));
    }

    static byte[] frame(final byte[]... messages) {
        int length = Framing.HEADER_BYTES;
        for (final byte[] message : messages) {
            length += Framing.MESSAGE_LENGTH_BYTES + message.length;
        }
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[length]);
        Framing.putHeader(frame, 0, length, messages.length);
        int at = Framing.HEADER_BYTES;
        for (final byte[] message : messages) {
            Framing.putMessageLength(frame, at, message.length);
            frame.putBytes(at + Framing.MESSAGE_LENGTH_BYTES, message);
            at += Framing.MESSAGE_LENGTH_BYTES + message.length;
        }
        return frame.byteArray();
    }

    static byte[] accrueFrame(final long firstCorrelationId, final int count) {
        final byte[][] messages = new byte[count][];
        for (int i = 0; i < count; i++) {
            messages[i] = message(accrue(firstCorrelationId + i));
        }
        return frame(messages);
    }
}
