package io.tallymark.ledger;

import static io.tallymark.protocol.CommandType.FREEZE;
import static io.tallymark.protocol.CommandType.GRANT_TIER;
import static io.tallymark.protocol.CommandType.MERGE;
import static io.tallymark.protocol.CommandType.RETURN_USE;
import static io.tallymark.protocol.CommandType.USE_BENEFIT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Benefit;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lines of the rules page on benefits, in numbers: silver from 100 yuan, gold from 1,000, both also paid for. */
final class BenefitTest {
    private final CouponBench bench = new CouponBench();

    private static Benefit limited(final String id, final Benefit.Way way, final Activity.Per per, final int times) {
        return new Benefit(id, way, 0, new Limit(per, times));
    }

    private static Tier tier(final String id, final long spendMinor, final Benefit... benefits) {
        final Requirement earned = Requirement.spend(spendMinor);
        return new Tier(id, 1_000_000, earned, Tier.Window.LIFETIME, 0, 0, earned, 0, 1, 1, 0, List.of(benefits));
    }

    @BeforeEach
    void open() {
        bench.publish(CouponBench.program(Catalogue.builder())
                .addTier(tier(
                        "silver",
                        10_000,
                        limited("lounge", Benefit.Way.ANY, Activity.Per.MONTH, 1),
                        limited("lounge", Benefit.Way.PAID, Activity.Per.MONTH, 4),
                        Benefit.of("shipping")))
                .addTier(tier(
                        "gold",
                        100_000,
                        limited("cake", Benefit.Way.EARNED, Activity.Per.YEAR, 1),
                        limited("lounge", Benefit.Way.ANY, Activity.Per.MONTH, 2))));
        bench.buy("o1", 1, 10_000);
    }

    private Command use(final String document, final String benefit) {
        return Commands.keyed(USE_BENEFIT, document).memberId(1).put(VarField.RULE_ID, benefit);
    }

    private void pay(final String tier) {
        bench.accepted(bench.of(GRANT_TIER, 1, tier).put(VarField.WAY, "paid"));
    }

    @Test
    void comeFromLevelGrantsAndWays() {
        assertEquals("lounge 1/1; shipping -1/-1", bench.benefits(1));
        pay("silver");
        assertEquals("lounge 4/4; shipping -1/-1", bench.benefits(1));
        pay("gold");
        assertEquals("lounge 2/2; shipping -1/-1", bench.benefits(1), "gold is above silver, paid for or not");
        bench.buy("o2", 1, 90_000);
        assertEquals("cake 1/1; lounge 2/2; shipping -1/-1", bench.benefits(1));
        bench.buy("o3", 2, 100_000);
        assertEquals("cake 1/1; lounge 2/2", bench.benefits(2), "what only silver brings is silver's");
        // The paid ones end with December.
        bench.desk.afterDays(40);
        bench.accepted(Commands.tick(bench.desk.nowMs));
        assertEquals("cake 1/1; lounge 2/2", bench.benefits(1));
    }

    @Test
    void areUsedUpAndComeBackWithinTheirPeriod() {
        bench.answers(ResultCode.NOT_OFFERED, use("b1", "cake"));
        bench.answers(ResultCode.NOT_OFFERED, use("b2", "nothing"));
        bench.accepted(use("b3", "lounge"));
        bench.answers(ResultCode.RULE_LIMIT_REACHED, use("b4", "lounge"));
        assertEquals("lounge 0/1; shipping -1/-1", bench.benefits(1));
        bench.accepted(bench.about(RETURN_USE, "b3"));
        bench.answers(ResultCode.ALREADY_RETURNED, bench.about(RETURN_USE, "b3"));
        assertEquals("lounge 1/1; shipping -1/-1", bench.benefits(1));
        bench.accepted(use("b5", "lounge"));
        pay("silver");
        assertEquals("lounge 3/4; shipping -1/-1", bench.benefits(1));
        // From November 22 to December 1: a new month, and what November gave back is November's.
        bench.desk.afterDays(9);
        bench.accepted(use("b6", "lounge"));
        bench.accepted(bench.about(RETURN_USE, "b5"));
        assertEquals("lounge 3/4; shipping -1/-1", bench.benefits(1));
        bench.accepted(use("b7", "shipping"));
        bench.accepted(bench.about(RETURN_USE, "b7"));
        bench.accepted(bench.keyed(FREEZE).memberId(1));
        bench.answers(ResultCode.MEMBER_FROZEN, use("b8", "shipping"));
        bench.accepted(bench.about(RETURN_USE, "b6"));
    }

    @Test
    void aYearIsNotForgottenBeforeItsEnd() {
        bench.buy("o2", 1, 90_000);
        bench.desk.afterDays(60);
        bench.accepted(use("b1", "cake"));
        bench.desk.afterDays(300);
        bench.buy("o3", 1, 100);
        bench.answers(ResultCode.RULE_LIMIT_REACHED, use("b2", "cake"));
        bench.desk.afterDays(100);
        bench.accepted(use("b3", "cake"));
    }

    @Test
    void usesOfMergedMembersAdd() {
        bench.buy("o2", 2, 100_000);
        bench.accepted(use("b1", "lounge"));
        bench.accepted(bench.keyed(MERGE).memberId(1).otherMemberId(2));
        assertEquals("cake 1/1; lounge 1/2", bench.benefits(1));
    }
}
