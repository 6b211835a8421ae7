package io.tallymark.journal;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.VarField;

/**
 * What the record's writer and reader share. A record is a command and its outcome; its sequence is the frame's first
 * sequence plus its place, its time the frame's plus the deltas so far.
 *
 * <pre>
 * type          u8       code of CommandType
 * presence      varint   which of the following there are, see the constants
 * timeDelta     varint   engine time since the record before
 * memberId      varint
 * amountMinor   varint
 * points        zigzag
 * eventTime     zigzag   relative to this record's engine time
 * flags         varint
 * lineCount     varint
 * field …                program, source, channel, store: reference; others: length varint, bytes. Canonical order
 * outcome       varint   which of the following there are
 * code          varint   absent: accepted
 * points        zigzag
 * tierPoints    zigzag
 * unexplained   zigzag   points - tierPoints - basePoints
 * available     zigzag
 * pending       zigzag
 * held          zigzag
 * debt          zigzag
 * tierRank      varint
 * version       varint
 *
 * reference := varint 0, length varint, bytes    a text; gets the field's next number while there are fewer than 16
 *            | varint n                          the text that got number n of this field in this frame, from 1 on
 * </pre>
 */
final class RecordCodec {
    static final int MEMBER_ID = 1;
    static final int AMOUNT = 1 << 1;
    static final int POINTS = 1 << 2;
    static final int EVENT_TIME = 1 << 3;
    static final int FLAGS = 1 << 7;
    static final int LINE_COUNT = 1 << 8;
    static final int TIME_DELTA = 1 << 19;
    /** The variable fields need more room than a command has inline. */
    static final int LARGE = 1 << 18;
    /** Reserved for the id of the key that a caller signed in with. */
    static final int KEY_ID = 1 << 20;

    static final int KNOWN = KEY_ID - 1;

    static final int OUTCOME_POINTS = 1;
    static final int OUTCOME_AVAILABLE = 1 << 1;
    static final int OUTCOME_TIER_RANK = 1 << 2;
    static final int OUTCOME_TIER_POINTS = 1 << 3;
    static final int OUTCOME_UNEXPLAINED = 1 << 4;
    static final int OUTCOME_CODE = 1 << 5;
    static final int OUTCOME_PENDING = 1 << 6;
    static final int OUTCOME_HELD = 1 << 7;
    static final int OUTCOME_DEBT = 1 << 8;
    static final int OUTCOME_VERSION = 1 << 9;
    static final int OUTCOME_KNOWN = (1 << 10) - 1;

    /** Texts of one field that a frame numbers. */
    static final int NUMBERED = 16;

    private static final int[] BIT = new int[VarField.COUNT];
    private static final int[] REFERENCE_SLOT = new int[VarField.COUNT];
    static final int REFERENCE_SLOTS = 4;

    static {
        // The three that every order has share the first presence byte with the fixed fields of a simple accrual.
        final int[] bits = {4, 5, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17};
        for (int i = 0; i < VarField.COUNT; i++) {
            BIT[i] = 1 << bits[i];
            REFERENCE_SLOT[i] = -1;
        }
        REFERENCE_SLOT[VarField.PROGRAM.ordinal()] = 0;
        REFERENCE_SLOT[VarField.SOURCE.ordinal()] = 1;
        REFERENCE_SLOT[VarField.CHANNEL.ordinal()] = 2;
        REFERENCE_SLOT[VarField.STORE.ordinal()] = 3;
    }

    private RecordCodec() {}

    /** The presence bit of a variable field. */
    static int bit(final int field) {
        return BIT[field];
    }

    /** Which table of numbered texts a field has; negative: none. */
    static int referenceSlot(final int field) {
        return REFERENCE_SLOT[field];
    }

    /** Upper bound of a record with this many bytes of variable fields. */
    static int maxBytes(final int variableBytes) {
        return 1 + 2 * 4 + 7 * 10 + VarField.COUNT * 5 + 10 * 10 + variableBytes;
    }

    /** Upper bound of a command's record. */
    static int maxBytes(final Command command) {
        return maxBytes(command.bytesLength());
    }
}
