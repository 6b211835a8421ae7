package io.tallymark.server.serve;

import io.tallymark.gateway.IdentityKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The file of the keys by which outside identities become hashes: a line {@code VERSION HEX} for each key, the newest
 * first; blank lines and lines that begin with {@code #} are skipped. What is said about it never shows a key.
 */
final class IdentityKeyFile {
    private static final int HEX_CHARS = 2 * IdentityKeys.KEY_BYTES;

    private IdentityKeyFile() {}

    /**
     * Reads the keys.
     *
     * @throws IOException if the file cannot be read, or names the line that is no key
     */
    static IdentityKeys load(final Path file) throws IOException {
        final List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (final IOException e) {
            throw new IOException("cannot read the identity keys " + file + ": " + e, e);
        }
        IdentityKeys keys = IdentityKeys.none();
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                keys = and(keys, line, file + " line " + (i + 1));
            }
        }
        if (keys.size() == 0) {
            throw new IOException(file + ": no identity key in it");
        }
        return keys;
    }

    /** Makes a file with one random key, readable by its owner only; it is on the device when this returns. */
    static void create(final Path file) throws IOException {
        final byte[] key = new byte[IdentityKeys.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        final byte[] text = ("1 " + HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
        final Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, ownerOnly(unfinished));
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            for (final ByteBuffer rest = ByteBuffer.wrap(text); rest.hasRemaining(); ) {
                channel.write(rest);
            }
            channel.force(true);
        }
        // Whole or not there at all: half a key would stand in the way of the next start.
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        Arrays.fill(key, (byte) 0);
        Arrays.fill(text, (byte) 0);
    }

    private static FileAttribute<?>[] ownerOnly(final Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static IdentityKeys and(final IdentityKeys keys, final String line, final String place) throws IOException {
        final String[] parts = line.split("\\s+");
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,3}")) {
            throw new IOException(place + ": not a key version and a key");
        }
        if (!parts[1].matches("[0-9a-fA-F]{" + HEX_CHARS + "}")) {
            throw new IOException(place + ": the key is not " + HEX_CHARS + " hexadecimal digits");
        }
        try {
            return keys.and(Integer.parseInt(parts[0]), HexFormat.of().parseHex(parts[1]));
        } catch (final IllegalArgumentException e) {
            throw new IOException(place + ": " + e.getMessage(), e);
        }
    }
}
