package io.tallymark.ledger.program;

/** Reads what {@link CatalogueEncoder} writes; like {@link ProgramDecoder} it refuses only what cannot be held. */
final class CatalogueDecoder {
    private final ProgramDecoder in;

    CatalogueDecoder(final ProgramDecoder in) {
        this.in = in;
    }

    Catalogue catalogue() {
        final Catalogue.Builder b = Catalogue.builder();
        in.list("rewards", this::reward).forEach(b::add);
        in.list("coupons", this::coupon).forEach(b::add);
        in.list("packs", this::pack).forEach(b::add);
        in.list("draws", () -> new Draw(in.text(), offer("draws"), in.list("draws", this::prize)))
                .forEach(b::add);
        in.list("boards", this::board).forEach(b::add);
        if (in.flag()) {
            b.referral(new Referral(
                    in.choice("referral", Referral.On.values()), in.number(), in.number(), in.limit("referral")));
        }
        in.list("issuers", this::issuer).forEach(b::add);
        final long brands = in.count("brands");
        for (long i = 0; i < brands; i++) {
            b.brand(in.text(), in.text());
        }
        in.list(
                        "pointSales",
                        () -> new PointSale(in.text(), in.number(), in.number(), in.limit("pointSales"), in.text()))
                .forEach(b::add);
        in.list("precredit", () -> new Precredit(in.text(), in.number(), in.text()))
                .forEach(b::add);
        in.list(
                        "wallets",
                        () -> new MoneyWallet(
                                in.text(), in.list("wallets", () -> new MoneyWallet.TopUp(in.number(), in.number()))))
                .forEach(b::add);
        in.list("wallets", this::pointsWallet).forEach(b::add);
        return b.build();
    }

    private PointsWallet pointsWallet() {
        final String id = in.text();
        final String path = "wallets." + id;
        final long ratePoints = in.number();
        final boolean earns = ratePoints != 0;
        return new PointsWallet(
                id,
                ratePoints,
                earns ? in.number() : 1,
                earns ? in.condition(path + ".earn.when") : Condition.ALWAYS,
                earns && in.flag(),
                in.expiry(path),
                in.activation(path),
                in.refund(path),
                in.flag(),
                in.flag());
    }

    private Reward reward() {
        final String path = "rewards";
        return new Reward(in.text(), offer(path), in.list(path, () -> in.grant(path)), in.text(), in.number());
    }

    private Coupon coupon() {
        final String path = "coupons";
        final String id = in.text();
        final long valueMinor = in.number();
        final int uses = in.whole(path);
        final int validDays = in.whole(path);
        final int lastDay = in.whole(path);
        return new Coupon(
                id,
                valueMinor,
                uses,
                validDays,
                lastDay == 0 ? Expiry.NEVER_DAY : lastDay - 1,
                in.limit(path),
                in.condition(path));
    }

    private Pack pack() {
        final String path = "packs";
        return new Pack(
                in.text(), offer(path), in.list(path, () -> in.grant(path)), in.choice(path, Pack.Refund.values()));
    }

    private Draw.Prize prize() {
        return new Draw.Prize(
                in.choice("draws", Draw.Kind.values()),
                in.text(),
                in.number(),
                in.number(),
                in.number(),
                in.optional());
    }

    private Board board() {
        final String path = "boards";
        return new Board(
                in.text(),
                in.choice(path, Board.By.values()),
                in.choice(path, Board.Score.values()),
                in.number(),
                in.number(),
                in.condition(path),
                in.whole(path));
    }

    private Issuer issuer() {
        return new Issuer(in.text(), in.number(), in.number(), in.limit("issuers"), in.number(), in.number());
    }

    private Offer offer(final String path) {
        final Price price = in.flag() ? price() : null;
        return new Offer(
                price,
                in.list(path, () -> new Offer.TierPrice(in.text(), price())),
                in.limit(path),
                in.text(),
                in.condition(path),
                in.optional(),
                in.text());
    }

    private Price price() {
        return new Price(in.number(), in.number());
    }
}
