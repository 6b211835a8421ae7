package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A ledger with one command that is filled over and over, so that what is allocated is the ledger's. Documents are named
 * by their number: eight bytes, for which no text is made.
 */
final class AllocationDesk {
    private static final UnsafeBuffer PROGRAM = ascii(Commands.PROGRAM);
    private static final UnsafeBuffer SOURCE = ascii(Commands.SOURCE);

    final Ledger ledger;
    long timeMs = Desk.NOON_MS;

    /** The number of the last document begun. */
    long document;

    private final Command command = new Command();
    private final Outcome outcome = new Outcome();
    private final long[] accepted = new long[64];
    private long random = 88172645463325252L;

    AllocationDesk(final LedgerOptions options) {
        ledger = new Ledger(options, 5, 6);
    }

    static UnsafeBuffer ascii(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The least that one of several stretches allocated: compilation and pages for new keys come now and then, so one
     * stretch is proof. Ends with the first that allocated no more than what is allowed.
     */
    static long leastBytes(final int attempts, final long allowed, final Runnable stretch) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < attempts && least > allowed; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            stretch.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    void publish(final CompiledProgram program) {
        ledger.apply(Commands.publish("p1", program), ledger.lastSequence() + 1, timeMs, outcome);
        assertEquals(ResultCode.ACCEPTED, outcome.code, outcome.toString());
    }

    /** The same numbers in every run. */
    long nextRandom() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return random;
    }

    /** Begins the next document; valid until the next is begun. */
    Command begin(final CommandType type, final long member) {
        command.reset(type).memberId(member);
        put(VarField.PROGRAM, PROGRAM);
        put(VarField.SOURCE, SOURCE);
        name(VarField.DOCUMENT_ID, ++document);
        return command;
    }

    /** Begins a document about another. */
    Command about(final CommandType type, final long original) {
        begin(type, 0);
        name(VarField.ORIGINAL_DOCUMENT_ID, original);
        return command;
    }

    /** Adds a text to the document begun. */
    void put(final VarField field, final UnsafeBuffer text) {
        command.put(field, text, 0, text.capacity());
    }

    private void name(final VarField field, final long number) {
        final int at = command.reserve(field, Long.BYTES);
        command.bytes().putLong(at, number);
        command.commitReserved(field, Long.BYTES);
    }

    /** Has the ledger execute the document begun. */
    void send() {
        ledger.touch(command);
        ledger.apply(command, ledger.lastSequence() + 1, timeMs, outcome);
        accepted[command.type().code()] += outcome.code == ResultCode.ACCEPTED ? 1 : 0;
    }

    /** Documents accepted. */
    long accepted() {
        long all = 0;
        for (final long ofType : accepted) {
            all += ofType;
        }
        return all;
    }

    long accepted(final CommandType type) {
        return accepted[type.code()];
    }
}
