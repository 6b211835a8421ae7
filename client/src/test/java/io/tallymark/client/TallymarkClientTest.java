package io.tallymark.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TallymarkClientTest {
    private static final FakeServer.Behaviour ACCEPT = (session, commands) -> {
        for (final Command command : commands) {
            session.accept(command);
        }
    };

    private final List<String> answers = Collections.synchronizedList(new ArrayList<>());
    private final ReplyHandler record = (reply, context) ->
            answers.add(context + " " + reply.code + (reply.kind == Reply.Kind.COMMAND ? " " + reply.points : ""));
    private FakeServer server;
    private TallymarkClient client;

    @BeforeAll
    static void everyBufferIsTracked() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @AfterEach
    void closeAll() throws Exception {
        client.close();
        server.close();
        await(() -> buffersInUse() == 0);
    }

    /** The threads have ended and given their caches back, so what is still out is a leak. */
    private static long buffersInUse() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }

    private void start(final FakeServer.Behaviour behaviour) throws IOException {
        server = new FakeServer(behaviour);
        client = TallymarkClient.connect(server.options());
    }

    private void restart(final ClientOptions options) throws IOException {
        client.close();
        client = TallymarkClient.connect(options);
    }

    private static void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "the condition did not come true in 20 s");
            Thread.onSpinWait();
        }
    }

    private static Command fill(final Command command, final int n) {
        return command.reset(CommandType.ACCRUE)
                .correlationId(n)
                .memberId(n + 1)
                .amountMinor(100)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "pos")
                .put(VarField.DOCUMENT_ID, "d" + n);
    }

    private void submit(final int from, final int to) {
        final Command command = new Command();
        for (int n = from; n < to; n++) {
            client.submit(fill(command, n), record);
        }
    }

    private static List<String> accepted(final int from, final int to) {
        final List<String> expected = new ArrayList<>();
        for (int n = from; n < to; n++) {
            expected.add(n + " ACCEPTED " + (n + 1));
        }
        return expected;
    }

    private static List<String> documents(final int from, final int to) {
        final List<String> expected = new ArrayList<>();
        for (int n = from; n < to; n++) {
            expected.add("d" + n);
        }
        return expected;
    }

    @Test
    void everyRequestIsAnsweredOnceAndTheCommandMayBeReusedAtOnce() throws Exception {
        start(ACCEPT);
        submit(0, 50_000);
        await(() -> answers.size() == 50_000);
        assertEquals(accepted(0, 50_000), answers);
        assertEquals(List.of(documents(0, 50_000)), server.documents());
        assertEquals(0, client.outstanding());
    }

    @Test
    void submittingAllocatesNothing() throws Exception {
        start(ACCEPT);
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        final AtomicInteger seen = new AtomicInteger();
        final ReplyHandler count = (reply, context) -> seen.incrementAndGet();
        final Command command = fill(new Command(), 1);
        long bytes = 0;
        for (int n = 0; n < 60_000; n++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            client.submit(command.memberId(n + 1), count, n);
            bytes += n < 20_000 ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
        }
        await(() -> seen.get() == 60_000);
        assertTrue(bytes < 40_000, "40,000 requests allocated " + bytes + " bytes");
    }

    @Test
    void theFallbackTransportWorksToo() throws Exception {
        start(ACCEPT);
        restart(server.options().withNativeTransport(false));
        submit(0, 1_000);
        await(() -> answers.size() == 1_000);
        assertEquals(accepted(0, 1_000), answers);
    }

    @Test
    void manyThreadsMaySubmit() throws Exception {
        start(ACCEPT);
        restart(server.options().withWindow(64));
        final List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            final int first = t * 5_000;
            threads.add(new Thread(() -> submit(first, first + 5_000)));
        }
        threads.forEach(Thread::start);
        for (final Thread thread : threads) {
            thread.join();
        }
        await(() -> answers.size() == 20_000);
        assertEquals(new HashSet<>(accepted(0, 20_000)), new HashSet<>(answers));
    }

    @Test
    void whatGathersTravelsInOneFrame() throws Exception {
        final AtomicInteger largest = new AtomicInteger();
        final AtomicInteger frames = new AtomicInteger();
        start((session, commands) -> {
            frames.incrementAndGet();
            largest.accumulateAndGet(commands.size(), Math::max);
            ACCEPT.onFrame(session, commands);
        });
        restart(server.options().withMaxFrameMessages(100));
        submit(0, 20_000);
        await(() -> answers.size() == 20_000);
        assertTrue(frames.get() < 10_000, "frames: " + frames);
        assertTrue(largest.get() <= 100, "no frame holds more than allowed: " + largest);
    }

    @Test
    void aFullWindowMakesSubmitWaitAndTrySubmitSayNo() throws Exception {
        final AtomicReference<FakeServer.Session> held = new AtomicReference<>();
        final List<Command> waiting = Collections.synchronizedList(new ArrayList<>());
        start((session, commands) -> {
            held.set(session);
            waiting.addAll(commands);
        });
        restart(server.options().withWindow(16));
        submit(0, 16);
        assertFalse(client.trySubmit(fill(new Command(), 16), record, 16));
        await(() -> waiting.size() == 16);
        final Thread submitter = new Thread(() -> submit(16, 17));
        submitter.start();
        await(() -> submitter.getState() == Thread.State.TIMED_WAITING);
        assertFalse(client.trySubmit(fill(new Command(), 99), record, 99), "does not wait for the one who waits");
        for (final Command command : List.copyOf(waiting)) {
            held.get().accept(command);
        }
        submitter.join();
        await(() -> waiting.size() == 17);
        held.get().accept(waiting.get(16));
        await(() -> answers.size() == 17);
        assertEquals(accepted(0, 17), answers);
        assertTrue(client.trySubmit(fill(new Command(), 17), record, 17));
        await(() -> waiting.size() == 18);
        held.get().accept(waiting.get(17));
    }

    @Test
    void aHandlerThatFindsNoRoomHearsItAtOnceWhileOthersWaitForRoom() throws Exception {
        final AtomicReference<FakeServer.Session> held = new AtomicReference<>();
        final List<Command> waiting = Collections.synchronizedList(new ArrayList<>());
        start((session, commands) -> {
            held.set(session);
            waiting.addAll(commands);
        });
        restart(server.options().withWindow(4));
        final AtomicReference<Throwable> refused = new AtomicReference<>();
        submit(0, 1);
        client.submit(fill(new Command(), 1), (reply, context) -> {
            try {
                client.submit(fill(new Command(), 9), record);
            } catch (final IllegalStateException e) {
                refused.set(e);
            }
        });
        submit(2, 4);
        await(() -> waiting.size() == 4);
        final Thread submitter = new Thread(() -> submit(4, 5));
        submitter.start();
        await(() -> submitter.getState() == Thread.State.TIMED_WAITING);
        // The first is still open, so its answer frees nothing, and the handler asks in vain.
        final long askedNs = System.nanoTime();
        held.get().accept(waiting.get(1));
        await(() -> refused.get() != null);
        assertTrue(System.nanoTime() - askedNs < TimeUnit.SECONDS.toNanos(5), "held up by the one who waits");
        held.get().accept(waiting.get(0));
        submitter.join();
        await(() -> waiting.size() == 5);
        for (final int i : new int[] {2, 3, 4}) {
            held.get().accept(waiting.get(i));
        }
        await(() -> answers.size() == 4);
    }

    @Test
    void aWindowThatStaysFullIsReported() throws Exception {
        start((session, commands) -> {});
        restart(server.options().withWindow(4).withRequestTimeoutMs(150).withReconnect(false));
        submit(0, 4);
        // The four time out at about the same moment as the fifth gives up: either it was refused or it went through.
        try {
            submit(4, 5);
        } catch (final ClientException e) {
            assertTrue(e.getMessage().contains("nothing was sent"), e.getMessage());
        }
        await(() -> answers.size() >= 4);
        assertEquals(
                List.of("0 TIMED_OUT", "1 TIMED_OUT", "2 TIMED_OUT", "3 TIMED_OUT"),
                List.copyOf(answers).subList(0, 4));
    }

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
    void aHandlerMaySendTheNextRequest() throws Exception {
        start(ACCEPT);
        restart(server.options().withWindow(1));
        final CompletableFuture<Boolean> done = new CompletableFuture<>();
        client.submit(
                fill(new Command(), 0),
                (reply, context) -> done.complete(client.trySubmit(fill(new Command(), 1), record, 1)
                        && !client.trySubmit(fill(new Command(), 2), record, 2)));
        assertTrue(done.get(10, TimeUnit.SECONDS));
        await(() -> answers.size() == 1);
    }

    @Test
    void closingWaitsForAnswersAndThenRefuses() throws Exception {
        start(ACCEPT);
        submit(0, 1_000);
        client.close();
        assertEquals(accepted(0, 1_000), answers);
        assertThrows(ClientException.class, () -> submit(0, 1));
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
    void futuresCarryWhatApplicationsAskFor() throws Exception {
        final List<Command> seen = Collections.synchronizedList(new ArrayList<>());
        start((session, commands) -> {
            seen.addAll(commands);
            ACCEPT.onFrame(session, commands);
        });
        final List<OrderLine> lines = new ArrayList<>();
        for (int i = 1; i <= 600; i++) {
            lines.add(new OrderLine(i, 2, 10, "sku-" + i, "口红", "", i % 2 == 0, false));
        }
        final CommandResult accrued = client.accrue(AccrueRequest.of("mima", "pos", "o-1", 7, 6_000)
                        .withLines(lines)
                        .withPlace("web", "上海", "")
                        .at(1_700_000_000_000L))
                .get(10, TimeUnit.SECONDS);
        assertTrue(accrued.isAccepted());
        assertEquals(7, accrued.points());
        assertEquals(600, seen.get(0).lineCount());
        assertEquals("上海", seen.get(0).text(VarField.STORE));
        assertEquals(1_700_000_000_000L, seen.get(0).eventTimeMs());
        assertEquals(
                8,
                client.redeem(RedeemRequest.of("mima", "pos", "r-1", 8, 5))
                        .get()
                        .points());
        assertEquals(
                9,
                client.adjust(AdjustRequest.of("mima", "crm", "a-1", 9, -5, "mistake", "op-1"))
                        .get()
                        .points());
        assertTrue(client.publishProgram(new PublishRequest("mima", "ops", "p-1", new byte[60_000], "name: 米马\n"))
                .get()
                .isAccepted());
        assertEquals("name: 米马\n", seen.get(3).text(VarField.SOURCE_TEXT));
        assertEquals(3, client.member("mima", 5).get().lifetimeVisits());
        assertEquals("mima", client.programs().get().programs().get(0).program());
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
