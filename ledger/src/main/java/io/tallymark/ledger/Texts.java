package io.tallymark.ledger;

import org.agrona.DirectBuffer;

/** Compares ids without making strings of them. */
final class Texts {
    private Texts() {}

    static boolean equal(final byte[] text, final DirectBuffer bytes, final int offset, final int length) {
        if (text.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[i] != bytes.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }
}
