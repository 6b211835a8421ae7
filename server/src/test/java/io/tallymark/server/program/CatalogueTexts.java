package io.tallymark.server.program;

import static io.tallymark.server.program.ProgramTexts.seen;
import static io.tallymark.server.program.ProgramTexts.unseen;

import io.tallymark.server.program.ProgramTexts.Wrong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Program files with one mistake in what is not earning, burning and tiers. */
final class CatalogueTexts {
    private CatalogueTexts() {}

    /** Rewards, coupons, packs and draws. */
    static Stream<Wrong> offers() {
        return Stream.of(
                seen(
                        "{points: 20000, cash: \"9.00\"}",
                        "{}",
                        "rewards.stove.price: must name at least one of points, cash"),
                unseen(
                        "{points: 20000, cash: \"9.00\"}",
                        "{points: 0}",
                        "rewards.stove.price: must be points or cash or both"),
                unseen(
                        "{points: 20000, cash: \"9.00\"}",
                        "{cash: 9.00}",
                        "rewards.stove.price.cash: a decimal is quoted: \"9.00\""),
                unseen("    price: {points: 20000, cash: \"9.00\"}\n", "", "rewards.stove.price: missing"),
                seen("stock: 100\n", "stock: -1\n", "rewards.stove.stock: must be from 0 to 1000000000, not -1"),
                unseen("fromTier: silver", "fromTier: iron", "rewards.stove.fromTier: there is no tier iron"),
                unseen("{silver: {cash", "{iron: {cash", "rewards.tea.priceByTier.iron: there is no tier iron"),
                seen(
                        "channel: app, birthdayMonth: true",
                        "firstPurchase: true",
                        "rewards.stove.when.firstPurchase: unknown key"),
                seen("{coupon: lunch}]\n    gift", "{uses: 1}]\n    gift", "rewards.stove.grants[0].coupon: missing"),
                unseen(
                        "{coupon: lunch}]\n    gift",
                        "{coupon: diner}]\n    gift",
                        "rewards.stove.grants[0].coupon: there is no coupon diner"),
                unseen(
                        "wallet: balance",
                        "wallet: points",
                        "rewards.stove.gift.wallet: there is no wallet of stored value points"),
                seen("amount: \"10.00\"", "amount: 10", "rewards.stove.gift.amount: a decimal is quoted: \"10\""),
                seen("{kind: service}", "{kind: thing}", "rewards.tv.kind: must be goods or service, not thing"),
                seen(
                        "{lastDay: \"2026-12-31\"}",
                        "{lastDay: \"2026-12-31\", validDays: 1}",
                        "coupons.lunch.lastDay: does not go with validDays"),
                unseen(
                        "\"2026-12-31\"",
                        "\"2026-12-32\"",
                        "coupons.lunch.lastDay: there is no such date: \"2026-12-32\""),
                unseen("\"2026-12-31\"", "2026-12-31", "coupons.lunch.lastDay: a date is quoted: \"2026-12-31\""),
                seen(
                        "validDays: 365",
                        "validDays: 0",
                        "packs.card.grants[0].validDays: must be from 1 to 36600, not 0"),
                unseen(
                        "    grants: [{coupon: lunch, uses: 4, validDays: 365}]\n",
                        "",
                        "packs.card.refund: unusedShare needs grants"),
                seen(
                        "refund: unusedShare",
                        "refund: half",
                        "packs.card.refund: must be none or whole or unusedShare, not half"),
                seen(
                        "price: {points: 50}",
                        "price: {points: 50, cash: \"1.00\"}",
                        "draws.wheel.price.cash: unknown key"),
                seen(
                        "odds: \"1/10\"",
                        "odds: \"0.1\"",
                        "draws.wheel.prizes[2].odds: must be odds such as \"1/10000\", not \"0.1\""),
                unseen(
                        "odds: \"1/10\"",
                        "odds: \"3/2\"",
                        "draws.wheel.prizes[2].odds: must be at most 1, of numbers up to 10^12"),
                unseen(
                        "odds: \"1/10\"",
                        "odds: \"9900/10000\"",
                        "draws.wheel.prizes[2].odds: more than 1 with the odds of those before"),
                seen(
                        "{points: 77,",
                        "{points: 77, coupon: e50,",
                        "draws.wheel.prizes[2]: must have exactly one of points, coupon, reward"),
                unseen(
                        "reward: tv,",
                        "reward: stereo,",
                        "rewards.tv.price: missing",
                        "draws.wheel.prizes[0].reward: there is no reward stereo"));
    }

    /** Community, issuers and wallets. */
    static Stream<Wrong> others() {
        return Stream.of(
                seen("on: firstPurchase", "on: visit", "referral.on: must be registration or firstPurchase, not visit"),
                unseen("on: firstPurchase", "on: registration", "referral.minAmount: goes with firstPurchase"),
                unseen("by: referrer", "by: member", "boards.friends.score: registrations are those of referrers"),
                unseen("\"2026-07-01\"", "\"2026-06-01\"", "boards.friends.until: must be after from"),
                unseen(
                        "\"2026-07-01\"",
                        "\"2026-07-01\", when: {orderAmount: \"1.00\"}",
                        "boards.friends.when: can ask for time, channel and store only: of a registration no more is "
                                + "known"),
                seen("when: {orderAmount: \"1.00\"}", "when: {sku: a}", "boards.shops.when.sku: unknown key"),
                seen("top: 25", "top: 1001", "boards.shops.top: must be from 1 to 1000, not 1001"),
                seen(
                        "per: 20",
                        "per: \"0.20\"",
                        "issuers.bank-a.import.per: must be a whole number without quotes, not \"0.20\""),
                unseen("Co: sister", "Co: brother", "brands.Sister & Co: there is no issuer brother"),
                seen("sister: {}", "sister: {name: Sister}", "issuers.sister.name: unknown key"),
                unseen("p1000:", "sign-in:", "pointSales.sign-in: is an activity, an issuer or for sale already"),
                unseen(
                        "batch-09:",
                        "bank-a:",
                        "precredit.bank-a: is an activity, an issuer, for sale or pre-credited already"),
                seen(
                        "{at: firstPurchase}",
                        "{at: once}",
                        "precredit.batch-09.activation.at: must be firstPurchase, not once"),
                unseen(
                        "from: \"900.00\"",
                        "from: \"500.00\"",
                        "wallets.balance.topUps[1].from: must be above that of the entry before"),
                seen(
                        "  balance: {kind: money,",
                        "  Balance: {kind: money,",
                        "wallets.Balance: must be 1 to 32 lower-case letters, digits and hyphens, not \"Balance\"",
                        "rewards.stove.gift.wallet: there is no wallet of stored value balance"));
    }

    /** Further wallets of points, and rules that name them. */
    static Stream<Wrong> walletsOfPoints() {
        return Stream.of(
                // What names the wallet is not blamed for what the wallet got wrong.
                seen(
                        "stars: {kind: points,",
                        "stars: {kind: point,",
                        "wallets.stars.kind: must be points or money, not point (did you mean 'points'?)"),
                seen("stars: {kind: points,", "stars: {", "wallets.stars.kind: missing: points or money"),
                seen(
                        "{kind: points, expiry: {months: 6, roundTo: monthEnd}, redeemable: true}",
                        "coffee",
                        "wallets.stars: must be a mapping whose kind is points or money, not coffee"),
                seen("redeemable: true", "redeemable: 1", "wallets.stars.redeemable: must be true or false, not 1"),
                unseen(
                        "redeemable: true",
                        "redeemable: false",
                        "rewards.tea.wallet: the points of stars cannot be spent: it is not redeemable",
                        "packs.card.wallet: the points of stars cannot be spent: it is not redeemable",
                        "draws.wheel.wallet: the points of stars cannot be spent: it is not redeemable"),
                unseen(
                        "stars: {kind: points, expiry: {months: 6, roundTo: monthEnd}, redeemable: true}",
                        "stars: {kind: money}",
                        "rewards.tea.wallet: there is no wallet of points stars",
                        "packs.card.wallet: there is no wallet of points stars",
                        "draws.wheel.wallet: there is no wallet of points stars",
                        "pointSales.p1000.wallet: there is no wallet of points stars"),
                seen(
                        "balance: {kind: money,",
                        "balance: {kind: points,",
                        "wallets.balance.topUps: unknown key",
                        "rewards.stove.gift.wallet: there is no wallet of stored value balance"),
                unseen(
                        "redeemable: true",
                        "redeemable: true, qualifying: true",
                        "wallets.stars.qualifying: is true of another wallet already"),
                unseen(
                        "{months: 6, roundTo",
                        "{inactivityMonths: 6, roundTo",
                        "wallets.stars.expiry: cannot be by inactivity: that is for points only"),
                seen(
                        "earn: {points: 2,",
                        "earn: {points: 0,",
                        "wallets.growth.earn.points: must be from 1 to 1000000000, not 0"),
                seen("per: \"4.00\", ", "", "wallets.growth.earn.per: missing"),
                unseen(
                        "category: toys}",
                        "category: toys, tier: iron}",
                        "wallets.growth.earn.when.tier: there is no tier iron"),
                seen("policy: debt, limit: 900", "policy: debt", "wallets.growth.refund.limit: missing"),
                unseen(
                        "points: 40, wallet: growth",
                        "points: 40, wallet: grow",
                        "activities.survey.wallet: there is no wallet of points grow"),
                unseen(
                        "firstPurchase}, wallet: growth",
                        "firstPurchase}, wallet: balance",
                        "precredit.batch-09.wallet: there is no wallet of points balance"),
                unseen(
                        "  balance: {kind: money,",
                        Stream.of("a", "b", "c", "d", "e", "f")
                                        .map(id -> "  " + id + ": {kind: points}\n")
                                        .collect(Collectors.joining())
                                + "  balance: {kind: money,",
                        "wallets: must be at most 7 of kind points beside points"));
    }
}
