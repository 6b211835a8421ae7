package io.tallymark.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MainTest {
    @TempDir
    private Path folder;

    @Test
    void helpAndVersionSucceed() {
        final CommandRun help = CommandRun.of("--help");
        assertEquals(ExitCode.DONE, help.exitCode());
        assertTrue(help.out().contains("Exit codes:"), help.out());
        for (final String command : List.of("load", "journal", "replay")) {
            assertTrue(help.out().contains("  " + command + " "), help.out());
            assertEquals(ExitCode.DONE, CommandRun.of(command, "--help").exitCode());
        }
        final CommandRun version = CommandRun.of("--version");
        assertEquals(ExitCode.DONE, version.exitCode());
        assertTrue(version.out().startsWith("tallymark "), version.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                       | tallymark: a command is missing",
                "laod                   | tallymark: Unmatched argument at index 0: 'laod'",
                "journal                | tallymark: verify or dump is missing",
                "journal verify         | tallymark: Missing required option: '--data=DIR'",
                "replay --data d --to x | tallymark: Invalid value for option '--to': 'x' is not a long",
                "replay --data d --to -1| tallymark: --to must not be negative",
                "journal dump --data d --from 5 --to 4 | tallymark: --from must be at least 1 and at most --to",
                "serve --data d --max-members 0 | tallymark: maxMembers must be 1 to 1000000000: 0",
                "serve --data d --max-keys -1 | tallymark: maxKeys must be 1 to 1000000000: -1",
                "serve --data d --max-clock-jump PT0S | tallymark: --max-clock-jump must be at least a millisecond: PT0S",
                "load --to h:1 --program p | tallymark: Missing required option: '--file=FILE'",
                "load --to h --program p --file f | tallymark: --to must be HOST:PORT, not 'h'",
                "load --to h:0 --program p --file f | tallymark: --to must be HOST:PORT, not 'h:0'",
                "load --to h:1 --program P --file f | tallymark: --program must be 1 to 32 lower-case letters, digits and hyphens",
                "load --to h:1 --program p --file f --time then | tallymark: --time must be file or now, not 'then'",
                "load --to h:1 --program p --file f --delimiter xx | tallymark: 'xx' is no delimiter: give one character, 'tab' or 'blanks' (runs of blanks)",
                "load --to h:1 --program p --file f --columns a=b | tallymark: --columns names no field 'a'; there are orderId, memberId, eventTime, amount, sku, category, quantity, channel",
                "load --to h:1 --program p --file f --utc-offset 8 | tallymark: --utc-offset must be an offset such as +08:00, not '8'",
                "load --to h:1 --program p --file f --source a@ä | tallymark: --source must be 1 to 32 characters 0x21 to 0x7E"
            })
    void aWrongCommandLineIsOneSentenceAndCodeTwo(final String args, final String sentence) {
        final CommandRun run = CommandRun.of(args == null ? new String[0] : args.split(" "));
        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertEquals(sentence, run.err().lines().findFirst().orElse(""));
        assertEquals("", run.out());
    }

    @Test
    void aFailureIsOneSentenceAndItsTraceIsShownOnlyOnRequest() {
        final String missing = folder.resolve("none").toString();
        final CommandRun run = CommandRun.of("journal", "verify", "--data", missing);
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals("tallymark: there is no data folder " + missing, run.err().strip());
        final CommandRun debug = CommandRun.of("journal", "verify", "--debug", "--data", missing);
        assertTrue(debug.err().contains("\tat io.tallymark."), debug.err());
    }

    @ParameterizedTest
    @CsvSource({"curency,true", "currency-code,false", "x,false", "CURRENCY,true", "currnecy,true", "money,false"})
    void onlyNearNamesAreSuggested(final String written, final boolean near) {
        assertEquals(
                near ? " (did you mean 'currency'?)" : "", Suggestion.among(written, List.of("currency", "tiers")));
    }

    @Test
    void progressIsABarOnATerminalOnly() {
        final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        try (Progress progress = Progress.begin(new PrintStream(terminal, true), true, "load", 10)) {
            progress.update(10, "ten");
        }
        assertTrue(terminal.toString(StandardCharsets.UTF_8).contains("100%"), terminal.toString());
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (Progress progress = Progress.begin(new PrintStream(file, true), false, "load", 10)) {
            progress.update(10, "ten");
        }
        assertFalse(file.toString(StandardCharsets.UTF_8).contains("\r"));
    }
}
