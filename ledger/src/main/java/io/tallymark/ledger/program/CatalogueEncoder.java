package io.tallymark.ledger.program;

/**
 * Writes the last part of a program's canonical form.
 *
 * <pre>
 * rewards    list by id of: text id, offer, list of grant, text wallet, varint giftMinor
 * coupons    list by id of: text id, varint valueMinor, uses, validDays, lastDay + 1 (0: none), limit, condition
 * packs      list by id of: text id, offer, list of grant, 1 byte refund
 * draws      list by id of: text id, offer, list of: 1 byte kind, text rule, varint points, oddsNumerator,
 *            oddsDenominator, optional stock
 * boards     list by id of: text id, 1 byte by, 1 byte score, varint fromMs, untilMs, condition, varint top
 * referral   1 byte, 1: there is one; then 1 byte on, varint points, minAmountMinor, limit
 * issuers    list by id of: text id, varint importPoints, importPer, limit, varint settlePoints, settleMinor
 * brands     list by brand of: text brand, text issuer
 * sales      list by id of: text id, varint points, cashMinor, limit, text wallet
 * precredits list by id of: text id, varint points, text wallet
 * wallets    list by id of: text id, list of: varint fromMinor, giftMinor
 * points     list by id of: text id, varint ratePoints; where above 0: varint ratePerMinor, condition, 1 byte
 *            tierMultiplier; then expiry, activation, refund, 1 byte redeemable, 1 byte qualifying
 *
 * offer      1 byte, 1: there is a price for all; then price; list by tier of: text tier, price; limit; text fromTier;
 *            condition; optional stock; text wallet
 * price      varint points, cashMinor
 * </pre>
 */
final class CatalogueEncoder {
    private final ProgramEncoder out;

    CatalogueEncoder(final ProgramEncoder out) {
        this.out = out;
    }

    void catalogue(final Catalogue c) {
        out.list(c.rewards(), (e, reward) -> {
            e.text(reward.id());
            offer(reward.offer());
            e.list(reward.grants(), ProgramEncoder::grant);
            e.text(reward.wallet());
            e.number(reward.giftMinor());
        });
        out.list(c.coupons(), (e, coupon) -> coupon(coupon));
        out.list(c.packs(), (e, pack) -> {
            e.text(pack.id());
            offer(pack.offer());
            e.list(pack.grants(), ProgramEncoder::grant);
            e.octet(pack.refund().ordinal());
        });
        out.list(c.draws(), (e, draw) -> {
            e.text(draw.id());
            offer(draw.offer());
            e.list(draw.prizes(), (f, prize) -> prize(prize));
        });
        out.list(c.boards(), (e, board) -> board(board));
        referral(c.referral());
        out.list(c.issuers(), (e, issuer) -> issuer(issuer));
        out.list(c.brands().entrySet(), (e, brand) -> {
            e.text(brand.getKey());
            e.text(brand.getValue());
        });
        out.list(c.sales(), (e, sale) -> {
            e.text(sale.id());
            e.number(sale.points());
            e.number(sale.cashMinor());
            e.limit(sale.limit());
            e.text(sale.wallet());
        });
        out.list(c.precredits(), (e, precredit) -> {
            e.text(precredit.id());
            e.number(precredit.points());
            e.text(precredit.wallet());
        });
        out.list(c.moneyWallets(), (e, wallet) -> {
            e.text(wallet.id());
            e.list(wallet.topUps(), (f, topUp) -> {
                f.number(topUp.fromMinor());
                f.number(topUp.giftMinor());
            });
        });
        out.list(c.pointsWallets(), (e, wallet) -> pointsWallet(wallet));
    }

    private void pointsWallet(final PointsWallet wallet) {
        out.text(wallet.id());
        out.number(wallet.ratePoints());
        if (wallet.earns()) {
            out.number(wallet.ratePerMinor());
            out.condition(wallet.when());
            out.flag(wallet.tierMultiplier());
        }
        out.expiry(wallet.expiry());
        out.activation(wallet.activation());
        out.refund(wallet.refund());
        out.flag(wallet.redeemable());
        out.flag(wallet.qualifying());
    }

    private void coupon(final Coupon coupon) {
        out.text(coupon.id());
        out.number(coupon.valueMinor());
        out.number(coupon.uses());
        out.number(coupon.validDays());
        out.number(coupon.lastDay() == Expiry.NEVER_DAY ? 0 : coupon.lastDay() + 1L);
        out.limit(coupon.limit());
        out.condition(coupon.when());
    }

    private void prize(final Draw.Prize prize) {
        out.octet(prize.kind().ordinal());
        out.text(prize.rule());
        out.number(prize.points());
        out.number(prize.oddsNumerator());
        out.number(prize.oddsDenominator());
        out.optional(prize.stock());
    }

    private void board(final Board board) {
        out.text(board.id());
        out.octet(board.by().ordinal());
        out.octet(board.score().ordinal());
        out.number(board.fromMs());
        out.number(board.untilMs());
        out.condition(board.when());
        out.number(board.top());
    }

    private void referral(final Referral referral) {
        out.flag(referral != null);
        if (referral != null) {
            out.octet(referral.on().ordinal());
            out.number(referral.points());
            out.number(referral.minAmountMinor());
            out.limit(referral.limit());
        }
    }

    private void issuer(final Issuer issuer) {
        out.text(issuer.id());
        out.number(issuer.importPoints());
        out.number(issuer.importPer());
        out.limit(issuer.importLimit());
        out.number(issuer.settlePoints());
        out.number(issuer.settleMinor());
    }

    private void offer(final Offer offer) {
        out.flag(offer.price() != null);
        if (offer.price() != null) {
            price(offer.price());
        }
        out.list(offer.byTier(), (e, tier) -> {
            e.text(tier.tier());
            price(tier.price());
        });
        out.limit(offer.limit());
        out.text(offer.fromTier());
        out.condition(offer.when());
        out.optional(offer.stock());
        out.text(offer.wallet());
    }

    private void price(final Price price) {
        out.number(price.points());
        out.number(price.cashMinor());
    }
}
