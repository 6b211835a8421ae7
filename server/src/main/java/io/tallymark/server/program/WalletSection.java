package io.tallymark.server.program;

import static io.tallymark.ledger.program.CompiledProgram.MAX_RATE_MINOR;
import static io.tallymark.ledger.program.CompiledProgram.MAX_RATE_POINTS;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.PointsWallet;
import io.tallymark.protocol.Limits;
import java.util.List;

/** {@code wallets}: the wallet of points, further ones beside it, and wallets of stored value. */
final class WalletSection {
    private static final int MAX_TOP_UPS = 64;
    private static final String POINTS_KIND = "points";
    private static final String MONEY_KIND = "money";
    private static final String HOLDS = "What the wallet holds.";
    private static final Key<String> POINTS_WORD = Key.optional("kind", Values.word(POINTS_KIND), POINTS_KIND, HOLDS);
    private static final Key<Fields> POINTS = Key.optional(
            "points",
            new Section(
                    "wallet",
                    "The wallet of points that every program has.",
                    POINTS_WORD,
                    WalletLife.EXPIRY,
                    WalletLife.ACTIVATION,
                    WalletLife.REFUND),
            "all its defaults",
            "The wallet that orders earn on.");

    private static final Key<String> KIND = Key.required("kind", Values.word(POINTS_KIND), HOLDS);
    private static final Key<Long> EARN_POINTS =
            Key.required("points", Values.whole(1, MAX_RATE_POINTS), "So many points …");
    private static final Key<Long> EARN_PER = Key.required(
            "per",
            Values.money(1, MAX_RATE_MINOR),
            "… for this amount of the lines that when matches; rounded down once an order.");
    private static final Key<Fields> EARN_WHEN =
            Key.optional("when", ConditionSection.SECTION, "always", "Which orders and lines earn there.");
    private static final Key<Boolean> TIER_MULTIPLIER = Key.optional(
            "tierMultiplier",
            Values.truth(),
            "false",
            "Whether the multiplier of the member's tier applies there too.");
    private static final Key<Fields> EARN = Key.optional(
            "earn",
            new Section(
                    "walletEarn",
                    "What orders earn in a further wallet; campaigns and caps do not concern it.",
                    EARN_POINTS,
                    EARN_PER,
                    EARN_WHEN,
                    TIER_MULTIPLIER),
            "orders earn nothing there",
            "What orders earn there.");
    private static final Key<Boolean> REDEEMABLE = Key.optional(
            "redeemable",
            Values.truth(),
            "false",
            "Whether its points can be spent, by number or for what costs them.");
    private static final Key<Boolean> QUALIFYING = Key.optional(
            "qualifying",
            Values.truth(),
            "false",
            "Whether tiers by points count these points in place of those of points; of one wallet at most.");
    private static final Section POINTS_WALLET = new Section(
            "pointsWallet",
            "A further wallet of points, such as growth value or stars; once listed it stays listed for ever.",
            KIND,
            EARN,
            WalletLife.EXPIRY,
            WalletLife.ACTIVATION,
            WalletLife.REFUND,
            REDEEMABLE,
            QUALIFYING);

    private static final Key<String> MONEY = Key.required("kind", Values.word(MONEY_KIND), HOLDS);
    private static final Key<Long> TOP_UP_FROM = Key.required(
            "from", Values.money(1, Limits.MAX_VALUE), "Whoever pays in this or more, up to the next entry, …");
    private static final Key<Long> TOP_UP_GIFT =
            Key.required("gift", Values.money(1, Limits.MAX_VALUE), "… is given this beside it.");
    private static final Key<List<Fields>> TOP_UPS = Key.optional(
            "topUps",
            Shapes.listOf(0, MAX_TOP_UPS, new Section("topUp", "A gift for paying in.", TOP_UP_FROM, TOP_UP_GIFT)),
            "no gifts",
            "Gifts for paying in, by rising amounts.");
    private static final Section MONEY_WALLET =
            new Section("moneyWallet", "A wallet of stored value: what is paid in, and gifts.", MONEY, TOP_UPS);

    private static final Key<Fields> OTHER_WALLET = Key.optional(
            "*any other id*",
            new SectionByWord("kind", List.of(POINTS_KIND, MONEY_KIND), List.of(POINTS_WALLET, MONEY_WALLET)),
            "none",
            "Further wallets of points, at most " + Catalogue.MAX_POINTS_WALLETS
                    + ", and wallets of stored value, at most " + Catalogue.MAX_WALLETS + ".");

    static final Section SECTION = new Section("wallets", "What members hold.", POINTS).others(OTHER_WALLET);

    /** Of a rule that gives points. */
    static final Key<String> FILLED =
            Key.optional("wallet", Values.id(), POINTS_KIND, "The wallet of points that they go into.");

    /** Of something that costs points. */
    static final Key<String> SPENT = Key.optional(
            "wallet",
            Values.id(),
            POINTS_KIND,
            "The wallet of points that its prices are taken from; it is redeemable.");

    private WalletSection() {}

    /** The wallet that a rule names, as compiled programs name it. */
    static String named(final Fields rule, final Key<String> key) {
        final String wallet = rule.get(key, POINTS_KIND);
        return wallet.equals(POINTS_KIND) ? "" : wallet;
    }

    /** @param wallets null: all defaults */
    static void compile(final Fields wallets, final CompiledProgram.Builder builder) {
        final Fields points = wallets == null ? null : wallets.get(POINTS);
        builder.expiry(WalletLife.expiry(points))
                .activation(WalletLife.activation(points))
                .refund(WalletLife.refund(points));
    }

    /** @param wallets null: none */
    static void compileOthers(final Fields wallets, final int offsetMinutes, final Catalogue.Builder catalogue) {
        if (wallets != null) {
            wallets.others().forEach((id, wallet) -> {
                if (wallet.writes(MONEY.name(), MONEY_KIND)) {
                    catalogue.add(new MoneyWallet(
                            id,
                            wallet.get(TOP_UPS, List.of()).stream()
                                    .map(WalletSection::topUp)
                                    .toList()));
                } else {
                    catalogue.add(pointsWallet(id, wallet, offsetMinutes));
                }
            });
        }
    }

    private static PointsWallet pointsWallet(final String id, final Fields wallet, final int offsetMinutes) {
        final Fields earn = wallet.get(EARN);
        return new PointsWallet(
                id,
                earn == null ? 0 : earn.get(EARN_POINTS, 1L),
                earn == null ? 1 : earn.get(EARN_PER, 1L),
                ConditionSection.compile(earn == null ? null : earn.get(EARN_WHEN), offsetMinutes),
                earn != null && earn.get(TIER_MULTIPLIER, false),
                WalletLife.expiry(wallet),
                WalletLife.activation(wallet),
                WalletLife.refund(wallet),
                wallet.get(REDEEMABLE, false),
                wallet.get(QUALIFYING, false));
    }

    /** @param topUp null: it was none, and has been noted; those behind it keep their places */
    private static MoneyWallet.TopUp topUp(final Fields topUp) {
        return topUp == null
                ? new MoneyWallet.TopUp(1, 1)
                : new MoneyWallet.TopUp(topUp.get(TOP_UP_FROM, 1L), topUp.get(TOP_UP_GIFT, 1L));
    }
}
