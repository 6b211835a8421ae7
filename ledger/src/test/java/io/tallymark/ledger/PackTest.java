package io.tallymark.ledger;

import static io.tallymark.ledger.CouponBench.TODAY;
import static io.tallymark.protocol.CommandType.BUY_PACK;
import static io.tallymark.protocol.CommandType.CLOSE;
import static io.tallymark.protocol.CommandType.GRANT_TIER;
import static io.tallymark.protocol.CommandType.MERGE;
import static io.tallymark.protocol.CommandType.REFUND_PACK;
import static io.tallymark.protocol.CommandType.RETURN_USE;
import static io.tallymark.protocol.CommandType.REVERSE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Pack;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lines of the rules page on packs, in numbers: member 1 has 1,000 points. */
final class PackTest {
    private static final Coupon WASH = Coupon.of("wash", 0, 30);
    private static final Coupon WAX = Coupon.of("wax", 0, 30);
    private static final Coupon OVER = new Coupon("over", 0, 1, 0, TODAY, Limit.NONE, Condition.ALWAYS);

    private final CouponBench bench = new CouponBench();

    private static Pack pack(
            final String id,
            final long points,
            final long cash,
            final Pack.Refund refund,
            final CouponGrant... grants) {
        return new Pack(id, Offer.of(points, cash), List.of(grants), refund);
    }

    private static Tier paidBy(final String id, final String pack) {
        return new Tier(id, 1_000_000, null, Tier.Window.LIFETIME, 0, 0, null, 0, 12, 0, 0, List.of(), pack);
    }

    private static CompiledProgram.Builder program() {
        final CouponGrant ten = new CouponGrant("wash", 10, 60);
        final CouponGrant one = new CouponGrant("wash", 0, 0);
        return CouponBench.program(Catalogue.builder()
                        .add(WASH)
                        .add(WAX)
                        .add(OVER)
                        .add(pack("washes", 100, 999, Pack.Refund.UNUSED_SHARE, ten, new CouponGrant("wax", 0, 0)))
                        .add(pack("gone", 10, 0, Pack.Refund.WHOLE, new CouponGrant("over", 0, 0)))
                        .add(pack("never", 10, 0, Pack.Refund.NONE, one))
                        .add(pack("card", 0, 19_900, Pack.Refund.WHOLE, one))
                        .add(new Pack(
                                "rare",
                                Offer.of(0, 5).withStock(2).withLimit(new Limit(Activity.Per.DAY, 1)),
                                List.of(one),
                                Pack.Refund.UNUSED_SHARE)))
                .addTier(paidBy("plus", "card"));
    }

    @BeforeEach
    void open() {
        bench.publish(program());
        bench.buy("o1", 1, 100_000);
    }

    private Command pack(final String document, final long member, final String pack) {
        return Commands.keyed(BUY_PACK, document).memberId(member).put(VarField.RULE_ID, pack);
    }

    private Outcome refund(final String document) {
        return bench.apply(bench.about(REFUND_PACK, document));
    }

    @Test
    void bringsCouponsForPointsAndCash() {
        final Outcome o = bench.apply(pack("p1", 1, "washes"));
        assertEquals(ResultCode.ACCEPTED, o.code);
        assertEquals(-100, o.points);
        assertEquals(999, o.cashMinor);
        assertEquals(900, o.availablePoints);
        assertEquals("wax #3 +31 1/1; wash #3 +61 10/10", bench.holdings(1));
        bench.answers(ResultCode.NOT_OFFERED, pack("p2", 1, "nothing"));
        bench.answers(ResultCode.INSUFFICIENT_POINTS, pack("p3", 2, "washes").memberId(other()));
        bench.accepted(pack("p4", 1, "gone"));
        bench.desk.afterDays(1);
        bench.answers(ResultCode.NOT_OFFERED, pack("p5", 1, "gone"));
        bench.answers(ResultCode.ORIGINAL_NOT_FOUND, bench.about(REVERSE, "p1"));
    }

    private long other() {
        bench.buy("other", 2, 100);
        return 2;
    }

    @Test
    void givesTheUnusedShareBack() {
        bench.accepted(pack("p1", 1, "washes"));
        for (int i = 1; i <= 4; i++) {
            bench.accepted(bench.use("u" + i, 1, "wash"));
        }
        bench.accepted(bench.about(RETURN_USE, "u4"));
        // 8 of 11 are there: 100 × 8 ÷ 11 = 72.7, 999 × 8 ÷ 11 = 726.5.
        final Outcome o = refund("p1");
        assertEquals(ResultCode.ACCEPTED, o.code);
        assertEquals(72, o.points);
        assertEquals(726, o.cashMinor);
        assertEquals(972, o.availablePoints);
        assertEquals("coupon/wash -7 lost 3; coupon/wax -1 lost 0", CouponBench.rows(o));
        assertEquals("", bench.holdings(1));
        assertEquals("10 3 1 7 0 0", bench.funnel("wash"));
        assertEquals("1 0 0 1 0 0", bench.funnel("wax"));
        assertEquals(ResultCode.REFUND_EXCEEDS_ORIGINAL, refund("p1").code);
    }

    @Test
    void countsWhatHasExpiredAsUsed() {
        bench.accepted(pack("p1", 1, "washes"));
        bench.desk.afterDays(31);
        // The one of 30 days is over: 10 of 11.
        final Outcome o = refund("p1");
        assertEquals(90, o.points);
        assertEquals(908, o.cashMinor);
        assertEquals("10 0 0 10 0 0", bench.funnel("wash"));
        assertEquals("1 0 0 0 1 0", bench.funnel("wax"));
    }

    @Test
    void bringsThePaidTierUntilItIsGivenBack() {
        assertEquals(1, bench.apply(pack("p1", 1, "card")).tierRank);
        bench.accepted(bench.use("u1", 1, "wash"));
        final Outcome o = refund("p1");
        assertEquals(19_900, o.cashMinor, "the whole of it, though something was used");
        assertEquals(0, o.points);
        assertEquals(0, o.tierRank);
        // A later one has taken the place of the first: it stays.
        bench.accepted(pack("p2", 1, "card"));
        bench.accepted(pack("p3", 1, "card"));
        assertEquals(1, refund("p2").tierRank);
        assertEquals(0, refund("p3").tierRank);
        bench.accepted(pack("p4", 1, "card"));
        bench.accepted(bench.of(GRANT_TIER, 1, "plus").put(VarField.WAY, "paid"));
        assertEquals(1, refund("p4").tierRank);
    }

    @Test
    void goesWithAMergedMember() {
        bench.accepted(pack("p1", 1, "card"));
        bench.buy("o2", 2, 100);
        bench.accepted(bench.keyed(MERGE).memberId(1).otherMemberId(2));
        final Outcome o = refund("p1");
        assertEquals(2, o.memberId);
        assertEquals(0, o.tierRank);
        assertEquals("", bench.holdings(2));
    }

    @Test
    void givesStockAndLimitBackIfNothingWasUsed() {
        bench.accepted(pack("p1", 1, "rare"));
        bench.answers(ResultCode.RULE_LIMIT_REACHED, pack("p2", 1, "rare"));
        assertEquals(5, refund("p1").cashMinor);
        bench.accepted(pack("p3", 1, "rare"));
        bench.accepted(bench.use("u1", 1, "wash"));
        assertEquals(0, refund("p3").cashMinor);
        bench.answers(ResultCode.RULE_LIMIT_REACHED, pack("p4", 1, "rare"));
        bench.desk.afterDays(1);
        bench.accepted(pack("p5", 1, "rare"));
        bench.desk.afterDays(1);
        bench.answers(ResultCode.OUT_OF_STOCK, pack("p6", 1, "rare"));
    }

    @Test
    void isNotGivenBackWhereTheProgramSaysSo() {
        bench.accepted(pack("p1", 1, "never"));
        bench.accepted(pack("p2", 1, "washes"));
        assertEquals(ResultCode.NOT_OFFERED, refund("p1").code);
        assertEquals(ResultCode.ORIGINAL_NOT_FOUND, refund("o1").code);
        bench.accepted(bench.keyed(CLOSE).memberId(1));
        assertEquals(ResultCode.MEMBER_CLOSED, refund("p2").code);
        assertEquals("11 0 0 11 0 0", bench.funnel("wash"));
    }

    @Test
    void isGivenBackByTheVersionThatSoldIt() {
        bench.accepted(pack("p1", 1, "washes"));
        bench.publish(CouponBench.program(Catalogue.builder()).addTier(paidBy("plus", "")));
        assertEquals(100, refund("p1").points);
        assertEquals("10 0 0 10 0 0", bench.funnel("wash"));
    }
}
