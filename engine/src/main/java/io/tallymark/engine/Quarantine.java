package io.tallymark.engine;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Commands that made the ledger throw. Each is written to a file of its own before the process halts; after a restart
 * exactly these are refused, so that a client that sends again cannot stop the engine over and over. An operator who
 * has examined one deletes its file.
 *
 * <p>A file holds a line {@code FIELD=value} for each fixed field that is there and the variable fields in hexadecimal, with the text
 * beside it for people. Writer thread only, apart from {@link #load}.
 */
public final class Quarantine {
    private static final String SUFFIX = ".command";
    private static final Set<String> FIXED_FIELDS =
            Arrays.stream(FixedField.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private final Path folder;
    private final List<Command> held;

    private Quarantine(final Path folder, final List<Command> held) {
        this.folder = folder;
        this.held = held;
    }

    /** Reads what is in quarantine; the folder need not exist. */
    public static Quarantine load(final Path folder) throws IOException {
        final List<Command> held = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
                for (final Path file : files) {
                    held.add(read(file));
                }
            }
        }
        return new Quarantine(folder, held);
    }

    /** How many commands are refused. */
    public int size() {
        return held.size();
    }

    /** Whether this very command, key and content, is in quarantine. */
    boolean holds(final Command command) {
        if (held.isEmpty()) {
            return false;
        }
        for (int i = 0; i < held.size(); i++) {
            if (same(held.get(i), command)) {
                return true;
            }
        }
        return false;
    }

    /** Whether some tick stopped the engine: each tick has a time of its own, so none is tried again. */
    boolean holdsTick() {
        return held.stream().anyMatch(command -> command.type() == CommandType.TICK);
    }

    /** Writes a command that made the ledger throw; returns what the writer is to throw now. */
    PoisonCommandException store(final Command command, final Throwable cause) {
        final String text = describe(command);
        final String name = command.type() + "-" + Integer.toHexString(text.hashCode()) + "-"
                + Long.toHexString(command.memberId()) + SUFFIX;
        try {
            Files.createDirectories(folder);
            final Path file = folder.resolve(name);
            final Path unfinished = folder.resolve(name + ".unfinished");
            Files.writeString(unfinished, text);
            force(unfinished, StandardOpenOption.WRITE);
            // Whole or not there at all: a torn file would stand in the way of the next start.
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            force(folder, StandardOpenOption.READ);
            return new PoisonCommandException("the ledger cannot apply a command, kept in " + file, cause);
        } catch (final IOException e) {
            cause.addSuppressed(e);
            return new PoisonCommandException("the ledger cannot apply this command:\n" + text, cause);
        }
    }

    private static void force(final Path path, final StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    private static boolean same(final Command a, final Command b) {
        if (a.type() != b.type() || a.lineCount() != b.lineCount() || a.bytesLength() != b.bytesLength()) {
            return false;
        }
        for (int i = 0; i < FixedField.COUNT; i++) {
            final FixedField field = FixedField.of(i);
            // A request that is sent again gets other random bits.
            if (field != FixedField.RANDOM_BITS && a.get(field) != b.get(field)) {
                return false;
            }
        }
        for (int i = 0; i < VarField.COUNT; i++) {
            if (a.length(VarField.of(i)) != b.length(VarField.of(i))) {
                return false;
            }
        }
        for (int i = 0; i < a.bytesLength(); i++) {
            if (a.bytes().getByte(i) != b.bytes().getByte(i)) {
                return false;
            }
        }
        return true;
    }

    private static String describe(final Command command) {
        final StringBuilder text = new StringBuilder();
        text.append("type=").append(command.type()).append('\n');
        for (int i = 0; i < FixedField.COUNT; i++) {
            final FixedField field = FixedField.of(i);
            if (command.get(field) != Command.absent(field)) {
                text.append(field).append('=').append(command.get(field)).append('\n');
            }
        }
        text.append("lineCount=").append(command.lineCount()).append('\n');
        for (int i = 0; i < VarField.COUNT; i++) {
            final VarField field = VarField.of(i);
            if (command.length(field) > 0) {
                final byte[] bytes = new byte[command.length(field)];
                command.bytes().getBytes(command.offset(field), bytes);
                text.append(field).append('=').append(HexFormat.of().formatHex(bytes));
                text.append(" # ").append(printable(command.text(field))).append('\n');
            }
        }
        return text.toString();
    }

    private static String printable(final String text) {
        return text.replaceAll("[^\\x20-\\x7E]", ".");
    }

    private static Command read(final Path file) throws IOException {
        final Command command = new Command();
        command.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
        for (final String line : Files.readAllLines(file)) {
            try {
                final int equals = line.indexOf('=');
                final String value =
                        line.substring(equals + 1).split(" #", 2)[0].strip();
                set(command, line.substring(0, equals), value);
            } catch (final IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
                throw new IOException(
                        file + ": no quarantined command, at the line '" + line
                                + "'; mend the file, or move it away if its command may be tried again",
                        e);
            }
        }
        return command;
    }

    private static void set(final Command command, final String key, final String value) {
        switch (key) {
            case "type" -> command.reset(CommandType.valueOf(value));
            case "lineCount" -> command.lineCount(Integer.parseInt(value));
            default -> {
                if (FIXED_FIELDS.contains(key)) {
                    command.set(FixedField.valueOf(key), Long.parseLong(value));
                } else {
                    final byte[] bytes = HexFormat.of().parseHex(value);
                    command.put(VarField.valueOf(key), new UnsafeBuffer(bytes), 0, bytes.length);
                }
            }
        }
    }
}
