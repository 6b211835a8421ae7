package io.tallymark.engine;

import io.tallymark.journal.JournalReader;
import io.tallymark.ledger.Ledger;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;

/**
 * Executes a journal again and compares every outcome with the journaled one. Recovery, verification and replay to a
 * point are all this loop, so that every start is an audit. One thread.
 */
public final class Replay {
    /** {@link #run}: to the end of the journal. */
    public static final long TO_THE_END = Long.MAX_VALUE;

    /** Hears of each record, after it was executed and found the same. */
    public interface Listener {
        /** Nobody listens. */
        Listener NONE = (sequence, engineTimeMs, command, outcome) -> {};

        /**
         * Command and outcome are reused for the next record.
         *
         * @param engineTimeMs epoch milliseconds
         */
        void onRecord(long sequence, long engineTimeMs, Command command, Outcome outcome);
    }

    private Replay() {}

    /**
     * Executes records until the journal ends or the ledger has reached a sequence. The reader's next record is to be
     * the one that follows the ledger's last.
     *
     * @param toSequence the last sequence to execute, or {@link #TO_THE_END}
     * @return whether the end of the journal was reached, so that {@link JournalReader#end} tells about it
     * @throws ReplayException                           at the first record that comes out otherwise, or at which the
     *                                                   ledger fails; the ledger is of no use then
     * @throws io.tallymark.journal.JournalException at damage
     */
    public static boolean run(
            final JournalReader reader, final Ledger ledger, final long toSequence, final Listener listener) {
        final Command command = new Command();
        final Outcome journaled = new Outcome();
        final Outcome outcome = new Outcome();
        while (ledger.lastSequence() < toSequence) {
            if (!reader.next(command, journaled)) {
                return true;
            }
            final long sequence = reader.sequence();
            try {
                ledger.apply(command, sequence, reader.engineTimeMs(), outcome);
            } catch (final RuntimeException e) {
                throw new ReplayException(sequence, command.type() + " makes the ledger fail: " + e.getMessage(), e);
            }
            if (outcome.code == ResultCode.CAPACITY) {
                throw new ReplayException(
                        sequence,
                        "the journal holds more members or keys than the ledger is planned for: give it more",
                        null);
            }
            if (!outcome.journaled || outcome.sequence != sequence || !outcome.sameResultAs(journaled)) {
                throw new ReplayException(
                        sequence, command.type() + " led to {" + journaled + "}, now to {" + outcome + "}", null);
            }
            listener.onRecord(sequence, reader.engineTimeMs(), command, outcome);
        }
        return false;
    }
}
