package io.tallymark.ledger;

/**
 * A 128-bit hash: of a ledger's whole state, or of a program's canonical form.
 *
 * @param high the upper 64 bits
 * @param low  the lower 64 bits
 */
public record StateHash(long high, long low) {
    private static final int HEX_DIGITS = 32;

    /** The hash as 32 lower-case hexadecimal digits. */
    public String toHex() {
        final StringBuilder text = new StringBuilder(HEX_DIGITS);
        appendHex(text, high);
        appendHex(text, low);
        return text.toString();
    }

    /**
     * The reverse of {@link #toHex}.
     *
     * @throws IllegalArgumentException if the text is not 32 hexadecimal digits
     */
    public static StateHash ofHex(final String text) {
        if (text.length() != HEX_DIGITS) {
            throw new IllegalArgumentException("a hash has " + HEX_DIGITS + " hexadecimal digits: " + text);
        }
        return new StateHash(
                Long.parseUnsignedLong(text, 0, HEX_DIGITS / 2, 16),
                Long.parseUnsignedLong(text, HEX_DIGITS / 2, HEX_DIGITS, 16));
    }

    @Override
    public String toString() {
        return toHex();
    }

    private static void appendHex(final StringBuilder text, final long value) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            text.append(Character.forDigit((int) (value >>> shift) & 0xF, 16));
        }
    }
}
