package io.tallymark.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who owns a data folder, and what another process sees of it. */
final class DataFolderTest {
    @TempDir
    Path dir;

    private Process child(final String mode) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(
                System.getProperty("tallymark.jvm.flags", "").trim().split("\\s+")));
        command.addAll(List.of(
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                JournalChild.class.getName(),
                dir.toString(),
                mode));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static BufferedReader lines(final Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    @Test
    void aFolderHasOneOwnerInThisProcess() {
        try (DataFolder folder = DataFolder.lock(dir)) {
            final JournalException e = assertThrows(JournalException.class, () -> DataFolder.lock(dir));
            assertTrue(e.getMessage().contains("" + ProcessHandle.current().pid()), e.getMessage());
            assertTrue(Files.isDirectory(folder.journal()));
        }
        DataFolder.lock(dir).close();
    }

    @Test
    void aNewerFormatIsRefused() throws IOException {
        DataFolder.lock(dir).close();
        Files.writeString(dir.resolve("format"), "tallymark data folder, format 2\n");
        final JournalException e = assertThrows(JournalException.class, () -> DataFolder.lock(dir));
        assertTrue(e.getMessage().contains("newer build"), e.getMessage());
        assertThrows(JournalException.class, () -> JournalReader.open(dir));
        Files.writeString(dir.resolve("format"), "holiday pictures\n");
        assertThrows(JournalException.class, () -> DataFolder.lock(dir));
    }

    @Test
    void anotherProcessesFolderIsRefusedAndItsWatermarkIsReadLive() throws Exception {
        final Process child = child("hold");
        try (BufferedReader lines = lines(child);
                OutputStream commands = child.getOutputStream()) {
            assertEquals("forced 500", lines.readLine());
            assertEquals("unforced 700", lines.readLine());
            final JournalException e = assertThrows(JournalException.class, () -> DataFolder.lock(dir));
            assertTrue(e.getMessage().contains("" + child.pid()), e.getMessage());
            assertTrue(DataFolder.isLive(dir));
            try (JournalReader reader = JournalReader.open(dir)) {
                assertEquals(500, Samples.readAccruals(reader), "what is not forced is not shown");
            }
            commands.write('\n');
            commands.flush();
            assertEquals("forced 700", lines.readLine());
            try (JournalReader reader = JournalReader.open(dir)) {
                assertEquals(700, Samples.readAccruals(reader));
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertFalse(DataFolder.isLive(dir));
        try (DataFolder folder = DataFolder.lock(dir);
                JournalReader reader = JournalReader.open(dir)) {
            assertEquals(700, Samples.readAccruals(reader));
            Journal.start(folder, Samples.SMALL, reader.end(), 1, 2).close();
        }
    }

    @Test
    void whatWasAcknowledgedBeforeAKillIsThereAndReadingBesideTheWriterNeverFails() throws Exception {
        for (int round = 0; round < 3; round++) {
            long acknowledged = 0;
            final Process child = child("run");
            try (BufferedReader lines = lines(child)) {
                final long start = Long.parseLong(lines.readLine().substring("start ".length()));
                long lookAt = start + 2_000;
                while (acknowledged < start + 20_000) {
                    acknowledged = Long.parseLong(lines.readLine().substring("forced ".length()));
                    if (acknowledged >= lookAt) {
                        lookAt += 6_000;
                        try (JournalReader reader = JournalReader.open(dir)) {
                            assertTrue(Samples.readAccruals(reader) >= acknowledged);
                        }
                    }
                }
                // By the handle: Process.destroyForcibly would throw away the lines that are on their way.
                child.toHandle().destroyForcibly();
                child.waitFor();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.matches("forced \\d+")) {
                        acknowledged = Long.parseLong(line.substring("forced ".length()));
                    }
                }
            } finally {
                child.destroyForcibly().waitFor();
            }
            try (JournalReader reader = JournalReader.open(dir)) {
                final long last = Samples.readAccruals(reader);
                // The last line may itself have been cut short, which only makes its number smaller.
                assertTrue(last >= acknowledged, last + " of " + acknowledged);
                assertEquals(round + 1, reader.end().epoch());
            }
        }
    }
}
