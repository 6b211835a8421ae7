package io.tallymark.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Breaks, refusals and servers that misbehave. */
@Timeout(60)
class ClientFaultsTest extends ClientFixture {
    @Test
    void aLateAnswerToATimedOutRequestReachesNobody() throws Exception {
        final List<Command> late = Collections.synchronizedList(new ArrayList<>());
        final AtomicReference<FakeServer.Session> held = new AtomicReference<>();
        start((session, commands) -> {
            held.set(session);
            late.addAll(commands);
        });
        restart(server.options().withWindow(2).withRequestTimeoutMs(200));
        submit(0, 2);
        await(() -> answers.size() == 2);
        submit(2, 4);
        await(() -> late.size() == 4);
        for (final Command command : List.copyOf(late)) {
            held.get().accept(command);
        }
        await(() -> answers.size() == 4);
        assertEquals(List.of("0 TIMED_OUT", "1 TIMED_OUT", "2 ACCEPTED 3", "3 ACCEPTED 4"), answers);
    }

    @Test
    void afterABreakExactlyWhatIsUnansweredIsSentAgainInOrder() throws Exception {
        final AtomicInteger seen = new AtomicInteger();
        start((session, commands) -> {
            for (final Command command : commands) {
                final int n = seen.getAndIncrement();
                if (n == 60) {
                    session.drop();
                    return;
                }
                // Of the first connection every third is answered, of the next ones all are.
                if (n > 60 || n % 3 == 0) {
                    session.accept(command);
                }
            }
        });
        submit(0, 100);
        await(() -> answers.size() == 100);
        final List<List<String>> documents = server.documents();
        assertEquals(2, documents.size());
        // What was answered may have been lost with the connection, but what is sent again is in order, has no gap
        // and nothing that the handlers saw answered before.
        final Set<String> answeredBefore = new HashSet<>();
        final List<String> again = documents.get(1);
        for (int n = 0; n < 60; n += 3) {
            if (!again.contains("d" + n)) {
                answeredBefore.add("d" + n);
            }
        }
        final List<String> expected = documents(0, 100);
        expected.removeAll(answeredBefore);
        assertEquals(expected, again);
        assertFalse(answeredBefore.isEmpty(), "some answers had arrived");
        assertEquals(new HashSet<>(accepted(0, 100)), new HashSet<>(answers));
        assertEquals(100, answers.size(), "each handler is called once");
    }

    @Test
    void whatIsSubmittedWhileTheServerIsAwayIsSentWhenItIsBack() throws Exception {
        start(ACCEPT);
        submit(0, 10);
        await(() -> answers.size() == 10);
        for (int round = 1; round <= 5; round++) {
            server.dropConnection();
            submit(round * 10, round * 10 + 10);
            final int expected = round * 10 + 10;
            await(() -> answers.size() == expected);
        }
        assertEquals(accepted(0, 60), answers);
    }

    @Test
    void withoutReconnectingABreakIsReported() throws Exception {
        start((session, commands) -> session.drop());
        restart(server.options().withReconnect(false));
        submit(0, 3);
        await(() -> answers.size() == 3);
        assertEquals(List.of("0 DISCONNECTED", "1 DISCONNECTED", "2 DISCONNECTED"), answers);
        submit(3, 4);
        await(() -> answers.size() == 4);
        assertEquals("3 DISCONNECTED", answers.get(3));
    }

    @Test
    void busyRequestsAreSentAgainSoOftenAndNoMore() throws Exception {
        final AtomicInteger frames = new AtomicInteger();
        start((session, commands) -> {
            final boolean busy = frames.getAndIncrement() < 3;
            for (final Command command : commands) {
                if (busy) {
                    session.refuse(command.correlationId(), ResultCode.BUSY, 1);
                } else {
                    session.accept(command);
                }
            }
        });
        submit(0, 500);
        await(() -> answers.size() == 500);
        assertEquals(new HashSet<>(accepted(0, 500)), new HashSet<>(answers));
        client.close();
        server.close();

        start((session, commands) -> {
            for (final Command command : commands) {
                session.refuse(command.correlationId(), ResultCode.BUSY, 1);
            }
        });
        restart(server.options().withBusyRetries(2));
        answers.clear();
        submit(0, 1);
        await(() -> answers.size() == 1);
        assertEquals(List.of("0 BUSY"), answers);
        assertEquals(List.of("d0", "d0", "d0"), server.documents().get(1));
    }

    @Test
    void aRefusalForGoodIsHandedOn() throws Exception {
        start((session, commands) -> {
            for (final Command command : commands) {
                session.refuse(command.correlationId(), ResultCode.QUARANTINED, 0);
            }
        });
        submit(0, 2);
        await(() -> answers.size() == 2);
        assertEquals(List.of("0 QUARANTINED", "1 QUARANTINED"), answers);
    }

    @Test
    void aRefusedFrameIsNotSentAgainForEver() throws Exception {
        start((session, commands) -> {
            session.refuse(CommandDecoder.NO_CORRELATION, ResultCode.MALFORMED, 0);
            session.drop();
        });
        submit(0, 1);
        await(() -> answers.size() == 1);
        assertEquals(List.of("0 MALFORMED"), answers);
    }

    @Test
    void repliesMayComeByteByByte() throws Exception {
        start((session, commands) -> {
            for (final Command command : commands) {
                final var message = new org.agrona.concurrent.UnsafeBuffer(new byte[512]);
                final int length = new io.tallymark.protocol.ReplyEncoder()
                        .encodeError(command.correlationId(), ResultCode.CAPACITY, 0, "full", message, 0);
                for (final byte b : FakeServer.Session.frame(message, length)) {
                    session.send(new byte[] {b});
                }
            }
        });
        submit(0, 20);
        await(() -> answers.size() == 20);
        assertEquals("19 CAPACITY", answers.get(19));
    }

    @Test
    void aServerThatSpeaksNonsenseIsLeftAndFoundAgain() throws Exception {
        final AtomicInteger frames = new AtomicInteger();
        start((session, commands) -> {
            if (frames.getAndIncrement() == 0) {
                session.send(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
            } else {
                ACCEPT.onFrame(session, commands);
            }
        });
        submit(0, 1);
        await(() -> answers.size() == 1);
        assertEquals(accepted(0, 1), answers);
    }

    @Test
    void aHandlerThatThrowsHarmsNobodyElse() throws Exception {
        start(ACCEPT);
        client.submit(fill(new Command(), 0), (reply, context) -> {
            throw new IllegalStateException("thrown on purpose by the test");
        });
        submit(1, 3);
        await(() -> answers.size() == 2);
        assertEquals(accepted(1, 3), answers);
    }

    @Test
    void nobodyListeningIsSaidWithTheAddress() throws Exception {
        start(ACCEPT);
        final ClientOptions options = server.options();
        server.close();
        final IOException e = assertThrows(IOException.class, () -> TallymarkClient.connect(options));
        assertTrue(e.getMessage().contains(options.host() + ":" + options.port()), e.getMessage());
    }

    @Test
    void aRefusalCompletesAFutureExceptionally() throws Exception {
        start((session, commands) -> session.refuse(commands.get(0).correlationId(), ResultCode.CAPACITY, 7));
        final var future = client.accrue(AccrueRequest.of("mima", "pos", "o-1", 7, 100));
        final ExecutionException e = assertThrows(ExecutionException.class, future::get);
        final RefusedException refused = (RefusedException) e.getCause();
        assertSame(ResultCode.CAPACITY, refused.code());
        assertEquals(7, refused.retryAfterMs());
    }
}
