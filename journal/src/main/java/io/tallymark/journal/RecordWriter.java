package io.tallymark.journal;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.Varint;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes records into one frame after the other; allocates nothing. One thread. */
final class RecordWriter {
    private final int[] textOffsets = new int[RecordCodec.REFERENCE_SLOTS * RecordCodec.NUMBERED];
    private final int[] textLengths = new int[textOffsets.length];
    private final int[] textCounts = new int[RecordCodec.REFERENCE_SLOTS];
    private long lastTimeMs;

    /** Forgets the frame before. */
    void begin(final long engineTimeMs) {
        lastTimeMs = engineTimeMs;
        for (int i = 0; i < textCounts.length; i++) {
            textCounts[i] = 0;
        }
    }

    /**
     * Writes one record; there must be room for {@link RecordCodec#maxBytes(Command)}.
     *
     * @return the position behind it
     */
    int write(final UnsafeBuffer b, final int offset, final Command c, final Outcome o, final long timeMs) {
        b.putByte(offset, (byte) c.type().code());
        final int presence = presence(c, timeMs);
        int at = Varint.put(b, offset + 1, presence);
        if ((presence & RecordCodec.TIME_DELTA) != 0) {
            at = Varint.put(b, at, timeMs - lastTimeMs);
            lastTimeMs = timeMs;
        }
        if ((presence & RecordCodec.MEMBER_ID) != 0) {
            at = Varint.put(b, at, c.memberId());
        }
        if ((presence & RecordCodec.AMOUNT) != 0) {
            at = Varint.put(b, at, c.amountMinor());
        }
        if ((presence & RecordCodec.POINTS) != 0) {
            at = Varint.put(b, at, Varint.zigzag(c.points()));
        }
        if ((presence & RecordCodec.EVENT_TIME) != 0) {
            at = Varint.put(b, at, Varint.zigzag(c.eventTimeMs() - timeMs));
        }
        if ((presence & RecordCodec.FLAGS) != 0) {
            at = Varint.put(b, at, c.flags() & 0xFFFF_FFFFL);
        }
        if ((presence & RecordCodec.LINE_COUNT) != 0) {
            at = Varint.put(b, at, c.lineCount() & 0xFFFF_FFFFL);
        }
        for (int i = 0; i < VarField.COUNT; i++) {
            if ((presence & RecordCodec.bit(i)) != 0) {
                at = writeField(b, at, c, i);
            }
        }
        return writeOutcome(b, at, o);
    }

    private int presence(final Command c, final long timeMs) {
        int bits = 0;
        bits |= c.memberId() != 0 ? RecordCodec.MEMBER_ID : 0;
        bits |= c.amountMinor() != 0 ? RecordCodec.AMOUNT : 0;
        bits |= c.points() != 0 ? RecordCodec.POINTS : 0;
        bits |= c.eventTimeMs() != Command.NO_TIME ? RecordCodec.EVENT_TIME : 0;
        bits |= c.flags() != 0 ? RecordCodec.FLAGS : 0;
        bits |= c.lineCount() != 0 ? RecordCodec.LINE_COUNT : 0;
        bits |= timeMs != lastTimeMs ? RecordCodec.TIME_DELTA : 0;
        bits |= c.bytesLength() > Command.INLINE_BYTES ? RecordCodec.LARGE : 0;
        for (int i = 0; i < VarField.COUNT; i++) {
            bits |= c.length(VarField.of(i)) > 0 ? RecordCodec.bit(i) : 0;
        }
        return bits;
    }

    private int writeField(final UnsafeBuffer b, final int offset, final Command c, final int field) {
        final int from = c.offset(VarField.of(field));
        final int length = c.length(VarField.of(field));
        final int slot = RecordCodec.referenceSlot(field);
        int at = offset;
        if (slot >= 0) {
            final int number = numberOf(b, slot, c.bytes(), from, length);
            at = Varint.put(b, at, number);
            if (number > 0) {
                return at;
            }
        }
        at = Varint.put(b, at, length);
        b.putBytes(at, c.bytes(), from, length);
        if (slot >= 0 && textCounts[slot] < RecordCodec.NUMBERED) {
            final int entry = slot * RecordCodec.NUMBERED + textCounts[slot]++;
            textOffsets[entry] = at;
            textLengths[entry] = length;
        }
        return at + length;
    }

    private int numberOf(
            final UnsafeBuffer b, final int slot, final UnsafeBuffer text, final int from, final int length) {
        for (int i = 0; i < textCounts[slot]; i++) {
            final int entry = slot * RecordCodec.NUMBERED + i;
            if (textLengths[entry] == length && same(b, textOffsets[entry], text, from, length)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static boolean same(
            final UnsafeBuffer a, final int aOffset, final UnsafeBuffer b, final int bOffset, final int length) {
        for (int i = 0; i < length; i++) {
            if (a.getByte(aOffset + i) != b.getByte(bOffset + i)) {
                return false;
            }
        }
        return true;
    }

    private static int writeOutcome(final UnsafeBuffer b, final int offset, final Outcome o) {
        final long unexplained = o.points - o.tierPoints - o.basePoints;
        int bits = 0;
        bits |= o.points != 0 ? RecordCodec.OUTCOME_POINTS : 0;
        bits |= o.availablePoints != 0 ? RecordCodec.OUTCOME_AVAILABLE : 0;
        bits |= o.tierRank != 0 ? RecordCodec.OUTCOME_TIER_RANK : 0;
        bits |= o.tierPoints != 0 ? RecordCodec.OUTCOME_TIER_POINTS : 0;
        bits |= unexplained != 0 ? RecordCodec.OUTCOME_UNEXPLAINED : 0;
        bits |= o.code != ResultCode.ACCEPTED ? RecordCodec.OUTCOME_CODE : 0;
        bits |= o.pendingPoints != 0 ? RecordCodec.OUTCOME_PENDING : 0;
        bits |= o.heldPoints != 0 ? RecordCodec.OUTCOME_HELD : 0;
        bits |= o.debtPoints != 0 ? RecordCodec.OUTCOME_DEBT : 0;
        bits |= o.programVersion != 0 ? RecordCodec.OUTCOME_VERSION : 0;
        int at = Varint.put(b, offset, bits);
        at = (bits & RecordCodec.OUTCOME_CODE) == 0 ? at : Varint.put(b, at, o.code.number());
        at = signed(b, at, o.points);
        at = signed(b, at, o.tierPoints);
        at = signed(b, at, unexplained);
        at = signed(b, at, o.availablePoints);
        at = signed(b, at, o.pendingPoints);
        at = signed(b, at, o.heldPoints);
        at = signed(b, at, o.debtPoints);
        at = (bits & RecordCodec.OUTCOME_TIER_RANK) == 0 ? at : Varint.put(b, at, o.tierRank & 0xFFFF_FFFFL);
        return (bits & RecordCodec.OUTCOME_VERSION) == 0 ? at : Varint.put(b, at, o.programVersion & 0xFFFF_FFFFL);
    }

    private static int signed(final UnsafeBuffer b, final int at, final long value) {
        return value == 0 ? at : Varint.put(b, at, Varint.zigzag(value));
    }
}
