package io.tallymark.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.server.CommandRun;
import io.tallymark.server.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void aSmallMemberDaySurvivesTheKillAndTheFolderVerifies() {
        final Path data = folder.resolve("data");
        final CommandRun demo =
                CommandRun.of("demo", "--orders", "3000", "--members", "400", "--seed", "7", "--data", data.toString());
        assertEquals(ExitCode.DONE, demo.exitCode(), demo.err());
        for (final String line : demo.lines()) {
            assertTrue(line.length() <= 80 || line.startsWith("  data "), line);
        }
        assertTrue(number(demo.out(), "under way +([0-9,]+) orders without an answer") > 0, demo.out());
        assertEquals(100, number(demo.out(), "sold +([0-9]+) of 100, from sequence [0-9,]+ to"));
        assertTrue(demo.out().contains("100 of 100 kettles are sold, as before"), demo.out());
        final Matcher left = match(demo.out(), "left by the kill +([0-9a-f]{32}) ");
        final Matcher restarted = match(demo.out(), "after the restart +([0-9a-f]{32}) ");
        assertEquals(left.group(1), restarted.group(1));

        final long sequence = number(demo.out(), "state hash at sequence ([0-9,]+)");
        final CommandRun replay = CommandRun.of("replay", "--data", data.toString(), "--to", Long.toString(sequence));
        assertTrue(replay.out().contains("state hash  " + left.group(1)), replay.out());
        final CommandRun verify = CommandRun.of("journal", "verify", "--data", data.toString());
        assertEquals(ExitCode.DONE, verify.exitCode(), verify.err());
        assertEquals(
                number(demo.out(), "replayed +([0-9,]+) records of both lives"),
                number(verify.out(), "last sequence +([0-9]+)"));
    }

    private static Matcher match(final String text, final String regex) {
        final Matcher matcher = Pattern.compile(regex).matcher(text);
        assertTrue(matcher.find(), regex + " in\n" + text);
        return matcher;
    }

    private static long number(final String text, final String regex) {
        return Long.parseLong(match(text, regex).group(1).replace(",", ""));
    }

    @Test
    void aFolderWithSomethingInItIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("precious"), "x");
        final CommandRun demo = CommandRun.of("demo", "--data", folder.toString());
        assertEquals(ExitCode.FAILED, demo.exitCode());
        assertTrue(demo.err().contains("new or an empty folder"), demo.err());
        assertTrue(Files.exists(folder.resolve("precious")));
    }

    @Test
    void wrongOptionsAreNamed() {
        for (final String[] wrong :
                new String[][] {{"--orders", "999"}, {"--members", "0"}, {"--durability", "maybe"}}) {
            final CommandRun demo = CommandRun.of("demo", wrong[0], wrong[1]);
            assertEquals(ExitCode.USAGE, demo.exitCode());
            assertTrue(demo.err().contains(wrong[0]), demo.err());
        }
    }
}
