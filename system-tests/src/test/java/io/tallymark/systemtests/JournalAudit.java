package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.journal.JournalEnd;
import io.tallymark.journal.JournalReader;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.VarField;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The journal read from its first record to its end, every record held against the naive rules: sequences without a
 * gap, no key twice, each outcome and each balance as the plain calculation has it.
 */
final class JournalAudit {
    private final Map<String, Receipt> byKey = new HashMap<>();
    private final NaiveBook book = new NaiveBook();
    private long lastSequence;
    private JournalEnd end;

    private JournalAudit() {}

    /** Reads the journal of a stopped server whole, of a live one up to its watermark. */
    static JournalAudit of(final Path dataFolder) {
        final JournalAudit audit = new JournalAudit();
        final Command command = new Command();
        final Outcome outcome = new Outcome();
        try (JournalReader reader = JournalReader.open(dataFolder)) {
            while (reader.next(command, outcome)) {
                audit.accept(command, outcome, reader.sequence());
            }
            audit.end = reader.end();
        }
        assertEquals(audit.lastSequence, audit.end.lastSequence(), "the end names another last sequence");
        return audit;
    }

    private void accept(final Command command, final Outcome outcome, final long sequence) {
        assertEquals(lastSequence + 1, sequence, "a gap in the journal");
        lastSequence = sequence;
        if (command.type() == CommandType.TICK || command.type() == CommandType.PUBLISH_PROGRAM) {
            return;
        }
        assertEquals(Workload.PROGRAM, command.text(VarField.PROGRAM));
        final Receipt receipt = Receipt.of(outcome, sequence);
        final String key = Sent.key(command.type(), command.text(VarField.DOCUMENT_ID));
        assertNull(byKey.put(key, receipt), () -> key + " is twice in the journal");
        final long value = command.type() == CommandType.ACCRUE ? command.amountMinor() : command.points();
        assertEquals(book.apply(command.type(), command.memberId(), value, sequence), receipt, key);
        final NaiveBook.Account account = book.accounts().get(command.memberId());
        assertEquals(account == null ? 0 : account.availablePoints, outcome.availablePoints, key);
    }

    /**
     * Everything that was acknowledged is there with the outcome that was told. What was not acknowledged may be there;
     * that it is not there twice was checked while reading.
     */
    void assertHolds(final List<Sent> sent) {
        final List<String> missing = missing(sent);
        assertTrue(
                missing.isEmpty(),
                () -> missing.size() + " acknowledged commands are lost, the first: " + missing.get(0)
                        + "; the journal ends at " + lastSequence);
        for (final Sent one : sent) {
            if (one.isAcknowledged()) {
                assertEquals(one.receipt(), byKey.get(one.key()), one::toString);
            }
        }
    }

    /** The acknowledged commands that the journal lacks. */
    List<String> missing(final List<Sent> sent) {
        final List<String> missing = new ArrayList<>();
        for (final Sent one : sent) {
            if (one.isAcknowledged() && !byKey.containsKey(one.key())) {
                missing.add(one.toString());
            }
        }
        return missing;
    }

    NaiveBook book() {
        return book;
    }

    long lastSequence() {
        return lastSequence;
    }

    /** How many commands of the workload there are. */
    int commands() {
        return byKey.size();
    }

    JournalEnd end() {
        return end;
    }
}
