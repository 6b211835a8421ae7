package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
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
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** After warm-up further wallets of points make no object, whatever is done with them. */
final class WalletAllocationTest {
    private static final int MEMBERS = 200;
    private static final int ROUNDS = 2_000;

    private static final UnsafeBuffer PROGRAM = ascii(Commands.PROGRAM);
    private static final UnsafeBuffer SOURCE = ascii(Commands.SOURCE);
    private static final UnsafeBuffer STARS = ascii("stars");
    private static final UnsafeBuffer MUG = ascii("mug");
    private static final UnsafeBuffer BAG = ascii("bag");

    private final Ledger ledger = new Ledger(new LedgerOptions(1_000, 1_000, 3_000_000), 5, 6);
    private final Outcome outcome = new Outcome();
    private final Command command = new Command();
    private long sequence;
    private long document;
    private long accepted;

    private static UnsafeBuffer ascii(final String text) {
        return new UnsafeBuffer(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void noneOfThemAllocates() {
        final Catalogue catalogue = Catalogue.builder()
                .add(wallet("growth", false, true, Activation.IMMEDIATE))
                .add(wallet("stars", true, false, new Activation(true, 0)))
                .add(new Reward("mug", Offer.of(30, 0).from("stars"), List.of(), "", 0))
                .add(new PointSale("bag", 40, 100, Limit.NONE, "stars"))
                .build();
        ledger.apply(
                Commands.publish(
                        "p1",
                        Desk.mima()
                                .expiry(Expiry.months(2))
                                .refund(new RefundPolicy(RefundPolicy.Claw.DEBT, 1_000, true))
                                .catalogue(catalogue)
                                .build()),
                ++sequence,
                Desk.NOON_MS,
                outcome);
        assertEquals(ResultCode.ACCEPTED, outcome.code);
        for (int i = 0; i < 20 * ROUNDS; i++) {
            round(i);
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // Pages for new keys come now and then: one stretch of several without a byte is proof.
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 30 && least > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS / 20; i++) {
                round(i);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes allocated by " + ROUNDS / 20 + " rounds");
        assertEquals(document, accepted, "all were accepted");
        assertTrue(ledger.program(0).furtherWallets().get(1).redeemedPoints() > 0);
        ledger.verifyZeroSum();
    }

    private static PointsWallet wallet(
            final String id, final boolean redeemable, final boolean qualifying, final Activation activation) {
        final RefundPolicy refund = new RefundPolicy(RefundPolicy.Claw.DEBT, 1_000_000, true);
        return new PointsWallet(
                id, 1, 100, Condition.ALWAYS, true, Expiry.months(2), activation, refund, redeemable, qualifying);
    }

    private void round(final int i) {
        final long member = 1 + i % MEMBERS;
        final long order = document + 1;
        send(begin(CommandType.ACCRUE, member).amountMinor(10_000));
        original(CommandType.ACTIVATE_PENDING, order, 0);
        send(begin(CommandType.ACTIVITY, member), VarField.RULE_ID, BAG);
        final long redemption = document + 1;
        send(begin(CommandType.REDEEM, member), VarField.RULE_ID, MUG);
        send(begin(CommandType.REDEEM, member).points(20), VarField.WALLET_ID, STARS);
        final long hold = document + 1;
        send(begin(CommandType.HOLD, member).points(10), VarField.WALLET_ID, STARS);
        original(CommandType.CAPTURE, hold, 0);
        original(CommandType.REVERSE, redemption, 0);
        original(CommandType.REFUND, order, 5_000);
        send(begin(CommandType.RETURN_UNREFERENCED, member).amountMinor(5_000));
        send(begin(CommandType.REDEEM, member).points(10), VarField.WALLET_ID, STARS);
    }

    private Command begin(final CommandType type, final long member) {
        final Command c = command.reset(type).memberId(member);
        put(c, VarField.PROGRAM, PROGRAM);
        put(c, VarField.SOURCE, SOURCE);
        name(c, VarField.DOCUMENT_ID, ++document);
        return c;
    }

    private static void name(final Command c, final VarField field, final long number) {
        final int at = c.reserve(field, Long.BYTES);
        c.bytes().putLong(at, number);
        c.commitReserved(field, Long.BYTES);
    }

    private static void put(final Command c, final VarField field, final UnsafeBuffer bytes) {
        c.put(field, bytes, 0, bytes.capacity());
    }

    private void original(final CommandType type, final long original, final long amountMinor) {
        final Command c = begin(type, 0).amountMinor(amountMinor);
        name(c, VarField.ORIGINAL_DOCUMENT_ID, original);
        send(c);
    }

    private void send(final Command c, final VarField field, final UnsafeBuffer text) {
        put(c, field, text);
        send(c);
    }

    private void send(final Command c) {
        ledger.touch(c);
        ledger.apply(c, sequence + 1, Desk.NOON_MS, outcome);
        sequence += outcome.journaled ? 1 : 0;
        accepted += outcome.code == ResultCode.ACCEPTED ? 1 : 0;
    }
}
