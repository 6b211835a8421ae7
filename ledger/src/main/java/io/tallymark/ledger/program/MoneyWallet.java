package io.tallymark.ledger.program;

import java.util.List;

/**
 * A wallet of stored value in minor units: no expiry, no multiplier, no debt.
 *
 * @param id     stable over the program's versions
 * @param topUps gifts by amount, rising
 */
public record MoneyWallet(String id, List<TopUp> topUps) {
    /**
     * @param fromMinor the least amount
     * @param giftMinor what is added as a gift
     */
    public record TopUp(long fromMinor, long giftMinor) {}
}
