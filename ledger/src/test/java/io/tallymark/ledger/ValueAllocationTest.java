package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.PointSale;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** After warm-up neither stored value nor points of issuers nor points without orders make an object. */
final class ValueAllocationTest {
    private static final int MEMBERS = 200;
    private static final int ROUNDS = 2_000;

    private static final UnsafeBuffer PROGRAM = ascii(Commands.PROGRAM);
    private static final UnsafeBuffer SOURCE = ascii(Commands.SOURCE);
    private static final UnsafeBuffer CARD = ascii("card");
    private static final UnsafeBuffer BEAN = ascii("bean");
    private static final UnsafeBuffer COFFEE = ascii("coffee");
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
                .add(new MoneyWallet("card", List.of(new MoneyWallet.TopUp(100, 10))))
                .add(new Issuer("coffee", 1, 2, new Limit(Activity.Per.DAY, 1_000_000), 1, 1))
                .brand("bean", "coffee")
                .add(new PointSale("bag", 5, 100, Limit.NONE))
                .build();
        ledger.apply(
                Commands.publish(
                        "p1",
                        Desk.mima()
                                .expiry(Expiry.months(2))
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
        assertTrue(ledger.program(0).storedValue().get(0).spent() > 0);
        ledger.verifyZeroSum();
    }

    private void round(final int i) {
        final long member = 1 + i % MEMBERS;
        send(begin(CommandType.ACCRUE, member).amountMinor(10_000), VarField.BRAND, BEAN);
        send(begin(CommandType.ACTIVITY, member).points(20), VarField.RULE_ID, COFFEE);
        send(begin(CommandType.ACTIVITY, member), VarField.RULE_ID, BAG);
        send(begin(CommandType.TOP_UP, member).amountMinor(100), VarField.RULE_ID, CARD);
        final long spending = document + 1;
        send(begin(CommandType.SPEND_VALUE, member).amountMinor(60), VarField.RULE_ID, CARD);
        send(begin(CommandType.REFUND_VALUE, member).amountMinor(10), VarField.RULE_ID, CARD);
        send(begin(CommandType.REDEEM, member).points(110));
        reverse(spending, 20);
        reverse(document - 1, 55);
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

    private void reverse(final long original, final long amountMinor) {
        final Command c = begin(CommandType.REVERSE, 0).amountMinor(amountMinor);
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
