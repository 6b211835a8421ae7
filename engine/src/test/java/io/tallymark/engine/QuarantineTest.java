package io.tallymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuarantineTest {
    @TempDir
    Path folder;

    private static Command accrual(final String documentId, final long amountMinor) {
        return new Command()
                .reset(CommandType.ACCRUE)
                .memberId(7)
                .amountMinor(amountMinor)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "pos-1")
                .put(VarField.DOCUMENT_ID, documentId)
                .put(VarField.STORE, "店 # 1 = a");
    }

    @Test
    void exactlyTheStoredCommandIsHeldAfterARestart() throws Exception {
        final Quarantine quarantine = Quarantine.load(folder.resolve("quarantine"));
        assertEquals(0, quarantine.size());
        assertFalse(quarantine.holds(accrual("d-1", 100)));

        final Throwable cause = new IllegalStateException("a mistake in the ledger");
        assertEquals(cause, quarantine.store(accrual("d-1", 100), cause).getCause());
        quarantine.store(accrual("d-2", 100), cause);

        final Quarantine restarted = Quarantine.load(folder.resolve("quarantine"));
        assertEquals(2, restarted.size());
        assertTrue(restarted.holds(accrual("d-1", 100).correlationId(99)));
        assertTrue(restarted.holds(accrual("d-2", 100)));
        assertFalse(restarted.holds(accrual("d-1", 101)));
        assertFalse(restarted.holds(accrual("d-3", 100)));
    }

    /** A draw that is sent again gets other random bits where it enters. */
    @Test
    void aDrawIsHeldWhateverItsRandomBits() throws Exception {
        final Quarantine quarantine = Quarantine.load(folder);
        quarantine.store(draw("d-1").randomBits(7), new IllegalStateException("a mistake in the ledger"));
        final Quarantine restarted = Quarantine.load(folder);
        assertTrue(restarted.holds(draw("d-1").randomBits(7)));
        assertTrue(restarted.holds(draw("d-1").randomBits(-8)));
        assertFalse(restarted.holds(draw("d-2").randomBits(7)));
    }

    private static Command draw(final String documentId) {
        return new Command()
                .reset(CommandType.DRAW)
                .memberId(7)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "app")
                .put(VarField.DOCUMENT_ID, documentId)
                .put(VarField.RULE_ID, "wheel");
    }

    @Test
    void aTickThatWasStoredStandsForAllTicks() throws Exception {
        final Quarantine quarantine = Quarantine.load(folder);
        assertFalse(quarantine.holdsTick());
        quarantine.store(new Command().reset(CommandType.TICK).eventTimeMs(1_000), new IllegalStateException("sweep"));
        assertTrue(Quarantine.load(folder).holdsTick());
    }

    @Test
    void aFileThatIsNoCommandIsNamed() throws Exception {
        for (final String text : new String[] {"nonsense", "type=ACCRUE\nmemberId=seven", "type=ACCRUE\nPROGRAM=0"}) {
            final Path file = folder.resolve("edited.command");
            Files.writeString(file, text);
            final IOException refused = assertThrows(IOException.class, () -> Quarantine.load(folder));
            assertTrue(refused.getMessage().startsWith(file.toString()), refused.getMessage());
        }
    }

    @Test
    void whatAPowerLossLeftHalfWrittenIsNoObstacle() throws Exception {
        Files.writeString(folder.resolve("ACCRUE-1.command.unfinished"), "type=ACC");
        assertEquals(0, Quarantine.load(folder).size());
    }
}
