package io.tallymark.ledger.reference;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.HashMap;
import java.util.Map;

/** What was asked before, by its key. */
final class Keys {
    record Key(String program, String source, CommandType type, String documentId) {
        static Key of(final Command c) {
            return new Key(c.text(VarField.PROGRAM), c.text(VarField.SOURCE), c.type(), c.text(VarField.DOCUMENT_ID));
        }
    }

    /**
     * The original's content and answer; {@code granted}: of an accrual, what it granted in further wallets; {@code end}:
     * the first day without it.
     */
    record Kept(
            String content,
            ResultCode code,
            long sequence,
            long points,
            String wallet,
            Map<String, Long> granted,
            long cashMinor,
            Prize prize,
            long memberId,
            int programVersion,
            long end) {}

    /** What a draw gave; null: nothing. */
    record Prize(byte[] text, long place, long points) {}

    private static final int HASH_BYTES = 16;

    private final Map<Key, Kept> kept = new HashMap<>();

    /** Null: it is new, or forgotten. */
    Kept find(final Command c, final long nowMs) {
        final Kept found = kept.get(Key.of(c));
        return found != null && Program.utcDay(nowMs) < found.end ? found : null;
    }

    void keep(final Command c, final Kept answer) {
        kept.put(Key.of(c), answer);
    }

    /** All fields as they were sent; of a publication what it would put in force, and in place of what. */
    static String contentOf(final Command c) {
        if (c.type() == CommandType.PUBLISH_PROGRAM) {
            return c.version() + " "
                    + ReferenceLedger.compiledIn(c).canonicalHash().toHex();
        }
        final StringBuilder text = new StringBuilder();
        for (final FixedField field : FixedField.values()) {
            // Chance is no part of what was asked.
            text.append(field == FixedField.RANDOM_BITS ? 0 : c.get(field)).append('|');
        }
        for (int i = VarField.CHANNEL.ordinal(); i < VarField.COUNT; i++) {
            final VarField field = VarField.of(i);
            final byte[] bytes = new byte[c.length(field)];
            if (bytes.length > 0) {
                c.bytes().getBytes(c.offset(field), bytes);
            }
            // Of an identity the hash under the oldest key: that a new key came makes no other content.
            final int from = field == VarField.IDENTITY && bytes.length > 0 ? bytes.length - HASH_BYTES : 0;
            text.append(new String(bytes, from, bytes.length - from, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .append('|');
        }
        return text.toString();
    }
}
