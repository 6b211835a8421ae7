package io.tallymark.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.gateway.IdentityKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdentityKeyFileTest {
    private static final String KEY = "00112233445566778899aabbccddeeff".repeat(2);

    @TempDir
    Path folder;

    private IdentityKeys keys(final String text) throws IOException {
        return IdentityKeyFile.load(Files.writeString(folder.resolve("keys"), text));
    }

    @Test
    void aNewFileIsItsOwnersAndReadsBack() throws IOException {
        final Path file = folder.resolve("identity.keys");
        IdentityKeyFile.create(file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(1, IdentityKeyFile.load(file).size());
        assertEquals(1, IdentityKeyFile.load(file).newestVersion());
        final String first = Files.readString(file);
        assertTrue(first.matches("1 [0-9a-f]{64}\n"), "a version and a key");
        IdentityKeyFile.create(file);
        assertNotEquals(first, Files.readString(file));
    }

    @Test
    void theNewestKeyStandsFirst() throws IOException {
        final IdentityKeys keys = keys("# rotated\n\n7 " + KEY + "\n  3\t" + KEY.toUpperCase() + "\n");
        assertEquals(2, keys.size());
        assertEquals(7, keys.newestVersion());
        assertFalse(keys.toString().contains("11"), keys.toString());
    }

    @Test
    void aFaultIsNamedByItsLineAndShowsNoKey() {
        final String good = "1 " + KEY + "\n";
        refused("line 2: the key is not 64", good + "2 " + KEY.substring(1));
        refused("line 1: the key is not 64", "1 " + KEY + "0");
        refused("line 1: the key is not 64", "1 " + KEY.replace('0', 'g'));
        refused("line 2: not a key version", good + KEY);
        refused("line 2: not a key version", good + "2 " + KEY + " x");
        refused("line 1: a key version is 1 to 255", "0 " + KEY);
        refused("line 1: a key version is 1 to 255", "256 " + KEY);
        refused("line 2: two keys of version 1", good + good);
        refused("line 5: at most 4 keys", good + "2 " + KEY + "\n3 " + KEY + "\n4 " + KEY + "\n5 " + KEY);
        refused("no identity key", "# none\n");
    }

    private void refused(final String sentence, final String text) {
        final IOException refused = assertThrows(IOException.class, () -> keys(text));
        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
        for (Throwable t = refused; t != null; t = t.getCause()) {
            assertFalse(t.toString().contains("2233"), "a key is shown");
        }
    }

    @Test
    void aMissingFileIsNamed() {
        final IOException refused =
                assertThrows(IOException.class, () -> IdentityKeyFile.load(folder.resolve("nowhere")));
        assertTrue(refused.getMessage().contains("nowhere"), refused.getMessage());
    }
}
