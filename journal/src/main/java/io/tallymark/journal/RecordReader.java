package io.tallymark.journal;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.Varint;
import io.tallymark.protocol.WalletBalances;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the records of one frame after the other. One thread. */
final class RecordReader {
    private final Varint.Reader in = new Varint.Reader();
    private final int[] textOffsets = new int[RecordCodec.REFERENCE_SLOTS * RecordCodec.NUMBERED];
    private final int[] textLengths = new int[textOffsets.length];
    private final int[] textCounts = new int[RecordCodec.REFERENCE_SLOTS];
    private final byte[][] walletIds = new byte[WalletBalances.MAX_WALLETS][];
    private UnsafeBuffer large;
    private UnsafeBuffer frame;
    private long timeMs;

    /** Starts with the first record of a frame. */
    void begin(final UnsafeBuffer buffer, final int offset, final int length, final long engineTimeMs) {
        frame = buffer;
        in.wrap(buffer, offset, length);
        timeMs = engineTimeMs;
        for (int i = 0; i < textCounts.length; i++) {
            textCounts[i] = 0;
        }
    }

    /** Bytes of the frame not yet read. */
    int remaining() {
        return in.remaining();
    }

    /** Engine time of the record read last. */
    long timeMs() {
        return timeMs;
    }

    /**
     * Reads the next record. A command whose buffer is too small is lent one that is good until the next call.
     *
     * @return null, or what is wrong with the bytes
     */
    String read(final Command c, final Outcome o) {
        try {
            final CommandType type = CommandType.ofCode(in.nextByte() & 0xFF);
            if (type == null) {
                return "a record of an unknown type";
            }
            final long presence = in.next();
            if ((presence & ~RecordCodec.KNOWN) != 0) {
                return "a record with fields that this build does not know";
            }
            return readKnown(c, o, type, presence);
        } catch (final IndexOutOfBoundsException e) {
            return "a record that ends too early: " + e.getMessage();
        }
    }

    private String readKnown(final Command c, final Outcome o, final CommandType type, final long presence) {
        if (large != null && c.bytes() == large) {
            c.takeBack();
        }
        if ((presence & RecordCodec.LARGE) != 0 && c.bytes().capacity() < Limits.MAX_COMMAND_BYTES) {
            if (large == null) {
                large = new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]);
            }
            c.lend(large);
        }
        c.reset(type);
        if (has(presence, RecordCodec.TIME_DELTA)) {
            timeMs += in.next();
        }
        for (int i = 0; i < FixedField.COUNT; i++) {
            if (has(presence, RecordCodec.fixedBit(i))) {
                readFixed(c, FixedField.of(i));
            }
        }
        c.lineCount(has(presence, RecordCodec.LINE_COUNT) ? (int) in.next() : 0);
        for (int i = 0; i < VarField.COUNT; i++) {
            if (has(presence, RecordCodec.bit(i)) && !readField(c, i)) {
                return "a record that refers to a text that never came";
            }
        }
        return readOutcome(c, o);
    }

    private void readFixed(final Command c, final FixedField field) {
        if (RecordCodec.isSigned(field)) {
            c.set(field, in.nextSigned());
        } else if (field == FixedField.RANDOM_BITS) {
            c.set(field, frame.getLong(in.skip(Long.BYTES), ByteOrder.LITTLE_ENDIAN));
        } else {
            c.set(field, RecordCodec.isTime(field) ? in.nextSigned() + timeMs : in.next());
        }
    }

    private static boolean has(final long presence, final long bit) {
        return (presence & bit) != 0;
    }

    private boolean readField(final Command c, final int field) {
        final int slot = RecordCodec.referenceSlot(field);
        if (slot >= 0) {
            final long number = in.next();
            if (number != 0) {
                if (number < 0 || number > textCounts[slot]) {
                    return false;
                }
                final int entry = slot * RecordCodec.NUMBERED + (int) number - 1;
                c.put(VarField.of(field), frame, textOffsets[entry], textLengths[entry]);
                return true;
            }
        }
        final long encoded = in.next();
        final int length = encoded < 0 || encoded > in.remaining() ? -1 : (int) encoded;
        final int at = in.skip(length);
        c.put(VarField.of(field), frame, at, length);
        if (slot >= 0 && textCounts[slot] < RecordCodec.NUMBERED) {
            final int entry = slot * RecordCodec.NUMBERED + textCounts[slot]++;
            textOffsets[entry] = at;
            textLengths[entry] = length;
        }
        return true;
    }

    private String readOutcome(final Command c, final Outcome o) {
        o.reset();
        final long encoded = in.next();
        if ((encoded & ~RecordCodec.OUTCOME_KNOWN) != 0) {
            return "an outcome with fields that this build does not know";
        }
        final int bits = (int) encoded;
        final long number = has(bits, RecordCodec.OUTCOME_CODE) ? in.next() : ResultCode.ACCEPTED.number();
        o.code = number < 0 || number > Integer.MAX_VALUE ? null : ResultCode.ofNumber((int) number);
        if (o.code == null) {
            return "an outcome with the unknown code " + number;
        }
        o.points = has(bits, RecordCodec.OUTCOME_POINTS) ? in.nextSigned() : 0;
        o.tierPoints = has(bits, RecordCodec.OUTCOME_TIER_POINTS) ? in.nextSigned() : 0;
        o.campaignPoints = has(bits, RecordCodec.OUTCOME_CAMPAIGN) ? in.nextSigned() : 0;
        final long unexplained = has(bits, RecordCodec.OUTCOME_UNEXPLAINED) ? in.nextSigned() : 0;
        o.basePoints = o.points - o.tierPoints - o.campaignPoints - unexplained;
        o.availablePoints = has(bits, RecordCodec.OUTCOME_AVAILABLE) ? in.nextSigned() : 0;
        o.pendingPoints = has(bits, RecordCodec.OUTCOME_PENDING) ? in.nextSigned() : 0;
        o.heldPoints = has(bits, RecordCodec.OUTCOME_HELD) ? in.nextSigned() : 0;
        o.debtPoints = has(bits, RecordCodec.OUTCOME_DEBT) ? in.nextSigned() : 0;
        o.clippedPoints = has(bits, RecordCodec.OUTCOME_CLIPPED) ? in.nextSigned() : 0;
        o.bonusPoints = has(bits, RecordCodec.OUTCOME_BONUS) ? in.nextSigned() : 0;
        o.addedDebtPoints = has(bits, RecordCodec.OUTCOME_ADDED_DEBT) ? in.nextSigned() : 0;
        o.writtenOffPoints = has(bits, RecordCodec.OUTCOME_WRITTEN_OFF) ? in.nextSigned() : 0;
        o.valueMinor = has(bits, RecordCodec.OUTCOME_VALUE) ? in.nextSigned() : 0;
        o.cashMinor = has(bits, RecordCodec.OUTCOME_CASH) ? in.nextSigned() : 0;
        o.tierRank = has(bits, RecordCodec.OUTCOME_TIER_RANK) ? (int) in.next() : 0;
        o.programVersion = has(bits, RecordCodec.OUTCOME_VERSION) ? (int) in.next() : 0;
        o.memberId = has(bits, RecordCodec.OUTCOME_MEMBER) ? in.next() : c.memberId();
        o.engineTimeMs = timeMs;
        o.journaled = true;
        return has(bits, RecordCodec.OUTCOME_WALLETS) ? readWallets(o.wallets) : null;
    }

    private String readWallets(final WalletBalances into) {
        final long count = in.next();
        final long subject = in.next() - 1;
        if (count < 1 || count > WalletBalances.MAX_WALLETS || subject < WalletBalances.NONE || subject >= count) {
            return "an outcome with wallets that cannot be";
        }
        for (int i = 0; i < count; i++) {
            final byte[] id = readWalletId(i);
            if (id == null) {
                return "an outcome with a wallet whose name is too long";
            }
            into.add(id, in.nextSigned(), in.nextSigned(), in.nextSigned(), in.nextSigned(), in.nextSigned());
        }
        into.subject((int) subject);
        return null;
    }

    /** The id that stands next; the array of the outcome before where that had the same. */
    private byte[] readWalletId(final int index) {
        final long encoded = in.next();
        if (encoded < 0 || encoded > Limits.MAX_TEXT_BYTES) {
            return null;
        }
        final int length = (int) encoded;
        final int at = in.skip(length);
        final byte[] last = walletIds[index];
        boolean isLast = last != null && last.length == length;
        for (int i = 0; isLast && i < length; i++) {
            isLast = last[i] == frame.getByte(at + i);
        }
        if (!isLast) {
            walletIds[index] = new byte[length];
            frame.getBytes(at, walletIds[index]);
        }
        return walletIds[index];
    }
}
