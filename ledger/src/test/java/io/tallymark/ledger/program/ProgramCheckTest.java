package io.tallymark.ledger.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A program that is sound but for one thing: that thing is named, and nothing else. */
final class ProgramCheckTest {
    private static final long TOO_MUCH = 1_000_000_000_000_001L;
    private static final Requirement SPEND = Requirement.spend(100);

    private static CompiledProgram.Builder sound() {
        return CompiledProgram.builder("shop")
                .currency("CNY")
                .lateWindowMs(CompiledProgram.DAY_MS)
                .keyDays(30)
                .orderDays(60)
                .baseRate(1, 100)
                .addTier("low", 0, 1_000_000)
                .addTier("high", 100_000, 1_500_000)
                .retireTier("old", "high")
                .burn(new Burn(100, 100, 1, 0, List.of()));
    }

    private interface Change extends UnaryOperator<CompiledProgram.Builder> {}

    private static Arguments wrong(final String path, final Change change) {
        return Arguments.of(path, change);
    }

    private static Arguments wrongWhen(final String key, final Condition.Builder when) {
        return wrong("earn.base.when." + key, b -> b.baseWhen(when.build()));
    }

    private static Condition.Builder when() {
        return Condition.builder();
    }

    private static Arguments wrongCampaign(final String key, final Campaign campaign) {
        return wrong("earn.campaigns[0]." + key, b -> b.addCampaign(campaign));
    }

    private static Campaign campaign(
            final String id, final int priority, final Campaign.Mode mode, final long micros, final long bonus) {
        return new Campaign(id, priority, mode, micros, bonus, false, "", Condition.ALWAYS, -1, -1, -1, -1);
    }

    private static Campaign limited(final String group, final long a, final long b, final long c, final long d) {
        return new Campaign("c", 0, Campaign.Mode.ADD, 2_000_000, 0, false, group, Condition.ALWAYS, a, b, c, d);
    }

    private static Arguments wrongTier(final String key, final Tier tier) {
        return wrong("tiers[2]" + key, b -> b.addTier(tier));
    }

    private static Tier tier(final String id, final long micros, final Requirement earned, final int paid) {
        return new Tier(id, micros, earned, Tier.Window.LIFETIME, 0, 0, null, 0, paid, 0, 0, List.of());
    }

    private static Tier window(
            final Requirement earned,
            final Tier.Window window,
            final int months,
            final int keep,
            final Requirement retention,
            final int grace) {
        return new Tier("t", 1_000_000, earned, window, months, keep, retention, grace, 0, 0, 0, List.of());
    }

    private static Tier gifted(final long bonus, final String... benefits) {
        return new Tier(
                "t",
                1_000_000,
                Requirement.spend(999_999),
                Tier.Window.LIFETIME,
                0,
                0,
                null,
                0,
                0,
                0,
                bonus,
                Stream.of(benefits).map(Benefit::of).toList());
    }

    private static Requirement months(final int months) {
        return new Requirement(false, 0, 0, 0, months);
    }

    private static String[] texts(final int count) {
        final String[] texts = new String[count];
        Arrays.setAll(texts, i -> "x" + i);
        return texts;
    }

    static Stream<Arguments> programs() {
        return Stream.of(
                wrong("currency", b -> b.currency("CN")),
                wrong("utcOffset", b -> b.utcOffsetMinutes(1_081)),
                wrong("lateWindow", b -> b.lateWindowMs(-2)),
                wrong("retention.keyDays", b -> b.lateWindowMs(CompiledProgram.UNLIMITED)),
                wrong("retention.keyDays", b -> b.lateWindowMs(30 * CompiledProgram.DAY_MS)),
                wrong("retention.orderDays", b -> b.orderDays(29)),
                wrong("retention.orderDays", b -> b.orderDays(36_601)),
                wrong("retention.orderDays", b -> b.keyDays(CompiledProgram.FOREVER)),
                wrong("wallets.points.expiry", b -> b.expiry(null)),
                wrong("wallets.points.activation.afterDays", b -> b.activation(new Activation(false, 3_661))),
                wrong("wallets.points.refund.limit", b -> b.debtLimitPoints(TOO_MUCH)),
                wrong("earn.base.points", b -> b.baseRate(0, 1)),
                wrong("earn.base.per", b -> b.baseRate(1, 1_000_000_000_001L)),
                wrong("earn.rates[0].points", b -> b.addLineRate(new LineRate(Condition.ALWAYS, 0, 1))),
                wrong("earn.rates[0].per", b -> b.addLineRate(new LineRate(Condition.ALWAYS, 1, 0))),
                wrong(
                        "earn.rates[0].when.tier",
                        b -> b.addLineRate(new LineRate(when().tiers("none").build(), 1, 1))),
                wrong(
                        "earn.rates[1].per",
                        b -> b.addLineRate(new LineRate(Condition.ALWAYS, 1, 999_983))
                                .addLineRate(new LineRate(Condition.ALWAYS, 1, 999_979))),
                wrong("earn.rates", b -> {
                    for (int i = 0; i < 65; i++) {
                        b.addLineRate(new LineRate(Condition.ALWAYS, 1, 100));
                    }
                    return b;
                }),
                wrong("earn.caps.order.points", b -> b.caps(new EarnCaps(0, false, -1, false))),
                wrong("earn.caps.day.points", b -> b.caps(new EarnCaps(-1, false, TOO_MUCH, true))),
                wrong("activities.A", b -> b.addActivity(new Activity("A", 1, Activity.Per.DAY, 1))),
                wrong(
                        "activities.a",
                        b -> b.addActivity(new Activity("a", 1, Activity.Per.DAY, 1))
                                .addActivity(new Activity("a", 2, Activity.Per.DAY, 1))),
                wrong("activities.a.points", b -> b.addActivity(new Activity("a", 0, Activity.Per.DAY, 1))),
                wrong("activities.a.limit.times", b -> b.addActivity(new Activity("a", 1, Activity.Per.DAY, 0))),
                wrong("activities", b -> {
                    for (int i = 0; i < 65; i++) {
                        b.addActivity(new Activity("a" + i, 1, Activity.Per.DAY, 1));
                    }
                    return b;
                }),
                wrong("burn.rate.points", b -> b.burn(new Burn(0, 1, -1, -1, List.of()))),
                wrong("burn.rate.worth", b -> b.burn(new Burn(1, 0, -1, -1, List.of()))),
                wrong("burn.pointsPlusCash.minPoints", b -> b.burn(new Burn(1, 1, 0, -1, List.of()))),
                wrong("burn.pointsPlusCash", b -> b.burn(new Burn(0, 0, 1, -1, List.of()))),
                wrong(
                        "burn.campaigns",
                        b -> b.burn(new Burn(0, 0, -1, -1, List.of(burnCampaign("a", 2_000_000, when()))))),
                wrong("burn.reversalGraceDays", b -> b.burn(new Burn(1, 1, -1, -2, List.of()))),
                wrong("burn.campaigns[0].multiplier", b -> b.burn(burn(burnCampaign("a", 1_000_000, when())))),
                wrong("burn.campaigns[0].when", b -> b.burn(burn(burnCampaign("a", 2_000_000, when().fullPrice())))),
                wrong(
                        "burn.campaigns[1].id",
                        b -> b.burn(burn(burnCampaign("a", 2_000_000, when()), burnCampaign("a", 3_000_000, when())))),
                wrong("transfer.dailyLimit", b -> b.transferDailyLimitPoints(0)),
                wrong("claims.withinDays", b -> b.claimDays(-2)),
                wrong("claims.withinDays", b -> b.claimDays(36_601)),
                wrong("retiredTiers.low", b -> b.retireTier("low", "high")),
                wrong("retiredTiers.old", b -> b.retireTier("old", "low")),
                wrong("retiredTiers.gone", b -> b.retireTier("gone", "nowhere")),
                wrong("retiredTiers.Gone", b -> b.retireTier("Gone", "high")));
    }

    private static Burn burn(final Burn.BurnCampaign... campaigns) {
        return new Burn(1, 1, -1, -1, List.of(campaigns));
    }

    private static Burn.BurnCampaign burnCampaign(final String id, final long micros, final Condition.Builder when) {
        return new Burn.BurnCampaign(id, micros, when.build());
    }

    static Stream<Arguments> conditions() {
        return Stream.of(
                wrongWhen("from", when().between(-1, 5)),
                wrongWhen("until", when().between(5, 5)),
                wrongWhen("until", when().between(5, TOO_MUCH)),
                wrongWhen("hours", when().minutes(5, 5)),
                wrongWhen("hours", when().minutes(5, 0)),
                wrongWhen("hours", when().minutes(0, 1_441)),
                wrongWhen("hours", when().minutes(1_440, 5)),
                wrongWhen("weekdays", when().weekdays(128)),
                wrongWhen("monthDays", when().monthDays(1)),
                wrongWhen("channel", when().channels("")),
                wrongWhen("channel", when().channels(texts(65))),
                wrongWhen("store", when().stores("x".repeat(65))),
                wrongWhen("store", when().stores("a", "a")),
                wrongWhen("tier", when().tiers("none")),
                wrongWhen("orderAmount", when().minOrderMinor(-1)),
                wrongWhen("sku", when().skus("é".repeat(33))),
                wrongWhen("category", when().categories("a\nb")),
                wrongWhen("brand", when().brands("\ud800")));
    }

    static Stream<Arguments> campaigns() {
        return Stream.of(
                wrongCampaign("id", campaign("C", 0, Campaign.Mode.ADD, 2_000_000, 0)),
                wrongCampaign("priority", campaign("c", -1, Campaign.Mode.ADD, 2_000_000, 0)),
                wrongCampaign("multiplier", campaign("c", 0, Campaign.Mode.ADD, 1_000_000, 0)),
                wrongCampaign("multiplier", campaign("c", 0, Campaign.Mode.MULTIPLY, 1_000_000_001, 0)),
                wrongCampaign("multiplier", campaign("c", 0, Campaign.Mode.BONUS, 2_000_000, 1)),
                wrongCampaign("bonus", campaign("c", 0, Campaign.Mode.ADD, 2_000_000, 1)),
                wrongCampaign("bonus.points", campaign("c", 0, Campaign.Mode.BONUS, 0, 0)),
                wrongCampaign("exclusive", limited("A", -1, -1, -1, -1)),
                wrongCampaign("caps.order", limited("", 0, -1, -1, -1)),
                wrongCampaign("caps.member", limited("", -1, 0, -1, -1)),
                wrongCampaign("caps.memberDay", limited("", -1, -1, TOO_MUCH, -1)),
                wrongCampaign("budget", limited("", -1, -1, -1, -2)),
                wrong(
                        "earn.campaigns[1].id",
                        b -> b.addCampaign(campaign("c", 9, Campaign.Mode.ADD, 2_000_000, 0))
                                .addCampaign(campaign("c", 1, Campaign.Mode.ADD, 2_000_000, 0))),
                wrong("earn.campaigns[8].mode", b -> {
                    for (int i = 0; i < 9; i++) {
                        b.addCampaign(campaign("c" + i, 0, Campaign.Mode.MULTIPLY, 2_000_000, 0));
                    }
                    return b;
                }),
                wrong("earn.campaigns", b -> {
                    for (int i = 0; i < 65; i++) {
                        b.addCampaign(campaign("c" + i, 0, Campaign.Mode.ADD, 2_000_000, 0));
                    }
                    return b;
                }));
    }

    static Stream<Arguments> tiers() {
        final Tier.Window year = Tier.Window.CALENDAR_YEAR;
        final Tier.Window rolling = Tier.Window.ROLLING_MONTHS;
        final Tier.Window lifetime = Tier.Window.LIFETIME;
        final Requirement much = Requirement.spend(999_999);
        return Stream.of(
                wrongTier(".id", tier("T", 1_000_000, much, 0)),
                wrongTier(".id", tier("low", 1_000_000, much, 0)),
                wrongTier(".multiplier", tier("t", 999_999, much, 0)),
                wrongTier(".when.spend", tier("t", 1_000_000, Requirement.spend(100_000), 0)),
                wrongTier(".when.spend", tier("t", 1_000_000, Requirement.spend(TOO_MUCH), 0)),
                wrongTier(".when.visits", tier("t", 1_000_000, new Requirement(false, 0, -1, 0, 0), 0)),
                wrongTier(".when.points", tier("t", 1_000_000, new Requirement(false, 0, 0, TOO_MUCH, 0), 0)),
                wrongTier(".when.months", tier("t", 1_000_000, months(1_201), 0)),
                wrongTier("", tier("t", 1_000_000, null, 0)),
                wrongTier(".ways.paid.lasts.months", tier("t", 1_000_000, null, 1_201)),
                wrongTier(".window", window(much, lifetime, 3, 0, null, 0)),
                wrongTier(".keepPeriods", window(much, lifetime, 0, 1, null, 0)),
                wrongTier(".retention", window(much, lifetime, 0, 0, SPEND, 0)),
                wrongTier(".graceDays", window(much, lifetime, 0, 0, null, 1)),
                wrongTier(".window.rollingMonths", window(SPEND, rolling, 0, 0, null, 0)),
                wrongTier(".window.rollingMonths", window(SPEND, rolling, 121, 0, null, 0)),
                wrongTier(".window", window(SPEND, year, 1, 0, null, 0)),
                wrongTier(".keepPeriods", window(SPEND, year, 0, 101, null, 0)),
                wrongTier(".graceDays", window(SPEND, year, 0, 0, null, 3_661)),
                wrongTier(".retention.visits", window(SPEND, year, 0, 0, new Requirement(false, 0, -1, 0, 0), 0)),
                wrongTier(".when.months", window(months(13), year, 0, 0, SPEND, 0)),
                wrongTier(".retention.months", window(SPEND, rolling, 3, 0, months(5), 0)),
                wrongTier(".upgradeBonus", gifted(TOO_MUCH)),
                wrongTier(".benefits", gifted(0, "Price")),
                wrongTier(".benefits", gifted(0, "price", "price")),
                wrong("tiers", b -> {
                    for (int i = 0; i < 31; i++) {
                        b.addTier("t" + i, 200_000 + i, 1_000_000);
                    }
                    return b;
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"programs", "conditions", "campaigns", "tiers"})
    void theOneMistakeIsNamed(final String path, final Change change) {
        assertEquals(List.of(), sound().mistakes());
        final CompiledProgram.Builder wrong = change.apply(sound());
        assertEquals(
                List.of(path),
                wrong.mistakes().stream().map(ProgramMistake::path).toList());
        assertEquals(
                path, assertThrows(InvalidProgramException.class, wrong::build).path());
    }

    @Test
    void allMistakesAreFoundAtOnce() {
        final List<ProgramMistake> mistakes =
                sound().currency("x").baseRate(0, 0).addTier("low", 0, 0).mistakes();
        assertEquals(
                List.of(
                        "currency",
                        "earn.base.points",
                        "earn.base.per",
                        "tiers[2].id",
                        "tiers[2].multiplier",
                        "tiers[2].when.spend"),
                mistakes.stream().map(ProgramMistake::path).toList());
    }

    @Test
    void limitsThemselvesAreAllowed() {
        final CompiledProgram.Builder b = sound();
        for (int i = 0; i < 64; i++) {
            b.addCampaign(campaign("c" + i, 1_000_000, Campaign.Mode.ADD, 1_000_000_000, 0));
            b.addActivity(new Activity("a" + i, TOO_MUCH - 1, Activity.Per.DAY, 1_000_000));
        }
        for (int i = 0; i < 30; i++) {
            b.addTier("t" + i, 200_000 + i, 1_000_000_000);
        }
        b.baseWhen(when().skus(texts(64))
                .minutes(1_439, 1_440)
                .monthDays(~1)
                .weekdays(127)
                .build());
        assertTrue(b.build().hasLineRules());
    }
}
