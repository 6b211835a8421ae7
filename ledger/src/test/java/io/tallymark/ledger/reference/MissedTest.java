package io.tallymark.ledger.reference;

import static io.tallymark.ledger.program.CompiledProgram.UNLIMITED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.VarField;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What was gone when it should have been taken back, and comes back: in numbers, by the ledger and by the reference. */
final class MissedTest {
    private Till till;

    private static Campaign campaign(final String id, final int priority, final long fromMinor, final int uses) {
        return new Campaign(
                id,
                priority,
                Campaign.Mode.BONUS,
                0,
                0,
                false,
                "",
                Condition.builder().minOrderMinor(fromMinor).build(),
                UNLIMITED,
                UNLIMITED,
                UNLIMITED,
                UNLIMITED,
                List.of(new CouponGrant("week", uses, 0)));
    }

    private void withBoth(final Consumer<Till> story) {
        for (final Book book : List.of(Book.ledger(), Book.reference())) {
            till = new Till(book);
            till.publish(Till.shop()
                    .catalogue(Catalogue.builder()
                            .add(Coupon.of("week", 500, 7))
                            .add(Coupon.of("other", 0, 60))
                            .add(new MoneyWallet("card", List.of(new MoneyWallet.TopUp(100, 7))))
                            .add(new Reward("gift", Offer.of(10, 0), List.of(), "card", 60))
                            .build())
                    .addCampaign(campaign("any", 1, 0, 1))
                    .addCampaign(campaign("big", 2, 50_000, 2)));
            story.accept(till);
        }
    }

    private void use(final String document) {
        till.done(till.ask(CommandType.USE_COUPON, document).member(1).with(VarField.RULE_ID, "week"));
    }

    private void back(final String document) {
        till.done(till.about(CommandType.RETURN_USE, document));
    }

    /** Of each holding of member 1 its uses and what is left; the funnel: granted, used, returned, revoked, expired. */
    private void assertWeeks(final String holdings, final String funnel) {
        final Outcome has =
                till.send(Ask.of(CommandType.QUERY_COUPONS, Till.PROGRAM, "").member(1));
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < has.rows.count(); i++) {
            text.append(i == 0 ? "" : "; ")
                    .append(has.rows.value(i, 2))
                    .append(' ')
                    .append(has.rows.value(i, 3));
        }
        final Outcome all =
                till.send(Ask.of(CommandType.QUERY_COUPON, Till.PROGRAM, "").with(VarField.RULE_ID, "week"));
        final StringBuilder columns = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            columns.append(i == 0 ? "" : " ").append(all.rows.value(0, i));
        }
        assertEquals(holdings + " of " + funnel, text + " of " + columns);
    }

    @Test
    void ofTwoGrantsOfAnOrderTheRevokedOneIsPaidFirst() {
        withBoth(t -> {
            t.done(t.order("o", 1, 60_000));
            use("u1");
            use("u2");
            t.done(t.hold("h", 1, 0).with(VarField.COUPON_ID, "week"));
            assertWeeks("", "3 2 0 0 0");
            // Two are missed.
            t.done(t.refund("o").amount(20_000));
            t.done(t.about(CommandType.VOID, "h"));
            assertWeeks("", "3 2 0 1 0");
            back("u2");
            assertWeeks("", "3 1 1 2 0");
            back("u1");
            assertWeeks("3 1", "3 0 2 2 0");
            use("u3");
            t.done(t.refund("o"));
            back("u3");
            assertWeeks("", "3 0 3 3 0");
        });
    }

    @Test
    void aFullBookRemembersNoOther() {
        withBoth(t -> {
            t.done(t.order("o1", 1, 100));
            t.done(t.order("o2", 1, 100));
            use("u1");
            use("u2");
            for (int i = 1; i < 1_000; i++) {
                t.done(t.ask(CommandType.GRANT_COUPON).member(1).with(VarField.RULE_ID, "other"));
            }
            t.done(t.refund("o1"));
            t.done(t.refund("o2"));
            back("u2");
            back("u1");
            // Of the first order it is remembered, of the second there was no room for it.
            final Outcome all =
                    t.send(Ask.of(CommandType.QUERY_COUPON, Till.PROGRAM, "").with(VarField.RULE_ID, "week"));
            assertEquals("2 2 1", all.rows.value(0, 0) + " " + all.rows.value(0, 2) + " " + all.rows.value(0, 3));
        });
    }

    @Test
    void theGiftThatComesBackPaysWhatIsOwed() {
        withBoth(t -> {
            t.done(t.order("o1", 1, 10_000));
            t.done(t.order("o2", 2, 10_000));
            for (int member = 1; member <= 2; member++) {
                t.done(t.ask(CommandType.REDEEM, "r" + member).member(member).with(VarField.RULE_ID, "gift"));
                t.done(value(CommandType.TOP_UP, "t" + member, member, 100));
                // All of the principal, 50 of 67 of the gift.
                t.done(value(CommandType.SPEND_VALUE, "s" + member, member, 150));
                t.done(t.about(CommandType.REVERSE, "r" + member));
            }
            // 43 owed by each.
            assertCard("0 0", t.done(t.about(CommandType.REVERSE, "s1").amount(20)));
            t.done(t.ask(CommandType.MERGE).member(1).with(FixedField.OTHER_MEMBER_ID, 2));
            // 66 owed; 30 of gift come back, then 50.
            assertCard("100 0", t.done(t.about(CommandType.REVERSE, "s1")));
            assertCard("200 7", t.done(value(CommandType.TOP_UP, "t3", 2, 100)));
            assertCard("200 21", t.done(t.about(CommandType.REVERSE, "s2").amount(50)));
            assertCard("300 21", t.done(t.about(CommandType.REVERSE, "s2")));
        });
    }

    private Ask value(final CommandType type, final String document, final long member, final long amountMinor) {
        return till.ask(type, document).member(member).amount(amountMinor).with(VarField.RULE_ID, "card");
    }

    private static void assertCard(final String principalAndGift, final Outcome o) {
        assertEquals(principalAndGift, o.rows.value(0, 0) + " " + o.rows.value(0, 1));
    }
}
