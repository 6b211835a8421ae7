package io.tallymark.server.journal;

import io.tallymark.journal.DataFolder;
import io.tallymark.journal.FrameWriter;
import io.tallymark.journal.Journal;
import io.tallymark.journal.JournalEnd;
import io.tallymark.journal.JournalOptions;
import io.tallymark.journal.JournalReader;
import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import io.tallymark.server.program.ProgramCompiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** A real journal in a real folder, written by a real ledger, one frame a record. */
final class WrittenJournal implements AutoCloseable {
    private static final long START_MS = 1_700_000_000_000L;

    private final Ledger ledger = new Ledger(new LedgerOptions(100, 10_000, 10_000), 3, 5);
    private final DataFolder owned;
    private final Journal journal;
    private final FrameWriter frames;
    private final Command command = new Command();
    private final Outcome outcome = new Outcome();
    private long pointsTooMany;

    WrittenJournal(final Path folder) throws IOException {
        owned = DataFolder.lock(folder);
        final JournalEnd end;
        try (JournalReader reader = JournalReader.open(folder)) {
            while (reader.next(command, outcome)) {
                throw new IOException("the folder has a journal already");
            }
            end = reader.end();
        }
        journal = Journal.start(owned, JournalOptions.of(Durability.PAGE_CACHE), end, 3, 5);
        frames = journal.frames();
        command.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
    }

    Ledger ledger() {
        return ledger;
    }

    /** The next outcome is written with so many points more than it had. */
    void forgePoints(final long tooMany) {
        pointsTooMany = tooMany;
    }

    void publishMima() throws IOException {
        publish(ProgramCompiler.compile(Path.of(System.getProperty("tallymark.root"), "programs", "mima.yaml")));
    }

    /** A version of the program mima. */
    void publish(final ProgramCompiler.CompiledFile file) {
        final byte[] compiled = file.program().encode();
        key(CommandType.PUBLISH_PROGRAM, "p-" + (ledger.lastSequence() + 1))
                .put(VarField.COMPILED_PROGRAM, new UnsafeBuffer(compiled), 0, compiled.length)
                .put(VarField.SOURCE_TEXT, file.sourceText());
        append();
    }

    /** Orders of a few members, each with its own document id: order- and the sequence less one. */
    void accrueMany(final int count) {
        for (int i = 0; i < count; i++) {
            final long next = ledger.lastSequence() + 1;
            key(CommandType.ACCRUE, "order-" + (next - 1))
                    .memberId(7 + next % 13)
                    .amountMinor(next * 1_234L);
            append();
        }
    }

    void accrue(final long memberId, final long amountMinor) {
        key(CommandType.ACCRUE, "order-" + ledger.lastSequence())
                .memberId(memberId)
                .amountMinor(amountMinor);
        append();
    }

    void accrueWithLines() {
        key(CommandType.ACCRUE, "order-lines")
                .memberId(7)
                .amountMinor(5_000)
                .eventTimeMs(START_MS)
                .flags(Command.FLAG_NO_VISIT)
                .put(VarField.CHANNEL, "柜台")
                .put(VarField.STORE, "s-1")
                .put(VarField.STAFF, "anna");
        final UnsafeBuffer lines = new UnsafeBuffer(new byte[256]);
        int at = line(lines, 0, 1, 2, 5_000, 0, "stove", "kitchen");
        at = line(lines, at, 2, 1, 0, OrderLines.SAMPLE, "tea", "");
        command.put(VarField.LINES, lines, 0, at).lineCount(2);
        append();
    }

    void redeem(final long points) {
        key(CommandType.REDEEM, "redeem-" + ledger.lastSequence()).memberId(7).points(points);
        append();
    }

    void adjust(final long points) {
        key(CommandType.ADJUST, "adjust-" + ledger.lastSequence())
                .memberId(7)
                .points(points)
                .flags(Command.FLAG_MAY_GO_BELOW_ZERO)
                .put(VarField.REASON, "count")
                .put(VarField.OPERATOR_ID, "op-1")
                .put(VarField.REFERENCE, "r-1");
        append();
    }

    void tick() {
        command.reset(CommandType.TICK).eventTimeMs(START_MS + ledger.lastSequence() + 1);
        append();
    }

    /** Any command of the program mima, with what the fields are set to. */
    void write(final CommandType type, final String documentId, final Consumer<Command> fields) {
        fields.accept(key(type, documentId));
        append();
        if (outcome.code != ResultCode.ACCEPTED) {
            throw new AssertionError(outcome.toString());
        }
    }

    private Command key(final CommandType type, final String documentId) {
        return command.reset(type)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "test")
                .put(VarField.DOCUMENT_ID, documentId);
    }

    private static int line(
            final UnsafeBuffer to,
            final int offset,
            final int number,
            final int quantity,
            final long amountMinor,
            final int flags,
            final String sku,
            final String category) {
        int at = OrderLines.putFixed(to, offset, number, quantity, amountMinor, flags);
        for (final String text : new String[] {sku, category, ""}) {
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            at = OrderLines.putText(to, at, new UnsafeBuffer(bytes), 0, bytes.length);
        }
        return at;
    }

    private void append() {
        final long sequence = ledger.lastSequence() + 1;
        ledger.apply(command, sequence, START_MS + sequence, outcome);
        if (!outcome.journaled) {
            throw new AssertionError("not journaled: " + outcome);
        }
        outcome.points += pointsTooMany;
        pointsTooMany = 0;
        frames.begin(START_MS + sequence);
        if (!frames.add(command, outcome)) {
            throw new AssertionError("the frame is full");
        }
        frames.end();
        journal.force();
    }

    @Override
    public void close() {
        journal.close();
        owned.close();
    }
}
