package io.tallymark.ledger.program;

/** Lowest terms of rates. */
final class Fraction {
    private Fraction() {}

    /** The greatest common divisor of two positive numbers; 1 where one is not positive. */
    static long gcd(final long a, final long b) {
        if (a <= 0 || b <= 0) {
            return 1;
        }
        long high = a;
        long low = b;
        while (low != 0) {
            final long rest = high % low;
            high = low;
            low = rest;
        }
        return high;
    }
}
