package io.tallymark.client;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Framing;
import io.tallymark.protocol.IdentityHashes;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ProgramSummary;
import io.tallymark.protocol.ReplyEncoder;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A server by hand on plain sockets, with one connection at a time, whose behaviour a test writes. */
final class FakeServer {
    /** What the server does with one frame. */
    interface Behaviour {
        void onFrame(Session session, List<Command> commands) throws IOException;
    }

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final Thread thread = new Thread(this::serve, "fake-server");
    private final List<List<String>> framesByConnection = new ArrayList<>();
    private volatile boolean closed;
    private volatile Socket current;
    private volatile Throwable failure;

    FakeServer(final Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        thread.start();
    }

    /** An entry of a key with version 1 and the length of what is hashed. */
    private static int hash(final byte[] message, final int length, final MutableDirectBuffer into, final int offset) {
        into.setMemory(offset, IdentityHashes.ENTRY_BYTES, (byte) length);
        into.putByte(offset, (byte) 1);
        return IdentityHashes.ENTRY_BYTES;
    }

    ClientOptions options() {
        return ClientOptions.to(server.getInetAddress().getHostAddress(), server.getLocalPort());
    }

    /** Document ids in the order in which they came, one list a connection. */
    List<List<String>> documents() {
        synchronized (framesByConnection) {
            final List<List<String>> copy = new ArrayList<>();
            framesByConnection.forEach(list -> copy.add(List.copyOf(list)));
            return copy;
        }
    }

    void dropConnection() throws IOException {
        current.close();
    }

    void close() throws Exception {
        closed = true;
        server.close();
        if (current != null) {
            current.close();
        }
        thread.join();
        if (failure != null) {
            throw new AssertionError("the fake server failed", failure);
        }
    }

    private void serve() {
        while (!closed) {
            try (Socket socket = server.accept()) {
                current = socket;
                if (closed) {
                    return;
                }
                socket.setTcpNoDelay(true);
                final List<String> documents = new ArrayList<>();
                synchronized (framesByConnection) {
                    framesByConnection.add(documents);
                }
                final Session session = new Session(socket);
                while (true) {
                    final List<Command> commands = session.readFrame();
                    synchronized (framesByConnection) {
                        commands.forEach(c -> documents.add(c.text(VarField.DOCUMENT_ID)));
                    }
                    behaviour.onFrame(session, commands);
                }
            } catch (final IOException connectionEnded) {
                // The next one is accepted.
                continue;
            } catch (final RuntimeException | AssertionError e) {
                failure = e;
            }
        }
    }

    /** One connection. */
    static final class Session {
        private final DataInputStream in;
        private final OutputStream out;
        private final Socket socket;

        Session(final Socket socket) throws IOException {
            this.socket = socket;
            in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 1 << 16));
            out = socket.getOutputStream();
        }

        List<Command> readFrame() throws IOException {
            final byte[] head = new byte[Framing.HEADER_BYTES];
            in.readFully(head);
            final UnsafeBuffer header = new UnsafeBuffer(head);
            check(Framing.checkHeader(header, 0));
            final byte[] frame = Arrays.copyOf(head, Framing.frameLength(header, 0));
            in.readFully(frame, head.length, frame.length - head.length);
            final UnsafeBuffer buffer = new UnsafeBuffer(frame);
            check(Framing.checkMessages(buffer, 0));
            final List<Command> commands = new ArrayList<>();
            final CommandDecoder decoder = new CommandDecoder(FakeServer::hash);
            int at = Framing.HEADER_BYTES;
            for (int i = Framing.messageCount(buffer, 0); i > 0; i--) {
                final int length = Framing.messageLength(buffer, at);
                final Command command = new Command();
                if (CommandDecoder.maxCommandBytes(length) > Command.INLINE_BYTES) {
                    command.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
                }
                final ResultCode code = decoder.decode(buffer, at + 4, length, command);
                if (code != ResultCode.ACCEPTED) {
                    throw new IllegalStateException(code + " " + decoder.detail());
                }
                commands.add(command);
                at += 4 + length;
            }
            return commands;
        }

        /** Accepts a command: its points are its member. */
        void accept(final Command command) throws IOException {
            final Outcome outcome = new Outcome();
            outcome.reset();
            outcome.code = ResultCode.ACCEPTED;
            outcome.points = command.memberId();
            outcome.lifetimeVisits = 3;
            outcome.memberId = command.memberId();
            outcome.valueMinor = command.amountMinor() - command.cashMinor();
            if (command.length(VarField.WALLET_ID) > 0) {
                outcome.wallets.add("growth".getBytes(StandardCharsets.UTF_8), 0, 1, 2, 3, 4);
                outcome.wallets.add(command.text(VarField.WALLET_ID).getBytes(StandardCharsets.UTF_8), -5, 6, 7, 8, 9);
                outcome.wallets.subject(1);
            } else if (command.type() == CommandType.QUERY_MEMBER) {
                outcome.wallets.add("growth".getBytes(StandardCharsets.UTF_8), 0, 1, 2, 3, 4);
            }
            if (command.type() == CommandType.QUERY_PENDING) {
                outcome.rows.begin(RowKind.PENDING);
                outcome.rows.add(null, 20_000, Integer.MAX_VALUE, 77, 0, 0, 0);
                outcome.rows.add("text".getBytes(StandardCharsets.UTF_8), 1, 2, 3, 4, 5, 6);
                outcome.rows.cut();
            }
            final UnsafeBuffer message = new UnsafeBuffer(new byte[ReplyEncoder.maxReplyBytes(command.type())]);
            final int length = command.type() == CommandType.LIST_PROGRAMS
                    ? new ReplyEncoder()
                            .encodePrograms(
                                    command.correlationId(),
                                    5,
                                    Durability.FSYNC,
                                    List.of(new ProgramSummary("mima", 2, 3, 4, 5)),
                                    message,
                                    0)
                    : new ReplyEncoder().encodeOutcome(command, outcome, Durability.FSYNC, message, 0);
            send(message, length);
        }

        void refuse(final long correlationId, final ResultCode code, final int retryAfterMs) throws IOException {
            final UnsafeBuffer message = new UnsafeBuffer(new byte[ReplyEncoder.MAX_REPLY_BYTES]);
            send(message, new ReplyEncoder().encodeError(correlationId, code, retryAfterMs, "why: so", message, 0));
        }

        void send(final byte[] bytes) throws IOException {
            out.write(bytes);
        }

        void drop() throws IOException {
            socket.close();
        }

        private void send(final UnsafeBuffer message, final int length) throws IOException {
            out.write(frame(message, length));
        }

        static byte[] frame(final UnsafeBuffer message, final int length) {
            final UnsafeBuffer frame = new UnsafeBuffer(new byte[12 + length]);
            Framing.putHeader(frame, 0, 12 + length, 1);
            Framing.putMessageLength(frame, 8, length);
            frame.putBytes(12, message, 0, length);
            return frame.byteArray();
        }

        private static void check(final String fault) {
            if (fault != null) {
                throw new IllegalStateException(fault);
            }
        }
    }
}
