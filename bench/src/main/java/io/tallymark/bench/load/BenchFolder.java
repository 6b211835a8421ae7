package io.tallymark.bench.load;

import io.tallymark.engine.Replay;
import io.tallymark.journal.JournalReader;
import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.LedgerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A data folder for one measurement, with a program file, deleted at the end. */
public final class BenchFolder implements AutoCloseable {
    private static final String PROGRAM_FILE = """
            program: mima
            currency: CNY
            utcOffset: "+08:00"
            unknownMember: enrol
            lateWindow: unlimited
            retention: {keyDays: forever}
            wallets:
              points: {kind: points, expiry: never}
            earn:
              base: {points: 1, per: "1.00"}
            """;

    private final Path folder;

    private BenchFolder(final Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder, with the program {@code mima}, one point for each yuan.
     *
     * @param parent where; null: among the temporary files
     */
    public static BenchFolder create(final Path parent) throws IOException {
        return create(parent, "mima", PROGRAM_FILE);
    }

    /**
     * Makes the folder, with a program.
     *
     * @param parent      where; null: among the temporary files
     * @param program     its name
     * @param programFile its text
     */
    static BenchFolder create(final Path parent, final String program, final String programFile) throws IOException {
        final Path folder = parent == null
                ? Files.createTempDirectory("tallymark-bench")
                : Files.createTempDirectory(parent, "tallymark-bench");
        final BenchFolder made = new BenchFolder(folder);
        Files.createDirectory(made.programs());
        Files.writeString(made.programs().resolve(program + ".yaml"), programFile);
        return made;
    }

    /** For {@code serve --data}. */
    public Path data() {
        return folder.resolve("data");
    }

    /** For {@code serve --programs}. */
    public Path programs() {
        return folder.resolve("programs");
    }

    /**
     * What {@code serve} is told in every measurement: this folder, and the binary port.
     *
     * @param binary     host and port; port 0: a free one
     * @param durability fsync or page-cache
     * @param more       what else
     */
    public List<String> serveArguments(final String binary, final String durability, final String... more) {
        final List<String> arguments = new ArrayList<>(List.of(
                "--data",
                data().toString(),
                "--programs",
                programs().toString(),
                "--binary",
                binary,
                "--durability",
                durability));
        arguments.addAll(List.of(more));
        return arguments;
    }

    /**
     * What the journal says after the server has stopped.
     *
     * @param records      accruals and the publication
     * @param issuedPoints points that they earned
     * @param frameBytes   bytes of all frames
     */
    public record Books(long records, long issuedPoints, long frameBytes) {}

    /** Executes the journal again, independently of the server that wrote it. */
    public Books books(final long maxMembers) throws IOException {
        try (JournalReader reader = JournalReader.open(data())) {
            final Ledger ledger = new Ledger(
                    new LedgerOptions(100_000, maxMembers, 1_000_000_000), reader.seedHigh(), reader.seedLow());
            Replay.run(reader, ledger, Replay.TO_THE_END, Replay.Listener.NONE);
            ledger.verifyZeroSum();
            return new Books(
                    ledger.lastSequence(),
                    ledger.program(0).issuedPoints(),
                    reader.end().bytes());
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
