package io.tallymark.ledger;

import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.ResultCode;

/** Coupons that come with rewards. */
final class RewardCoupons implements RewardGrant {
    @Override
    public boolean grant(final Effect e, final ProgramVersion version, final Reward reward) {
        Coupons.grant(e, version.couponRules.ofReward(reward));
        if (e.hasTooManyCoupons) {
            e.reject(ResultCode.LIMIT_EXCEEDED);
            return false;
        }
        return true;
    }

    @Override
    public void takeBack(final Effect e, final ProgramVersion version, final Reward reward, final long sequence) {
        Coupons.revoke(e, version.couponRules.ofReward(reward), sequence, e.redemption.grantedDay);
    }
}
