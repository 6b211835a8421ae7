package io.tallymark.journal;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.WalletBalances;

/**
 * What the record's writer and reader share. A record is a command and its outcome; its sequence is the frame's first
 * sequence plus its place, its time the frame's plus the deltas so far.
 *
 * <pre>
 * type          u8       code of CommandType
 * presence      varint   which of the following there are, see docs/journal.md
 * timeDelta     varint   engine time since the record before
 * fixed field …          in the order of FixedField: points and quantity zigzag; times zigzag, relative to this
 *                        record's engine time; random bits 8 bytes; all others varint
 * lineCount     varint
 * field …                in the order of VarField: some are references, others length varint, bytes
 * outcome       varint   which of the following there are
 * code          varint   absent: accepted
 * points        zigzag
 * tierPoints    zigzag
 * campaign      zigzag
 * unexplained   zigzag   points - basePoints - tierPoints - campaignPoints
 * available     zigzag
 * pending       zigzag
 * held          zigzag
 * debt          zigzag
 * clipped       zigzag
 * bonus         zigzag
 * addedDebt     zigzag
 * writtenOff    zigzag
 * value         zigzag
 * cash          zigzag
 * tierRank      varint
 * version       varint
 * member        varint   absent: that of the command
 * wallets       varint   how many, 1 to 7; varint the place of the outcome's wallet from 1 on, 0: points; then of each
 *                        length varint, id, moved, available, pending, held, debt zigzag
 *
 * reference := varint 0, length varint, bytes    a text; gets the field's next number while there are fewer than 16
 *            | varint n                          the text that got number n of this field in this frame, from 1 on
 * </pre>
 */
final class RecordCodec {
    static final long TIME_DELTA = 1L << 14;
    static final long LINE_COUNT = 1L << 8;
    /** The variable fields need more room than a command has inline. */
    static final long LARGE = 1L << 16;
    /** Reserved for the id of the key that a caller signed in with. */
    static final long KEY_ID = 1L << 32;

    /** The bits below, and those behind, which are given to what few commands have. */
    static final long KNOWN = KEY_ID - 1 | 0x3FL << 33;

    static final int OUTCOME_POINTS = 1;
    static final int OUTCOME_AVAILABLE = 1 << 1;
    static final int OUTCOME_TIER_RANK = 1 << 2;
    static final int OUTCOME_TIER_POINTS = 1 << 3;
    static final int OUTCOME_UNEXPLAINED = 1 << 4;
    static final int OUTCOME_CODE = 1 << 5;
    static final int OUTCOME_CAMPAIGN = 1 << 6;
    static final int OUTCOME_PENDING = 1 << 7;
    static final int OUTCOME_HELD = 1 << 8;
    static final int OUTCOME_DEBT = 1 << 9;
    static final int OUTCOME_VERSION = 1 << 10;
    static final int OUTCOME_CLIPPED = 1 << 11;
    static final int OUTCOME_BONUS = 1 << 12;
    static final int OUTCOME_ADDED_DEBT = 1 << 13;
    static final int OUTCOME_WRITTEN_OFF = 1 << 14;
    static final int OUTCOME_VALUE = 1 << 15;
    static final int OUTCOME_MEMBER = 1 << 16;
    static final int OUTCOME_CASH = 1 << 17;
    static final int OUTCOME_WALLETS = 1 << 18;
    static final int OUTCOME_KNOWN = (1 << 19) - 1;

    /** Texts of one field that a frame numbers. */
    static final int NUMBERED = 16;

    private static final int MAX_BYTES_BESIDE =
            1 + 5 + 10 + FixedField.COUNT * 10 + 5 + VarField.COUNT * 6 + 3 + 18 * 10;
    private static final int MAX_WALLETS_BYTES = 2 + WalletBalances.MAX_WALLETS * (1 + Limits.MAX_TEXT_BYTES + 5 * 10);

    private static final long[] FIXED_BIT = new long[FixedField.COUNT];
    private static final long[] BIT = new long[VarField.COUNT];
    private static final int[] REFERENCE_SLOT = new int[VarField.COUNT];
    static final int REFERENCE_SLOTS = 8;

    static {
        // What every order has shares the first presence byte, what most have the second.
        fixed(FixedField.MEMBER_ID, 0);
        fixed(FixedField.AMOUNT_MINOR, 1);
        fixed(FixedField.POINTS, 2);
        fixed(FixedField.EVENT_TIME, 3);
        variable(VarField.PROGRAM, 4);
        variable(VarField.SOURCE, 5);
        variable(VarField.DOCUMENT_ID, 6);
        fixed(FixedField.FLAGS, 7);
        variable(VarField.CHANNEL, 9);
        variable(VarField.STORE, 10);
        variable(VarField.IDENTITY_CHANNEL, 11);
        variable(VarField.IDENTITY, 12);
        variable(VarField.LINES, 13);
        variable(VarField.STAFF, 15);
        variable(VarField.ORIGINAL_SOURCE, 17);
        variable(VarField.ORIGINAL_DOCUMENT_ID, 18);
        variable(VarField.RULE_ID, 19);
        variable(VarField.BRAND, 20);
        variable(VarField.REASON, 21);
        variable(VarField.OPERATOR_ID, 22);
        variable(VarField.REFERENCE, 23);
        fixed(FixedField.CASH_MINOR, 24);
        fixed(FixedField.UNTIL, 25);
        fixed(FixedField.TTL_MS, 26);
        fixed(FixedField.BIRTHDAY, 27);
        variable(VarField.WAY, 28);
        fixed(FixedField.VERSION, 29);
        variable(VarField.COMPILED_PROGRAM, 30);
        variable(VarField.SOURCE_TEXT, 31);
        fixed(FixedField.OTHER_MEMBER_ID, 33);
        fixed(FixedField.QUANTITY, 34);
        fixed(FixedField.REFERRER_ID, 35);
        fixed(FixedField.RANDOM_BITS, 36);
        variable(VarField.COUPON_ID, 37);
        variable(VarField.WALLET_ID, 38);

        java.util.Arrays.fill(REFERENCE_SLOT, -1);
        REFERENCE_SLOT[VarField.PROGRAM.ordinal()] = 0;
        REFERENCE_SLOT[VarField.SOURCE.ordinal()] = 1;
        REFERENCE_SLOT[VarField.CHANNEL.ordinal()] = 2;
        REFERENCE_SLOT[VarField.STORE.ordinal()] = 3;
        REFERENCE_SLOT[VarField.RULE_ID.ordinal()] = 4;
        REFERENCE_SLOT[VarField.ORIGINAL_SOURCE.ordinal()] = 5;
        REFERENCE_SLOT[VarField.IDENTITY_CHANNEL.ordinal()] = 6;
        REFERENCE_SLOT[VarField.BRAND.ordinal()] = 7;
    }

    private RecordCodec() {}

    private static void fixed(final FixedField field, final int bit) {
        FIXED_BIT[field.ordinal()] = 1L << bit;
    }

    private static void variable(final VarField field, final int bit) {
        BIT[field.ordinal()] = 1L << bit;
    }

    /** The presence bit of a fixed field. */
    static long fixedBit(final int field) {
        return FIXED_BIT[field];
    }

    /** The presence bit of a variable field. */
    static long bit(final int field) {
        return BIT[field];
    }

    /** Whether a fixed field is a time, kept relative to the engine time of its record. */
    static boolean isTime(final FixedField field) {
        return field == FixedField.EVENT_TIME || field == FixedField.UNTIL;
    }

    /** Whether a fixed field has a sign. */
    static boolean isSigned(final FixedField field) {
        return field == FixedField.POINTS || field == FixedField.QUANTITY;
    }

    /** Which table of numbered texts a field has; negative: none. */
    static int referenceSlot(final int field) {
        return REFERENCE_SLOT[field];
    }

    /** Upper bound of a record with this many bytes of variable fields. */
    static int maxBytes(final int variableBytes) {
        return MAX_BYTES_BESIDE + MAX_WALLETS_BYTES + variableBytes;
    }

    /** Upper bound of the record of a command and its outcome. */
    static int maxBytes(final Command command, final Outcome outcome) {
        final int wallets = outcome.wallets.count() == 0 ? 0 : MAX_WALLETS_BYTES;
        return MAX_BYTES_BESIDE + wallets + command.bytesLength();
    }
}
