package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in on the port gets a code or a closed connection; nobody else notices, nothing is journaled. */
final class BadInputTest {
    private static final long SEED = 20_101_201L;
    private static final int RANDOM_STREAMS = 300;
    private static final int MUTATED_FRAMES = 1_000;
    private static final long NEIGHBOUR = 123_456_789;

    @TempDir
    static Path folder;

    private static ServerProcess server;
    private static RawConnection neighbour;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.start(folder.resolve("data"));
        neighbour = new RawConnection(server.address());
        final Sent order = new Sent(CommandType.ACCRUE, NEIGHBOUR, 9_900, "neighbour-1");
        assertEquals(ResultCode.ACCEPTED, neighbour.ask(order.fill(new Command())).code);
    }

    @AfterAll
    static void stop() throws IOException {
        if (neighbour != null) {
            neighbour.close();
        }
        if (server != null) {
            server.close();
        }
    }

    static List<BadBytes> badMessages() {
        return BadBytes.messages();
    }

    static List<BadBytes> badFrames() {
        return BadBytes.frames();
    }

    @ParameterizedTest
    @MethodSource("badMessages")
    void aBadMessageGetsItsCodeAndTheConnectionGoesOn(final BadBytes bad) throws IOException {
        final long before = lastSequence();
        try (RawConnection connection = new RawConnection(server.address())) {
            connection.send(RawConnection.frame(bad.bytes(), RawConnection.message(query())));
            final List<Reply> replies = new ArrayList<>();
            while (replies.size() < 2) {
                final List<Reply> more = connection.receive();
                assertNotEquals(0, more.size(), () -> "closed after " + replies);
                replies.addAll(more);
            }
            final Reply refusal = replies.get(replies.get(0).kind == Reply.Kind.MEMBER ? 1 : 0);
            assertTrue(bad.codes().contains(refusal.code), () -> "got " + refusal);
            if (refusal.code.kind() == ResultCode.Kind.MALFORMED) {
                assertTrue(refusal.detail().length() > 5, "no sentence that names the field");
            }
        }
        assertEquals(before, lastSequence(), "something was journaled");
    }

    @ParameterizedTest
    @MethodSource("badFrames")
    void aBadFrameGetsACodeOrAClosedConnection(final BadBytes bad) throws IOException {
        final long before = lastSequence();
        try (RawConnection connection = new RawConnection(server.address())) {
            connection.send(bad.bytes());
            List<Reply> replies = connection.receive();
            while (!replies.isEmpty()) {
                for (final Reply reply : replies) {
                    assertTrue(bad.codes().contains(reply.code), reply::toString);
                }
                replies = connection.receive();
            }
        }
        assertEquals(before, lastSequence(), "something was journaled");
    }

    @Test
    void halfAFrameThenSilenceHoldsUpNobody() throws IOException {
        final long before = lastSequence();
        final byte[] frame = RawConnection.frame(RawConnection.message(order("half")));
        final List<RawConnection> silent = new ArrayList<>();
        try {
            for (int length = 1; length < frame.length; length++) {
                final RawConnection connection = new RawConnection(server.address());
                silent.add(connection);
                final byte[] begun = new byte[length];
                System.arraycopy(frame, 0, begun, 0, length);
                connection.send(begun);
                assertEquals(before, lastSequence(), "something was journaled");
            }
        } finally {
            for (final RawConnection connection : silent) {
                connection.close();
            }
        }
        assertEquals(before, lastSequence(), "something was journaled when they hung up");
    }

    @Test
    void aFrameIsUnderstoodHoweverItIsCutIntoPackets() throws IOException {
        try (RawConnection connection = new RawConnection(server.address())) {
            final byte[] frame = RawConnection.frame(RawConnection.message(order("by-bytes")));
            for (final byte one : frame) {
                connection.send(new byte[] {one});
            }
            assertEquals(ResultCode.ACCEPTED, connection.receive().get(0).code);
        }
    }

    @Test
    void randomBytesAreRefused() throws IOException {
        System.out.println("BadInputTest seed " + SEED);
        final long before = lastSequence();
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < RANDOM_STREAMS; i++) {
            final byte[] noise = new byte[8 + random.nextInt(600)];
            random.nextBytes(noise);
            try (RawConnection connection = new RawConnection(server.address())) {
                connection.send(noise);
                // A length that happens to be believable keeps the server waiting for the rest.
                connection.endOutput();
                List<Reply> replies = connection.receive();
                while (!replies.isEmpty()) {
                    for (final Reply reply : replies) {
                        assertEquals(ResultCode.Kind.MALFORMED, reply.code.kind());
                    }
                    replies = connection.receive();
                }
            }
            assertEquals(before, lastSequence(), "something was journaled by stream " + i);
        }
    }

    /** A right frame with a few wrong bytes may still be right; then it is answered, and exactly that is journaled. */
    @Test
    void whatIsJournaledOfMutatedFramesIsWhatWasAnswered() throws IOException {
        final SplittableRandom random = new SplittableRandom(SEED + 1);
        int accepted = 0;
        for (int i = 0; i < MUTATED_FRAMES; i++) {
            final byte[] frame = RawConnection.frame(RawConnection.message(order("m" + i)));
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                // The frame's own length stays, so that the query behind it is reached or the connection closed.
                frame[4 + random.nextInt(frame.length - 4)] ^= (byte) (1 << random.nextInt(8));
            }
            final long before = lastSequence();
            int taken = 0;
            try (RawConnection connection = new RawConnection(server.address())) {
                connection.send(frame);
                connection.send(RawConnection.frame(RawConnection.message(query())));
                boolean isAnswered = false;
                while (!isAnswered) {
                    final List<Reply> replies = connection.receive();
                    for (final Reply reply : replies) {
                        taken += reply.sequence > before ? 1 : 0;
                        isAnswered |= reply.correlationId == BadBytes.QUERY_ID;
                    }
                    // An empty list: the server has closed the connection.
                    isAnswered |= replies.isEmpty();
                }
            }
            assertEquals(before + taken, lastSequence(), "after mutated frame " + i);
            accepted += taken;
        }
        assertTrue(accepted > 0 && accepted < MUTATED_FRAMES / 2, "journaled " + accepted + " of " + MUTATED_FRAMES);
    }

    private static Command order(final String documentId) {
        return new Sent(CommandType.ACCRUE, 1, 500, documentId)
                .fill(new Command())
                .correlationId(1);
    }

    private static Command query() {
        return BadBytes.query(NEIGHBOUR);
    }

    /** What the healthy connection sees, each time also a proof that it is served. */
    private static long lastSequence() throws IOException {
        final Reply reply = neighbour.ask(query());
        assertEquals(ResultCode.ACCEPTED, reply.code);
        assertEquals(99, reply.availablePoints);
        return reply.asOfSequence;
    }
}
