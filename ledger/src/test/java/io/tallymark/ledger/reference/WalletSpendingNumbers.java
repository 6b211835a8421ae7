package io.tallymark.ledger.reference;

import static io.tallymark.ledger.reference.WalletTill.in;
import static io.tallymark.ledger.reference.WalletTill.moved;
import static io.tallymark.ledger.reference.WalletTill.wallet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Draw;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Pack;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes out of further wallets of points, and comes back into them, worked out by hand. */
abstract class WalletSpendingNumbers {
    private static final String STARS = "stars";
    private static final long ALWAYS = CompiledProgram.UNLIMITED;

    private Till till;

    abstract Book book();

    @BeforeEach
    void open() {
        till = new Till(book());
    }

    private void stars(final long available, final long held, final long debt) {
        WalletTill.has(till, 1, STARS, available, 0, held, debt);
    }

    private void give(final long member, final long points, final long stars) {
        if (points != 0) {
            till.done(below(till.adjust(member, points)));
        }
        if (stars != 0) {
            till.done(below(in(till.adjust(member, stars), STARS)));
        }
    }

    private static Ask below(final Ask ask) {
        return ask.with(FixedField.FLAGS, Command.FLAG_MAY_GO_BELOW_ZERO);
    }

    @Test
    void holdsOfTwoWalletsBesideEachOther() {
        till.publish(WalletTill.shop(wallet(STARS)));
        give(1, 100, 100);
        assertEquals("stars -60!", moved(till.done(in(till.hold("h", 1, 60), STARS))));
        till.done(till.hold("p", 1, 30));
        till.has(1, 70, 0, 30, 0);
        stars(40, 60, 0);
        till.refused(ResultCode.INSUFFICIENT_POINTS, in(till.redeem(1, 41), STARS));
        final List<String> holds = WalletTill.rows(till, CommandType.QUERY_HOLDS, 1, 2);
        assertTrue(holds.get(0).startsWith("wallet/stars: ") && holds.get(0).endsWith(" 60"), holds::toString);
        assertTrue(holds.get(1).startsWith(": ") && holds.get(1).endsWith(" 30"), holds::toString);

        final Outcome capture = till.done(till.about(CommandType.CAPTURE, "h")
                .with(VarField.DOCUMENT_ID, "c")
                .points(45));
        assertEquals("-45 of stars -45!", capture.points + " of " + moved(capture));
        stars(55, 0, 0);
        assertEquals(
                "stars 20!",
                moved(till.done(till.about(CommandType.REVERSE, "c").amount(20))));
        stars(75, 0, 0);
        final Outcome released = till.done(till.about(CommandType.VOID, "p"));
        assertEquals("30, stars 0", released.points + ", " + moved(released));
        till.has(1, 100, 0, 0, 0);
        assertEquals("stars 25!", moved(till.done(till.about(CommandType.REVERSE, "c"))));
        stars(100, 0, 0);
    }

    @Test
    void aTimeOutGivesBackToTheWalletOfTheHold() {
        till.publish(WalletTill.shop(wallet(STARS)));
        give(1, 5, 50);
        till.done(in(till.hold("h", 1, 50), STARS).with(FixedField.TTL_MS, 1_000));
        give(1, 0, -8);
        stars(0, 50, 8);
        till.after(1_000);
        stars(42, 0, 0);
        till.has(1, 5, 0, 0, 0);
        till.refused(ResultCode.HOLD_EXPIRED, till.about(CommandType.CAPTURE, "h"));
    }

    @Test
    void debtsOfMergedMembersAreRepaidWalletByWallet() {
        till.publish(WalletTill.shop(wallet(STARS), wallet("growth")));
        give(1, 10, -40);
        give(2, 0, 25);
        give(2, -5, 0);
        till.done(in(till.adjust(2, 7), "growth"));
        till.done(till.ask(CommandType.MERGE).member(1).with(FixedField.OTHER_MEMBER_ID, 2));
        till.has(1, 5, 0, 0, 0);
        stars(0, 0, 15);
        WalletTill.has(till, 2, "growth", 7, 0, 0, 0);
    }

    @Test
    void adjustmentsNameAWallet() {
        till.publish(Till.shop()
                .catalogue(WalletTill.catalogue(wallet(STARS).notRedeemable().refund(RefundPolicy.Claw.DEBT, 20))
                        .add(new MoneyWallet("card", List.of()))
                        .build()));
        till.refused(ResultCode.NOT_OFFERED, in(till.adjust(1, 5), "none"));
        // Refused for good: nobody was enrolled.
        till.refused(ResultCode.UNKNOWN_MEMBER, in(till.adjust(1, -5), "none"));
        final Outcome up = till.done(in(till.adjust(1, 30), STARS));
        assertEquals("30 of stars 30!, member 1", up.points + " of " + moved(up) + ", member " + up.memberId);
        till.has(1, 0, 0, 0, 0);
        till.refused(ResultCode.NOT_OFFERED, in(till.adjust(1, 5), "card"));
        till.refused(ResultCode.INSUFFICIENT_POINTS, in(till.adjust(1, -31), STARS));
        till.refused(ResultCode.LIMIT_EXCEEDED, below(in(till.adjust(1, -51), STARS)));
        final Outcome down = till.done(below(in(till.adjust(1, -50), STARS)));
        assertEquals(
                "-50 of stars -50!, debt 20", down.points + " of " + moved(down) + ", debt " + down.addedDebtPoints);
        stars(0, 0, 20);
        // What cannot be spent cannot be, whatever there is.
        till.done(in(till.adjust(1, 40), STARS));
        till.refused(ResultCode.NOT_OFFERED, in(till.redeem(1, 1), STARS));
        till.refused(ResultCode.NOT_OFFERED, in(till.redeem(1, 1), "card"));
        till.refused(
                ResultCode.NOT_OFFERED,
                in(till.ask(CommandType.PREVIEW_REDEEM).member(1).points(1), STARS));
        till.done(till.ask(CommandType.PAUSE).rule(SpendingOps.REDEMPTIONS));
        till.refused(ResultCode.PAUSED, in(till.redeem(1, 1), STARS));
    }

    @Test
    void amountsAreAMatterOfPoints() {
        till.publish(WalletTill.shop(wallet(STARS))
                .burn(new io.tallymark.ledger.program.Burn(1, 100, ALWAYS, -1, List.of())));
        give(1, 100, 100);
        assertEquals(-10, till.done(till.ask(CommandType.REDEEM).member(1).amount(1_000)).points);
        till.refused(
                ResultCode.NOT_OFFERED,
                in(till.ask(CommandType.REDEEM).member(1).amount(1_000), STARS));
        stars(100, 0, 0);
    }

    @Test
    void lotsExpireByTheRuleOfTheirWallet() {
        till.publish(Till.shop()
                .expiry(Expiry.inactivity(1))
                .catalogue(WalletTill.catalogue(wallet(STARS).expiry(Expiry.months(1)), wallet("ever"))
                        .build()));
        till.done(till.order("o", 1, 1_000));
        till.to("2026-04-20T12:00:00+08:00");
        till.done(till.order("p", 1, 2_000));
        // Points stay through May by what happened last, stars of March through April, those of April through May.
        assertEquals(
                List.of(
                        "wallet/stars: 20574 10 0",
                        "wallet/stars: 20605 20 0",
                        ": 20605 30 0",
                        "wallet/ever: 2147483647 30 0"),
                WalletTill.rows(till, CommandType.QUERY_EXPIRING, 1, 3));
        till.done(in(till.redeem(1, 4), STARS).with(VarField.DOCUMENT_ID, "r"));
        till.done(in(till.hold("h", 1, 8), STARS).with(FixedField.TTL_MS, 30 * CompiledProgram.DAY_MS));
        stars(18, 8, 0);
        till.to("2026-04-30T23:59:59.999+08:00");
        stars(18, 8, 0);
        till.after(1);
        // Six of March are held, and two of April.
        stars(18, 8, 0);
        till.done(till.about(CommandType.VOID, "h"));
        stars(20, 0, 0);
        // What comes back of a lot that has expired is gone at once.
        assertEquals("ever 0, stars 4!", moved(till.done(till.about(CommandType.REVERSE, "r"))));
        stars(20, 0, 0);
        till.to("2026-06-01T00:00:00+08:00");
        stars(0, 0, 0);
        till.has(1, 0, 0, 0, 0);
        WalletTill.has(till, 1, "ever", 30, 0, 0, 0);
    }

    private static Reward mug(final long points, final String wallet) {
        return Reward.of("mug", Offer.of(points, 0).withStock(1).from(wallet));
    }

    @Test
    void aRewardForStars() {
        till.publish(Till.shop()
                .catalogue(
                        WalletTill.catalogue(wallet(STARS)).add(mug(40, STARS)).build()));
        give(1, 500, 39);
        till.refused(
                ResultCode.INSUFFICIENT_POINTS,
                till.ask(CommandType.REDEEM).member(1).rule("mug"));
        give(1, -600, 11);
        // Debt in points is no matter of stars.
        final Outcome o = till.done(till.ask(CommandType.REDEEM, "r").member(1).rule("mug"));
        assertEquals("-40 of stars -40!", o.points + " of " + moved(o));
        stars(10, 0, 0);
        till.refused(
                ResultCode.OUT_OF_STOCK, till.ask(CommandType.REDEEM).member(1).rule("mug"));
        assertEquals("stars 40!", moved(till.done(till.about(CommandType.REVERSE, "r"))));
        stars(50, 0, 0);
        till.has(1, 0, 0, 0, 100);

        // A hold for it goes on in stars when a version asks for points.
        till.done(till.ask(CommandType.HOLD, "h").member(1).rule("mug"));
        till.publish(Till.shop()
                .catalogue(WalletTill.catalogue(wallet(STARS)).add(mug(40, "")).build()));
        stars(10, 40, 0);
        final Outcome capture = till.done(till.about(CommandType.CAPTURE, "h"));
        assertEquals("-40 of stars -40!", capture.points + " of " + moved(capture));
        stars(10, 0, 0);
        till.done(till.ask(CommandType.RESTOCK).rule("mug").with(FixedField.QUANTITY, 1));
        till.refused(ResultCode.IN_DEBT, till.ask(CommandType.REDEEM).member(1).rule("mug"));
    }

    @Test
    void aDrawForStarsPaysInStars() {
        final Draw wheel = new Draw(
                "wheel", Offer.of(10, 0).from(STARS), List.of(new Draw.Prize(Draw.Kind.POINTS, "", 25, 1, 2, ALWAYS)));
        till.publish(Till.shop()
                .catalogue(WalletTill.catalogue(wallet(STARS).expiry(Expiry.months(1)))
                        .add(wheel)
                        .build()));
        give(1, 1, 30);
        final Ask draw = till.ask(CommandType.DRAW).member(1).rule("wheel");
        final Outcome won = till.done(draw.with(FixedField.RANDOM_BITS, Long.MAX_VALUE));
        assertEquals("15 of stars 15!", won.points + " of " + moved(won));
        final Outcome lost = till.done(
                till.ask(CommandType.DRAW).member(1).rule("wheel").with(FixedField.RANDOM_BITS, Long.MIN_VALUE));
        assertEquals("-10 of stars -10!", lost.points + " of " + moved(lost));
        stars(35, 0, 0);
        till.has(1, 1, 0, 0, 0);
        // Once more is told what it was, beside what there is now.
        final Outcome again = till.done(draw);
        assertEquals("15 of stars 15!", again.points + " of " + moved(again));
        stars(35, 0, 0);
    }

    @Test
    void aPackForStarsIsPaidBackInStars() {
        final Coupon tea = new Coupon("tea", 0, 4, 30, Expiry.NEVER_DAY, Limit.NONE, Condition.ALWAYS);
        final Pack box = new Pack(
                "box", Offer.of(10, 0).from(STARS), List.of(new CouponGrant("tea", 0, 0)), Pack.Refund.UNUSED_SHARE);
        till.publish(Till.shop()
                .catalogue(WalletTill.catalogue(wallet(STARS)).add(tea).add(box).build()));
        give(1, 50, 10);
        assertEquals(
                "stars -10!",
                moved(till.done(till.ask(CommandType.BUY_PACK, "b").member(1).rule("box"))));
        till.done(till.ask(CommandType.USE_COUPON).member(1).rule("tea"));
        // Three of four uses: floor(7.5).
        assertEquals("stars 7!", moved(till.done(till.about(CommandType.REFUND_PACK, "b"))));
        stars(7, 0, 0);
        till.has(1, 50, 0, 0, 0);
    }

    @Test
    void whatComesIntoStarsDoesNotKeepPointsAlive() {
        till.publish(Till.shop()
                .expiry(Expiry.inactivity(1))
                .catalogue(WalletTill.catalogue(wallet(STARS)).build()));
        for (int member = 1; member <= 3; member++) {
            till.done(till.order("o" + member, member, 1_000));
        }
        till.to("2026-04-20T12:00:00+08:00");
        for (int member = 1; member <= 2; member++) {
            till.done(till.hold("h" + member, member, 4).with(FixedField.TTL_MS, 30 * CompiledProgram.DAY_MS));
        }
        // Spending stars is activity.
        till.done(in(till.redeem(3, 1), STARS));
        till.to("2026-05-01T00:00:00+08:00");
        till.has(1, 0, 0, 4, 0);
        till.has(3, 10, 0, 0, 0);
        till.done(in(till.adjust(1, 5), STARS));
        till.done(till.adjust(2, 5));
        till.done(till.about(CommandType.VOID, "h1"));
        till.done(till.about(CommandType.VOID, "h2"));
        till.has(1, 0, 0, 0, 0);
        till.has(2, 9, 0, 0, 0);
        stars(15, 0, 0);
    }

    @Test
    void noMemberHasMoreThanTheMostInAllWalletsTogether() {
        till.publish(WalletTill.shop(wallet(STARS)));
        for (int member = 1; member <= 2; member++) {
            give(member, Limits.MAX_VALUE - 100, 0);
            give(member, 0, -50);
        }
        // What repays debt is not there.
        till.refused(ResultCode.LIMIT_EXCEEDED, in(till.adjust(1, 151), STARS));
        till.done(in(till.adjust(1, 150), STARS));
        till.done(in(till.redeem(1, 60), STARS).with(VarField.DOCUMENT_ID, "r"));
        till.done(till.adjust(1, 60));
        till.refused(ResultCode.LIMIT_EXCEEDED, till.about(CommandType.REVERSE, "r"));
        till.refused(ResultCode.LIMIT_EXCEEDED, till.order("o", 2, 7_600));
        assertEquals("stars 75", moved(till.done(till.order("p", 2, 7_500))));
        WalletTill.has(till, 2, STARS, 25, 0, 0, 0);
        till.refused(
                ResultCode.LIMIT_EXCEEDED, till.ask(CommandType.MERGE).member(1).with(FixedField.OTHER_MEMBER_ID, 2));
    }

    @Test
    void aReplayTellsWhatAnOrderGrantedAndElseTheWalletOfItsPointsAlone() {
        till.publish(WalletTill.shop(wallet(STARS), wallet("growth")));
        final Ask order = till.order("o", 1, 5_000);
        assertEquals("growth 50, stars 50", moved(till.done(order)));
        final Outcome again = till.done(order);
        assertEquals("50, growth 50, stars 50", again.points + ", " + moved(again));
        final Ask redeem = in(till.redeem(1, 20), STARS);
        till.done(redeem);
        till.done(in(till.adjust(1, 1), STARS));
        final Outcome second = till.done(redeem);
        assertEquals("-20, growth 0, stars -20!", second.points + ", " + moved(second));
        assertEquals(31, second.wallets.availablePoints(1));
        // The wallet is part of what was asked.
        till.refused(ResultCode.IDEMPOTENCY_CONFLICT, in(redeem, "growth"));
    }
}
