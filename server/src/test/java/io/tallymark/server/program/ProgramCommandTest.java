package io.tallymark.server.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.server.CommandRun;
import io.tallymark.server.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramCommandTest {
    @TempDir
    private Path folder;

    private String file(final String name, final String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void soundFilesAreSaidToBeSo() throws IOException {
        final String file = file("a.yaml", ProgramTexts.SHORT);
        final CommandRun run = CommandRun.of("program", "check", file);
        assertEquals(file + ": program corner-shop is sound\n", run.out());
        assertEquals("", run.err());
        assertEquals(ExitCode.DONE, run.exitCode());
    }

    @Test
    void allMistakesOfAllFilesAreListed() throws IOException {
        final String sound = file("a.yaml", ProgramTexts.SHORT);
        final String wrong = file("b.yaml", ProgramTexts.SHORT.replace("points: 1", "points: 0") + "sponsor: 1\n");
        final String absent = folder.resolve("c.yaml").toString();
        final CommandRun run = CommandRun.of("program", "check", wrong, absent, sound);
        assertEquals(
                wrong + ":3:18: earn.base.points: must be from 1 to 1000000000, not 0\n"
                        + wrong + ":4:1: sponsor: unknown key\n"
                        + absent + ": there is no such file\n",
                run.err());
        assertEquals(sound + ": program corner-shop is sound\n", run.out());
        assertEquals(ExitCode.FAILED, run.exitCode());
    }

    @Test
    void theSchemaIsPrinted() {
        final CommandRun run = CommandRun.of("program", "schema");
        assertEquals(ProgramSchema.json() + "\n", run.out());
        assertTrue(run.out().contains("https://json-schema.org/draft/2020-12/schema"));
        assertEquals(ExitCode.DONE, run.exitCode());
    }

    @Test
    void aWordIsMissing() {
        assertEquals(ExitCode.USAGE, CommandRun.of("program").exitCode());
        assertEquals(ExitCode.USAGE, CommandRun.of("program", "check").exitCode());
    }
}
