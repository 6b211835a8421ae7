package io.tallymark.ledger;

/** Coupons that come with rewards, and those that are won. */
final class RewardCoupons implements RewardGrant, PrizeGrant {
    @Override
    public void grant(final Effect e, final ProgramVersion version, final int reward) {
        Coupons.grant(e, version.couponRules.ofReward(reward));
    }

    @Override
    public void takeBack(
            final Effect e, final ProgramVersion version, final int reward, final long sequence, final int grantedDay) {
        Coupons.revoke(e, version.couponRules.ofReward(reward), sequence, grantedDay);
    }

    @Override
    public boolean canWin(final Effect e, final ProgramVersion version, final int draw, final int prize) {
        return version.couponRules.ofPrize(draw, prize).areAllGranted(e.localDay);
    }

    @Override
    public void win(final Effect e, final ProgramVersion version, final int draw, final int prize) {
        Coupons.grant(e, version.couponRules.ofPrize(draw, prize));
    }
}
