package io.tallymark.server.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.ResultCode;
import io.tallymark.server.CommandRun;
import io.tallymark.server.ExitCode;
import io.tallymark.server.program.ProgramCompiler;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command, over a socket, against a gateway with a ledger behind it. */
final class LoadCommandTest {
    private static final Path MIMA = Path.of(System.getProperty("tallymark.root"), "programs", "mima.yaml");
    private static final String HEADER = "orderId,memberId,eventTime,amount,sku,category,quantity,channel\n";

    @TempDir
    private Path folder;

    private LedgerServer server;

    @BeforeEach
    void start() throws IOException {
        server = new LedgerServer(ProgramCompiler.compile(MIMA).program());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void cdnowTwice() throws IOException {
        final String file = RealDataTest.data("cdnow_master.txt").toString();
        final String[] args = {
            "--file",
            file,
            "--delimiter",
            "blanks",
            "--time-format",
            "yyyyMMdd",
            "--columns",
            "orderId=#line,memberId=1,eventTime=2,amount=4,quantity=3"
        };
        final Map<String, String> first = values(load(args));
        assertEquals("69659", first.get("rows"));
        assertEquals("80", first.get("unusable rows"));
        assertEquals("80", first.get("zero amount"));
        assertEquals("69579", first.get("ACCEPTED"));
        assertEquals("2453159", first.get("points issued"));
        assertEquals(2_453_159, server.program().issuedPoints());
        final long members = server.program().members();
        final long last = server.lastSequence();

        final Map<String, String> second = values(load(args));
        assertEquals("69579", second.get("ACCEPTED"));
        assertEquals("69579  (known before; nothing changed)", second.get("replayed"));
        assertEquals("0  (and 2453159 before)", second.get("points issued"));
        assertEquals(last, server.lastSequence());
        assertEquals(members, server.program().members());
    }

    @Test
    void onlineRetailWithItsUnusableRows() throws IOException {
        final Path errors = folder.resolve("errors.csv");
        final CommandRun run = load(
                "--file",
                RealDataTest.data("online_retail_lines.csv").toString(),
                "--time-format",
                "d/M/yyyy",
                "--columns",
                "orderId=InvoiceNo,memberId=CustomerID,eventTime=InvoiceDate,"
                        + "amount=Quantity*UnitPrice,sku=StockCode,quantity=Quantity",
                "--errors",
                errors.toString());
        final Map<String, String> values = values(run);
        assertEquals("9999", values.get("rows"));
        assertEquals("2392", values.get("unusable rows"));
        assertEquals("2291", values.get("no member"));
        assertEquals("401", values.get("ACCEPTED"));
        assertEquals("148016", values.get("points issued"));
        assertEquals(148_016, server.program().issuedPoints());
        assertEquals(21, run.err().lines().filter(l -> !l.startsWith("load:")).count(), run.err());
        assertTrue(run.err().startsWith("line 143: negative quantity: '-1'\n"), run.err());
        final List<String> written = Files.readAllLines(errors);
        assertEquals(2_393, written.size());
        assertEquals("143,negative quantity,\"'-1'\"", written.get(1));
    }

    @Test
    void everyCodeIsCountedAndARejectionIsADecision() throws IOException {
        final CommandRun run = load(
                "--file",
                file(HEADER
                        + "A,7,2024-01-01,1.50,,,1,shop\n"
                        + "B,7,2999-01-01,1.00,,,1,shop\n"
                        + "A,7,2024-01-01,1.50,,,1,shop\n"
                        + "C,8,2024-01-01,9.99,,,1,shop\n"
                        + "A,7,2024-01-01,1.51,,,1,shop\n"));
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        final Map<String, String> values = values(run);
        assertEquals("5", values.get("orders"));
        assertEquals("3", values.get("ACCEPTED"));
        assertEquals("1", values.get("EVENT_IN_FUTURE").substring(0, 1));
        assertEquals("1", values.get("IDEMPOTENCY_CONFLICT").substring(0, 1));
        assertEquals("1", values.get("replayed").substring(0, 1));
        assertEquals("10  (and 1 before)", values.get("points issued"));
        assertTrue(values.get("latency").startsWith("p50 "), run.out());
        assertTrue(values.get("time").endsWith(" orders/s"), run.out());
    }

    @Test
    void aBusyServerIsAskedAgain() throws IOException {
        server.refuse(20, ResultCode.BUSY);
        final StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 3_000; i++) {
            text.append(i).append(",7,2024-01-01,1,,,1,\n");
        }
        final String file = file(text.toString());
        final CommandRun run = load("--file", file);
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertEquals("3000", values(run).get("ACCEPTED"));
        assertEquals(3_000, server.program().issuedPoints());
    }

    /** What a busy server refused comes behind what was sent later, but no return before its member's orders. */
    @Test
    void noReturnOvertakesItsMembersOrdersAtABusyServer() throws IOException {
        // Only the first order is under way then, so each refusal is a longer pause before it is sent again.
        server.refuse(6, ResultCode.BUSY);
        final int members = 300;
        final StringBuilder text = new StringBuilder(HEADER);
        for (int i = 1; i <= members; i++) {
            text.append("A" + i + "," + i + ",2024-01-01,6,,,1,\n");
            text.append("C" + i + "," + i + ",2024-01-01,-10,,,1,\n");
            text.append("B" + i + "," + i + ",2024-01-01,1,,,1,\n");
        }
        final String file = file(text.toString());
        final CommandRun run = load("--returns", "unreferenced", "--file", file);
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        final String out = run.out().replaceAll(" +", " ");
        assertTrue(out.contains("orders 600\n ACCEPTED 600\n replayed 0 "), out);
        assertTrue(out.contains("returns 300\n ACCEPTED 300\n replayed 0 "), out);
        assertTrue(out.contains("points issued 2100\n"), out);
        assertTrue(out.contains("points clawed 3000\n became debt 1200\n written off 0\n"), out);
        assertEquals(3L * members, server.program().debtPoints());
        assertEquals(0, server.program().availablePoints());

        final String again =
                load("--returns", "unreferenced", "--file", file).out().replaceAll(" +", " ");
        assertTrue(again.contains("points issued 0 (and 2100 before)\n"), again);
        assertTrue(again.contains("points clawed 0 (and 3000 before)\n became debt 0\n"), again);
    }

    @Test
    void aReturnOfNobodyStaysRefusedAndEnrolsNobody() throws IOException {
        final String file = file(HEADER + "C,7,2024-01-01,-10,,,1,\nA,7,2024-01-01,5,,,1,\n");
        for (int i = 0; i < 2; i++) {
            final CommandRun run = load("--returns", "unreferenced", "--file", file);
            assertEquals(ExitCode.DONE, run.exitCode(), run.err());
            assertTrue(run.out().replaceAll(" +", " ").contains("returns 1\n UNKNOWN_MEMBER 1 (no such"), run.out());
        }
        assertEquals(5, server.program().availablePoints());
        assertEquals(0, server.program().clawedBackPoints());
        assertEquals(ExitCode.USAGE, load("--returns", "always", "--file", file).exitCode());
    }

    @Test
    void anUndecidedOrderIsAFailureThatSaysWhatToDo() throws IOException {
        final String file = file(HEADER + "A,7,2024-01-01,1,,,1,\n");
        server.refuse(1, ResultCode.QUARANTINED);
        final CommandRun run = load("--file", file);
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(
                run.err()
                        .contains("tallymark: 1 of 1 orders were not decided, see the codes above; load the same file "
                                + "again: what was decided is only replayed"),
                run.err());
        assertEquals("1", values(run).get("QUARANTINED").substring(0, 1));
    }

    @Test
    void timeNowTakesNoTimeFromTheFile() throws IOException {
        final CommandRun run = load("--time", "now", "--file", file("orderId,memberId,amount\nA,7,5\n"));
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertEquals("1", values(run).get("ACCEPTED"));
    }

    @Test
    void failuresBeforeTheFirstOrderAreOneSentence() throws IOException {
        final String file = file(HEADER);
        assertFailure(
                "there is no file " + folder.resolve("none"),
                CommandRun.of(
                        "load", "--to", server.address(), "--program", "mima", "--file", folder.resolve("none") + ""));
        assertFailure(
                server.address() + " has no program mina, only: mima",
                CommandRun.of("load", "--to", server.address(), "--program", "mina", "--file", file));
        final int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        final CommandRun refused =
                CommandRun.of("load", "--to", "127.0.0.1:" + free, "--program", "mima", "--file", file);
        assertEquals(ExitCode.FAILED, refused.exitCode());
        assertTrue(refused.err().startsWith("tallymark: cannot connect to 127.0.0.1:" + free), refused.err());
        final String headless = file("a,b\n");
        assertFailure(
                headless + ": the header (a, b) has no column orderId; map one with --columns orderId=…",
                CommandRun.of("load", "--to", server.address(), "--program", "mima", "--file", headless));
    }

    @Test
    void anEmptyFileWithAHeaderIsDone() throws IOException {
        final CommandRun run = load("--file", file(HEADER));
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertEquals("0", values(run).get("orders"));
    }

    private static void assertFailure(final String sentence, final CommandRun run) {
        assertEquals("tallymark: " + sentence, run.err().strip());
        assertEquals(ExitCode.FAILED, run.exitCode());
    }

    private CommandRun load(final String... args) {
        final List<String> all = new ArrayList<>(List.of("load", "--to", server.address(), "--program", "mima"));
        all.addAll(Arrays.asList(args));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private String file(final String text) throws IOException {
        return Files.writeString(folder.resolve("orders.csv"), text, StandardCharsets.UTF_8)
                .toString();
    }

    private static Map<String, String> values(final CommandRun run) {
        final Map<String, String> values = new LinkedHashMap<>();
        for (final String line : run.lines()) {
            final String[] parts = line.strip().split(" {2,}", 2);
            values.put(parts[0], parts.length < 2 ? "" : parts[1]);
        }
        return values;
    }
}
