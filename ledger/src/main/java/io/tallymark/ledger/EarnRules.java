package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Limits;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * Points of an amount: floor(amount × base rate × multiplier), exact. The rate and each tier's multiplier are one
 * fraction in lowest terms, made once per program version.
 */
final class EarnRules {
    /** Instead of points: more than {@link Limits#MAX_VALUE}. */
    static final long TOO_MANY = -1;

    private final long[] numerators;
    private final long[] denominators;

    /** The base rate of a program with the multipliers of its tiers. */
    EarnRules(final CompiledProgram program) {
        this(program.ratePoints(), program.ratePerMinor(), tierMultipliers(program));
    }

    /** @param multiplierMicros in millionths by rank, 0: of no tier */
    EarnRules(final long ratePoints, final long ratePerMinor, final long[] multiplierMicros) {
        numerators = new long[multiplierMicros.length];
        denominators = new long[multiplierMicros.length];
        for (int rank = 0; rank < multiplierMicros.length; rank++) {
            final BigInteger top = BigInteger.valueOf(ratePoints).multiply(BigInteger.valueOf(multiplierMicros[rank]));
            final BigInteger bottom =
                    BigInteger.valueOf(ratePerMinor).multiply(BigInteger.valueOf(CompiledProgram.ONE_MICROS));
            final BigInteger common = top.gcd(bottom);
            numerators[rank] = top.divide(common).longValueExact();
            denominators[rank] = bottom.divide(common).longValueExact();
        }
    }

    /** Multipliers of 1 by rank, for a rate that tiers do not concern. */
    static long[] noMultipliers(final CompiledProgram program) {
        final long[] micros = new long[program.tiers().size() + 1];
        Arrays.fill(micros, CompiledProgram.ONE_MICROS);
        return micros;
    }

    /** Multipliers by rank as a program's tiers say. */
    static long[] tierMultipliers(final CompiledProgram program) {
        final List<Tier> tiers = program.tiers();
        final long[] micros = noMultipliers(program);
        for (int rank = 1; rank < micros.length; rank++) {
            micros[rank] = tiers.get(rank - 1).multiplierMicros();
        }
        return micros;
    }

    /**
     * Points at a tier's multiplier; rank 0: at the plain base rate.
     *
     * @return the points, or {@link #TOO_MANY}
     */
    long points(final long amountMinor, final int rank) {
        return floorOfProduct(amountMinor, numerators[rank], denominators[rank]);
    }

    /** Whether a tier earns at the plain base rate. */
    boolean isPlain(final int rank) {
        return numerators[rank] == numerators[0] && denominators[rank] == denominators[0];
    }

    /** floor(a × b ÷ c) for a, b ≥ 0 and c > 0, or {@link #TOO_MANY}. */
    static long floorOfProduct(final long a, final long b, final long c) {
        final long high = Math.multiplyHigh(a, b);
        final long low = a * b;
        final long quotient;
        if (high == 0 && low >= 0) {
            quotient = low / c;
        } else if (high >= c) {
            return TOO_MANY;
        } else {
            quotient = longDivision(high, low, c);
        }
        return quotient < 0 || quotient > Limits.MAX_VALUE ? TOO_MANY : quotient;
    }

    /** The low 64 bits of (high × 2^64 + low) ÷ divisor, where high < divisor < 2^62; unsigned. */
    static long longDivision(final long high, final long low, final long divisor) {
        long remainder = high;
        long quotient = 0;
        for (int bit = Long.SIZE - 1; bit >= 0; bit--) {
            remainder = remainder << 1 | low >>> bit & 1;
            quotient <<= 1;
            if (remainder >= divisor) {
                remainder -= divisor;
                quotient |= 1;
            }
        }
        return quotient;
    }
}
