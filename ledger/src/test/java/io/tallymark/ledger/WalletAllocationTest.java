package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.PointSale;
import io.tallymark.ledger.program.PointsWallet;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** After warm-up further wallets of points make no object, whatever is done with them. */
final class WalletAllocationTest {
    private static final int MEMBERS = 200;
    private static final int ROUNDS = 2_000;

    private static final UnsafeBuffer STARS = AllocationDesk.ascii("stars");
    private static final UnsafeBuffer MUG = AllocationDesk.ascii("mug");
    private static final UnsafeBuffer BAG = AllocationDesk.ascii("bag");

    private final AllocationDesk desk = new AllocationDesk(new LedgerOptions(1_000, 1_000, 3_000_000));

    @Test
    void noneOfThemAllocates() {
        final Catalogue catalogue = Catalogue.builder()
                .add(wallet("growth", false, true, Activation.IMMEDIATE))
                .add(wallet("stars", true, false, new Activation(true, 0)))
                .add(new Reward("mug", Offer.of(30, 0).from("stars"), List.of(), "", 0))
                .add(new PointSale("bag", 40, 100, Limit.NONE, "stars"))
                .build();
        desk.publish(Desk.mima()
                .expiry(Expiry.months(2))
                .refund(new RefundPolicy(RefundPolicy.Claw.DEBT, 1_000, true))
                .catalogue(catalogue)
                .build());
        for (int i = 0; i < 20 * ROUNDS; i++) {
            round(i);
        }
        final long least = AllocationDesk.leastBytes(30, 0, this::stretch);
        assertEquals(0, least, "bytes allocated by " + ROUNDS / 20 + " rounds");
        assertEquals(desk.document, desk.accepted(), "all were accepted");
        assertTrue(desk.ledger.program(0).furtherWallets().get(1).redeemedPoints() > 0);
        desk.ledger.verifyZeroSum();
    }

    private static PointsWallet wallet(
            final String id, final boolean redeemable, final boolean qualifying, final Activation activation) {
        final RefundPolicy refund = new RefundPolicy(RefundPolicy.Claw.DEBT, 1_000_000, true);
        return new PointsWallet(
                id, 1, 100, Condition.ALWAYS, true, Expiry.months(2), activation, refund, redeemable, qualifying);
    }

    private void stretch() {
        for (int i = 0; i < ROUNDS / 20; i++) {
            round(i);
        }
    }

    private void round(final int i) {
        final long member = 1 + i % MEMBERS;
        final long order = desk.document + 1;
        desk.begin(CommandType.ACCRUE, member).amountMinor(10_000);
        desk.send();
        original(CommandType.ACTIVATE_PENDING, order, 0);
        desk.begin(CommandType.ACTIVITY, member);
        send(VarField.RULE_ID, BAG);
        final long redemption = desk.document + 1;
        desk.begin(CommandType.REDEEM, member);
        send(VarField.RULE_ID, MUG);
        desk.begin(CommandType.REDEEM, member).points(20);
        send(VarField.WALLET_ID, STARS);
        final long hold = desk.document + 1;
        desk.begin(CommandType.HOLD, member).points(10);
        send(VarField.WALLET_ID, STARS);
        original(CommandType.CAPTURE, hold, 0);
        original(CommandType.REVERSE, redemption, 0);
        original(CommandType.REFUND, order, 5_000);
        desk.begin(CommandType.RETURN_UNREFERENCED, member).amountMinor(5_000);
        desk.send();
        desk.begin(CommandType.REDEEM, member).points(10);
        send(VarField.WALLET_ID, STARS);
    }

    private void original(final CommandType type, final long original, final long amountMinor) {
        desk.about(type, original).amountMinor(amountMinor);
        desk.send();
    }

    private void send(final VarField field, final UnsafeBuffer text) {
        desk.put(field, text);
        desk.send();
    }
}
