package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;

/** The key and the content of a command as keyed hashes; each writes its results into fields of its own. */
final class Fingerprints {
    private static final int TEXT_LENGTH_BITS = 7;

    private final SipHash keyHash;
    private final SipHash contentHash;

    Fingerprints(final SipHash keyHash, final SipHash contentHash) {
        this.keyHash = keyHash;
        this.contentHash = contentHash;
    }

    /** Hashes (operation, program, source, document id): the lengths first, so that no two keys run together. */
    SipHash key(final Command c) {
        final int program = c.length(VarField.PROGRAM);
        final int source = c.length(VarField.SOURCE);
        final int document = c.length(VarField.DOCUMENT_ID);
        // The three are the first variable fields and stand back to back.
        return keyHash.begin()
                .word(c.type().code() | (long) program << 8 | (long) source << 16 | (long) document << 24)
                .end(c.bytes(), c.offset(VarField.PROGRAM), program + source + document);
    }

    /** Hashes the content as sent: everything but the key; of a publication the compiled form alone. */
    long content(final Command c) {
        contentHash.begin();
        if (c.type() == CommandType.PUBLISH_PROGRAM) {
            return contentHash
                    .end(c.bytes(), c.offset(VarField.COMPILED_PROGRAM), c.length(VarField.COMPILED_PROGRAM))
                    .low();
        }
        contentHash
                .word(c.memberId())
                .word(c.amountMinor())
                .word(c.points())
                .word(c.eventTimeMs())
                .word((long) c.lineCount() << 32 | c.flags() & 0xFFFF_FFFFL)
                .word(lengths(c));
        final int end = c.offset(VarField.DOCUMENT_ID) + c.length(VarField.DOCUMENT_ID);
        return contentHash.end(c.bytes(), end, contentBytes(c)).low();
    }

    private static int contentBytes(final Command c) {
        return textBytes(c) + c.length(VarField.LINES);
    }

    private static int textBytes(final Command c) {
        return c.length(VarField.CHANNEL)
                + c.length(VarField.STORE)
                + c.length(VarField.STAFF)
                + c.length(VarField.REASON)
                + c.length(VarField.OPERATOR_ID)
                + c.length(VarField.REFERENCE);
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
