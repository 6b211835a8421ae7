package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.journal.JournalReader;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two files of real orders, loaded over the wire by the real command, twice. */
final class RealDataTest {
    private static final String CDNOW = "cdnow_master.txt";
    private static final String RETAIL = "online_retail_lines.csv";

    @TempDir
    Path folder;

    private Path data;
    private ServerProcess server;

    @BeforeEach
    void start() {
        final boolean isThere = Files.exists(Project.sharedData().resolve(CDNOW));
        if (!isThere && Project.isContinuousIntegration()) {
            throw new AssertionError("CI=true, but " + Project.sharedData() + " does not hold " + CDNOW);
        }
        Assumptions.assumeTrue(isThere, () -> "skipped: the real order data are not in " + Project.sharedData());
        data = folder.resolve("data");
        server = ServerProcess.start(data);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void everyOrderIsAcceptedOnceAndTheTotalsAreThoseOfTheFiles() throws IOException {
        final NaiveOrders cdnow = NaiveOrders.ofCdnow(Project.sharedData().resolve(CDNOW));
        final NaiveOrders retail = NaiveOrders.ofRetail(Project.sharedData().resolve(RETAIL));
        assertFirstLoad(cdnow, loadCdnow());
        assertFirstLoad(retail, loadRetail());

        assertJournalIs(Map.of("cdnow", cdnow, "retail", retail));
        final long lastSequence = assertBalancesAre(List.of(cdnow, retail));

        assertSecondLoad(cdnow, loadCdnow());
        assertSecondLoad(retail, loadRetail());
        // A minute's tick may pass in between; no order may.
        assertJournalIs(Map.of("cdnow", cdnow, "retail", retail));
        assertTrue(assertBalancesAre(List.of(cdnow, retail)) <= lastSequence + 3, "the second load took sequences");

        assertEquals(0, server.stop(), server.transcript());
        final Tool replay = Tool.replay(data);
        assertEquals(0, replay.exitCode(), replay.transcript());
        assertEquals(
                cdnow.points() + retail.points(),
                replay.number("program " + Workload.PROGRAM, "issued"),
                replay.transcript());
        final Tool verify = Tool.verify(data);
        assertEquals(0, verify.exitCode(), verify.transcript());
        assertEquals(replay.stateHash(), verify.stateHash());
    }

    private Tool loadCdnow() {
        return load(
                CDNOW,
                "cdnow",
                "yyyyMMdd",
                "orderId=#line,memberId=1,eventTime=2,amount=4,quantity=3",
                "--delimiter",
                "blanks");
    }

    private Tool loadRetail() {
        return load(
                RETAIL,
                "retail",
                "d/M/yyyy",
                "orderId=InvoiceNo,memberId=CustomerID,eventTime=InvoiceDate,"
                        + "amount=Quantity*UnitPrice,sku=StockCode,quantity=Quantity");
    }

    private Tool load(
            final String file,
            final String source,
            final String timeFormat,
            final String columns,
            final String... furtherOptions) {
        final List<String> arguments = new ArrayList<>(List.of("load", "--to", server.addressText()));
        arguments.addAll(List.of("--program", Workload.PROGRAM, "--source", source));
        arguments.addAll(List.of("--file", Project.sharedData().resolve(file).toString()));
        arguments.addAll(List.of("--columns", columns, "--time-format", timeFormat));
        arguments.addAll(List.of(furtherOptions));
        return Tool.run(arguments.toArray(new String[0]));
    }

    private static void assertFirstLoad(final NaiveOrders naive, final Tool load) {
        assertEquals(0, load.exitCode(), load.transcript());
        assertEquals(naive.orders().size(), load.number("ACCEPTED"), load.transcript());
        assertEquals(naive.points(), load.number("points issued"), load.transcript());
        assertUnusableRows(naive, load);
    }

    private static void assertSecondLoad(final NaiveOrders naive, final Tool load) {
        assertEquals(0, load.exitCode(), load.transcript());
        assertEquals(naive.orders().size(), load.number("replayed"), load.transcript());
        assertEquals(0, load.number("points issued"), load.transcript());
        assertUnusableRows(naive, load);
    }

    private static void assertUnusableRows(final NaiveOrders naive, final Tool load) {
        for (final Map.Entry<String, Integer> reason : naive.unusable().entrySet()) {
            assertEquals((long) reason.getValue(), load.number(reason.getKey()), load.transcript());
        }
    }

    /** Every order is in the journal once, accepted, with its member, amount and points; and nothing else is. */
    private void assertJournalIs(final Map<String, NaiveOrders> bySource) {
        final Map<String, Long> seen = new HashMap<>();
        final Command command = new Command();
        final Outcome outcome = new Outcome();
        try (JournalReader reader = JournalReader.open(data)) {
            while (reader.next(command, outcome)) {
                if (command.type() != CommandType.ACCRUE) {
                    continue;
                }
                final String source = command.text(VarField.SOURCE);
                final String documentId = command.text(VarField.DOCUMENT_ID);
                final NaiveOrders.Order order = bySource.get(source).orders().get(documentId);
                final String name = source + " " + documentId;
                assertNull(seen.put(name, reader.sequence()), () -> name + " is twice in the journal");
                assertEquals(ResultCode.ACCEPTED, outcome.code, name);
                assertEquals(order.memberId(), command.memberId(), name);
                assertEquals(order.amountMinor(), command.amountMinor(), name);
                assertEquals(order.points(), outcome.points, name);
            }
        }
        assertEquals(
                bySource.values().stream()
                        .mapToInt(naive -> naive.orders().size())
                        .sum(),
                seen.size());
    }

    /** The server's balance and counters of every member, asked over the wire; returns the last sequence. */
    private long assertBalancesAre(final List<NaiveOrders> files) throws IOException {
        final Map<Long, long[]> naive = new TreeMap<>();
        for (final NaiveOrders file : files) {
            for (final NaiveOrders.Order order : file.orders().values()) {
                final long[] totals = naive.computeIfAbsent(order.memberId(), id -> new long[3]);
                totals[0] += order.points();
                totals[1] += order.amountMinor();
                totals[2]++;
            }
        }
        assertFalse(naive.isEmpty());
        long lastSequence = 0;
        try (RawConnection connection = new RawConnection(server.address())) {
            for (final Reply reply : connection.askAll(naive.keySet())) {
                final long[] totals = naive.get(reply.memberId);
                final String name = "member " + reply.memberId;
                assertEquals(ResultCode.ACCEPTED, reply.code, name);
                assertEquals(totals[0], reply.availablePoints, name);
                assertEquals(totals[0], reply.lifetimePoints, name);
                assertEquals(totals[1], reply.lifetimeSpendMinor, name);
                assertEquals(totals[2], reply.lifetimeVisits, name);
                lastSequence = reply.asOfSequence;
            }
        }
        return lastSequence;
    }
}
