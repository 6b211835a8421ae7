package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.journal.JournalReader;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign's budget and its members' caps, wanted by many at once, with a kill -9 while they are being used up. */
final class BudgetTest {
    private static final long SEED = 9_050;
    private static final int PRODUCERS = 8;
    private static final int MEMBERS = 200;
    private static final int DAYS = 6;
    private static final int BEFORE_THE_CRASH = 1_200;
    private static final int IN_ALL = 5_000;
    private static final long FIRST_DAY_MS = 1_709_222_400_000L;
    private static final long DAY_MS = 86_400_000L;
    private static final long OFFSET_MS = 8 * 3_600_000L;

    private static final long BUDGET = 50_000;
    private static final long MEMBER_CAP = 300;
    private static final long MEMBER_DAY_CAP = 60;
    private static final String PROGRAM_FILE = """
            program: mima
            currency: CNY
            utcOffset: "+08:00"
            unknownMember: enrol
            lateWindow: unlimited
            retention: {keyDays: forever}
            wallets:
              points: {kind: points, expiry: never, refund: {policy: debt, limit: 100000}}
            earn:
              base: {points: 1, per: "1.00"}
              campaigns:
                - {id: peak, priority: 10, mode: add, multiplier: "3", caps: {member: 300, memberDay: 60}, budget: 50000}
            """;

    @TempDir
    Path folder;

    private ServerProcess server;

    @AfterEach
    void end() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theBudgetIsSpentToTheLastPointThroughACrashAndNotOnePointFurther() throws IOException {
        System.out.println("BudgetTest seed " + SEED);
        final Path programs = Files.createDirectory(folder.resolve("programs"));
        Files.writeString(programs.resolve("mima.yaml"), PROGRAM_FILE);
        final Path data = folder.resolve("data");
        final List<Producer> producers = new ArrayList<>();
        for (int i = 0; i < PRODUCERS; i++) {
            producers.add(new Producer(i));
        }

        server = ServerProcess.startWith(programs, data);
        killInTheMiddle(producers);
        final Audit crashed = Audit.of(data);
        crashed.assertHolds(producers);
        assertTrue(crashed.granted > 0 && crashed.granted < BUDGET, "the crash was not in the middle");
        final long unanswered = producers.stream()
                .flatMap(p -> p.unanswered().stream())
                .filter(s -> crashed.byKey.containsKey(s.key()))
                .count();
        System.out.println("killed with " + crashed.granted + " points granted by " + crashed.byKey.size()
                + " orders, of which " + unanswered + " had no answer");
        assertTrue(unanswered > 0, "no order is to be sent again that was carried out already");

        server = ServerProcess.startWith(programs, data);
        finish(producers);
        assertNothingIsLeft();
        assertEquals(0, server.stop(), server.transcript());

        final Audit audit = Audit.of(data);
        audit.assertHolds(producers);
        assertEquals(PRODUCERS * IN_ALL, audit.byKey.size(), "orders in the journal");
        assertEquals(BUDGET, audit.granted, "all of the budget");
        // Else the test would say nothing about them.
        assertTrue(audit.clippedByMember > 0 && audit.clippedByDay > 0 && audit.clippedByBudget > 0);
        assertEquals(MEMBER_CAP, audit.largest(audit.byMember));
        assertEquals(MEMBER_DAY_CAP, audit.largest(audit.byMemberAndDay));
        final Tool verify = Tool.verify(data);
        assertEquals(0, verify.exitCode(), verify.transcript());
    }

    private void killInTheMiddle(final List<Producer> producers) throws IOException {
        final List<LoadDriver> drivers = start(producers, BEFORE_THE_CRASH);
        for (final LoadDriver driver : drivers) {
            driver.awaitAcknowledged(BEFORE_THE_CRASH / 3);
            // From here on the answers to this one are lost on their way.
            driver.stopListening();
        }
        server.kill();
        drivers.forEach(LoadDriver::close);
    }

    private void finish(final List<Producer> producers) throws IOException {
        final List<LoadDriver> drivers = start(producers, IN_ALL);
        drivers.forEach(LoadDriver::awaitEnd);
        drivers.forEach(LoadDriver::close);
        for (final Producer producer : producers) {
            assertEquals(List.of(), producer.unanswered());
        }
    }

    private List<LoadDriver> start(final List<Producer> producers, final int upTo) throws IOException {
        final List<LoadDriver> drivers = new ArrayList<>();
        for (final Producer producer : producers) {
            final LoadDriver driver = new LoadDriver(server.address());
            drivers.add(driver);
            driver.start(producer.upTo(upTo));
        }
        return drivers;
    }

    private void assertNothingIsLeft() throws IOException {
        try (RawConnection connection = new RawConnection(server.address())) {
            final Reply reply = connection.ask(new Command()
                    .reset(CommandType.QUERY_CAMPAIGN)
                    .put(VarField.PROGRAM, Workload.PROGRAM)
                    .put(VarField.RULE_ID, "peak"));
            assertEquals(ResultCode.ACCEPTED, reply.code);
            assertEquals(RowKind.CAMPAIGN, reply.rows.kind());
            assertEquals("peak", reply.rows.text(0));
            assertEquals(BUDGET, reply.rows.value(0, 0), "budget");
            assertEquals(0, reply.rows.value(0, 1), "left");
            assertEquals(BUDGET, reply.rows.value(0, 2), "granted");
        }
    }

    /** The orders of one till, in the order of sending; what had no answer is sent again first. */
    private static final class Producer {
        private final int number;
        private final SplittableRandom random;
        private final List<Sent> sent = new ArrayList<>();

        Producer(final int number) {
            this.number = number;
            this.random = new SplittableRandom(SEED + number);
        }

        List<Sent> unanswered() {
            return sent.stream().filter(s -> !s.isAcknowledged()).toList();
        }

        Supplier<Sent> upTo(final int count) {
            final List<Sent> again = new ArrayList<>(unanswered());
            return () -> {
                if (!again.isEmpty()) {
                    return again.remove(again.size() - 1);
                }
                return sent.size() < count ? next() : null;
            };
        }

        private Sent next() {
            final long eventTimeMs = FIRST_DAY_MS + random.nextLong(DAYS * DAY_MS);
            final Sent next = new Sent(
                    CommandType.ACCRUE,
                    1 + random.nextInt(MEMBERS),
                    1 + random.nextInt(300),
                    "till-" + number + "-" + sent.size(),
                    eventTimeMs);
            sent.add(next);
            return next;
        }
    }

    /** The journal in the order of its sequences, each order held against the rules in their plainest form. */
    private static final class Audit {
        private final Map<String, Receipt> byKey = new HashMap<>();
        private final Map<Object, Long> byMember = new HashMap<>();
        private final Map<Object, Long> byMemberAndDay = new HashMap<>();
        private long granted;
        private long clippedByMember;
        private long clippedByDay;
        private long clippedByBudget;

        static Audit of(final Path data) {
            final Audit audit = new Audit();
            final Command command = new Command();
            final Outcome outcome = new Outcome();
            try (JournalReader reader = JournalReader.open(data)) {
                while (reader.next(command, outcome)) {
                    if (command.type() == CommandType.ACCRUE) {
                        audit.accept(command, outcome, reader.sequence());
                    }
                }
            }
            return audit;
        }

        private void accept(final Command command, final Outcome outcome, final long sequence) {
            final String key = Sent.key(command.type(), command.text(VarField.DOCUMENT_ID));
            assertNull(byKey.put(key, Receipt.of(outcome, sequence)), () -> key + " is twice in the journal");
            final long base = command.amountMinor() / 100;
            final long wanted = 3 * command.amountMinor() / 100 - base;
            final Long member = command.memberId();
            final List<Long> memberAndDay = List.of(member, (command.eventTimeMs() + OFFSET_MS) / DAY_MS);

            final long forMember = Math.min(wanted, MEMBER_CAP - byMember.getOrDefault(member, 0L));
            final long forDay = Math.min(forMember, MEMBER_DAY_CAP - byMemberAndDay.getOrDefault(memberAndDay, 0L));
            final long share = Math.min(forDay, BUDGET - granted);
            clippedByMember += wanted - forMember;
            clippedByDay += forMember - forDay;
            clippedByBudget += forDay - share;

            final String name = key + " at sequence " + sequence;
            assertEquals(ResultCode.ACCEPTED, outcome.code, name);
            assertEquals(base, outcome.basePoints, name);
            assertEquals(share, outcome.campaignPoints, name);
            assertEquals(wanted - share, outcome.clippedPoints, name);
            assertEquals(base + share, outcome.points, name);
            // What was granted in truth is what counts against the bounds.
            granted += outcome.campaignPoints;
            byMember.merge(member, outcome.campaignPoints, Long::sum);
            byMemberAndDay.merge(memberAndDay, outcome.campaignPoints, Long::sum);
            assertTrue(granted <= BUDGET, name);
        }

        private long largest(final Map<Object, Long> granted) {
            return granted.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        }

        /** Every order that was answered stands there as it was told. */
        void assertHolds(final List<Producer> producers) {
            for (final Producer producer : producers) {
                for (final Sent sent : producer.sent) {
                    if (sent.isAcknowledged()) {
                        assertEquals(sent.receipt(), byKey.get(sent.key()), sent::toString);
                    }
                }
            }
        }
    }
}
