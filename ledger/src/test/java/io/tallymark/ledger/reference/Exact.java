package io.tallymark.ledger.reference;

import java.math.BigInteger;

/** An exact rational number, 0 or above or below. */
final class Exact implements Comparable<Exact> {
    static final Exact ZERO = of(0);
    static final Exact ONE = of(1);

    private final BigInteger numerator;
    private final BigInteger denominator;

    Exact(final BigInteger numerator, final BigInteger denominator) {
        final BigInteger common = numerator.gcd(denominator);
        final boolean lowest = common.equals(BigInteger.ONE) || common.signum() == 0;
        this.numerator = lowest ? numerator : numerator.divide(common);
        this.denominator = lowest ? denominator : denominator.divide(common);
    }

    static Exact of(final long value) {
        return new Exact(BigInteger.valueOf(value), BigInteger.ONE);
    }

    static Exact of(final long numerator, final long positiveDenominator) {
        return new Exact(BigInteger.valueOf(numerator), BigInteger.valueOf(positiveDenominator));
    }

    static Exact ofMicros(final long micros) {
        return of(micros, 1_000_000);
    }

    Exact plus(final Exact other) {
        return new Exact(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Exact minus(final Exact other) {
        return new Exact(
                numerator.multiply(other.denominator).subtract(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Exact times(final Exact other) {
        return new Exact(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** By a positive number. */
    Exact dividedBy(final Exact other) {
        return new Exact(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    int signum() {
        return numerator.signum();
    }

    /** Of a number not below 0. */
    BigInteger floor() {
        return numerator.divide(denominator);
    }

    /** Of a number not below 0. */
    BigInteger ceiling() {
        return numerator.add(denominator).subtract(BigInteger.ONE).divide(denominator);
    }

    @Override
    public int compareTo(final Exact other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Exact that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return numerator.hashCode();
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
