package io.tallymark.ledger.program;

import static io.tallymark.ledger.program.CompiledProgram.MAX_RATE_MINOR;
import static io.tallymark.ledger.program.CompiledProgram.MAX_RATE_POINTS;

import io.tallymark.protocol.Limits;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The part of {@link ProgramCheck} that looks at the catalogue. Its lists are sorted, so places are named by id, as
 * program files do.
 */
final class CatalogueCheck {
    private final Mistakes mistakes;
    private final ConditionCheck conditions;
    private final CompiledProgram.Builder program;
    private final Catalogue catalogue;
    private final OfferCheck offers;
    private final WalletCheck wallets;

    CatalogueCheck(final Mistakes mistakes, final ConditionCheck conditions, final CompiledProgram.Builder program) {
        this.mistakes = mistakes;
        this.conditions = conditions;
        this.program = program;
        this.catalogue = program.catalogue;
        this.wallets = new WalletCheck(mistakes, conditions, catalogue);
        this.offers = new OfferCheck(mistakes, conditions, wallets, catalogue);
    }

    void run() {
        for (int i = 0; i < program.campaigns.size(); i++) {
            offers.grants(program.campaigns.get(i).grants(), "earn.campaigns[" + i + "].grants");
        }
        rewards();
        coupons();
        packs();
        draws();
        boards();
        referral();
        issuers();
        sales();
        wallets.run();
    }

    private void rewards() {
        mistakes.atMost(Catalogue.MAX_ENTRIES, catalogue.rewards().size(), "rewards");
        final Set<String> won = catalogue.draws().stream()
                .flatMap(draw -> draw.prizes().stream())
                .filter(prize -> prize.kind() == Draw.Kind.REWARD)
                .map(Draw.Prize::rule)
                .collect(Collectors.toSet());
        final Set<String> ids = new HashSet<>();
        for (final Reward reward : catalogue.rewards()) {
            final String path = "rewards." + reward.id();
            mistakes.id(reward.id(), ids, path);
            if (!won.contains(reward.id())) {
                offers.hasPrice(reward.offer(), path);
            }
            offers.offer(reward.offer(), path);
            offers.stock(reward.offer().stock(), path);
            offers.grants(reward.grants(), path + ".grants");
            final String gift = path + ".gift";
            if (reward.wallet().isEmpty()) {
                mistakes.check(reward.giftMinor() == 0, gift + ".wallet", "missing");
            } else {
                mistakes.within(reward.giftMinor(), 1, Limits.MAX_VALUE, gift + ".amount", " minor units");
                wallets.money(reward.wallet(), gift + ".wallet");
            }
        }
    }

    private void coupons() {
        mistakes.atMost(Catalogue.MAX_ENTRIES, catalogue.coupons().size(), "coupons");
        final Set<String> ids = new HashSet<>();
        for (final Coupon coupon : catalogue.coupons()) {
            final String path = "coupons." + coupon.id();
            mistakes.id(coupon.id(), ids, path);
            mistakes.within(coupon.valueMinor(), 0, Limits.MAX_VALUE, path + ".value", " minor units");
            mistakes.within(coupon.uses(), 1, Mistakes.MAX_TIMES, path + ".uses", " uses");
            mistakes.within(coupon.validDays(), 0, CompiledProgram.MAX_DAYS, path + ".validDays", " days");
            if (coupon.lastDay() != Expiry.NEVER_DAY) {
                mistakes.within(coupon.lastDay(), 0, Coupon.MAX_LAST_DAY, path + ".lastDay", " days since 1970-01-01");
                mistakes.check(coupon.validDays() == 0, path + ".lastDay", "does not go with validDays");
            }
            mistakes.limit(coupon.limit(), path + ".limit");
            offers.when(coupon.when(), path);
        }
    }

    private void packs() {
        mistakes.atMost(Catalogue.MAX_ENTRIES, catalogue.packs().size(), "packs");
        final Set<String> ids = new HashSet<>();
        final Set<String> ofTiers = program.tiers.stream().map(Tier::paidPack).collect(Collectors.toSet());
        for (final Pack pack : catalogue.packs()) {
            final String path = "packs." + pack.id();
            mistakes.id(pack.id(), ids, path);
            offers.hasPrice(pack.offer(), path);
            offers.offer(pack.offer(), path);
            offers.stock(pack.offer().stock(), path);
            offers.grants(pack.grants(), path + ".grants");
            mistakes.check(
                    !pack.grants().isEmpty() || ofTiers.contains(pack.id()),
                    path + ".grants",
                    "missing: the pack brings neither coupons nor a tier",
                    "tiers");
            mistakes.check(
                    pack.refund() != Pack.Refund.UNUSED_SHARE || !pack.grants().isEmpty(),
                    path + ".refund",
                    "unusedShare needs grants",
                    path + ".grants");
        }
    }

    private void draws() {
        mistakes.atMost(Catalogue.MAX_ENTRIES, catalogue.draws().size(), "draws");
        final Set<String> ids = new HashSet<>();
        for (final Draw draw : catalogue.draws()) {
            final String path = "draws." + draw.id();
            mistakes.id(draw.id(), ids, path);
            offers.drawOffer(draw.offer(), path);
            mistakes.check(!draw.prizes().isEmpty(), path + ".prizes", "must not be an empty list");
            mistakes.atMost(Draw.MAX_PRIZES, draw.prizes().size(), path + ".prizes");
            for (int i = 0; i < draw.prizes().size(); i++) {
                offers.prize(draw.prizes().get(i), path + ".prizes[" + i + "]");
            }
            odds(draw.prizes(), path + ".prizes");
        }
    }

    /** Exactly: prizes whose odds are more than 1 together would leave the last ones without theirs. */
    private void odds(final List<Draw.Prize> prizes, final String path) {
        BigInteger numerator = BigInteger.ZERO;
        BigInteger denominator = BigInteger.ONE;
        for (int i = 0; i < prizes.size(); i++) {
            final Draw.Prize prize = prizes.get(i);
            if (prize.oddsNumerator() < 1 || prize.oddsDenominator() < 1) {
                return;
            }
            final BigInteger other = BigInteger.valueOf(prize.oddsDenominator());
            numerator = numerator.multiply(other).add(denominator.multiply(BigInteger.valueOf(prize.oddsNumerator())));
            denominator = denominator.multiply(other);
            if (numerator.compareTo(denominator) > 0) {
                mistakes.check(false, path + "[" + i + "].odds", "more than 1 with the odds of those before", path);
                return;
            }
        }
    }

    private void boards() {
        mistakes.atMost(Catalogue.MAX_ENTRIES, catalogue.boards().size(), "boards");
        final Set<String> ids = new HashSet<>();
        for (final Board board : catalogue.boards()) {
            final String path = "boards." + board.id();
            mistakes.id(board.id(), ids, path);
            mistakes.within(board.fromMs(), 0, Limits.MAX_VALUE, path + ".from", " ms");
            mistakes.within(board.untilMs(), 0, Limits.MAX_VALUE, path + ".until", " ms");
            mistakes.check(board.untilMs() > board.fromMs(), path + ".until", "must be after from", path + ".from");
            mistakes.within(board.top(), 1, Board.MAX_TOP, path + ".top", "");
            conditions.check(board.when(), path + ".when");
            mistakes.check(!board.when().concernsLines(), path + ".when", "cannot ask for lines");
            if (board.score() == Board.Score.REGISTRATIONS) {
                mistakes.check(
                        board.by() == Board.By.REFERRER,
                        path + ".score",
                        "registrations are those of referrers",
                        path + ".by");
                mistakes.check(
                        isKnownOfRegistrations(board.when()),
                        path + ".when",
                        "can ask for time, channel and store only: of a registration no more is known");
            }
            mistakes.check(
                    board.by() != Board.By.REFERRER || catalogue.referral() != null,
                    path + ".by",
                    "needs referral",
                    "referral");
        }
    }

    private static boolean isKnownOfRegistrations(final Condition when) {
        return when.tiers().isEmpty() && when.minOrderMinor() == 0 && !when.firstPurchase() && !when.birthdayMonth();
    }

    private void referral() {
        final Referral referral = catalogue.referral();
        if (referral != null) {
            mistakes.within(referral.points(), 1, Limits.MAX_VALUE, "referral.points", " points");
            mistakes.within(referral.minAmountMinor(), 0, Limits.MAX_VALUE, "referral.minAmount", " minor units");
            mistakes.check(
                    referral.on() == Referral.On.FIRST_PURCHASE || referral.minAmountMinor() == 0,
                    "referral.minAmount",
                    "goes with firstPurchase",
                    "referral.on");
            mistakes.limit(referral.limit(), "referral.limit");
        }
    }

    private void issuers() {
        mistakes.atMost(Catalogue.MAX_ISSUERS, catalogue.issuers().size(), "issuers");
        final Set<String> ids = new HashSet<>();
        for (final Issuer issuer : catalogue.issuers()) {
            final String path = "issuers." + issuer.id();
            mistakes.id(issuer.id(), ids, path);
            if (issuer.importPoints() != 0 || issuer.importPer() != 0) {
                mistakes.within(issuer.importPoints(), 1, MAX_RATE_POINTS, path + ".import.points", "");
                mistakes.within(issuer.importPer(), 1, MAX_RATE_POINTS, path + ".import.per", "");
            }
            mistakes.limit(issuer.importLimit(), path + ".import.limit");
            mistakes.check(
                    issuer.importPoints() != 0 || !issuer.importLimit().isLimited(),
                    path + ".import.limit",
                    "needs points and per");
            if (issuer.settlePoints() != 0 || issuer.settleMinor() != 0) {
                mistakes.within(issuer.settlePoints(), 1, MAX_RATE_POINTS, path + ".settle.points", "");
                mistakes.within(issuer.settleMinor(), 1, MAX_RATE_MINOR, path + ".settle.worth", " minor units");
            }
        }
        mistakes.atMost(Catalogue.MAX_ENTRIES, catalogue.brands().size(), "brands");
        final Set<String> brands = new HashSet<>();
        catalogue.brands().entrySet().forEach(brand -> {
            final String path = "brands." + brand.getKey();
            final String issuer = brand.getValue();
            mistakes.text(brand.getKey(), path);
            mistakes.check(brands.add(brand.getKey()), path, "given twice: " + brand.getKey());
            mistakes.check(ids.contains(issuer), path, "there is no issuer " + issuer, "issuers", "issuers." + issuer);
        });
    }

    /** Points for sale and pre-credited ones; commands name them where they name activities. */
    private void sales() {
        program.activities.forEach(activity -> wallets.filled(activity.wallet(), "activities." + activity.id()));
        final Set<String> ids = program.activities.stream().map(Activity::id).collect(Collectors.toSet());
        for (final Issuer issuer : catalogue.issuers()) {
            if (issuer.importPoints() != 0) {
                mistakes.check(ids.add(issuer.id()), "issuers." + issuer.id(), "is an activity already");
            }
        }
        mistakes.atMost(Catalogue.MAX_ENTRIES, catalogue.sales().size(), "pointSales");
        for (final PointSale sale : catalogue.sales()) {
            final String path = "pointSales." + sale.id();
            mistakes.check(Mistakes.isId(sale.id()), path, Mistakes.ID_IS);
            mistakes.check(ids.add(sale.id()), path, "is an activity, an issuer or for sale already");
            mistakes.within(sale.points(), 1, Limits.MAX_VALUE, path + ".points", " points");
            mistakes.within(sale.cashMinor(), 1, Limits.MAX_VALUE, path + ".price.cash", " minor units");
            mistakes.limit(sale.limit(), path + ".limit");
            wallets.filled(sale.wallet(), path);
        }
        mistakes.atMost(Catalogue.MAX_ENTRIES, catalogue.precredits().size(), "precredit");
        for (final Precredit precredit : catalogue.precredits()) {
            final String path = "precredit." + precredit.id();
            mistakes.check(Mistakes.isId(precredit.id()), path, Mistakes.ID_IS);
            mistakes.check(
                    ids.add(precredit.id()), path, "is an activity, an issuer, for sale or pre-credited already");
            mistakes.within(precredit.points(), 1, Limits.MAX_VALUE, path + ".points", " points");
            wallets.filled(precredit.wallet(), path);
        }
    }
}
