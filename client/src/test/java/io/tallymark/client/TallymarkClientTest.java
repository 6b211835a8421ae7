package io.tallymark.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.VarField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What applications ask for, while all goes well. */
@Timeout(60)
class TallymarkClientTest extends ClientFixture {
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
    void walletsAreNamedAndTold() throws Exception {
        final List<Command> seen = Collections.synchronizedList(new ArrayList<>());
        start((session, commands) -> {
            seen.addAll(commands);
            ACCEPT.onFrame(session, commands);
        });
        final WalletResult growth = new WalletResult("growth", 0, 1, 2, 3, 4);
        final List<WalletResult> both = List.of(growth, new WalletResult("stars", -5, 6, 7, 8, 9));
        final CommandResult redeemed = client.redeem(
                        RedeemRequest.of("mima", "pos", "r-1", 8, 5).withWallet("stars"))
                .get();
        assertEquals("stars", seen.get(0).text(VarField.WALLET_ID));
        assertEquals(5, seen.get(0).points());
        assertEquals("stars", redeemed.wallet());
        assertEquals(both, redeemed.wallets());
        final CommandResult adjusted = client.adjust(AdjustRequest.of("mima", "crm", "a-1", 9, -5, "mistake", "op-1")
                        .withWallet("stars"))
                .get();
        assertEquals("stars", seen.get(1).text(VarField.WALLET_ID));
        assertEquals("op-1", seen.get(1).text(VarField.OPERATOR_ID));
        assertEquals(both, adjusted.wallets());
        final CommandResult plain =
                client.redeem(RedeemRequest.of("mima", "pos", "r-2", 8, 5)).get();
        assertEquals("points", plain.wallet());
        assertEquals(List.of(), plain.wallets());
        assertEquals(List.of(growth), client.member("mima", 5).get().wallets());
    }
}
