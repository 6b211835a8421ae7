package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.PointSale;
import io.tallymark.ledger.program.Precredit;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Points bought, brought from a partner, and on a card; the numbers were worked out by hand. */
final class PointsWithoutOrdersTest {
    private final Desk desk = new Desk();
    private int document;

    private static CompiledProgram.Builder program() {
        final Limit twiceADay = new Limit(Activity.Per.DAY, 2);
        return Desk.mima()
                .keyDays(200)
                .claimDays(30)
                .addActivity(new Activity("sign-in", 5, Activity.Per.DAY, 1))
                .catalogue(Catalogue.builder()
                        .add(new Issuer("airline", 3, 10, twiceADay, 0, 0))
                        .add(new Issuer("bank", 0, 0, Limit.NONE, 0, 0))
                        .add(new PointSale("bag", 1_000, 9_900, new Limit(Activity.Per.MONTH, 1)))
                        .add(new Precredit("card", 200))
                        .build());
    }

    private Outcome activity(final long member, final String rule, final long points) {
        return desk.apply(Commands.keyed(CommandType.ACTIVITY, "n" + ++document)
                .memberId(member)
                .points(points)
                .put(VarField.RULE_ID, rule));
    }

    private Outcome accepted(final Command c) {
        final Outcome o = desk.apply(c);
        assertEquals(ResultCode.ACCEPTED, o.code, o.toString());
        return o;
    }

    private Outcome query(final CommandType type, final long member) {
        return desk.apply(new Command()
                .reset(type)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .memberId(member));
    }

    private static void assertCredited(final Outcome o, final long points, final long cashMinor) {
        assertEquals(ResultCode.ACCEPTED, o.code, o.toString());
        assertEquals(points, o.points);
        assertEquals(cashMinor, o.cashMinor);
    }

    private void assertBalances(final long member, final long available, final long pending) {
        final Outcome o = query(CommandType.QUERY_MEMBER, member);
        assertEquals(available, o.availablePoints);
        assertEquals(pending, o.pendingPoints);
    }

    @Test
    void pointsAreSoldForTheRulesPrice() {
        desk.publish(program().build());
        assertCredited(activity(1, "bag", 0), 1_000, 9_900);
        final Outcome second = activity(1, "bag", 0);
        assertEquals(ResultCode.RULE_LIMIT_REACHED, second.code);
        assertEquals(0, second.cashMinor);
        assertEquals(ResultCode.NOT_OFFERED, activity(1, "bag", 7).code, "the rule says how many, not the caller");
        // 1 December.
        desk.afterDays(9);
        assertCredited(activity(1, "bag", 0), 1_000, 9_900);
        assertBalances(1, 2_000, 0);
        assertEquals(2_000, query(CommandType.QUERY_MEMBER, 1).lifetimePoints);
    }

    @Test
    void partnersPointsComeAtTheRuleOfTheIssuer() {
        desk.publish(program().build());
        assertCredited(activity(1, "airline", 19), 5, 0);
        assertEquals(ResultCode.BELOW_MINIMUM, activity(1, "airline", 3).code);
        assertCredited(activity(1, "airline", 4), 1, 0);
        // The limit before the minimum.
        assertEquals(ResultCode.RULE_LIMIT_REACHED, activity(1, "airline", 3).code);
        assertEquals(ResultCode.RULE_LIMIT_REACHED, activity(1, "airline", 40).code);
        assertEquals(ResultCode.NOT_OFFERED, activity(1, "airline", 0).code);
        assertEquals(ResultCode.NOT_OFFERED, activity(1, "bank", 5).code);
        assertEquals(ResultCode.NOT_OFFERED, activity(1, "bank", 0).code);
        assertEquals(ResultCode.NOT_OFFERED, activity(1, "sign-in", 5).code);
        assertEquals(ResultCode.NOT_OFFERED, activity(1, "card", 5).code);
        assertEquals(ResultCode.NOT_OFFERED, activity(1, "nothing", 0).code);
        assertCredited(activity(1, "sign-in", 0), 5, 0);
        assertEquals(ResultCode.VALUE_OUT_OF_RANGE, activity(1, "airline", -1).code);
        assertEquals(ResultCode.VALUE_OUT_OF_RANGE, activity(1, "airline", Limits.MAX_VALUE + 1).code);
        final Outcome lots = query(CommandType.QUERY_EXPIRING, 1);
        assertEquals(2, lots.rows.count());
        assertEquals(5, lots.rows.value(0, 1));
        assertEquals("airline", new String(lots.rows.text(1), StandardCharsets.US_ASCII));
        assertEquals(6, lots.rows.value(1, 1));
    }

    @Test
    void anImportNeverLeadsBeyondTheLargestBalance() {
        final Catalogue.Builder rich = Catalogue.builder().add(new Issuer("rich", 2, 1, Limit.NONE, 0, 0));
        desk.publish(Desk.mima().catalogue(rich.build()).build());
        assertEquals(ResultCode.LIMIT_EXCEEDED, activity(1, "rich", Limits.MAX_VALUE).code);
        assertCredited(activity(1, "rich", Limits.MAX_VALUE / 2), Limits.MAX_VALUE, 0);
        assertEquals(ResultCode.LIMIT_EXCEEDED, activity(1, "rich", 1).code);
    }

    @Test
    void aCardWaitsForTheFirstPurchase() {
        desk.publish(program().build());
        assertCredited(activity(1, "card", 0), 200, 0);
        assertBalances(1, 0, 200);
        assertEquals(ResultCode.RULE_LIMIT_REACHED, activity(1, "card", 0).code);
        final Outcome pending = query(CommandType.QUERY_PENDING, 1);
        assertEquals(OrderDraft.FIRST_PURCHASE_DAY, pending.rows.value(0, 0));
        desk.afterDays(100);
        assertCredited(activity(1, "sign-in", 0), 5, 0);
        assertBalances(1, 5, 200);
        final Outcome o = accepted(Commands.accrue("first", 1, 1_000));
        assertEquals(10, o.points, "what was on the card is no part of it");
        assertBalances(1, 215, 0);
        // A refund of that order is no matter of the card.
        accepted(Commands.keyed(CommandType.REFUND, "back").put(VarField.ORIGINAL_DOCUMENT_ID, "first"));
        assertBalances(1, 205, 0);
        assertEquals(ResultCode.RULE_LIMIT_REACHED, activity(1, "card", 0).code);
        accepted(Commands.accrue("x", 2, 1_000));
        assertCredited(activity(2, "card", 0), 200, 0);
        assertBalances(2, 210, 0);
    }

    @Test
    void aPreviewOfTheFirstPurchaseActivatesNothing() {
        desk.publish(program().build());
        activity(1, "card", 0);
        final Outcome preview = desk.apply(new Command()
                .reset(CommandType.PREVIEW_ACCRUE)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .memberId(1)
                .amountMinor(1_000));
        assertFalse(preview.journaled);
        assertEquals(10, preview.points);
        assertBalances(1, 0, 200);
    }

    @Test
    void theCardRepaysDebtBeforeTheOrderEarns() {
        desk.publish(program().build());
        activity(1, "card", 0);
        accepted(Commands.adjust("down", 1, -150).flags(Command.FLAG_MAY_GO_BELOW_ZERO));
        final Outcome o = accepted(Commands.accrue("first", 1, 1_000));
        assertEquals(0, o.debtPoints);
        assertEquals(60, o.availablePoints);
    }

    @Test
    void aClaimIsAFirstPurchaseToo() {
        desk.publish(program().build());
        activity(1, "card", 0);
        accepted(Commands.keyed(CommandType.CLAIM, "claim")
                .memberId(1)
                .amountMinor(1_000)
                .eventTimeMs(desk.nowMs - 1_000)
                .put(VarField.ORIGINAL_DOCUMENT_ID, "earlier"));
        assertBalances(1, 210, 0);
    }

    @Test
    void theFirstPurchaseOfAFrozenMemberLeavesTheCardPendingUntilUnfreezing() {
        desk.publish(program().build());
        activity(1, "card", 0);
        accepted(Commands.keyed(CommandType.FREEZE, "f").memberId(1));
        accepted(Commands.accrue("first", 1, 1_000));
        assertBalances(1, 0, 210);
        accepted(Commands.keyed(CommandType.UNFREEZE, "u").memberId(1));
        assertBalances(1, 210, 0);
    }

    @Test
    void activationOfAnOrderDoesNotTouchTheCard() {
        desk.publish(program().activation(new Activation(true, 0)).build());
        activity(1, "card", 0);
        accepted(Commands.accrue("first", 1, 1_000));
        assertBalances(1, 200, 10);
        activity(2, "card", 0);
        accepted(Commands.accrue("second", 3, 1_000));
        accepted(Commands.keyed(CommandType.MERGE, "m").memberId(2).otherMemberId(3));
        assertBalances(3, 200, 10);
        accepted(Commands.keyed(CommandType.CANCEL_PENDING, "c").put(VarField.ORIGINAL_DOCUMENT_ID, "second"));
        assertBalances(3, 200, 0);
    }

    @Test
    void aMergeWithSomebodyWhoNeverBoughtKeepsTheCardWaiting() {
        desk.publish(program().build());
        activity(1, "card", 0);
        activity(2, "card", 0);
        accepted(Commands.keyed(CommandType.MERGE, "m").memberId(1).otherMemberId(2));
        assertBalances(2, 0, 400);
        accepted(Commands.accrue("first", 1, 1_000));
        assertBalances(2, 410, 0);
        assertTrue(activity(2, "card", 0).code == ResultCode.RULE_LIMIT_REACHED);
    }

    @Test
    void closingForfeitsTheCard() {
        desk.publish(program().build());
        activity(1, "card", 0);
        final Outcome o = accepted(Commands.keyed(CommandType.CLOSE, "c").memberId(1));
        assertEquals(-200, o.points);
    }
}
