package io.tallymark.ledger;

import io.tallymark.ledger.program.Pack;
import io.tallymark.ledger.program.Price;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;

/** A member buys a pack of coupons and tiers, or gives it back. */
final class PackHandler implements Handler {
    private final Offers offers;
    private final Spending spending;
    private final Originals originals;
    private final Admission admission;
    private final TierEngine tiers;

    PackHandler(
            final Offers offers,
            final Spending spending,
            final Originals originals,
            final Admission admission,
            final TierEngine tiers) {
        this.offers = offers;
        this.spending = spending;
        this.originals = originals;
        this.admission = admission;
        this.tiers = tiers;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (c.type() == CommandType.BUY_PACK) {
            buy(c, e);
        } else {
            refund(c, e);
        }
    }

    private void buy(final Command c, final Effect e) {
        final ProgramVersion version = e.program.current();
        final PackRules rules = version.packRules;
        final int place = rules.find(c);
        final boolean isOffered = place >= 0 && rules.coupons(place).areAllGranted(e.localDay);
        final Price price = isOffered
                ? offers.ask(c, e, rules.offer(place), e.program.stocks(Stocks.PACKS), rules.number(place))
                : offers.ask(c, e, null, null, 0);
        if (price == null) {
            return;
        }
        final RedemptionDraft purchase = e.redemption;
        purchase.clear();
        purchase.memberSlot = e.member.slot;
        purchase.points = price.points();
        purchase.valueMinor = Math.max(1, price.points());
        purchase.reward = rules.number(place) + 1;
        purchase.version = version.number;
        purchase.cashMinor = price.cashMinor();
        purchase.day = e.localDay;
        purchase.grantedDay = e.localDay;
        e.hasRedemption = true;
        spending.active(e);
        spending.take(c, e, rules.offer(place).wallet, price.points());
        rules.offer(place).limit.count(e.member.usage, e.localDay);
        e.stock.take(Stocks.PACKS, rules.number(place));
        Coupons.grant(e, rules.coupons(place));
        for (final int rank : rules.ranks(place)) {
            tiers.grantByPack(e.member, rank, e.sequence, e.timeMs);
        }
        e.points = -price.points();
        e.cashMinor = price.cashMinor();
        Admission.acceptWithinLimits(e);
    }

    private void refund(final Command c, final Effect e) {
        e.happened(c);
        final int entry = originals.loadPurchase(c, e);
        if (entry == 0) {
            e.reject(ResultCode.ORIGINAL_NOT_FOUND);
            return;
        }
        if (!admission.isOpen(e)) {
            return;
        }
        final RedemptionDraft purchase = e.redemption;
        final PackRules rules = e.program.version(purchase.version).packRules;
        final int place = rules.place(purchase.reward - 1);
        if (rules.refund(place) == Pack.Refund.NONE) {
            e.reject(ResultCode.NOT_OFFERED);
        } else if (purchase.returnedValueMinor != 0) {
            e.reject(ResultCode.REFUND_EXCEEDS_ORIGINAL);
        } else {
            refund(e, rules, place, originals.sequence(entry));
            e.redemptionEntry = entry;
            Admission.acceptWithinLimits(e);
        }
    }

    private static void refund(final Effect e, final PackRules rules, final int place, final long sequence) {
        final RedemptionDraft purchase = e.redemption;
        final CouponGrants coupons = rules.coupons(place);
        final long allUses = coupons.allUses();
        final long unused = e.member.coupons.leftOf(sequence);
        final boolean isWhole = rules.refund(place) == Pack.Refund.WHOLE || unused == allUses;
        purchase.returnedValueMinor = purchase.valueMinor;
        purchase.returnedPoints =
                isWhole ? purchase.points : EarnRules.floorOfProduct(purchase.points, unused, allUses);
        e.hasRedemption = true;
        e.points = purchase.returnedPoints;
        e.cashMinor = isWhole ? purchase.cashMinor : EarnRules.floorOfProduct(purchase.cashMinor, unused, allUses);
        ReverseHandler.giveBack(e, 0, e.points);
        e.wallets.subject = purchase.wallet();
        e.movement.ofWallet(purchase.wallet()).redeemed -= e.points;
        if (rules.refund(place) == Pack.Refund.WHOLE) {
            Coupons.revoke(e, coupons, sequence, purchase.grantedDay);
        } else {
            Coupons.revokeUnused(e, coupons, sequence, purchase.grantedDay);
        }
        e.member.grants.removeOfPurchase(sequence);
        if (unused == allUses) {
            rules.offer(place).limit.giveBack(e.member.usage, purchase.day, e.localDay);
            e.stock.giveBack(Stocks.PACKS, purchase.reward - 1);
        }
    }
}
