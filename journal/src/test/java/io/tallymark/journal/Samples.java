package io.tallymark.journal;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** Commands and outcomes for tests, all derived from a number so that what is read back can be judged without a copy. */
final class Samples {
    static final long T0 = 1_790_000_000_000L;
    static final JournalOptions SMALL = new JournalOptions(Durability.FSYNC, 1 << 20, 256 << 10);

    private static final UnsafeBuffer PROGRAM = new UnsafeBuffer("mima".getBytes(StandardCharsets.US_ASCII));
    private static final UnsafeBuffer SOURCE = new UnsafeBuffer("pos-001".getBytes(StandardCharsets.US_ASCII));

    private Samples() {}

    /** The simple accrual of the size requirement: 20 characters of document id, member about 10^7, amount about 10^4. */
    static void accrual(final long sequence, final Command c, final Outcome o) {
        c.reset(CommandType.ACCRUE)
                .memberId(10_000_000 + sequence * 7_919 % 1_000_000)
                .amountMinor(10_000 + sequence % 5_000)
                .eventTimeMs(T0 + sequence - 45_000)
                .put(VarField.PROGRAM, PROGRAM, 0, PROGRAM.capacity())
                .put(VarField.SOURCE, SOURCE, 0, SOURCE.capacity());
        final int at = c.reserve(VarField.DOCUMENT_ID, 20);
        long rest = sequence;
        for (int i = 19; i >= 0; i--) {
            c.bytes().putByte(at + i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        c.commitReserved(VarField.DOCUMENT_ID, 20);
        o.reset();
        o.code = ResultCode.ACCEPTED;
        o.sequence = sequence;
        o.points = 125;
        o.basePoints = 100;
        o.tierPoints = 25;
        o.availablePoints = 20_000 + sequence % 100_000;
        o.tierRank = 2;
        o.memberId = c.memberId();
    }

    static long time(final long sequence) {
        return T0 + sequence;
    }

    /** Reads on to the end and demands that every record is the accrual of its sequence; returns the last sequence. */
    static long readAccruals(final JournalReader reader) {
        final Command c = new Command();
        final Outcome o = new Outcome();
        final Command wantedCommand = new Command();
        final Outcome wanted = new Outcome();
        long expected = 0;
        while (reader.next(c, o)) {
            expected++;
            accrual(expected, wantedCommand, wanted);
            if (o.sequence != expected
                    || reader.sequence() != expected
                    || !same(c, wantedCommand)
                    || !o.sameResultAs(wanted)) {
                throw new AssertionError("record " + expected + " is wrong: " + o);
            }
        }
        return expected;
    }

    static boolean same(final Command a, final Command b) {
        boolean same = a.type() == b.type() && a.lineCount() == b.lineCount();
        for (int i = 0; i < FixedField.COUNT; i++) {
            same &= a.get(FixedField.of(i)) == b.get(FixedField.of(i));
        }
        for (int i = 0; i < VarField.COUNT; i++) {
            final VarField field = VarField.of(i);
            same &= a.length(field) == b.length(field);
            for (int at = 0; same && at < a.length(field); at++) {
                same = a.bytes().getByte(a.offset(field) + at) == b.bytes().getByte(b.offset(field) + at);
            }
        }
        return same;
    }

    /** Appends accruals in frames of a few records each; forces nothing. */
    static void append(final Journal journal, final long from, final long to, final int perFrame) {
        final Command c = new Command();
        final Outcome o = new Outcome();
        for (long sequence = from; sequence <= to; ) {
            journal.frames().begin(time(sequence));
            for (int i = 0; i < perFrame && sequence <= to; i++) {
                accrual(sequence, c, o);
                if (!journal.frames().add(c, o)) {
                    break;
                }
                sequence++;
            }
            journal.frames().end();
        }
    }

    /** A value from all magnitudes, the edges often. */
    static long edgy(final Random random) {
        final long[] edges = {0, 1, -1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE + 1
        };
        return random.nextInt(3) == 0 ? edges[random.nextInt(edges.length)] : random.nextLong() >> random.nextInt(64);
    }
}
