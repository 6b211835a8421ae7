package io.tallymark.ledger;

import io.tallymark.ledger.program.Burn;
import io.tallymark.ledger.program.CompiledProgram;
import java.util.List;

/**
 * What amounts cost in points, by one program version: ceil(amount × rate ÷ (worth × multiplier)), exact. Reused; one
 * thread; no allocation after construction.
 */
final class BurnRules {
    private final Burn burn;
    private final EarnCondition[] when;
    private final EarnWide number = new EarnWide(1);

    BurnRules(final CompiledProgram program) {
        burn = program.burn();
        final List<Burn.BurnCampaign> campaigns = burn.campaigns();
        when = new EarnCondition[campaigns.size()];
        for (int i = 0; i < when.length; i++) {
            when[i] = new EarnCondition(campaigns.get(i).when(), program);
        }
    }

    /** Whether amounts can be redeemed. */
    boolean offersAmounts() {
        return burn.ratePoints() > 0;
    }

    /** Whether a part can be paid in money. */
    boolean takesCash() {
        return burn.minPointsWithCash() != CompiledProgram.UNLIMITED;
    }

    /** Fewest points beside money. */
    long minPointsWithCash() {
        return burn.minPointsWithCash();
    }

    /**
     * Points for an amount of 1 to 10^15 minor units, cash taken off already; amounts must be offered.
     *
     * @param facts of the redemption: its whole amount is what {@code orderAmount} is tested against
     * @return the points, or {@link EarnRules#TOO_MANY}
     */
    long points(final long amountMinor, final EarnFacts facts) {
        final int campaign = campaignFor(facts);
        final long micros = campaign < 0
                ? CompiledProgram.ONE_MICROS
                : burn.campaigns().get(campaign).multiplierMicros();
        number.set(0, amountMinor);
        number.multiply(0, burn.ratePoints());
        number.multiply(0, CompiledProgram.ONE_MICROS);
        // The ceiling of a quotient by a product is that by its factors in turn.
        number.divideUp(0, burn.rateMinor());
        number.divideUp(0, micros);
        return number.points(0);
    }

    /** The place of the largest burn campaign that applies, of equal ones that of the smallest id; negative: none. */
    int campaignFor(final EarnFacts facts) {
        int best = -1;
        for (int i = 0; i < when.length; i++) {
            if (when[i].holdsForOrder(facts) && (best < 0 || isBefore(i, best))) {
                best = i;
            }
        }
        return best;
    }

    private boolean isBefore(final int i, final int best) {
        final Burn.BurnCampaign a = burn.campaigns().get(i);
        final Burn.BurnCampaign b = burn.campaigns().get(best);
        final int order = Long.compare(a.multiplierMicros(), b.multiplierMicros());
        return order > 0 || order == 0 && a.id().compareTo(b.id()) < 0;
    }
}
