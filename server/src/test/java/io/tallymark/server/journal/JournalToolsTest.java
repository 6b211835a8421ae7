package io.tallymark.server.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tallymark.server.CommandRun;
import io.tallymark.server.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalToolsTest {
    private static final String GOLDEN_LINES = "\"lines\":[{\"number\":1,\"quantity\":2,\"amountMinor\":5000,"
            + "\"sku\":\"stove\",\"category\":\"kitchen\"},{\"number\":2,\"quantity\":1,\"amountMinor\":0,"
            + "\"sku\":\"tea\",\"discounted\":false,\"sample\":true}]";

    @TempDir
    private Path folder;

    private WrittenJournal journal;

    @BeforeEach
    void openJournal() throws IOException {
        journal = new WrittenJournal(folder);
    }

    @Test
    void verifyAgreesWithTheLedgerThatWroteTheJournal() throws IOException {
        journal.publishMima();
        journal.accrueMany(200);
        journal.close();
        final CommandRun run = verify();
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        final Map<String, String> values = values(run);
        assertEquals("201", values.get("last sequence"));
        assertEquals(journal.ledger().stateHash().toHex(), values.get("state hash"));
        assertTrue(Long.parseLong(values.get("frames")) >= 201, run.out());
        assertTrue(run.out().contains("\nverified: "), run.out());
    }

    @Test
    void anEmptyJournalIsSound() {
        journal.close();
        final CommandRun run = verify();
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertEquals("0", values(run).get("last sequence"));
        assertEquals(
                "",
                CommandRun.of("journal", "dump", "--data", folder.toString()).out());
    }

    @Test
    void aFolderWithoutAJournalIsNamed() throws IOException {
        journal.close();
        final Path empty = Files.createDirectory(folder.resolve("empty"));
        final CommandRun run = CommandRun.of("journal", "verify", "--data", empty.toString());
        assertEquals(ExitCode.DATA_FAULT, run.exitCode());
        assertTrue(run.err().startsWith("tallymark: the journal cannot be read: there is no journal here"), run.err());
    }

    @Test
    void aFlippedByteIsNamedWithFileAndSequence() throws IOException {
        journal.publishMima();
        journal.accrueMany(200);
        journal.close();
        flipByteOf("order-100");
        final CommandRun run = verify();
        assertEquals(ExitCode.DATA_FAULT, run.exitCode());
        assertTrue(run.err().contains("sequence 101"), run.err());
        assertTrue(run.err().contains("sound up to sequence 100"), run.err());
        assertTrue(run.err().contains(".cq4"), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        for (final String[] tool :
                List.of(new String[] {"journal", "dump"}, new String[] {"replay"}, new String[] {"serve"})) {
            final String[] args = Stream.concat(Stream.of(tool), Stream.of("--data", folder.toString()))
                    .toArray(String[]::new);
            assertEquals(ExitCode.DATA_FAULT, CommandRun.of(args).exitCode());
        }
    }

    @Test
    void anOutcomeThatDoesNotFollowIsNamedWithItsSequence() throws IOException {
        journal.publishMima();
        journal.accrueMany(5);
        journal.forgePoints(1);
        journal.accrueMany(1);
        journal.close();
        final CommandRun run = verify();
        assertEquals(ExitCode.DATA_FAULT, run.exitCode());
        assertTrue(
                run.err().startsWith("tallymark: the journal does not come out as it was written: sequence 7: ACCRUE"),
                run.err());
        assertEquals(
                ExitCode.DONE,
                CommandRun.of("replay", "--data", folder.toString(), "--to", "6")
                        .exitCode());
        assertEquals(
                ExitCode.DATA_FAULT,
                CommandRun.of("replay", "--data", folder.toString(), "--to", "7")
                        .exitCode());
    }

    @Test
    void dumpWritesOneObjectALineWithAllFields() throws IOException {
        journal.publishMima();
        journal.accrueWithLines();
        journal.redeem(20);
        journal.adjust(-500);
        journal.tick();
        journal.redeem(1_000_000);
        journal.close();
        final CommandRun run = CommandRun.of("journal", "dump", "--data", folder.toString());
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        final List<String> lines = run.lines();
        assertEquals(6, lines.size());
        for (final String line : lines) {
            checkJson(line);
        }
        assertTrue(
                lines.get(0)
                        .startsWith("{\"sequence\":1,\"time\":\"2023-11-14T22:13:20.001Z\",\"command\":"
                                + "{\"type\":\"PUBLISH_PROGRAM\",\"program\":\"mima\",\"source\":\"test\",\"documentId\":\"p-1\","
                                + "\"compiled\":\""),
                lines.get(0));
        assertTrue(lines.get(0).contains("\"sourceText\":\"# Mima, a lifestyle shop"), lines.get(0));
        assertTrue(
                lines.get(0)
                        .contains("\"canonicalHash\":\""
                                + journal.ledger().program(0).canonicalHash().toHex() + "\""),
                lines.get(0));
        assertEquals(
                "{\"sequence\":2,\"time\":\"2023-11-14T22:13:20.002Z\",\"command\":{\"type\":\"ACCRUE\","
                        + "\"program\":\"mima\",\"source\":\"test\",\"documentId\":\"order-lines\",\"memberId\":7,"
                        + "\"amountMinor\":5000,\"eventTime\":\"2023-11-14T22:13:20Z\",\"noVisit\":true,"
                        + "\"channel\":\"柜台\",\"store\":\"s-1\",\"staff\":\"anna\","
                        + GOLDEN_LINES + "},\"outcome\":{\"code\":\"ACCEPTED\",\"memberId\":7,\"points\":50,"
                        + "\"basePoints\":50,\"tierPoints\":0,\"campaignPoints\":0,\"clippedPoints\":0,\"bonusPoints\":0,"
                        + "\"addedDebtPoints\":0,\"writtenOffPoints\":0,\"valueMinor\":0,\"cashMinor\":0,\"availablePoints\":50,\"pendingPoints\":0,\"heldPoints\":0,\"debtPoints\":0,"
                        + "\"tierRank\":1,\"programVersion\":0}}",
                lines.get(1));
        assertTrue(lines.get(2).contains("\"type\":\"REDEEM\""), lines.get(2));
        assertTrue(lines.get(2).contains("\"points\":20}"), lines.get(2));
        assertTrue(
                lines.get(3)
                        .contains(
                                "\"mayGoBelowZero\":true,\"reason\":\"count\",\"operatorId\":\"op-1\",\"reference\":\"r-1\""),
                lines.get(3));
        assertTrue(lines.get(3).contains("\"points\":-500,"), lines.get(3));
        assertTrue(lines.get(3).contains("\"debtPoints\":470,"), lines.get(3));
        assertTrue(lines.get(4).contains("{\"type\":\"TICK\""), lines.get(4));
        assertTrue(lines.get(5).contains("\"code\":\"IN_DEBT\""), lines.get(5));
    }

    @Test
    void dumpKeepsToItsRange() throws IOException {
        journal.publishMima();
        journal.accrueMany(9);
        journal.close();
        final List<String> lines = CommandRun.of(
                        "journal", "dump", "--data", folder.toString(), "--from", "4", "--to", "6")
                .lines();
        assertEquals(3, lines.size());
        assertTrue(lines.get(0).startsWith("{\"sequence\":4,"));
        assertTrue(lines.get(2).startsWith("{\"sequence\":6,"));
    }

    /** The oracle is the sum over the dump, which knows nothing of the ledger's totals. */
    @Test
    void replayToAPointIsTheSumOfTheRecordsUpToIt() throws IOException {
        journal.publishMima();
        journal.accrueMany(60);
        journal.redeem(30);
        journal.accrueMany(40);
        journal.close();
        final List<String> records =
                CommandRun.of("journal", "dump", "--data", folder.toString()).lines();
        for (final int to : new int[] {0, 1, 2, 61, 62, 80, 102}) {
            long issued = 0;
            long redeemed = 0;
            final Set<String> members = new HashSet<>();
            for (final String record : records.subList(0, to)) {
                final long points = number(record.substring(record.indexOf("\"outcome\"")), "points");
                issued += Math.max(0, points);
                redeemed += Math.max(0, -points);
                final String sent = record.substring(0, record.indexOf("\"outcome\""));
                if (sent.contains("\"memberId\"")) {
                    members.add("" + number(sent, "memberId"));
                }
            }
            final CommandRun run = CommandRun.of("replay", "--data", folder.toString(), "--to", "" + to);
            assertEquals(ExitCode.DONE, run.exitCode(), run.err());
            final Map<String, String> values = values(run);
            assertEquals("" + to, values.get("sequence"));
            assertEquals(to > 0, run.out().contains("program mima version 1"));
            if (to > 0) {
                assertEquals("" + members.size(), values.get("members"));
                assertEquals("" + issued, values.get("issued"));
                assertEquals("" + redeemed, values.get("redeemed"));
                assertEquals("" + (issued - redeemed), values.get("available"));
            }
        }
        final CommandRun whole = CommandRun.of("replay", "--data", folder.toString());
        assertEquals(journal.ledger().stateHash().toHex(), values(whole).get("state hash"));
        final CommandRun beyond = CommandRun.of("replay", "--data", folder.toString(), "--to", "103");
        assertEquals(ExitCode.FAILED, beyond.exitCode());
        assertTrue(beyond.err().contains("the journal ends at sequence 102, before 103"), beyond.err());
        assertEquals("102", values(beyond).get("sequence"));
    }

    private CommandRun verify() {
        return CommandRun.of("journal", "verify", "--data", folder.toString());
    }

    private void flipByteOf(final String text) throws IOException {
        final byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        try (Stream<Path> files = Files.walk(folder.resolve("journal"))) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final byte[] bytes = Files.readAllBytes(file);
                final int at = new String(bytes, StandardCharsets.ISO_8859_1)
                        .indexOf(new String(wanted, StandardCharsets.ISO_8859_1));
                if (at >= 0) {
                    try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
                        random.seek(at);
                        random.write(bytes[at] ^ 1);
                    }
                    return;
                }
            }
        }
        throw new AssertionError(text + " stands in no file");
    }

    private static void checkJson(final String line) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            assertEquals(JsonToken.START_OBJECT, parser.nextToken());
            parser.skipChildren();
            assertEquals(null, parser.nextToken());
        }
    }

    private static long number(final String json, final String name) {
        final int at = json.indexOf("\"" + name + "\":") + name.length() + 3;
        int end = at + 1;
        while (Character.isDigit(json.charAt(end))) {
            end++;
        }
        return Long.parseLong(json.substring(at, end));
    }

    private static Map<String, String> values(final CommandRun run) {
        final Map<String, String> values = new LinkedHashMap<>();
        for (final String line : run.lines()) {
            final String[] parts = line.strip().split(" {2,}", 2);
            if (parts.length == 2) {
                assertFalse(values.containsKey(parts[0]), line);
                values.put(parts[0], parts[1]);
            }
        }
        return values;
    }
}
