package io.tallymark.ledger.program;

import io.tallymark.protocol.Limits;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The part of {@link CatalogueCheck} that looks at what is offered: price, to whom, when, and what comes with it. */
final class OfferCheck {
    private final Mistakes mistakes;
    private final ConditionCheck conditions;
    private final WalletCheck wallets;
    private final Set<String> coupons;
    private final Set<String> rewards;

    OfferCheck(
            final Mistakes mistakes,
            final ConditionCheck conditions,
            final WalletCheck wallets,
            final Catalogue catalogue) {
        this.mistakes = mistakes;
        this.conditions = conditions;
        this.wallets = wallets;
        this.coupons = catalogue.coupons().stream().map(Coupon::id).collect(Collectors.toSet());
        this.rewards = catalogue.rewards().stream().map(Reward::id).collect(Collectors.toSet());
    }

    /** Price, tiers, limit and condition of a reward or a pack. */
    void offer(final Offer offer, final String path) {
        if (offer.price() != null) {
            price(offer.price(), path + ".price");
        }
        common(offer, path);
        offer.byTier().forEach(entry -> price(entry.price(), path + ".priceByTier." + entry.tier()));
    }

    /** As {@link #offer}, of a draw: points alone, be it none. */
    void drawOffer(final Offer offer, final String path) {
        hasPrice(offer, path);
        if (offer.price() != null) {
            drawPrice(offer.price(), path + ".price");
        }
        common(offer, path);
        offer.byTier().forEach(entry -> drawPrice(entry.price(), path + ".priceByTier." + entry.tier()));
        mistakes.check(offer.stock() == CompiledProgram.UNLIMITED, path + ".stock", "is that of prizes");
    }

    private void common(final Offer offer, final String path) {
        mistakes.limit(offer.limit(), path + ".limit");
        if (!offer.fromTier().isEmpty()) {
            conditions.tier(offer.fromTier(), path + ".fromTier");
        }
        when(offer.when(), path);
        wallets.spent(offer.wallet(), path);
        mistakes.atMost(CompiledProgram.MAX_TIERS, offer.byTier().size(), path + ".priceByTier");
        final Set<String> before = new HashSet<>();
        for (final Offer.TierPrice entry : offer.byTier()) {
            final String at = path + ".priceByTier." + entry.tier();
            conditions.tier(entry.tier(), at);
            mistakes.check(before.add(entry.tier()), at, "given twice: " + entry.tier());
        }
    }

    /** Somebody can have it. */
    void hasPrice(final Offer offer, final String path) {
        mistakes.check(
                offer.price() != null || !offer.byTier().isEmpty(), path + ".price", "missing", path + ".priceByTier");
    }

    private void price(final Price price, final String path) {
        mistakes.within(price.points(), 0, Limits.MAX_VALUE, path + ".points", " points");
        mistakes.within(price.cashMinor(), 0, Limits.MAX_VALUE, path + ".cash", " minor units");
        mistakes.check(
                price.points() != 0 || price.cashMinor() != 0,
                path,
                "must be points or cash or both",
                path + ".points",
                path + ".cash");
    }

    private void drawPrice(final Price price, final String path) {
        mistakes.within(price.points(), 0, Limits.MAX_VALUE, path + ".points", " points");
        mistakes.check(price.cashMinor() == 0, path + ".cash", "does not go with a draw");
    }

    /** A condition of what a member gets: there is no order. */
    void when(final Condition when, final String path) {
        final String at = path + ".when";
        conditions.check(when, at);
        mistakes.check(
                !when.concernsLines() && when.minOrderMinor() == 0 && !when.firstPurchase(),
                at,
                "cannot ask for lines, orderAmount or firstPurchase: there is no order");
    }

    void stock(final long stock, final String path) {
        if (stock != CompiledProgram.UNLIMITED) {
            mistakes.within(stock, 0, Catalogue.MAX_STOCK, path + ".stock", " pieces");
        }
    }

    /** Coupons that come with something. */
    void grants(final List<CouponGrant> grants, final String path) {
        mistakes.atMost(Catalogue.MAX_GRANTS, grants.size(), path);
        for (int i = 0; i < grants.size(); i++) {
            final CouponGrant grant = grants.get(i);
            final String at = path + "[" + i + "]";
            coupon(grant.coupon(), at + ".coupon");
            mistakes.within(grant.uses(), 0, Mistakes.MAX_TIMES, at + ".uses", " uses");
            mistakes.within(grant.validDays(), 0, CompiledProgram.MAX_DAYS, at + ".validDays", " days");
        }
    }

    void prize(final Draw.Prize prize, final String path) {
        switch (prize.kind()) {
            case POINTS -> {
                mistakes.within(prize.points(), 1, Limits.MAX_VALUE, path + ".points", " points");
                mistakes.check(prize.rule().isEmpty(), path, "is either points, a coupon or a reward");
            }
            case COUPON -> coupon(prize.rule(), path + ".coupon");
            case REWARD ->
                mistakes.check(
                        rewards.contains(prize.rule()),
                        path + ".reward",
                        "there is no reward " + prize.rule(),
                        "rewards",
                        "rewards." + prize.rule());
        }
        mistakes.check(
                prize.kind() == Draw.Kind.POINTS || prize.points() == 0,
                path + ".points",
                "does not go with a coupon or a reward");
        mistakes.check(
                prize.oddsNumerator() >= 1
                        && prize.oddsNumerator() <= prize.oddsDenominator()
                        && prize.oddsDenominator() <= Draw.MAX_ODDS,
                path + ".odds",
                "must be above 0 and at most 1, of numbers up to 10^12");
        stock(prize.stock(), path);
    }

    private void coupon(final String id, final String path) {
        mistakes.check(coupons.contains(id), path, "there is no coupon " + id, "coupons", "coupons." + id);
    }
}
