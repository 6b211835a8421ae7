package io.tallymark.ledger.reference;

import static io.tallymark.ledger.reference.WalletTill.in;
import static io.tallymark.ledger.reference.WalletTill.moved;
import static io.tallymark.ledger.reference.WalletTill.wallet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.Precredit;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes into further wallets of points, and what refunds take of it, worked out by hand. */
abstract class WalletEarningNumbers {
    private static final String STARS = "stars";
    private static final String GROWTH = "growth";
    private static final int ALWAYS = (int) CompiledProgram.UNLIMITED;

    private Till till;

    abstract Book book();

    @BeforeEach
    void open() {
        till = new Till(book());
    }

    private void stars(final long available, final long pending, final long held, final long debt) {
        WalletTill.has(till, 1, STARS, available, pending, held, debt);
    }

    private void growth(final long available, final long pending, final long held, final long debt) {
        WalletTill.has(till, 1, GROWTH, available, pending, held, debt);
    }

    @Test
    void eachWalletHasItsRateAndOnlySomeTheTiersMultiplier() {
        till.publish(
                WalletTill.shop(wallet(STARS).tierMultiplier(), wallet(GROWTH).rate(3, 1_000))
                        .addTier("gold", 0, 1_500_000)
                        .addCampaign(Till.bonus("extra", 7, CompiledProgram.UNLIMITED, CompiledProgram.UNLIMITED)));
        // 99.9 × 1.5 = 149.85; 29.97. Campaigns are a matter of points.
        final Outcome o = till.done(till.order("o", 1, 9_990));
        assertEquals(149 + 7, o.points);
        assertEquals("growth 29, stars 149", moved(o));
        till.has(1, 156, 0, 0, 0);
        stars(149, 0, 0, 0);
        growth(29, 0, 0, 0);
        // Of 6,660 remain 66.6 × 1.5 = 99.9 and 19.98.
        final Outcome refund = till.done(till.refund("o").amount(3_330));
        assertEquals("growth -10, stars -50", moved(refund));
        assertEquals("growth -19, stars -99", moved(till.done(till.refund("o"))));
        growth(0, 0, 0, 0);
        stars(0, 0, 0, 0);
    }

    @Test
    void linesAndTheOrdersAmountDecideWhatEarns() {
        final Condition when =
                Condition.builder().skus("A").minOrderMinor(5_000).build();
        till.publish(WalletTill.shop(wallet(GROWTH).when(when)));
        final Outcome o = till.done(till.order("o", 1, 12_000)
                .line(1, 1, 6_000, 0, "A", "", "")
                .line(2, 1, 4_000, 0, "B", "", "")
                .line(3, 1, 2_000, 2, "A", "", ""));
        // The sample earns nothing, in no wallet.
        assertEquals("100, growth 60", o.points + ", " + moved(o));
        assertEquals("growth -10", moved(till.done(till.refund("o").line(1, 0, 1_000))));
        assertEquals(
                "growth 0", moved(till.done(till.refund("o").line(2, 0, 4_000).line(3, 0, 2_000))));
        growth(50, 0, 0, 0);
        // 4,999 are left: too little an order to earn there at all.
        assertEquals("growth -50", moved(till.done(till.refund("o").line(1, 0, 1))));
        assertEquals("growth 0", moved(till.done(till.order("small", 1, 4_999).line(1, 1, 4_999, 0, "A", "", ""))));
        // Without lines nothing is an A.
        assertEquals("growth 0", moved(till.done(till.order("plain", 1, 9_000))));
    }

    @Test
    void aRefundTakesFromEachWalletByItsOwnPolicy() {
        till.publish(WalletTill.shop(
                wallet("debt").refund(RefundPolicy.Claw.DEBT, 30),
                wallet("there").refund(RefundPolicy.Claw.WITHIN_BALANCE, 30),
                wallet("wait").refund(RefundPolicy.Claw.PENDING_ONLY, 30)));
        till.done(till.order("o", 1, 10_000));
        for (final String one : List.of("debt", "there", "wait")) {
            till.done(in(till.redeem(1, 60), one));
        }
        final Outcome refund = till.done(till.refund("o"));
        assertEquals("-100, debt -100, there -100, wait -100", refund.points + ", " + moved(refund));
        // Debt and write-off of the answer are those of points.
        assertEquals("0 0", refund.addedDebtPoints + " " + refund.writtenOffPoints);
        WalletTill.has(till, 1, "debt", 0, 0, 0, 30);
        WalletTill.has(till, 1, "there", 0, 0, 0, 0);
        WalletTill.has(till, 1, "wait", 40, 0, 0, 0);

        // What comes in repays the debt of its own wallet alone.
        till.done(till.order("o2", 1, 2_000));
        till.has(1, 20, 0, 0, 0);
        WalletTill.has(till, 1, "debt", 0, 0, 0, 10);
        WalletTill.has(till, 1, "there", 20, 0, 0, 0);
        till.refused(ResultCode.IN_DEBT, in(till.redeem(1, 1), "debt"));
        till.done(till.redeem(1, 1));
        till.done(in(till.redeem(1, 1), "there"));

        till.refused(ResultCode.IN_DEBT, till.ask(CommandType.CLOSE).member(1));
        till.done(in(till.adjust(1, 10), "debt"));
        final Outcome close = till.done(till.ask(CommandType.CLOSE).member(1));
        assertEquals("-19, debt 0, there -19, wait -60", close.points + ", " + moved(close));
        // Of the closed all is written off.
        assertEquals("debt -20, there -20, wait -20", moved(till.done(till.refund("o2"))));
        WalletTill.has(till, 1, "debt", 0, 0, 0, 0);
    }

    @Test
    void oneWalletCountsForTiersInPlaceOfPoints() {
        final Requirement hundred = new Requirement(false, 0, 0, 100, 0);
        final Tier silver =
                new Tier("silver", 1_000_000, hundred, Tier.Window.LIFETIME, 0, 0, hundred, 0, 0, 0, 5, List.of());
        till.publish(Till.shop()
                .baseRate(10, 100)
                .addTier(silver)
                .addActivity(new Activity("walk", 60, Activity.Per.DAY, ALWAYS, GROWTH))
                .addActivity(new Activity("talk", 900, Activity.Per.DAY, ALWAYS, STARS))
                .addActivity(new Activity("look", 900, Activity.Per.DAY, ALWAYS))
                .catalogue(WalletTill.catalogue(wallet(GROWTH).qualifying().notRedeemable(), wallet(STARS))
                        .build()));
        assertEquals("growth 40, stars 40", moved(till.done(till.order("o", 1, 4_000))));
        assertEquals(
                "growth 0, stars 900!",
                moved(till.done(till.ask(CommandType.ACTIVITY).member(1).rule("talk"))));
        till.done(till.ask(CommandType.ACTIVITY).member(1).rule("look"));
        assertEquals(40, till.query(1).lifetimePoints);
        till.hasTier(1, "");
        final Outcome walk = till.done(till.ask(CommandType.ACTIVITY).member(1).rule("walk"));
        assertEquals(
                "60 of growth 60!, stars 0 and 5", walk.points + " of " + moved(walk) + " and " + walk.bonusPoints);
        till.hasTier(1, "silver");
        // The bonus of the tier is in points, and so is what claws it.
        till.has(1, 400 + 900 + 5, 0, 0, 0);
        assertEquals("growth -1, stars -1", moved(till.done(till.refund("o").amount(100))));
        assertEquals(99, till.query(1).lifetimePoints);
        till.hasTier(1, "");
        till.has(1, 390 + 900, 0, 0, 0);
    }

    @Test
    void theWalletThatCountedWhenAnOrderCameIsTheOneThatItsRefundLowers() {
        till.publish(WalletTill.shop(wallet(GROWTH).rate(1, 50).qualifying()));
        till.done(till.order("o", 1, 10_000));
        assertEquals(200, till.query(1).lifetimePoints);
        till.publish(WalletTill.shop(wallet(GROWTH).rate(1, 50)));
        till.done(till.order("p", 1, 10_000));
        assertEquals(300, till.query(1).lifetimePoints);
        till.done(till.refund("o").amount(5_000));
        assertEquals(200, till.query(1).lifetimePoints);
        till.done(till.refund("p").amount(5_000));
        assertEquals(150, till.query(1).lifetimePoints);
    }

    @Test
    void fulfilmentActivatesInEveryWalletThatWaitsForIt() {
        till.publish(WalletTill.shop(
                wallet(STARS).activation(true, 0),
                wallet(GROWTH).activation(true, 3),
                wallet("soon").activation(false, 1)));
        till.done(till.order("o", 1, 10_000));
        till.done(till.order("p", 1, 500));
        till.has(1, 105, 0, 0, 0);
        stars(0, 105, 0, 0);
        assertEquals(
                List.of("wallet/soon: 20528 2147483647 105"),
                WalletTill.rows(till, CommandType.QUERY_PENDING, 1, 3).subList(0, 1));
        final Outcome activated = till.done(till.about(CommandType.ACTIVATE_PENDING, "o"));
        assertEquals("0, growth 100, soon 0, stars 100", activated.points + ", " + moved(activated));
        stars(100, 5, 0, 0);
        growth(0, 105, 0, 0);
        till.refused(ResultCode.NOT_PENDING, till.about(CommandType.ACTIVATE_PENDING, "o"));
        // What waits is cancelled in every wallet, whatever it waits for.
        final Outcome cancelled = till.done(till.about(CommandType.CANCEL_PENDING, "p"));
        assertEquals("0, growth -5, soon -5, stars -5", cancelled.points + ", " + moved(cancelled));
        till.refused(ResultCode.NOT_PENDING, till.about(CommandType.CANCEL_PENDING, "p"));
        till.afterDays(1);
        WalletTill.has(till, 1, "soon", 100, 0, 0, 0);
        till.afterDays(2);
        growth(100, 0, 0, 0);
        till.refused(ResultCode.NOT_PENDING, till.about(CommandType.CANCEL_PENDING, "o"));
        // Nothing of it is left to be taken a second time.
        assertEquals("growth 0, soon 0, stars 0", moved(till.done(till.refund("p"))));
    }

    @Test
    void returnsWithoutAnOrderTakeWhereAWalletSaysSo() {
        till.publish(WalletTill.shop(
                        wallet(STARS).rate(1, 50).unreferenced(),
                        wallet(GROWTH),
                        wallet("cards").rate(0, 1).unreferenced())
                .refund(new RefundPolicy(RefundPolicy.Claw.DEBT, 1_000, true)));
        till.done(till.order("o", 1, 2_050));
        final Outcome o =
                till.done(till.ask(CommandType.RETURN_UNREFERENCED).member(1).amount(3_030));
        assertEquals("-30, cards 0, growth 0, stars -60", o.points + ", " + moved(o));
        assertEquals(10, o.addedDebtPoints);
        till.has(1, 0, 0, 0, 10);
        stars(0, 0, 0, 19);
        growth(20, 0, 0, 0);
    }

    @Test
    void frozenMembersGetWhatCameIntoEachWalletWhenTheyThaw() {
        till.publish(WalletTill.shop(wallet(STARS)));
        till.done(till.order("o", 1, 1_000));
        till.done(till.ask(CommandType.FREEZE).member(1));
        till.done(till.order("p", 1, 2_000));
        till.done(in(till.adjust(1, 3), STARS));
        stars(10, 23, 0, 0);
        till.refused(ResultCode.MEMBER_FROZEN, in(till.redeem(1, 1), STARS));
        till.afterDays(2);
        stars(10, 23, 0, 0);
        till.done(till.ask(CommandType.UNFREEZE).member(1));
        stars(33, 0, 0, 0);
    }

    @Test
    void cardsWaitForTheFirstPurchaseInTheirWallet() {
        till.publish(Till.shop()
                .catalogue(WalletTill.catalogue(wallet(STARS).rate(0, 1))
                        .add(new Precredit("welcome", 40, STARS))
                        .build()));
        till.done(till.ask(CommandType.ENROL).member(1));
        final Outcome card = till.done(till.ask(CommandType.ACTIVITY).member(1).rule("welcome"));
        assertEquals("40, stars 40!", card.points + ", " + moved(card));
        stars(0, 40, 0, 0);
        till.done(in(till.adjust(1, -15).with(FixedField.FLAGS, Command.FLAG_MAY_GO_BELOW_ZERO), STARS));
        stars(0, 40, 0, 15);
        assertEquals("stars 0", moved(till.done(till.order("o", 1, 100))));
        stars(25, 0, 0, 0);
    }

    @Test
    void walletsStayOfTheirKind() {
        till.publish(WalletTill.shop(wallet(STARS)));
        till.publish(WalletTill.shop(wallet(STARS), wallet(GROWTH)));
        final MoneyWallet money = new MoneyWallet("card", List.of());
        till.publish(Till.shop()
                .catalogue(WalletTill.catalogue(wallet(STARS), wallet(GROWTH))
                        .add(money)
                        .build()));
        till.publish(WalletTill.shop(wallet(STARS), wallet(GROWTH)));
        // Listed first means told first, whatever the ids.
        till.done(till.order("o", 1, 100));
        assertEquals("stars 0, growth 0", moved(till.query(1)));
        final List<CompiledProgram.Builder> contradict = List.of(
                WalletTill.shop(wallet(STARS)),
                WalletTill.shop(wallet(STARS), wallet(GROWTH), wallet("card")),
                Till.shop()
                        .catalogue(WalletTill.catalogue(wallet(STARS))
                                .add(new MoneyWallet(GROWTH, List.of()))
                                .build()));
        for (final CompiledProgram.Builder next : contradict) {
            final Outcome o = till.send(Ask.publish("next", next.build(), 0));
            assertEquals(ResultCode.PROGRAM_INVALID, o.code);
        }
    }
}
