package io.tallymark.ledger;

/** Rewards that fill a wallet of stored value: the only way from points to value. */
final class GiftGrant implements RewardGrant {
    @Override
    public void grant(final Effect e, final ProgramVersion version, final int reward) {
        final int wallet = version.valueRules.walletOfReward(reward);
        if (wallet >= 0) {
            StoredValue.grant(e, wallet, version.valueRules.giftOfReward(reward));
        }
    }

    @Override
    public void takeBack(
            final Effect e, final ProgramVersion version, final int reward, final long sequence, final int grantedDay) {
        final int wallet = version.valueRules.walletOfReward(reward);
        if (wallet >= 0) {
            StoredValue.takeBack(e, wallet, version.valueRules.giftOfReward(reward));
        }
    }
}
