package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose points they are, and what issuers come to owe each other; the numbers were worked out by hand. */
final class IssuersTest {
    private final Desk desk = new Desk();
    private int document;

    private static Issuer issuer(final String id, final long settlePoints, final long settleMinor) {
        return new Issuer(id, 0, 0, Limit.NONE, settlePoints, settleMinor);
    }

    private static Catalogue.Builder issuers() {
        return Catalogue.builder()
                .add(issuer("coffee", 0, 0))
                .add(issuer("books", 3, 2))
                .brand("bean", "coffee")
                .brand("novel", "books");
    }

    /** One point for 1.00; points are valid through the last day of the year. */
    private static CompiledProgram.Builder program() {
        return CompiledProgram.builder(Commands.PROGRAM)
                .currency("CNY")
                .utcOffsetMinutes(480)
                .enrolUnknownMembers(true)
                .lateWindowMs(0)
                .keyDays(60)
                .baseRate(1, 100)
                .debtLimitPoints(1_000)
                .transferDailyLimitPoints(1_000_000)
                .expiry(Expiry.fixed(12, 31, 0));
    }

    private Outcome accrue(final String name, final long member, final String brand, final long amountMinor) {
        return accepted(Commands.accrue(name, member, amountMinor).put(VarField.BRAND, brand));
    }

    private Outcome redeem(final String name, final long member, final String brand, final long points) {
        return accepted(Commands.redeem(name, member, points).put(VarField.BRAND, brand));
    }

    private Outcome about(final CommandType type, final String original) {
        return accepted(original(type, original));
    }

    private Command original(final CommandType type, final String original) {
        return Commands.keyed(type, "o" + ++document).put(VarField.ORIGINAL_DOCUMENT_ID, original);
    }

    private Outcome accepted(final Command c) {
        final Outcome o = desk.apply(c);
        assertEquals(ResultCode.ACCEPTED, o.code, o.toString());
        return o;
    }

    /** Issuers and points of the lots in taking order; with * what of them is held. */
    private List<String> lots(final long member) {
        final Outcome o = query(CommandType.QUERY_EXPIRING, member);
        final List<String> lots = new ArrayList<>();
        for (int i = 0; i < o.rows.count(); i++) {
            final long held = o.rows.value(i, 2);
            lots.add(text(o, i) + " " + o.rows.value(i, 1) + (held > 0 ? "*" + held : ""));
        }
        return lots;
    }

    private List<String> pending(final long member) {
        final Outcome o = query(CommandType.QUERY_PENDING, member);
        final List<String> lots = new ArrayList<>();
        for (int i = 0; i < o.rows.count(); i++) {
            lots.add(text(o, i) + " " + o.rows.value(i, 2));
        }
        return lots;
    }

    private static String text(final Outcome o, final int row) {
        final String text = new String(o.rows.text(row), StandardCharsets.US_ASCII);
        return text.isEmpty() ? "house" : text;
    }

    private Outcome query(final CommandType type, final long member) {
        return desk.apply(new Command()
                .reset(type)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .memberId(member));
    }

    /** Of each counterpart what is owed there with its value, and what it owes. */
    private List<String> settlement(final String issuer) {
        final Outcome o = desk.apply(new Command()
                .reset(CommandType.QUERY_SETTLEMENT)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .put(VarField.RULE_ID, issuer));
        assertEquals(ResultCode.ACCEPTED, o.code);
        final List<String> rows = new ArrayList<>();
        for (int i = 0; i < o.rows.count(); i++) {
            rows.add(text(o, i) + " owes " + o.rows.value(i, 0) + "=" + o.rows.value(i, 1) + " owed "
                    + o.rows.value(i, 2) + "=" + o.rows.value(i, 3));
        }
        return rows;
    }

    private void fill(final long member) {
        accrue("a" + member, member, "", 10_000);
        accrue("b" + member, member, "bean", 20_000);
        accrue("c" + member, member, "novel", 30_000);
        accrue("d" + member, member, "unheard of", 1_000);
    }

    @Test
    void lotsBelongToTheIssuerOfTheBrand() {
        desk.publish(program().catalogue(issuers().build()).build());
        fill(1);
        // Of one day: the house, then as they were listed first, which within a version is by id.
        assertEquals(List.of("house 110", "books 300", "coffee 200"), lots(1));
        assertEquals(610, query(CommandType.QUERY_MEMBER, 1).availablePoints);
    }

    @Test
    void pointsOfOthersThanTheCounterpartAreSettled() {
        desk.publish(program().catalogue(issuers().build()).build());
        fill(1);
        redeem("r", 1, "bean", 450);
        assertEquals(List.of("coffee 160"), lots(1));
        // 300 points of the books at 2 for 3; the house says nothing of what its points are worth.
        assertEquals(List.of("house owes 0=0 owed 110=0", "books owes 0=0 owed 300=200"), settlement("coffee"));
        assertEquals(List.of("coffee owes 300=200 owed 0=0"), settlement("books"));
        // Half of it comes back: 40 of the coffee, which were taken last, then 185 of the books.
        accepted(original(CommandType.REVERSE, "r").amountMinor(225));
        assertEquals(List.of("books 185", "coffee 200"), lots(1));
        // floor(115 × 2 ÷ 3)
        assertEquals(List.of("coffee owes 115=76 owed 0=0"), settlement("books"));
        about(CommandType.REVERSE, "r");
        assertEquals(List.of("house 110", "books 300", "coffee 200"), lots(1));
        assertEquals(List.of(), settlement("books"));
        assertEquals(List.of(), settlement("coffee"));
    }

    @Test
    void aCaptureIsSettledWithTheCounterpartOfItsHold() {
        desk.publish(program().catalogue(issuers().build()).build());
        fill(1);
        accepted(Commands.keyed(CommandType.HOLD, "h").memberId(1).points(150).put(VarField.BRAND, "novel"));
        assertEquals(List.of("house 110*110", "books 300*40", "coffee 200"), lots(1));
        assertEquals(List.of(), settlement("books"));
        accepted(original(CommandType.CAPTURE, "h").points(120));
        assertEquals(List.of("books 290", "coffee 200"), lots(1));
        assertEquals(List.of("house owes 0=0 owed 110=0"), settlement("books"));
        accepted(Commands.keyed(CommandType.HOLD, "h2").memberId(1).points(300));
        assertEquals(List.of("books 290*290", "coffee 200*10"), lots(1));
        desk.after(HoldHandler.DEFAULT_TTL_MS);
        accepted(Commands.adjust("now", 1, 1));
        assertEquals(List.of("house 1", "books 290", "coffee 200"), lots(1));
        assertEquals(List.of("house owes 0=0 owed 110=0"), settlement("books"));
    }

    @Test
    void rewardsAreSettledWithTheCounterpartToo() {
        final Catalogue.Builder catalogue = issuers().add(Reward.of("mug", Offer.of(150, 0)));
        desk.publish(program().catalogue(catalogue.build()).build());
        fill(1);
        accepted(Commands.keyed(CommandType.REDEEM, "r")
                .memberId(1)
                .put(VarField.RULE_ID, "mug")
                .put(VarField.BRAND, "bean"));
        assertEquals(List.of("books 260", "coffee 200"), lots(1));
        assertEquals(List.of("house owes 0=0 owed 110=0", "books owes 0=0 owed 40=26"), settlement("coffee"));
        about(CommandType.REVERSE, "r");
        assertEquals(List.of("house 110", "books 300", "coffee 200"), lots(1));
        assertEquals(List.of(), settlement("coffee"));
        accepted(Commands.keyed(CommandType.HOLD, "h")
                .memberId(1)
                .put(VarField.RULE_ID, "mug")
                .put(VarField.BRAND, "novel"));
        assertEquals(List.of(), settlement("books"));
        about(CommandType.CAPTURE, "h");
        assertEquals(List.of("house owes 0=0 owed 110=0"), settlement("books"));
    }

    @Test
    void aRefundTakesItsOwnLotThenThoseOfOthersWhichAreSettled() {
        desk.publish(program().catalogue(issuers().build()).build());
        accrue("house", 1, "", 5_000);
        accrue("bean", 1, "bean", 20_000);
        accrue("novel", 1, "novel", 10_000);
        accepted(original(CommandType.REFUND, "bean").amountMinor(5_000));
        assertEquals(List.of("house 50", "books 100", "coffee 150"), lots(1));
        assertEquals(List.of(), settlement("coffee"));
        // 50 of the house, 100 of the books and 130 of the coffee go; 20 are left for the rest of 150.
        redeem("r", 1, "bean", 280);
        final Outcome refund = about(CommandType.REFUND, "bean");
        assertEquals(130, refund.addedDebtPoints);
        assertEquals(List.of("house owes 0=0 owed 50=0", "books owes 0=0 owed 100=66"), settlement("coffee"));
        accrue("novel2", 1, "novel", 20_000);
        assertEquals(List.of("books 70"), lots(1), "130 repaid the debt, which is no matter of settlement");
        accrue("house2", 1, "", 3_000);
        accrue("bean2", 1, "bean", 9_000);
        redeem("r2", 1, "bean", 100);
        assertEquals(List.of("coffee 90"), lots(1));
        redeem("r3", 1, "bean", 60);
        accrue("novel3", 1, "novel", 4_000);
        about(CommandType.REFUND, "bean2");
        // 30 of its own, 40 of the books for the coffee, 20 become debt.
        assertEquals(List.of(), lots(1));
        assertEquals(List.of("house owes 0=0 owed 80=0", "books owes 0=0 owed 210=140"), settlement("coffee"));
    }

    @Test
    void transferAndMergeKeepTheIssuerAndSettleNothing() {
        desk.publish(program().catalogue(issuers().build()).build());
        fill(1);
        fill(2);
        accepted(Commands.keyed(CommandType.TRANSFER, "t")
                .memberId(1)
                .otherMemberId(2)
                .points(450));
        assertEquals(List.of("coffee 160"), lots(1));
        assertEquals(List.of("house 220", "books 600", "coffee 240"), lots(2));
        accepted(Commands.keyed(CommandType.MERGE, "m").memberId(1).otherMemberId(2));
        assertEquals(List.of("house 220", "books 600", "coffee 400"), lots(2));
        accepted(Commands.adjust("down", 2, -300));
        assertEquals(List.of("books 520", "coffee 400"), lots(2));
        assertEquals(List.of(), settlement("books"));
        assertEquals(List.of(), settlement("coffee"));
    }

    @Test
    void pendingPointsKeepTheirIssuer() {
        desk.publish(program()
                .activation(new Activation(true, 0))
                .catalogue(issuers().build())
                .build());
        fill(1);
        assertEquals(List.of("house 110", "books 300", "coffee 200"), pending(1));
        about(CommandType.ACTIVATE_PENDING, "b1");
        assertEquals(List.of("coffee 200"), lots(1));
        about(CommandType.CANCEL_PENDING, "c1");
        assertEquals(List.of("house 110"), pending(1));
        final Outcome refund = about(CommandType.REFUND, "b1");
        assertEquals(-200, refund.points);
        assertEquals(List.of(), lots(1));
        assertEquals(List.of("house 110"), pending(1));
    }

    @Test
    void frozenAndDelayedPointsKeepTheirIssuer() {
        desk.publish(program()
                .activation(new Activation(false, 2))
                .catalogue(issuers().build())
                .build());
        fill(1);
        accepted(Commands.keyed(CommandType.FREEZE, "f").memberId(1));
        desk.afterDays(2);
        assertEquals(List.of("house 110", "books 300", "coffee 200"), pending(1));
        accepted(Commands.keyed(CommandType.UNFREEZE, "u").memberId(1));
        assertEquals(List.of("house 110", "books 300", "coffee 200"), lots(1));
        // 31 December is over at 16:00 UTC.
        desk.afterDays(38);
        desk.apply(Commands.tick(desk.nowMs));
        assertEquals(List.of(), lots(1));
    }

    @Test
    void anUnreferencedReturnTakesAgainstTheOrderAndIsTheHousesMatter() {
        desk.publish(program()
                .refund(new io.tallymark.ledger.program.RefundPolicy(
                        io.tallymark.ledger.program.RefundPolicy.Claw.DEBT, 1_000, true))
                .catalogue(issuers().build())
                .build());
        fill(1);
        accepted(Commands.keyed(CommandType.RETURN_UNREFERENCED, "ret")
                .memberId(1)
                .amountMinor(25_000));
        assertEquals(List.of("house 110", "books 250"), lots(1));
        assertEquals(List.of("house owes 200=0 owed 0=0"), settlement("coffee"));
        assertEquals(List.of("house owes 50=33 owed 0=0"), settlement("books"));
    }

    @Test
    void issuersStayListedAndTheirNumbersStay() {
        desk.publish(program().catalogue(issuers().build()).build());
        fill(1);
        redeem("r", 1, "", 150);
        assertThrows(
                AssertionError.class,
                () -> desk.publish(program()
                        .catalogue(
                                Catalogue.builder().add(issuer("coffee", 0, 0)).build())
                        .build()));
        desk.publish(program()
                .catalogue(issuers()
                        .add(issuer("apples", 0, 0))
                        .brand("pippin", "apples")
                        .build())
                .build());
        accrue("p", 1, "pippin", 500);
        assertEquals(List.of("books 260", "coffee 200", "apples 5"), lots(1), "new ones come behind");
        assertEquals(List.of("house owes 40=26 owed 0=0"), settlement("books"));
        // The version in force says what they are worth.
        desk.publish(program()
                .catalogue(Catalogue.builder()
                        .add(issuer("coffee", 0, 0))
                        .add(issuer("books", 1, 7))
                        .add(issuer("apples", 0, 0))
                        .build())
                .build());
        assertEquals(List.of("house owes 40=280 owed 0=0"), settlement("books"));
        accrue("q", 1, "novel", 500);
        assertEquals(List.of("house 5", "books 260", "coffee 200", "apples 5"), lots(1), "no brand says so any more");
        final Outcome unknown = desk.apply(new Command()
                .reset(CommandType.QUERY_SETTLEMENT)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .put(VarField.RULE_ID, "pears"));
        assertEquals(ResultCode.ORIGINAL_NOT_FOUND, unknown.code);
    }
}
