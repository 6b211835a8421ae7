package io.tallymark.server.program;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Limits;
import java.util.Map;

/** {@code rewards}: what points are redeemed for. */
final class RewardSection {
    private static final Key<String> KIND =
            Key.optional("kind", Values.word("goods", "service"), "goods", "For people; not compiled.");
    private static final Key<String> WALLET =
            Key.required("wallet", Values.id(), "The wallet of stored value that it goes into.");
    private static final Key<Long> AMOUNT = Key.required("amount", Values.money(1, Limits.MAX_VALUE), "How much.");
    private static final Key<Fields> GIFT = Key.optional(
            "gift",
            new Section("gift", "Stored value that a reward brings, never paid out.", WALLET, AMOUNT),
            "none",
            "Stored value that it brings.");
    private static final Section REWARD = new Section(
            "reward",
            "Something that points are redeemed for. Without a price it is only won in draws.",
            KIND,
            OfferSection.PRICE,
            OfferSection.PRICE_BY_TIER,
            WalletSection.SPENT,
            OfferSection.STOCK,
            LimitSection.KEY,
            OfferSection.FROM_TIER,
            OfferSection.WHEN,
            CouponSection.GRANTS,
            GIFT);

    /** By id. */
    static final ValueType<Map<String, Fields>> TYPE = Shapes.mapOf(Catalogue.MAX_ENTRIES, REWARD);

    private RewardSection() {}

    static void compile(final Map<String, Fields> rewards, final int offsetMinutes, final Catalogue.Builder catalogue) {
        rewards.forEach((id, reward) -> {
            final Fields gift = reward.get(GIFT);
            final String wallet = gift == null ? "" : gift.get(WALLET, "");
            catalogue.add(new Reward(
                    id,
                    OfferSection.compile(reward, offsetMinutes),
                    CouponSection.grants(reward),
                    wallet,
                    wallet.isEmpty() ? 0 : gift.get(AMOUNT, 1L)));
        });
    }
}
