package io.tallymark.server.program;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Program files, sound ones and one for each kind of mistake. */
final class ProgramTexts {
    /** The shortest program. */
    static final String SHORT = """
            program: corner-shop
            earn:
              base: {points: 1, per: "1.00"}
            """;

    /** Every key once. */
    static final String FULL = """
            program: full
            currency: EUR
            utcOffset: "+01:00"
            unknownMember: refuse
            lateWindow: 12h
            retention: {keyDays: 30, orderDays: 400}
            wallets:
              points:
                kind: points
                expiry: {inactivityMonths: 24, roundTo: monthEnd}
                activation: {at: fulfilment, afterDays: 15}
                refund: {policy: withinBalance, limit: 7, unreferenced: true}
              growth:
                kind: points
                earn: {points: 2, per: "4.00", when: {channel: app, category: toys}, tierMultiplier: true}
                activation: {afterDays: 3}
                refund: {policy: debt, limit: 900}
                qualifying: true
              stars: {kind: points, expiry: {months: 6, roundTo: monthEnd}, redeemable: true}
              balance: {kind: money, topUps: [{from: "500.00", gift: "50.00"}, {from: "900.00", gift: "150.00"}]}
            earn:
              base: {points: 3, per: "2.00", when: {channel: [app, shop], fullPrice: true}}
              rates:
                - {when: {brand: gold}, points: 2, per: "1.00"}
                - {when: {category: [toys], sku: ["4711"]}, points: 5, per: "10.00"}
              campaigns:
                - id: double
                  priority: 10
                  mode: multiply
                  multiplier: "2.5"
                  exclusive: best
                  when: {from: "2026-03-01", until: "2026-04-01T12:00", hours: 22:00-02:00, weekdays: [sat, sun]}
                  caps: {order: 100, member: 500, memberDay: 200}
                  budget: 1000000
                - id: welcome
                  bonus: {points: 50, perUnit: true}
                  grants: [{coupon: e50, uses: 2, validDays: 10}]
                  when: {firstPurchase: true, orderAmount: "20.00"}
                - {id: voucher, grants: [{coupon: lunch}], when: {channel: shop}}
                - {id: birthday, multiplier: "2", when: {birthdayMonth: true, tier: [gold], store: s1, monthDays: 8}}
              caps: {order: {points: 5000, appliesTo: all}, day: {points: 9000}}
            activities:
              sign-in: {points: 5, limit: {per: week, times: 2}}
              survey: {points: 40, wallet: growth}
            tiers:
              - {id: basic, when: {spend: "0.00"}}
              - id: silver
                when: {any: [{spend: "500.00"}, {visits: 10}]}
                window: calendarYear
                keepPeriods: 1
                retention: {months: 6}
                graceDays: 30
                multiplier: "1.25"
                upgradeBonus: 100
                benefits: [{id: price, discount: "0.05"}, {id: shipping, limit: {per: month, times: 1}}]
              - id: gold
                ways:
                  earned: {when: {all: [{visits: 4}, {points: 1000}]}, window: {rollingMonths: 12}, benefits: [{id: lounge}]}
                  paid: {lasts: {months: 12}, pack: card, benefits: [{id: desk, limit: {per: year, times: 2}}]}
                  invited: {lasts: forever, benefits: [{id: guest}]}
            retiredTiers: {bronze: basic}
            burn:
              rate: {points: 100, worth: "1.00"}
              pointsPlusCash: {minPoints: 50}
              campaigns: [{id: thursday, multiplier: "2", when: {weekdays: thu}}]
              reversalGraceDays: 7
            transfer: {dailyLimit: 1000}
            claims: {withinDays: 90}
            rewards:
              stove:
                kind: goods
                price: {points: 20000, cash: "9.00"}
                stock: 100
                limit: {per: year}
                fromTier: silver
                when: {from: "2026-05-01", channel: app, birthdayMonth: true}
                grants: [{coupon: lunch}]
                gift: {wallet: balance, amount: "10.00"}
              tea: {priceByTier: {silver: {cash: "39.00"}, gold: {points: 5}}, wallet: stars, when: {monthDays: [8, 18]}}
              tv: {kind: service}
            coupons:
              e50: {value: "50.00", uses: 3, validDays: 30, limit: {per: lifetime, times: 2}, when: {store: s1}}
              lunch: {lastDay: "2026-12-31"}
            packs:
              card:
                price: {cash: "299.00"}
                wallet: stars
                stock: 5000
                limit: {per: lifetime}
                fromTier: basic
                grants: [{coupon: lunch, uses: 4, validDays: 365}]
                refund: unusedShare
            draws:
              wheel:
                price: {points: 50}
                priceByTier: {gold: {points: 0}}
                wallet: stars
                limit: {per: day, times: 3}
                fromTier: basic
                when: {weekdays: fri}
                prizes:
                  - {reward: tv, odds: "1/10000", stock: 10}
                  - {coupon: e50, odds: "2/200"}
                  - {points: 77, odds: "1/10"}
            referral: {on: firstPurchase, points: 200, minAmount: "30.00", limit: {per: month, times: 10}}
            boards:
              shops: {by: store, score: spend, from: "2026-06-01", until: "2026-06-19", when: {orderAmount: "1.00"}, top: 25}
              friends: {by: referrer, score: registrations, from: "2026-06-02T10:00", until: "2026-07-01"}
            issuers:
              bank-a: {import: {points: 1, per: 20, limit: {per: month}}, settle: {points: 100, worth: "0.80"}}
              sister: {}
            brands: {Sister & Co: sister}
            pointSales:
              p1000: {price: {cash: "11.00"}, points: 1000, limit: {per: year, times: 5}, wallet: stars}
            precredit:
              batch-09: {points: 200, activation: {at: firstPurchase}, wallet: growth}
            """;

    /**
     * FULL with one mistake.
     *
     * @param from       what was changed
     * @param to         into what
     * @param expected   the whole list of mistakes, without their places
     * @param schemaSees whether a schema can see it
     */
    record Wrong(String from, String to, String expected, boolean schemaSees) {
        String text() {
            if (!FULL.contains(from)) {
                throw new IllegalArgumentException("the test changes nothing: " + from);
            }
            return FULL.replace(from, to);
        }

        @Override
        public String toString() {
            return from + " -> " + to;
        }
    }

    private ProgramTexts() {}

    static Wrong seen(final String from, final String to, final String... expected) {
        return new Wrong(from, to, List.of(expected).stream().collect(Collectors.joining("\n")), true);
    }

    static Wrong unseen(final String from, final String to, final String... expected) {
        return new Wrong(from, to, List.of(expected).stream().collect(Collectors.joining("\n")), false);
    }

    /** One for each kind of mistake. */
    static Stream<Wrong> wrong() {
        return Stream.of(
                        head(),
                        earn(),
                        conditions(),
                        tiers(),
                        rest(),
                        CatalogueTexts.offers(),
                        CatalogueTexts.others(),
                        CatalogueTexts.walletsOfPoints())
                .flatMap(s -> s);
    }

    private static Stream<Wrong> head() {
        return Stream.of(
                seen("program: full\n", "", "program: missing"),
                seen(
                        "wallets:\n",
                        "wallets:\n  stamps: {kind: stamp}\n",
                        "wallets.stamps.kind: must be points or money, not stamp"),
                seen(
                        "points:\n    kind: points",
                        "points:\n    kind: money",
                        "wallets.points.kind: must be points, not money"),
                unseen("orderDays: 400", "orderDays: 29", "retention.orderDays: must be at least those of keyDays"),
                seen(
                        "orderDays: 400",
                        "orderDays: always",
                        "retention.orderDays: must be forever or a whole number, not always"),
                unseen("12h", "30d", "retention.keyDays: must be longer than lateWindow"),
                unseen("12h", "unlimited", "retention.keyDays: must be forever while lateWindow is unlimited"),
                seen("12h", "12", "lateWindow: must be unlimited, or days or hours such as 30d or 12h, not 12"),
                seen(
                        "{inactivityMonths: 24, roundTo: monthEnd}",
                        "{inactivityMonths: 24}",
                        "wallets.points.expiry.roundTo: missing"),
                seen(
                        "{inactivityMonths: 24,",
                        "{inactivityMonths: 24, months: 3,",
                        "wallets.points.expiry: must have exactly one of fixed, months, inactivityMonths"),
                seen(
                        "at: fulfilment",
                        "at: delivery",
                        "wallets.points.activation.at: must be earning or fulfilment, not delivery"),
                seen(
                        "afterDays: 15",
                        "afterDays: 3661",
                        "wallets.points.activation.afterDays: must be from 0 to 3660, not 3661"),
                seen("policy: withinBalance, limit: 7", "policy: debt", "wallets.points.refund.limit: missing"),
                seen(
                        "unreferenced: true",
                        "unreferenced: \"true\"",
                        "wallets.points.refund.unreferenced: must be true or false, not \"true\""));
    }

    private static Stream<Wrong> earn() {
        return Stream.of(
                seen("points: 3, per: \"2.00\", ", "points: 3, ", "earn.base.per: missing"),
                seen("{when: {brand: gold}, points: 2", "{points: 2", "earn.rates[0].when: missing"),
                seen(
                        "{when: {brand: gold}",
                        "{when: {}",
                        "earn.rates[0].when: must name at least one of from, until, "
                                + "hours, weekdays, monthDays, channel, store, tier, firstPurchase, birthdayMonth, "
                                + "orderAmount, sku, category, brand, fullPrice"),
                unseen(
                        "points: 2, per: \"1.00\"",
                        "points: 1, per: \"99999999.01\"",
                        "earn.rates[0].per: has no common denominator up to 10^12 with the rates before it"),
                seen(
                        "id: double",
                        "id: Double",
                        "earn.campaigns[0].id: must be 1 to 32 lower-case letters, digits and hyphens, not Double"),
                unseen("id: double", "id: birthday", "earn.campaigns[3].id: given twice: birthday"),
                seen("priority: 10", "priority: -1", "earn.campaigns[0].priority: must be from 0 to 1000000, not -1"),
                seen(
                        "mode: multiply",
                        "mode: multiplying",
                        "earn.campaigns[0].mode: must be add or multiply, not multiplying (did you mean 'multiply'?)"),
                unseen(
                        "multiplier: \"2.5\"",
                        "multiplier: \"1\"",
                        "earn.campaigns[0].multiplier: must be from 1.000001 to 1000.000000, not 1"),
                seen("multiplier: \"2.5\"", "bonus: {points: 5}", "earn.campaigns[0].multiplier: missing"),
                seen(
                        "multiplier: \"2.5\"\n",
                        "multiplier: \"2.5\"\n      bonus: {points: 5}\n",
                        "earn.campaigns[0].multiplier: does not go with bonus"),
                unseen(
                        "grants: [{coupon: e50,",
                        "grants: [{coupon: e51,",
                        "earn.campaigns[1].grants[0].coupon: there is no coupon e51"),
                seen(
                        "{id: voucher, grants: [{coupon: lunch}], ",
                        "{id: voucher, ",
                        "earn.campaigns[2]: must have at least one of multiplier, bonus, grants"),
                seen("memberDay: 200", "day: 200", "earn.campaigns[0].caps.day: unknown key"),
                seen(
                        "budget: 1000000",
                        "budget: 0",
                        "earn.campaigns[0].budget: must be from 1 to 1000000000000000, not 0"),
                seen("appliesTo: all", "appliesTo: base", "earn.caps.order.appliesTo: must be bonus or all, not base"),
                seen(
                        "day: {points: 9000}",
                        "day: 9000",
                        "earn.caps.day: must be a mapping of points, appliesTo, not 9000"));
    }

    private static Stream<Wrong> conditions() {
        final String campaign = "earn.campaigns[0].when.";
        return Stream.of(
                unseen("\"2026-03-01\"", "2026-03-01", campaign + "from: a date is quoted: \"2026-03-01\""),
                unseen(
                        "\"2026-03-01\"",
                        "\"2026-02-30\"",
                        campaign + "from: there is no such date or time: \"2026-02-30\""),
                seen(
                        "\"2026-03-01\"",
                        "\"1 March\"",
                        campaign
                                + "from: must be a quoted date or time such as \"2026-09-25\", \"2026-09-25T10:00\" or "
                                + "\"2026-09-25T10:00:00+08:00\", not \"1 March\""),
                unseen("\"2026-03-01\"", "\"2026-05-01\"", campaign + "until: must be after from"),
                unseen("22:00-02:00", "22:00-22:00", campaign + "hours: must be two different times"),
                seen("22:00-02:00", "22-24", campaign + "hours: must be hours such as \"10:00-14:00\", not 22-24"),
                seen(
                        "[sat, sun]",
                        "[sat, day]",
                        campaign
                                + "weekdays[1]: must be mon or tue or wed or thu or fri or sat or sun, not day (did you mean 'sat'?)"),
                seen("[sat, sun]", "[sat, sat]", campaign + "weekdays[1]: stands in the list twice"),
                seen("[sat, sun]", "[]", campaign + "weekdays: must not be an empty list"),
                seen(
                        "monthDays: 8",
                        "monthDays: [8, 32]",
                        "earn.campaigns[3].when.monthDays[1]: must be from 1 to 31, not 32"),
                unseen("tier: [gold]", "tier: [platinum]", "earn.campaigns[3].when.tier: there is no tier platinum"),
                seen(
                        "sku: [\"4711\"]",
                        "sku: [4711]",
                        "earn.rates[1].when.sku[0]: must be text of 1 to 64 bytes (digits alone are quoted), not 4711"),
                seen("\"20.00\"", "20.00", "earn.campaigns[1].when.orderAmount: a decimal is quoted: \"20.00\""),
                seen(
                        "firstPurchase: true",
                        "firstPurchase: 1",
                        "earn.campaigns[1].when.firstPurchase: must be true or false, not 1"));
    }

    private static Stream<Wrong> tiers() {
        return Stream.of(
                unseen(
                        "id: silver",
                        "id: basic",
                        "tiers[1].id: given twice: basic",
                        "rewards.stove.fromTier: there is no tier silver",
                        "rewards.tea.priceByTier.silver: there is no tier silver"),
                seen(
                        "{id: basic, when: {spend: \"0.00\"}}",
                        "basic",
                        "tiers[0]: must be a mapping of id, when, window, keepPeriods, retention, graceDays, ways, "
                                + "multiplier, upgradeBonus, benefits, not basic"),
                seen("when: {spend: \"0.00\"}", "multiplier: \"2\"", "tiers[0]: must have exactly one of when, ways"),
                seen(
                        "{any: [{spend: \"500.00\"}, {visits: 10}]}",
                        "{any: [{spend: \"500.00\", visits: 10}]}",
                        "tiers[1].when.any[0]: must have exactly one of spend, visits, points, months"),
                unseen(
                        "{any: [{spend: \"500.00\"}, {visits: 10}]}",
                        "{any: [{spend: \"0.00\"}, {visits: 10}]}",
                        "tiers[1].when.any[0].spend: 0 is always reached: the others would mean nothing"),
                unseen(
                        "{any: [{spend: \"500.00\"}, {visits: 10}]}",
                        "{any: [{visits: 5}, {visits: 10}]}",
                        "tiers[1].when.any[1].visits: stands in the list twice"),
                seen(
                        "{any: [{spend: \"500.00\"}, {visits: 10}]}",
                        "{any: [{visits: 5}], spend: \"1.00\"}",
                        "tiers[1].when.spend: does not go with any"),
                seen(
                        "{months: 6}",
                        "{}",
                        "tiers[1].retention: must have at least one of spend, visits, points, months, all, any"),
                unseen("{months: 6}", "{months: 13}", "tiers[1].retention.months: the window has only 12"),
                unseen(
                        "window: calendarYear",
                        "window: lifetime",
                        "tiers[1].keepPeriods: goes with a window that ends, not with lifetime",
                        "tiers[1].retention: goes with a window that ends, not with lifetime",
                        "tiers[1].graceDays: goes with a window that ends, not with lifetime"),
                seen(
                        "window: calendarYear",
                        "window: year",
                        "tiers[1].window: must be lifetime or calendarYear or anniversary or a mapping of rollingMonths,"
                                + " not year"),
                seen(
                        "rollingMonths: 12",
                        "rollingMonths: 121",
                        "tiers[2].ways.earned.window.rollingMonths: must be from 1 to 120, not 121"),
                unseen(
                        "{all: [{visits: 4}, {points: 1000}]}, window: {rollingMonths: 12}",
                        "{months: 5}, window: {rollingMonths: 3}",
                        "tiers[2].ways.earned.when.months: the window has only 4"),
                unseen("pack: card", "pack: car", "tiers[2].ways.paid.pack: there is no pack car"),
                unseen(
                        "{id: lounge}",
                        "{id: lounge}, {id: lounge}",
                        "tiers[2].ways.earned.benefits: given twice: lounge"),
                seen(
                        "discount: \"0.05\"",
                        "discount: \"5\"",
                        "tiers[1].benefits[0].discount: must be a share such as \"0.14\", not \"5\""),
                seen("lasts: forever", "lasts: 12", "tiers[2].ways.invited.lasts: must be a mapping of months, not 12"),
                unseen("\"1.25\"", "\"1001\"", "tiers[1].multiplier: must be from 1.000000 to 1000.000000, not 1001"),
                unseen("id: shipping", "id: price", "tiers[1].benefits: given twice: price"),
                seen(
                        "discount: \"0.05\"",
                        "discount: 5%",
                        "tiers[1].benefits[0].discount: must be a share such as \"0.14\", not 5%"),
                unseen("{bronze: basic}", "{bronze: iron}", "retiredTiers.bronze: there is no tier iron"),
                unseen("{bronze: basic}", "{silver: basic}", "retiredTiers.silver: is a tier still"),
                seen("{bronze: basic}", "[bronze]", "retiredTiers: must be a mapping of ids, not a list"));
    }

    private static Stream<Wrong> rest() {
        return Stream.of(
                seen(
                        "sign-in:",
                        "Sign_In:",
                        "activities.Sign_In: must be 1 to 32 lower-case letters, digits and hyphens, not \"Sign_In\""),
                seen(
                        "per: week",
                        "per: years",
                        "activities.sign-in.limit.per: must be day or week or month or lifetime or year, not years (did you "
                                + "mean 'year'?)"),
                seen("{points: 40,", "{limit: {per: day},", "activities.survey.points: missing"),
                seen("  rate: {points: 100, worth: \"1.00\"}\n", "", "burn.rate: missing"),
                seen(
                        "minPoints: 50",
                        "minPoints: 0",
                        "burn.pointsPlusCash.minPoints: must be from 1 to 1000000000000000, not 0"),
                seen("{weekdays: thu}", "{sku: a}", "burn.campaigns[0].when.sku: unknown key"),
                seen("dailyLimit: 1000", "limit: 1000", "transfer.dailyLimit: missing", "transfer.limit: unknown key"),
                seen("withinDays: 90", "withinDays: 36601", "claims.withinDays: must be from 0 to 36600, not 36601"));
    }
}
