package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.client.ClientOptions;
import io.tallymark.client.TallymarkClient;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Very many members after very few items over many connections, some of them twice and some a point short, and kill -9
 * in the middle of the selling: what the journal says in its order is what the plain rules say, and what everybody was
 * told.
 */
final class FlashSaleTest {
    private static final long SEED = 7_490;
    private static final int MEMBERS = 20_000;
    private static final int CONNECTIONS = 16;
    private static final int WINDOW = 128;
    private static final int FUNDING_WINDOW = 4_096;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Each so-many-th member tries again with another document, or lacks a point. */
    private static final int GREEDY_EVERY = 10;

    private static final int POOR_EVERY = 7;
    private static final String PROGRAM_FILE =
            """
            program: mima
            currency: CNY
            utcOffset: "+08:00"
            unknownMember: enrol
            lateWindow: unlimited
            retention: {keyDays: forever}
            wallets:
              points: {kind: points, expiry: never}
            earn:
              base: {points: 1, per: "1.00"}
            rewards:
              stove: {price: {points: %s}, stock: %s, limit: {per: lifetime}}
            """.formatted(Long.toString(FlashSaleAudit.PRICE_POINTS), Integer.toString(FlashSaleAudit.ITEMS));

    @TempDir
    Path folder;

    private final List<TallymarkClient> clients = new ArrayList<>();
    private final AtomicInteger sold = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger replayed = new AtomicInteger();
    private final Queue<String> contradictions = new ConcurrentLinkedQueue<>();
    private ServerProcess server;

    @AfterEach
    void end() {
        clients.forEach(TallymarkClient::close);
        if (server != null) {
            server.close();
        }
    }

    @Test
    void exactlyTheStockIsSoldInSequenceOrderThroughACrash() throws IOException {
        System.out.println("FlashSaleTest seed " + SEED);
        final Path programs = Files.createDirectory(folder.resolve("programs"));
        Files.writeString(programs.resolve("mima.yaml"), PROGRAM_FILE);
        final Path data = folder.resolve("data");
        server = ServerProcess.startWith(programs, data);
        final InetSocketAddress address = server.address();
        fund(address);
        final List<Attempt> attempts = attempts();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(connect(address, WINDOW));
        }

        // One under way on each connection: the kill comes while there is still something to sell.
        final int submitted = submit(attempts, 0, 1, FlashSaleAudit.ITEMS / 2);
        server.kill();
        final FlashSaleAudit crashed = FlashSaleAudit.of(data);
        crashed.assertHolds(attempts);
        assertTrue(crashed.sold() > 0 && crashed.sold() < FlashSaleAudit.ITEMS, "the crash was not in the middle");
        System.out.println("killed with " + sold.get() + " acknowledged as sold and " + crashed.sold() + " sold, "
                + (submitted - answered.get()) + " attempts without an answer");

        server = ServerProcess.startAgainWith(programs, address, data);
        final long startNs = System.nanoTime();
        final int before = answered.get();
        submit(attempts, submitted, WINDOW, Integer.MAX_VALUE);
        awaitAnswers(attempts.size());
        System.out.printf(
                "%d attempts a second after the restart, %d answers told again%n",
                (attempts.size() - before) * 1_000_000_000L / (System.nanoTime() - startNs), replayed.get());
        assertNothingIsLeft();
        submit(attempts, 0, WINDOW, Integer.MAX_VALUE);
        awaitAnswers(2 * attempts.size());
        assertEquals(List.of(), List.copyOf(contradictions), "all of it once more, by the same documents");
        assertEquals(0, server.stop(), server.transcript());

        final FlashSaleAudit audit = FlashSaleAudit.of(data);
        audit.assertHolds(attempts);
        assertEquals(attempts.size(), audit.attempts(), "attempts in the journal");
        assertEquals(FlashSaleAudit.ITEMS, audit.sold(), "sold");
        assertEquals(FlashSaleAudit.ITEMS, sold.get(), "acknowledged as sold");
        assertEquals(FlashSaleAudit.ITEMS * FlashSaleAudit.PRICE_POINTS, audit.redeemedPoints());
        // Else the test would say nothing about them.
        assertTrue(audit.count(ResultCode.RULE_LIMIT_REACHED) > 0, "nobody who has one tried again");
        assertTrue(audit.count(ResultCode.INSUFFICIENT_POINTS) > 0, "nobody lacked a point while there was stock");
        final Tool verify = Tool.verify(data);
        final Tool replay = Tool.replay(data);
        assertEquals(0, verify.exitCode(), verify.transcript());
        assertEquals(verify.stateHash(), replay.stateHash());
    }

    private static TallymarkClient connect(final InetSocketAddress address, final int window) throws IOException {
        return TallymarkClient.connect(ClientOptions.to(address.getHostString(), address.getPort())
                .withWindow(window)
                .withRequestTimeoutMs(TIMEOUT.toMillis())
                .withBusyRetries(100));
    }

    private static void fund(final InetSocketAddress address) throws IOException {
        final AtomicInteger accepted = new AtomicInteger();
        try (TallymarkClient client = connect(address, FUNDING_WINDOW)) {
            for (int member = 1; member <= MEMBERS; member++) {
                final long points = FlashSaleAudit.PRICE_POINTS - (member % POOR_EVERY == 0 ? 1 : 0);
                final Sent order = new Sent(CommandType.ACCRUE, member, 100 * points, "order-" + member);
                client.submit(
                        order.fill(new Command()),
                        (reply, context) -> accepted.addAndGet(reply.code == ResultCode.ACCEPTED ? 1 : 0),
                        0);
            }
        }
        assertEquals(MEMBERS, accepted.get(), "orders accepted");
    }

    private static List<Attempt> attempts() {
        final List<Attempt> attempts = new ArrayList<>();
        for (int member = 1; member <= MEMBERS; member++) {
            attempts.add(new Attempt(member, "try-" + member));
            if (member % GREEDY_EVERY == 0) {
                attempts.add(new Attempt(member, "again-" + member));
            }
        }
        Collections.shuffle(attempts, new Random(SEED));
        return attempts;
    }

    /** Submits, at most so many under way on each connection, until so many are sold; returns how far it came. */
    private int submit(final List<Attempt> attempts, final int from, final int underWay, final int enough) {
        final Command command = new Command();
        final AtomicInteger next = new AtomicInteger(from);
        Await.until(
                TIMEOUT,
                () -> {
                    // Enough or not, a round is ended: something is under way when the server is killed.
                    for (final TallymarkClient client : clients) {
                        while (next.get() < attempts.size() && client.outstanding() < underWay) {
                            final Attempt attempt = attempts.get(next.getAndIncrement());
                            client.submit(attempt.fill(command), (reply, context) -> onReply(attempt, reply), 0);
                        }
                    }
                    return sold.get() >= enough || next.get() == attempts.size();
                },
                () -> next.get() + " of " + attempts.size() + " submitted after " + TIMEOUT);
        return next.get();
    }

    private void onReply(final Attempt attempt, final Reply reply) {
        final Receipt receipt = new Receipt(reply.code, reply.sequence, reply.points);
        if (attempt.receipt == null) {
            attempt.receipt = receipt;
            replayed.addAndGet(reply.replayed ? 1 : 0);
            sold.addAndGet(reply.code == ResultCode.ACCEPTED ? 1 : 0);
        } else if (!receipt.equals(attempt.receipt) || !reply.replayed) {
            contradictions.add(attempt.documentId + " had " + attempt.receipt + ", now " + reply);
        }
        answered.incrementAndGet();
    }

    private void awaitAnswers(final int count) {
        Await.until(
                TIMEOUT,
                () -> answered.get() == count,
                () -> "only " + answered.get() + " of " + count + " answers after " + TIMEOUT);
    }

    private void assertNothingIsLeft() throws IOException {
        try (RawConnection connection = new RawConnection(server.address())) {
            final Reply reply = connection.ask(new Command()
                    .reset(CommandType.QUERY_REWARD)
                    .put(VarField.PROGRAM, Workload.PROGRAM)
                    .put(VarField.RULE_ID, FlashSaleAudit.REWARD));
            assertEquals(ResultCode.ACCEPTED, reply.code);
            assertEquals(RowKind.REWARD, reply.rows.kind());
            assertEquals(FlashSaleAudit.ITEMS, reply.rows.value(0, 0), "stock");
            assertEquals(0, reply.rows.value(0, 1), "left");
            assertEquals(FlashSaleAudit.ITEMS, reply.rows.value(0, 2), "taken");
        }
    }

    /** One document by which a member tries to get an item, and what it was told. */
    static final class Attempt {
        private final long memberId;
        private final String documentId;
        private volatile Receipt receipt;

        Attempt(final long memberId, final String documentId) {
            this.memberId = memberId;
            this.documentId = documentId;
        }

        String documentId() {
            return documentId;
        }

        /** Null: nothing yet. */
        Receipt receipt() {
            return receipt;
        }

        Command fill(final Command into) {
            return into.reset(CommandType.REDEEM)
                    .memberId(memberId)
                    .put(VarField.PROGRAM, Workload.PROGRAM)
                    .put(VarField.SOURCE, Workload.SOURCE)
                    .put(VarField.DOCUMENT_ID, documentId)
                    .put(VarField.RULE_ID, FlashSaleAudit.REWARD);
        }
    }
}
