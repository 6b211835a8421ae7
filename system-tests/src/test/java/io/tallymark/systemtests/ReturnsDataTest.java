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
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real orders with their cancellations, which say nothing of what they cancel, loaded by the real command, twice. */
final class ReturnsDataTest {
    private static final String RETAIL = "online_retail_lines.csv";
    private static final String SOURCE = "retail";

    @TempDir
    Path folder;

    private Path data;
    private ServerProcess server;
    private NaiveReturns naive;

    @BeforeEach
    void start() throws IOException {
        final Path file = Project.sharedData().resolve(RETAIL);
        final boolean isThere = Files.exists(file);
        if (!isThere && Project.isContinuousIntegration()) {
            throw new AssertionError("CI=true, but there is no " + file);
        }
        Assumptions.assumeTrue(isThere, () -> "skipped: there is no " + file);
        naive = NaiveReturns.of(file);
        data = folder.resolve("data");
        server = ServerProcess.start(data);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** The naive calculation says what everybody can count in the file. */
    @Test
    void theFileIsWhatItIsKnownToBe() {
        assertEquals(401, naive.purchases());
        assertEquals(303, naive.accounts().size());
        assertEquals(43, naive.cancellations().size());
        assertEquals(
                29,
                naive.cancellations().stream().filter(e -> !e.isKnown()).count(),
                "cancellations before any purchase of that customer");
        final Set<Long> cancelling = naive.cancellingCustomers();
        assertEquals(40, cancelling.size());
        final long neverBuying = cancelling.stream()
                .filter(id -> !naive.accounts().containsKey(id))
                .count();
        assertEquals(20, neverBuying);
        // The twenty who never buy, and one who bought for 299.40 and cancels 883.08 (his cancellation of old orders).
        final Set<Long> beyond = naive.cancellingMoreThanBought();
        assertEquals(21, beyond.size());
        beyond.removeIf(id -> !naive.accounts().containsKey(id));
        assertEquals(Set.of(16_546L), beyond);
        assertEquals(148_016, naive.issued());
        assertEquals(1_129, naive.clawed());
        assertEquals(584, naive.addedDebt());
        assertEquals(584, naive.debt());
        assertEquals(584, naive.accounts().get(16_546L).debt);
        assertEquals(0, naive.writtenOff());
        assertEquals(148_016 + 584 - 1_129, naive.available());
    }

    @Test
    void everyBalanceAndDebtIsThatOfTheNaiveCalculationAndASecondLoadChangesNothing() throws IOException {
        final Tool first = load();
        assertEquals(0, first.exitCode(), first.transcript());
        assertEquals(401, first.number("\norders ", "ACCEPTED"), first.transcript());
        assertEquals(0, first.number("\norders ", "replayed"), first.transcript());
        assertEquals(naive.issued(), first.number("points issued"), first.transcript());
        assertEquals(43, first.number("\nreturns"), first.transcript());
        assertEquals(14, first.number("\nreturns ", "ACCEPTED"), first.transcript());
        assertEquals(29, first.number("\nreturns ", "UNKNOWN_MEMBER"), first.transcript());
        assertEquals(naive.clawed(), first.number("points clawed"), first.transcript());
        assertEquals(naive.addedDebt(), first.number("became debt"), first.transcript());
        assertEquals(naive.writtenOff(), first.number("written off"), first.transcript());
        assertEquals(2_291, first.number("no member"), first.transcript());
        assertEquals(1, first.number("zero amount"), first.transcript());
        assertEquals(2_292, first.number("unusable rows"), first.transcript());

        assertJournal();
        assertMembers();
        final Tool second = load();
        assertEquals(0, second.exitCode(), second.transcript());
        assertEquals(401, second.number("\norders ", "replayed"), second.transcript());
        assertEquals(43, second.number("\nreturns ", "replayed"), second.transcript());
        assertEquals(29, second.number("\nreturns ", "UNKNOWN_MEMBER"), second.transcript());
        assertEquals(0, second.number("points issued"), second.transcript());
        assertEquals(0, second.number("points clawed"), second.transcript());
        assertEquals(0, second.number("became debt"), second.transcript());
        assertJournal();
        assertMembers();

        assertEquals(0, server.stop(), server.transcript());
        assertTotals();
    }

    private Tool load() {
        return Tool.run(
                "load",
                "--to",
                server.addressText(),
                "--program",
                Workload.PROGRAM,
                "--source",
                SOURCE,
                "--file",
                Project.sharedData().resolve(RETAIL).toString(),
                "--columns",
                "orderId=InvoiceNo,memberId=CustomerID,eventTime=InvoiceDate,"
                        + "amount=Quantity*UnitPrice,sku=StockCode,quantity=Quantity",
                "--time-format",
                "d/M/yyyy",
                "--returns",
                "unreferenced");
    }

    /** Every document stands in the journal once and came out as the naive calculation has it. */
    private void assertJournal() {
        final Map<String, Long> seen = new HashMap<>();
        final Command command = new Command();
        final Outcome outcome = new Outcome();
        try (JournalReader reader = JournalReader.open(data)) {
            while (reader.next(command, outcome)) {
                if (command.type() == CommandType.TICK || command.type() == CommandType.PUBLISH_PROGRAM) {
                    continue;
                }
                final String id = command.text(VarField.DOCUMENT_ID);
                assertNull(seen.put(id, reader.sequence()), () -> id + " is twice in the journal");
                final NaiveReturns.Expected expected = naive.documents().get(id);
                final boolean isCancellation = expected.document().isCancellation();
                assertEquals(isCancellation ? CommandType.RETURN_UNREFERENCED : CommandType.ACCRUE, command.type(), id);
                assertEquals(SOURCE, command.text(VarField.SOURCE), id);
                assertEquals(expected.document().memberId(), command.memberId(), id);
                assertEquals(
                        expected.document().amount().movePointRight(2).longValueExact(), command.amountMinor(), id);
                assertEquals(expected.isKnown() ? ResultCode.ACCEPTED : ResultCode.UNKNOWN_MEMBER, outcome.code, id);
                assertEquals(expected.points(), outcome.points, id);
                assertEquals(expected.addedDebt(), outcome.addedDebtPoints, id);
                assertEquals(expected.writtenOff(), outcome.writtenOffPoints, id);
            }
        }
        assertEquals(naive.documents().size(), seen.size());
    }

    private void assertMembers() throws IOException {
        assertTrue(naive.accounts().size() > 300);
        try (RawConnection connection = new RawConnection(server.address())) {
            for (final Reply reply : connection.askAll(naive.accounts().keySet())) {
                final NaiveReturns.Account account = naive.accounts().get(reply.memberId);
                final String name = "member " + reply.memberId;
                assertEquals(ResultCode.ACCEPTED, reply.code, name);
                assertEquals(account.available, reply.availablePoints, name);
                assertEquals(account.debt, reply.debtPoints, name);
                assertEquals(account.earned, reply.lifetimePoints, name);
                assertEquals(account.visits, reply.lifetimeVisits, name);
                assertEquals(account.spend.movePointRight(2).longValueExact(), reply.lifetimeSpendMinor, name);
            }
            final Set<Long> neverBuying = naive.cancellingCustomers();
            neverBuying.removeAll(naive.accounts().keySet());
            for (final Reply reply : connection.askAll(neverBuying)) {
                assertEquals(ResultCode.UNKNOWN_MEMBER, reply.code);
            }
        }
    }

    private void assertTotals() {
        final Tool replay = Tool.replay(data);
        assertEquals(0, replay.exitCode(), replay.transcript());
        final String program = "program " + Workload.PROGRAM + " ";
        assertEquals(naive.accounts().size(), replay.number(program, "members"), replay.transcript());
        assertEquals(naive.issued(), replay.number(program, "issued"), replay.transcript());
        assertEquals(naive.clawed(), replay.number(program, "clawed back"), replay.transcript());
        assertEquals(naive.debt(), replay.number(program, "debt"), replay.transcript());
        assertEquals(naive.writtenOff(), replay.number(program, "written off"), replay.transcript());
        assertEquals(naive.available(), replay.number(program, "available"), replay.transcript());
        final Tool verify = Tool.verify(data);
        assertEquals(0, verify.exitCode(), verify.transcript());
        assertEquals(replay.stateHash(), verify.stateHash());
    }
}
