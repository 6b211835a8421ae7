package io.tallymark.journal;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.Varint;
import io.tallymark.protocol.WalletBalances;
import java.nio.ByteOrder;
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
     * Writes one record; there must be room for {@link RecordCodec#maxBytes(Command, Outcome)}.
     *
     * @return the position behind it
     */
    int write(final UnsafeBuffer b, final int offset, final Command c, final Outcome o, final long timeMs) {
        b.putByte(offset, (byte) c.type().code());
        final long presence = presence(c, timeMs);
        int at = Varint.put(b, offset + 1, presence);
        if ((presence & RecordCodec.TIME_DELTA) != 0) {
            at = Varint.put(b, at, timeMs - lastTimeMs);
            lastTimeMs = timeMs;
        }
        for (int i = 0; i < FixedField.COUNT; i++) {
            if ((presence & RecordCodec.fixedBit(i)) != 0) {
                at = writeFixed(b, at, c, FixedField.of(i), timeMs);
            }
        }
        if ((presence & RecordCodec.LINE_COUNT) != 0) {
            at = Varint.put(b, at, c.lineCount() & 0xFFFF_FFFFL);
        }
        for (int i = 0; i < VarField.COUNT; i++) {
            if ((presence & RecordCodec.bit(i)) != 0) {
                at = writeField(b, at, c, i);
            }
        }
        return writeOutcome(b, at, c, o);
    }

    private long presence(final Command c, final long timeMs) {
        long bits = 0;
        for (int i = 0; i < FixedField.COUNT; i++) {
            final FixedField field = FixedField.of(i);
            bits |= c.get(field) != Command.absent(field) ? RecordCodec.fixedBit(i) : 0;
        }
        bits |= c.lineCount() != 0 ? RecordCodec.LINE_COUNT : 0;
        bits |= timeMs != lastTimeMs ? RecordCodec.TIME_DELTA : 0;
        bits |= c.bytesLength() > Command.INLINE_BYTES ? RecordCodec.LARGE : 0;
        for (int i = 0; i < VarField.COUNT; i++) {
            bits |= c.length(VarField.of(i)) > 0 ? RecordCodec.bit(i) : 0;
        }
        return bits;
    }

    private static int writeFixed(
            final UnsafeBuffer b, final int at, final Command c, final FixedField field, final long timeMs) {
        final long value = c.get(field);
        if (RecordCodec.isSigned(field)) {
            return Varint.put(b, at, Varint.zigzag(value));
        }
        if (field == FixedField.RANDOM_BITS) {
            b.putLong(at, value, ByteOrder.LITTLE_ENDIAN);
            return at + Long.BYTES;
        }
        if (RecordCodec.isTime(field)) {
            return Varint.put(b, at, Varint.zigzag(value - timeMs));
        }
        // The flags are one byte on the wire and an int in a command.
        final boolean isInt = field.wireBytes() <= Integer.BYTES;
        return Varint.put(b, at, isInt ? value & 0xFFFF_FFFFL : value);
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

    private static int writeOutcome(final UnsafeBuffer b, final int offset, final Command c, final Outcome o) {
        final long unexplained = o.points - o.basePoints - o.tierPoints - o.campaignPoints;
        final int bits = outcomeBits(c, o, unexplained);
        int at = Varint.put(b, offset, bits);
        at = (bits & RecordCodec.OUTCOME_CODE) == 0 ? at : Varint.put(b, at, o.code.number());
        at = signed(b, at, o.points);
        at = signed(b, at, o.tierPoints);
        at = signed(b, at, o.campaignPoints);
        at = signed(b, at, unexplained);
        at = signed(b, at, o.availablePoints);
        at = signed(b, at, o.pendingPoints);
        at = signed(b, at, o.heldPoints);
        at = signed(b, at, o.debtPoints);
        at = signed(b, at, o.clippedPoints);
        at = signed(b, at, o.bonusPoints);
        at = signed(b, at, o.addedDebtPoints);
        at = signed(b, at, o.writtenOffPoints);
        at = signed(b, at, o.valueMinor);
        at = signed(b, at, o.cashMinor);
        at = (bits & RecordCodec.OUTCOME_TIER_RANK) == 0 ? at : Varint.put(b, at, o.tierRank & 0xFFFF_FFFFL);
        at = (bits & RecordCodec.OUTCOME_VERSION) == 0 ? at : Varint.put(b, at, o.programVersion & 0xFFFF_FFFFL);
        at = (bits & RecordCodec.OUTCOME_MEMBER) == 0 ? at : Varint.put(b, at, o.memberId);
        return (bits & RecordCodec.OUTCOME_WALLETS) == 0 ? at : writeWallets(b, at, o.wallets);
    }

    private static int writeWallets(final UnsafeBuffer b, final int offset, final WalletBalances wallets) {
        int at = Varint.put(b, offset, wallets.count());
        at = Varint.put(b, at, wallets.subject() + 1);
        for (int i = 0; i < wallets.count(); i++) {
            final byte[] id = wallets.id(i);
            at = Varint.put(b, at, id.length);
            b.putBytes(at, id);
            at += id.length;
            at = Varint.put(b, at, Varint.zigzag(wallets.movedPoints(i)));
            at = Varint.put(b, at, Varint.zigzag(wallets.availablePoints(i)));
            at = Varint.put(b, at, Varint.zigzag(wallets.pendingPoints(i)));
            at = Varint.put(b, at, Varint.zigzag(wallets.heldPoints(i)));
            at = Varint.put(b, at, Varint.zigzag(wallets.debtPoints(i)));
        }
        return at;
    }

    private static int outcomeBits(final Command c, final Outcome o, final long unexplained) {
        int bits = 0;
        bits |= o.points != 0 ? RecordCodec.OUTCOME_POINTS : 0;
        bits |= o.availablePoints != 0 ? RecordCodec.OUTCOME_AVAILABLE : 0;
        bits |= o.tierRank != 0 ? RecordCodec.OUTCOME_TIER_RANK : 0;
        bits |= o.tierPoints != 0 ? RecordCodec.OUTCOME_TIER_POINTS : 0;
        bits |= o.campaignPoints != 0 ? RecordCodec.OUTCOME_CAMPAIGN : 0;
        bits |= unexplained != 0 ? RecordCodec.OUTCOME_UNEXPLAINED : 0;
        bits |= o.code != ResultCode.ACCEPTED ? RecordCodec.OUTCOME_CODE : 0;
        bits |= o.pendingPoints != 0 ? RecordCodec.OUTCOME_PENDING : 0;
        bits |= o.heldPoints != 0 ? RecordCodec.OUTCOME_HELD : 0;
        bits |= o.debtPoints != 0 ? RecordCodec.OUTCOME_DEBT : 0;
        bits |= o.programVersion != 0 ? RecordCodec.OUTCOME_VERSION : 0;
        bits |= o.clippedPoints != 0 ? RecordCodec.OUTCOME_CLIPPED : 0;
        bits |= o.bonusPoints != 0 ? RecordCodec.OUTCOME_BONUS : 0;
        bits |= o.addedDebtPoints != 0 ? RecordCodec.OUTCOME_ADDED_DEBT : 0;
        bits |= o.writtenOffPoints != 0 ? RecordCodec.OUTCOME_WRITTEN_OFF : 0;
        bits |= o.valueMinor != 0 ? RecordCodec.OUTCOME_VALUE : 0;
        bits |= o.cashMinor != 0 ? RecordCodec.OUTCOME_CASH : 0;
        bits |= o.memberId != c.memberId() ? RecordCodec.OUTCOME_MEMBER : 0;
        bits |= o.wallets.count() != 0 ? RecordCodec.OUTCOME_WALLETS : 0;
        return bits;
    }

    private static int signed(final UnsafeBuffer b, final int at, final long value) {
        return value == 0 ? at : Varint.put(b, at, Varint.zigzag(value));
    }
}
