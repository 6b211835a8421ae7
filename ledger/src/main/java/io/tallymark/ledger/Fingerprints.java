package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;

/** The key and the content of a command as keyed hashes. Reused; the last key stays until the next is asked for. */
final class Fingerprints {
    private static final int TEXT_LENGTH_BITS = 7;

    // What follows the first word of the content, in its lowest bits; the flags stand above.
    private static final int HAS_AMOUNT = 1;
    private static final int HAS_POINTS = 2;
    private static final int HAS_TEXTS = 4;
    private static final int PRESENCE_BITS = 3;

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
            memo.add(c, lengths, c.offset(VarField.PROGRAM), keyBytes(lengths), keyHash);
        }
    }

    /** Makes the fingerprint of (operation, program, source, document id), or takes the one made ahead. */
    void key(final Command c) {
        final long lengths = keyLengths(c);
        final int ahead = memo.find(c, lengths, c.offset(VarField.PROGRAM), keyBytes(lengths));
        if (ahead >= 0) {
            keyHigh = memo.high(ahead);
            keyLow = memo.low(ahead);
        } else {
            hashKey(c, lengths);
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
     * Hashes the content as sent: everything but the key; of a publication the compiled form alone. The first word
     * says which of those behind it are there, and what is zero is left out. The form was checked before, so no flag
     * is lost.
     */
    long content(final Command c) {
        contentHash.begin();
        if (c.type() == CommandType.PUBLISH_PROGRAM) {
            return contentHash
                    .end(c.bytes(), c.offset(VarField.COMPILED_PROGRAM), c.length(VarField.COMPILED_PROGRAM))
                    .low();
        }
        final int key = CommandForm.keyBytes(c);
        final boolean hasTexts = c.bytesLength() != key;
        final int present = (c.amountMinor() != 0 ? HAS_AMOUNT : 0)
                | (c.points() != 0 ? HAS_POINTS : 0)
                | (hasTexts ? HAS_TEXTS : 0);
        contentHash
                .word((long) c.lineCount() << 32 | (long) c.flags() << PRESENCE_BITS & 0xFFFF_FFFFL | present)
                .word(c.memberId())
                .word(c.eventTimeMs());
        if (c.amountMinor() != 0) {
            contentHash.word(c.amountMinor());
        }
        if (c.points() != 0) {
            contentHash.word(c.points());
        }
        if (!hasTexts) {
            return contentHash.end().low();
        }
        return contentHash
                .word(lengths(c))
                .end(c.bytes(), c.offset(VarField.PROGRAM) + key, contentBytes(c))
                .low();
    }

    private static int contentBytes(final Command c) {
        return c.length(VarField.CHANNEL)
                + c.length(VarField.STORE)
                + c.length(VarField.STAFF)
                + c.length(VarField.REASON)
                + c.length(VarField.OPERATOR_ID)
                + c.length(VarField.REFERENCE)
                + c.length(VarField.LINES);
    }

    /** Six texts of at most 64 bytes in 7 bits each, the lines in the 22 bits above. */
    private static long lengths(final Command c) {
        long lengths = c.length(VarField.LINES);
        lengths = lengths << TEXT_LENGTH_BITS | c.length(VarField.CHANNEL);
        lengths = lengths << TEXT_LENGTH_BITS | c.length(VarField.STORE);
        lengths = lengths << TEXT_LENGTH_BITS | c.length(VarField.STAFF);
        lengths = lengths << TEXT_LENGTH_BITS | c.length(VarField.REASON);
        lengths = lengths << TEXT_LENGTH_BITS | c.length(VarField.OPERATOR_ID);
        return lengths << TEXT_LENGTH_BITS | c.length(VarField.REFERENCE);
    }
}
