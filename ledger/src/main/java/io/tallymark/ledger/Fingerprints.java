package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.IdentityHashes;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.VarField;
import org.agrona.concurrent.UnsafeBuffer;

/** The key and the content of a command as keyed hashes. Reused; the last key stays until the next is asked for. */
final class Fingerprints {
    private static final int KEY_FIELDS =
            1 << VarField.PROGRAM.ordinal() | 1 << VarField.SOURCE.ordinal() | 1 << VarField.DOCUMENT_ID.ordinal();
    private static final int COMMON = 1 << FixedField.AMOUNT_MINOR.ordinal() | 1 << FixedField.POINTS.ordinal();

    private final UnsafeBuffer scratch =
            new UnsafeBuffer(new byte[Limits.MAX_PROGRAM_BYTES + Limits.MAX_TEXT_BYTES + Limits.MAX_TEXT_BYTES]);
    private final SipHash keyHash;
    private final SipHash contentHash;
    private final KeyMemo memo = new KeyMemo();
    private long keyHigh;
    private long keyLow;

    Fingerprints(final SipHash keyHash, final SipHash contentHash) {
        this.keyHash = keyHash;
        this.contentHash = contentHash;
    }

    /** The fingerprints made by {@link #keyAhead} until they are cleared. */
    KeyMemo ahead() {
        return memo;
    }

    /** Makes the fingerprint of a command that will be applied soon. */
    void keyAhead(final Command c) {
        if (!memo.isFull()) {
            final long lengths = keyLengths(c);
            hashKey(c, lengths);
            memo.add(c, keyHash);
        }
    }

    /** Makes the fingerprint of (operation, program, source, document id), or takes the one made ahead. */
    void key(final Command c) {
        final int ahead = memo.find(c);
        if (ahead >= 0) {
            keyHigh = memo.high(ahead);
            keyLow = memo.low(ahead);
        } else {
            hashKey(c, keyLengths(c));
            keyHigh = keyHash.high();
            keyLow = keyHash.low();
        }
    }

    long keyHigh() {
        return keyHigh;
    }

    long keyLow() {
        return keyLow;
    }

    /** The lengths come first, so that no two keys run together. */
    private void hashKey(final Command c, final long lengths) {
        keyHash.begin().word(lengths).end(c.bytes(), c.offset(VarField.PROGRAM), keyBytes(lengths));
    }

    private static long keyLengths(final Command c) {
        return c.type().code()
                | (long) c.length(VarField.PROGRAM) << 8
                | (long) c.length(VarField.SOURCE) << 16
                | (long) c.length(VarField.DOCUMENT_ID) << 24;
    }

    /** The three are the first variable fields and stand back to back. */
    private static int keyBytes(final long lengths) {
        return (int) ((lengths >>> 8 & 0xFF) + (lengths >>> 16 & 0xFF) + (lengths >>> 24));
    }

    /**
     * The fingerprint of the command of another operation that a command is about: same program, its original source (or
     * its own), its original document. Ask for it after {@link #key}; it replaces {@link #keyHigh} and {@link #keyLow}.
     */
    void original(final CommandType type, final Command c) {
        final VarField sourceField =
                c.length(VarField.ORIGINAL_SOURCE) > 0 ? VarField.ORIGINAL_SOURCE : VarField.SOURCE;
        final int program = c.length(VarField.PROGRAM);
        final int source = c.length(sourceField);
        final int document = c.length(VarField.ORIGINAL_DOCUMENT_ID);
        scratch.putBytes(0, c.bytes(), c.offset(VarField.PROGRAM), program);
        scratch.putBytes(program, c.bytes(), c.offset(sourceField), source);
        scratch.putBytes(program + source, c.bytes(), c.offset(VarField.ORIGINAL_DOCUMENT_ID), document);
        final long lengths = type.code() | (long) program << 8 | (long) source << 16 | (long) document << 24;
        keyHash.begin().word(lengths).end(scratch, 0, program + source + document);
        keyHigh = keyHash.high();
        keyLow = keyHash.low();
    }

    /**
     * Hashes the content as sent: everything but the key; of a publication the compiled form and the version it
     * replaces. The first word says which of those behind it are there, and what is absent is left out. Of an identity
     * the entry of the oldest key counts, so that a request sent again after a new key came is still the same.
     */
    long content(final Command c) {
        contentHash.begin();
        if (c.type() == CommandType.PUBLISH_PROGRAM) {
            return contentHash
                    .word(c.version())
                    .end(c.bytes(), c.offset(VarField.COMPILED_PROGRAM), c.length(VarField.COMPILED_PROGRAM))
                    .low();
        }
        final int texts = c.present() & ~KEY_FIELDS;
        contentHash
                .word((long) c.lineCount() << 32 | (long) c.flags() << FixedField.COUNT | presence(c))
                .word(c.memberId())
                .word(c.eventTimeMs());
        optional(c.amountMinor());
        optional(c.points());
        if ((presence(c) & ~COMMON) != 0) {
            optional(c.otherMemberId());
            optional(c.cashMinor());
            optional(c.untilMs() == Command.NO_TIME ? 0 : c.untilMs() + 1);
            optional(c.ttlMs());
            optional(c.birthday());
            optional(c.version());
            optional(c.quantity());
            optional(c.referrerId());
        }
        return texts == 0 ? contentHash.end().low() : texts(c, texts);
    }

    private static int presence(final Command c) {
        return (c.amountMinor() != 0 ? 1 << FixedField.AMOUNT_MINOR.ordinal() : 0)
                | (c.points() != 0 ? 1 << FixedField.POINTS.ordinal() : 0)
                | (c.otherMemberId() != 0 ? 1 << FixedField.OTHER_MEMBER_ID.ordinal() : 0)
                | (c.cashMinor() != 0 ? 1 << FixedField.CASH_MINOR.ordinal() : 0)
                | (c.untilMs() != Command.NO_TIME ? 1 << FixedField.UNTIL.ordinal() : 0)
                | (c.ttlMs() != 0 ? 1 << FixedField.TTL_MS.ordinal() : 0)
                | (c.birthday() != 0 ? 1 << FixedField.BIRTHDAY.ordinal() : 0)
                | (c.version() != 0 ? 1 << FixedField.VERSION.ordinal() : 0)
                | (c.quantity() != 0 ? 1 << FixedField.QUANTITY.ordinal() : 0)
                | (c.referrerId() != 0 ? 1 << FixedField.REFERRER_ID.ordinal() : 0);
    }

    private void optional(final long value) {
        if (value != 0) {
            contentHash.word(value);
        }
    }

    /** The fields behind the key stand back to back, an identity last; their lengths come first. */
    private long texts(final Command c, final int texts) {
        for (int rest = texts; rest != 0; rest &= rest - 1) {
            final int field = Integer.numberOfTrailingZeros(rest);
            if (field != VarField.IDENTITY.ordinal()) {
                contentHash.word((long) field << 32 | c.length(VarField.of(field)));
            }
        }
        final int identity = c.length(VarField.IDENTITY);
        if (identity > 0) {
            final int oldest = c.offset(VarField.IDENTITY) + identity - IdentityHashes.ENTRY_BYTES + 1;
            contentHash.word(c.bytes().getLong(oldest)).word(c.bytes().getLong(oldest + Long.BYTES));
        }
        final int key = CommandForm.keyBytes(c);
        return contentHash
                .end(c.bytes(), c.offset(VarField.PROGRAM) + key, c.bytesLength() - key - identity)
                .low();
    }
}
