package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.EarnCaps;
import io.tallymark.ledger.program.LineRate;
import io.tallymark.protocol.Clip;
import io.tallymark.protocol.ResultCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Earning and refunds in numbers that people have worked out. */
final class EarnWorkedTest {
    private static final int NO_CAP = (int) CompiledProgram.UNLIMITED;

    /** 2026-11-22, a Sunday, 14:00 at +08:00. */
    private static final long NOON_MS = Desk.NOON_MS;

    private static final long HOUR_MS = 3_600_000L;

    private final OrderDraft draft = new OrderDraft();

    private static CompiledProgram.Builder yuan() {
        return CompiledProgram.builder("p")
                .currency("CNY")
                .utcOffsetMinutes(480)
                .baseRate(1, 100)
                .addTier("gold", 0, 1_500_000);
    }

    private static Campaign multiplier(
            final String id,
            final int priority,
            final Campaign.Mode mode,
            final String multiplier,
            final Condition when) {
        final long micros =
                new java.math.BigDecimal(multiplier).movePointRight(6).longValueExact();
        return new Campaign(id, priority, mode, micros, 0, false, "", when, NO_CAP, NO_CAP, NO_CAP, NO_CAP);
    }

    private static Campaign bonus(final String id, final long points, final boolean perUnit, final Condition when) {
        return new Campaign(id, 50, Campaign.Mode.BONUS, 0, points, perUnit, "", when, NO_CAP, NO_CAP, NO_CAP, NO_CAP);
    }

    private static Campaign inGroup(final Campaign c, final String group) {
        return new Campaign(
                c.id(),
                c.priority(),
                c.mode(),
                c.multiplierMicros(),
                c.bonusPoints(),
                c.perUnit(),
                group,
                c.when(),
                NO_CAP,
                NO_CAP,
                NO_CAP,
                NO_CAP);
    }

    private static Campaign capped(
            final Campaign c, final long order, final long member, final long memberDay, final long budget) {
        return new Campaign(
                c.id(),
                c.priority(),
                c.mode(),
                c.multiplierMicros(),
                c.bonusPoints(),
                c.perUnit(),
                c.group(),
                c.when(),
                order,
                member,
                memberDay,
                budget);
    }

    private static EarnOracle.Order order(final int tier, final EarnOracle.Line... lines) {
        final EarnOracle.Order o = new EarnOracle.Order();
        o.eventMs = NOON_MS;
        o.tier = tier;
        o.lines.addAll(List.of(lines));
        o.amount = o.lines.stream().mapToLong(EarnOracle.Line::amount).sum();
        return o;
    }

    private static EarnOracle.Order order(final int tier, final long amountMinor) {
        final EarnOracle.Order o = order(tier);
        o.amount = amountMinor;
        return o;
    }

    private static EarnOracle.Line line(final int number, final int quantity, final long amount, final String sku) {
        return new EarnOracle.Line(number, quantity, amount, false, false, sku, "", "");
    }

    private static EarnOracle.Line sample(final int number, final String sku) {
        return new EarnOracle.Line(number, 1, 0, false, true, sku, "", "");
    }

    /** Base, tier share and campaigns of an order that must be accepted, clipped. */
    private List<Long> granted(final EarnBench bench, final EarnOracle.Order o) {
        assertEquals(ResultCode.ACCEPTED, bench.earn(o, draft));
        bench.grant(draft, 0);
        final List<Long> shares = new java.util.ArrayList<>();
        shares.add(draft.granted.basePoints);
        shares.add(draft.granted.tierPoints);
        for (int i = 0; i < draft.granted.count; i++) {
            shares.add(draft.granted.points[i]);
        }
        return shares;
    }

    private static EarnBench doubleB() {
        final Condition ofB = Condition.builder().skus("B").build();
        return new EarnBench(
                yuan().addCampaign(capped(multiplier("double-b", 10, Campaign.Mode.ADD, "2", ofB), -1, -1, -1, 30))
                        .build());
    }

    private EarnBench orderOfAandB() {
        final EarnBench bench = doubleB();
        assertEquals(List.of(100L, 50L, 30L), granted(bench, order(1, line(1, 1, 6_000, "A"), line(2, 1, 4_000, "B"))));
        assertEquals(10, draft.granted.clipped[0]);
        assertEquals(Clip.BUDGET, draft.granted.clippedBy[0]);
        assertEquals(30, bench.budgets.granted(bench.number("double-b")));
        return bench;
    }

    @Test
    void aRefundOfTheDoubledLine() {
        final EarnBench bench = orderOfAandB();
        assertEquals(ResultCode.ACCEPTED, bench.refund(draft, 0, List.of(new EarnBench.Part(2, 1, 0))));
        assertEquals(4_000, bench.refunds.refundedMinor);
        assertEquals(90, bench.refunds.clawPoints);
        assertEquals(90, draft.retainedPoints);
        assertEquals(30, bench.refunds.regainedPoints[0]);
    }

    @Test
    void aRefundByAmountSpreadsOverTheLines() {
        final EarnBench bench = orderOfAandB();
        assertEquals(ResultCode.ACCEPTED, bench.refund(draft, 5_000, List.of()));
        assertEquals(3_000, draft.lines.remainingMinor(0));
        assertEquals(2_000, draft.lines.remainingMinor(1));
        assertEquals(85, bench.refunds.clawPoints);
        assertEquals(95, draft.retainedPoints);
        assertEquals(10, bench.refunds.regainedPoints[0]);
        assertEquals(20, bench.budgets.granted(bench.number("double-b")));
    }

    @Test
    void threeThirdsClawThreeThirds() {
        final EarnBench bench = new EarnBench(yuan().build());
        assertEquals(List.of(99L, 0L), granted(bench, order(0, 9_990)));
        for (int i = 0; i < 3; i++) {
            assertEquals(ResultCode.ACCEPTED, bench.refund(draft, 3_330, List.of()));
            assertEquals(33, bench.refunds.clawPoints);
        }
        assertEquals(ResultCode.REFUND_EXCEEDS_ORIGINAL, bench.refund(draft, 1, List.of()));
        assertEquals(ResultCode.REFUND_EXCEEDS_ORIGINAL, bench.refund(draft, 0, List.of()));
        assertEquals(ResultCode.NOT_OFFERED, bench.refund(draft, 0, List.of(new EarnBench.Part(1, 1, 0))));
    }

    @Test
    void addAndMultiplyRunByPriorityThenId() {
        final EarnBench bench =
                new EarnBench(yuan().addCampaign(multiplier("c", 20, Campaign.Mode.MULTIPLY, "3", Condition.ALWAYS))
                        .addCampaign(multiplier("b", 20, Campaign.Mode.ADD, "2", Condition.ALWAYS))
                        .addCampaign(multiplier("z", 10, Campaign.Mode.MULTIPLY, "1.1", Condition.ALWAYS))
                        .addCampaign(bonus("a", 7, false, Condition.ALWAYS))
                        .build());
        // 100; × 1.5 = 150; z + 15 = 165; b + 100 = 265; c + 530 = 795; a + 7.
        assertEquals(List.of(100L, 50L, 15L, 100L, 530L, 7L), granted(bench, order(1, 10_000)));
    }

    @Test
    void sharesAreDifferencesOfFloors() {
        final EarnBench bench =
                new EarnBench(yuan().addCampaign(multiplier("a", 1, Campaign.Mode.MULTIPLY, "1.5", Condition.ALWAYS))
                        .addCampaign(multiplier("b", 2, Campaign.Mode.MULTIPLY, "1.5", Condition.ALWAYS))
                        .build());
        // 0.99; × 1.5 = 1.485; × 1.5 = 2.2275; × 1.5 = 3.34125.
        assertEquals(List.of(0L, 1L, 1L, 1L), granted(bench, order(1, 99)));
    }

    @Test
    void aGroupAppliesItsLargestAndOfEqualOnesTheSmallerId() {
        final Campaign add = inGroup(multiplier("b-add", 1, Campaign.Mode.ADD, "1.5", Condition.ALWAYS), "g");
        final Campaign same = inGroup(bonus("a-bonus", 50, false, Condition.ALWAYS), "g");
        final EarnBench tie =
                new EarnBench(yuan().addCampaign(add).addCampaign(same).build());
        assertEquals(List.of(100L, 0L, 50L), granted(tie, order(0, 10_000)));
        assertEquals(tie.place("a-bonus"), draft.granted.campaign[0]);
        // A cent more: 50.005 is more than 50, though both are 50 points.
        assertEquals(List.of(100L, 0L, 50L), granted(tie, order(0, 10_001)));
        assertEquals(tie.place("b-add"), draft.granted.campaign[0]);
        // Of the total, not of the base: 1.4 × at tier 1.5 gives 60 of 100.
        final Campaign multiply = inGroup(multiplier("c-mul", 1, Campaign.Mode.MULTIPLY, "1.4", Condition.ALWAYS), "g");
        final EarnBench three = new EarnBench(
                yuan().addCampaign(add).addCampaign(same).addCampaign(multiply).build());
        assertEquals(List.of(100L, 50L, 60L), granted(three, order(1, 10_000)));
    }

    @Test
    void perUnitCountsUnitsOfItsLinesAndNoSamples() {
        final Condition tv = Condition.builder().skus("TV55").build();
        final EarnBench bench =
                new EarnBench(yuan().addCampaign(bonus("tv", 50, true, tv)).build());
        final EarnOracle.Order o =
                order(0, line(1, 3, 300_000, "TV55"), line(2, 2, 100, "X"), sample(3, "TV55"), line(7, 1, 0, "TV55"));
        assertEquals(List.of(3_001L, 0L, 200L), granted(bench, o));
        assertEquals(ResultCode.ACCEPTED, bench.refund(draft, 0, List.of(new EarnBench.Part(1, 2, 0))));
        assertEquals(2_000 + 100, bench.refunds.clawPoints);
        // The one left is refunded in part: it counts until nothing of it remains.
        assertEquals(
                ResultCode.REFUND_EXCEEDS_ORIGINAL, bench.refund(draft, 0, List.of(new EarnBench.Part(1, 0, 5_000))));
        assertEquals(ResultCode.ACCEPTED, bench.refund(draft, 50_050, List.of()));
        assertEquals(501, bench.refunds.clawPoints);
        assertEquals(500 + 100, draft.retainedPoints);
        // The gift line goes with the order.
        assertEquals(ResultCode.ACCEPTED, bench.refund(draft, 0, List.of()));
        assertEquals(600, bench.refunds.clawPoints);
        assertEquals(0, draft.retainedPoints);
    }

    @Test
    void hoursRunOverMidnightInTheProgramsTime() {
        final Condition night = Condition.builder().minutes(22 * 60, 2 * 60).build();
        final EarnBench bench = new EarnBench(
                yuan().addCampaign(bonus("night", 9, false, night)).build());
        final long midnightMs = NOON_MS + 10 * HOUR_MS;
        final long[] in = {midnightMs - 2 * HOUR_MS, midnightMs - 1, midnightMs, midnightMs + 2 * HOUR_MS - 1};
        final long[] out = {midnightMs - 2 * HOUR_MS - 1, midnightMs + 2 * HOUR_MS, NOON_MS};
        for (final long timeMs : in) {
            final EarnOracle.Order o = order(0, 10_000);
            o.eventMs = timeMs;
            assertEquals(List.of(100L, 0L, 9L), granted(bench, o));
        }
        for (final long timeMs : out) {
            final EarnOracle.Order o = order(0, 10_000);
            o.eventMs = timeMs;
            assertEquals(List.of(100L, 0L), granted(bench, o));
        }
    }

    @Test
    void theFirstMatchingRateCountsAndTheBaseExcludesTheRest() {
        final EarnBench bench = new EarnBench(yuan().baseWhen(
                        Condition.builder().fullPrice().channels("shop").build())
                .addLineRate(new LineRate(Condition.builder().skus("A").build(), 2, 100))
                .addLineRate(new LineRate(
                        Condition.builder().skus("A", "B").channels("shop").build(), 3, 100))
                .build());
        final EarnOracle.Line discounted = new EarnOracle.Line(3, 1, 1_000, true, false, "C", "", "");
        final EarnOracle.Line discountedA = new EarnOracle.Line(4, 1, 1_000, true, false, "A", "", "");
        final EarnOracle.Order o = order(
                0, line(1, 1, 1_000, "A"), line(2, 1, 1_000, "B"), discounted, discountedA, line(5, 1, 1_000, "C"));
        o.channel = "shop";
        assertEquals(List.of(20L + 30 + 20 + 10, 0L), granted(bench, o));
        o.channel = "web";
        assertEquals(List.of(0L, 0L), granted(bench, o));
    }

    @Test
    void capsClipInTheirOrderAndSayWhichWasLast() {
        final Campaign add = multiplier("add", 1, Campaign.Mode.ADD, "2", Condition.ALWAYS);
        final EarnBench bench = new EarnBench(yuan().addCampaign(capped(add, 80, 150, 120, 1_000))
                .addCampaign(bonus("extra", 40, false, Condition.ALWAYS))
                .caps(new EarnCaps(90, false, 230, true))
                .build());
        // 100 → 80 by its order cap; 80 + 40 is 30 above the order's 90: off the last; 190 of the day's 230.
        assertEquals(List.of(100L, 0L, 80L, 10L), granted(bench, order(0, 10_000)));
        assertEquals(Clip.CAMPAIGN_ORDER, draft.granted.clippedBy[0]);
        assertEquals(Clip.ORDER, draft.granted.clippedBy[1]);
        assertEquals(30, draft.granted.clipped[1]);
        // Its day has 40 left; with 40 of the bonus within the order's 90. The day has 40 for all of 180.
        assertEquals(List.of(40L, 0L, 0L, 0L), granted(bench, order(0, 10_000)));
        assertEquals(60, draft.granted.clippedBasePoints);
        assertEquals(Clip.DAY, draft.granted.clippedBy[0]);
        assertEquals(100, draft.granted.clipped[0]);
        // The next day 70 of its member cap is left.
        final EarnOracle.Order next = order(0, 10_000);
        next.eventMs += CompiledProgram.DAY_MS;
        assertEquals(List.of(100L, 0L, 70L, 20L), granted(bench, next));
        assertEquals(Clip.CAMPAIGN_MEMBER, draft.granted.clippedBy[0]);
    }

    @Test
    void orderAmountIsTestedAgainstWhatRemains() {
        final Condition from100 = Condition.builder().minOrderMinor(10_000).build();
        final EarnBench bench = new EarnBench(
                yuan().addCampaign(bonus("from-100", 25, false, from100)).build());
        assertEquals(List.of(100L, 0L, 25L), granted(bench, order(0, 10_050)));
        assertEquals(ResultCode.ACCEPTED, bench.refund(draft, 50, List.of()));
        assertEquals(0, bench.refunds.clawPoints);
        assertEquals(ResultCode.ACCEPTED, bench.refund(draft, 1, List.of()));
        assertEquals(1 + 25, bench.refunds.clawPoints);
        assertEquals(25, bench.refunds.regainedPoints[0]);
    }

    @Test
    void aCampaignWithoutBudgetLeftStillRunsForThoseBehindIt() {
        final EarnBench bench = new EarnBench(yuan().addCampaign(
                        capped(multiplier("a", 1, Campaign.Mode.MULTIPLY, "2", Condition.ALWAYS), -1, -1, -1, 1))
                .addCampaign(multiplier("b", 2, Campaign.Mode.MULTIPLY, "2", Condition.ALWAYS))
                .build());
        assertEquals(List.of(100L, 0L, 1L, 200L), granted(bench, order(0, 10_000)));
        assertEquals(ResultCode.ACCEPTED, bench.refund(draft, 1_000, List.of()));
        assertEquals(10 + 20, bench.refunds.clawPoints);
    }
}
