package io.tallymark.server.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tallymark.server.CommandRun;
import io.tallymark.server.ExitCode;
import io.tallymark.server.program.ProgramCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A history with a program change in it, replayed as it was and under other rules.
 *
 * <pre>
 * sequence                          as it was        always 2 points per yuan, gold from 100 yuan
 *  1  one point per yuan
 *  2  member 7 buys for 60.00       60               120
 *  3  member 7 spends 50           -50               -50
 *  4  member 8 buys for 39.90       39               79    (floor of 79.8)
 *  5  two points per yuan
 *  6  member 7 buys for 50.00       100              100
 *  7  member 7 spends 130           refused: 110     -130: 170
 * </pre>
 */
final class WhatIfCommandTest {
    private static final String FILE = """
            program: mima
            currency: CNY
            utcOffset: "+08:00"
            unknownMember: enrol
            lateWindow: unlimited
            retention: {keyDays: forever}
            wallets:
              points: {kind: points, expiry: never, refund: {policy: debt, limit: 100000}}
            earn:
              base: {points: POINTS, per: "1.00"}
            tiers:
              - {id: normal, when: {spend: "1.00"}, window: lifetime}
              - {id: gold, when: {spend: "GOLD"}, window: lifetime}
            """;

    @TempDir
    private Path folder;

    private Path data;
    private WrittenJournal journal;

    @BeforeEach
    void writeHistory() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        journal = new WrittenJournal(data);
        journal.publish(ProgramCompiler.compile("first", file(1, "200.00")));
        journal.accrue(7, 6_000);
        journal.redeem(50);
        journal.accrue(8, 3_990);
        journal.publish(ProgramCompiler.compile("second", file(2, "200.00")));
        journal.accrue(7, 5_000);
        journal.redeem(130);
        journal.close();
    }

    @Test
    void aJournalFromBeforeTheChangeComesOutAsItWas() {
        final CommandRun whole = replay();
        assertEquals(ExitCode.DONE, whole.exitCode(), whole.err());
        assertTrue(whole.out().contains(journal.ledger().stateHash().toHex()), whole.out());
        assertTrue(whole.out().contains("program mima version 2"), whole.out());
        assertTrue(whole.out().matches("(?s).*issued +199\n.*redeemed +50\n.*available +149\n.*"), whole.out());
        for (final String total : new String[] {
            "expired",
            "forfeited",
            "cancelled",
            "clawed back",
            "adjusted down",
            "written off",
            "debt",
            "pending",
            "held"
        }) {
            assertTrue(whole.out().matches("(?s).*\n  " + total + " +0\n.*"), total + " in " + whole.out());
        }
        final CommandRun before = replay("--to", "4");
        assertEquals(ExitCode.DONE, before.exitCode(), before.err());
        assertTrue(before.out().contains("program mima version 1"), before.out());
        assertTrue(before.out().matches("(?s).*issued +99\n.*redeemed +50\n.*available +49\n.*"), before.out());
    }

    @Test
    void otherRulesAreTriedAndTheJournalStaysAsItIs() throws IOException {
        final Map<Path, byte[]> bytes = contents();
        final CommandRun run = replay("--program", rules(2, "100.00"));
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        final String out = run.out().replaceAll(" +", " ");
        assertTrue(out.startsWith("program mima as if " + folder.resolve("rules.yaml") + " had always been"), out);
        assertTrue(out.contains("""
                        sequence 7
                        commands 5
                        changed commands 3
                         ACCRUE ACCEPTED with other points 2
                         REDEEM INSUFFICIENT_POINTS to ACCEPTED 1
                        the first of them
                         sequence 2 ACCRUE: ACCEPTED 60, then ACCEPTED 120
                         sequence 4 ACCRUE: ACCEPTED 39, then ACCEPTED 79
                         sequence 7 REDEEM: INSUFFICIENT_POINTS 0, then ACCEPTED -130
                        totals before after
                         members 2 2
                         issued 199 299
                         redeemed 50 180
                         expired 0 0
                        """), out);
        assertTrue(out.contains("\n available 149 119\n"), out);
        assertTrue(out.endsWith("""
                        members with another tier 1
                         normal to gold 1
                        """), out);

        final CommandRun early = replay("--program", rules(2, "100.00"), "--to", "4");
        assertEquals(ExitCode.DONE, early.exitCode(), early.err());
        assertTrue(early.out().replaceAll(" +", " ").contains("\n issued 99 199\n"), early.out());
        assertTrue(early.out().replaceAll(" +", " ").endsWith("members with another tier 0\n"), early.out());

        for (final Map.Entry<Path, byte[]> file : contents().entrySet()) {
            assertEquals(0, Arrays.compare(bytes.get(file.getKey()), file.getValue()), file.getKey() + "");
        }
    }

    @Test
    void theSameAsJson() throws IOException {
        final CommandRun run = replay("--program", rules(2, "100.00"), "--json");
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertEquals(1, run.lines().size());
        try (JsonParser parser = new JsonFactory().createParser(run.out().strip())) {
            assertEquals(JsonToken.START_OBJECT, parser.nextToken());
            parser.skipChildren();
            assertEquals(null, parser.nextToken());
        }
        assertTrue(
                run.out()
                        .startsWith("{\"program\":\"mima\",\"sequence\":7,\"commands\":5,\"changedCommands\":3,"
                                + "\"changes\":[{\"type\":\"ACCRUE\",\"before\":\"ACCEPTED\",\"after\":\"ACCEPTED\","
                                + "\"replayed\":false,\"commands\":2},"),
                run.out());
        assertTrue(run.out().contains("\"before\":{\"members\":2,\"issued\":199,\"redeemed\":50,"), run.out());
        assertTrue(
                run.out()
                        .contains("\"membersWithAnotherTier\":1,\"tierChanges\":[{\"before\":\"normal\","
                                + "\"after\":\"gold\",\"members\":1}]"),
                run.out());
    }

    @Test
    void rulesThatCannotBeTriedAreRefusedWithASentence() throws IOException {
        final String text = file(1, "200.00");
        assertRefused("the journal has no program other; its programs: mima", text.replace("mima", "other"));
        assertRefused("another currency than program mima: USD instead of CNY", text.replace("CNY", "USD"));
        assertRefused("another utcOffset than program mima: 0 instead of 480", text.replace("+08", "+00"));
        assertRefused(
                "a program file has mistakes:", text.replace("POINTS", "x").replace("never", "sometimes"));
        assertEquals(
                ExitCode.FAILED,
                replay("--program", folder.resolve("none.yaml") + "").exitCode());
        assertEquals(ExitCode.USAGE, replay("--json").exitCode());
    }

    private void assertRefused(final String sentence, final String text) throws IOException {
        final CommandRun run = replay(
                "--program",
                Files.writeString(folder.resolve("refused.yaml"), text).toString());
        assertEquals(ExitCode.FAILED, run.exitCode(), run.out());
        assertTrue(run.err().contains(sentence), run.err());
        assertFalse(run.err().contains("unexpected"), run.err());
        assertEquals("", run.out());
    }

    private CommandRun replay(final String... options) {
        return CommandRun.of(Stream.concat(Stream.of("replay", "--data", data.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    private String rules(final int points, final String gold) throws IOException {
        return Files.writeString(folder.resolve("rules.yaml"), file(points, gold))
                .toString();
    }

    private static String file(final int points, final String gold) {
        return FILE.replace("POINTS", "" + points).replace("GOLD", gold);
    }

    private Map<Path, byte[]> contents() throws IOException {
        final Map<Path, byte[]> contents = new HashMap<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, Files.readAllBytes(file));
            }
        }
        return contents;
    }
}
