package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.PointSale;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** After warm-up neither stored value nor points of issuers nor points without orders make an object. */
final class ValueAllocationTest {
    private static final int MEMBERS = 200;
    private static final int ROUNDS = 2_000;

    private static final UnsafeBuffer CARD = AllocationDesk.ascii("card");
    private static final UnsafeBuffer BEAN = AllocationDesk.ascii("bean");
    private static final UnsafeBuffer COFFEE = AllocationDesk.ascii("coffee");
    private static final UnsafeBuffer BAG = AllocationDesk.ascii("bag");

    private final AllocationDesk desk = new AllocationDesk(new LedgerOptions(1_000, 1_000, 3_000_000));

    @Test
    void noneOfThemAllocates() {
        final Catalogue catalogue = Catalogue.builder()
                .add(new MoneyWallet("card", List.of(new MoneyWallet.TopUp(100, 10))))
                .add(new Issuer("coffee", 1, 2, new Limit(Activity.Per.DAY, 1_000_000), 1, 1))
                .brand("bean", "coffee")
                .add(new PointSale("bag", 5, 100, Limit.NONE))
                .build();
        desk.publish(Desk.mima().expiry(Expiry.months(2)).catalogue(catalogue).build());
        for (int i = 0; i < 20 * ROUNDS; i++) {
            round(i);
        }
        final long least = AllocationDesk.leastBytes(30, 0, this::stretch);
        assertEquals(0, least, "bytes allocated by " + ROUNDS / 20 + " rounds");
        assertEquals(desk.document, desk.accepted(), "all were accepted");
        assertTrue(desk.ledger.program(0).storedValue().get(0).spent() > 0);
        desk.ledger.verifyZeroSum();
    }

    private void stretch() {
        for (int i = 0; i < ROUNDS / 20; i++) {
            round(i);
        }
    }

    private void round(final int i) {
        final long member = 1 + i % MEMBERS;
        desk.begin(CommandType.ACCRUE, member).amountMinor(10_000);
        send(VarField.BRAND, BEAN);
        desk.begin(CommandType.ACTIVITY, member).points(20);
        send(VarField.RULE_ID, COFFEE);
        desk.begin(CommandType.ACTIVITY, member);
        send(VarField.RULE_ID, BAG);
        desk.begin(CommandType.TOP_UP, member).amountMinor(100);
        send(VarField.RULE_ID, CARD);
        final long spending = desk.document + 1;
        desk.begin(CommandType.SPEND_VALUE, member).amountMinor(60);
        send(VarField.RULE_ID, CARD);
        desk.begin(CommandType.REFUND_VALUE, member).amountMinor(10);
        send(VarField.RULE_ID, CARD);
        desk.begin(CommandType.REDEEM, member).points(110);
        desk.send();
        reverse(spending, 20);
        reverse(desk.document - 1, 55);
    }

    private void reverse(final long original, final long amountMinor) {
        desk.about(CommandType.REVERSE, original).amountMinor(amountMinor);
        desk.send();
    }

    private void send(final VarField field, final UnsafeBuffer text) {
        desk.put(field, text);
        desk.send();
    }
}
