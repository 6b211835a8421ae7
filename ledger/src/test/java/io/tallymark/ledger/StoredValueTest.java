package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stored value, line by line; the numbers were worked out by hand. */
final class StoredValueTest {
    private static final MoneyWallet CARD =
            new MoneyWallet("card", List.of(new MoneyWallet.TopUp(10_000, 500), new MoneyWallet.TopUp(30_000, 3_000)));
    private static final MoneyWallet BAR = new MoneyWallet("bar", List.of());

    private final Desk desk = new Desk();
    private int document;

    private static CompiledProgram program(final MoneyWallet... wallets) {
        final Catalogue.Builder catalogue = Catalogue.builder();
        for (final MoneyWallet wallet : wallets) {
            catalogue.add(wallet);
        }
        return Desk.mima().catalogue(catalogue.build()).build();
    }

    private Outcome apply(final CommandType type, final long member, final String wallet, final long amountMinor) {
        return desk.apply(of(type, "v" + ++document, member, wallet, amountMinor));
    }

    private static Command of(
            final CommandType type,
            final String document,
            final long member,
            final String wallet,
            final long amountMinor) {
        return Commands.keyed(type, document)
                .memberId(member)
                .amountMinor(amountMinor)
                .put(VarField.RULE_ID, wallet);
    }

    private Outcome reverse(final String document, final long amountMinor) {
        return desk.apply(Commands.keyed(CommandType.REVERSE, "r" + ++this.document)
                .amountMinor(amountMinor)
                .put(VarField.ORIGINAL_DOCUMENT_ID, document));
    }

    private Outcome standing(final CommandType type, final long member) {
        return desk.apply(Commands.keyed(type, "s" + ++document).memberId(member));
    }

    private Outcome merge(final long from, final long into) {
        return desk.apply(Commands.keyed(CommandType.MERGE, "m" + ++document)
                .memberId(from)
                .otherMemberId(into));
    }

    private void enrol(final long member) {
        assertEquals(ResultCode.ACCEPTED, standing(CommandType.ENROL, member).code);
    }

    /** Amount moved, no points, one row with what is left. */
    private static void assertMoved(
            final Outcome o, final String wallet, final long value, final long principal, final long gift) {
        assertEquals(ResultCode.ACCEPTED, o.code, o.toString());
        assertEquals(value, o.valueMinor);
        assertEquals(0, o.points);
        assertEquals(RowKind.WALLETS, o.rows.kind());
        assertEquals(1, o.rows.count());
        assertRow(o, 0, wallet, principal, gift);
    }

    private static void assertRow(
            final Outcome o, final int row, final String wallet, final long principal, final long gift) {
        assertEquals(wallet, new String(o.rows.text(row), StandardCharsets.US_ASCII));
        assertEquals(principal, o.rows.value(row, 0), "principal of " + wallet);
        assertEquals(gift, o.rows.value(row, 1), "gift of " + wallet);
    }

    private Outcome wallets(final long member) {
        return desk.apply(new Command()
                .reset(CommandType.QUERY_WALLETS)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .memberId(member));
    }

    private StoredValueTotals totals(final String wallet) {
        return desk.ledger.program(0).storedValue().stream()
                .filter(w -> w.wallet().equals(wallet))
                .findFirst()
                .orElseThrow();
    }

    private static void assertRefused(final ResultCode code, final Outcome o) {
        assertEquals(code, o.code);
        assertEquals(0, o.rows.count());
        assertEquals(0, o.valueMinor);
    }

    @Test
    void theLargestGiftThatTheAmountReachesComesWithIt() {
        desk.publish(program(CARD, BAR));
        enrol(1);
        assertMoved(apply(CommandType.TOP_UP, 1, "card", 9_999), "card", 9_999, 9_999, 0);
        assertMoved(apply(CommandType.TOP_UP, 1, "card", 10_000), "card", 10_000, 19_999, 500);
        assertMoved(apply(CommandType.TOP_UP, 1, "card", 30_000), "card", 30_000, 49_999, 3_500);
        assertMoved(apply(CommandType.TOP_UP, 1, "bar", 30_000), "bar", 30_000, 30_000, 0);
        assertEquals(new StoredValueTotals("card", 49_999, 3_500, 49_999, 3_500, 0, 0, 0), totals("card"));
    }

    @Test
    void principalIsSpentBeforeGift() {
        desk.publish(program(CARD));
        enrol(1);
        apply(CommandType.TOP_UP, 1, "card", 10_000);
        assertMoved(apply(CommandType.SPEND_VALUE, 1, "card", 4_000), "card", 4_000, 6_000, 500);
        assertMoved(apply(CommandType.SPEND_VALUE, 1, "card", 6_100), "card", 6_100, 0, 400);
        assertRefused(ResultCode.INSUFFICIENT_VALUE, apply(CommandType.SPEND_VALUE, 1, "card", 401));
        assertMoved(apply(CommandType.SPEND_VALUE, 1, "card", 400), "card", 400, 0, 0);
        assertEquals(new StoredValueTotals("card", 10_000, 500, 0, 0, 10_500, 0, 0), totals("card"));
    }

    @Test
    void aRefundForfeitsTheGiftInProportion() {
        desk.publish(program(CARD));
        enrol(1);
        apply(CommandType.TOP_UP, 1, "card", 10_000);
        // floor(500 × 3,333 ÷ 10,000) = 166; then floor(334 × 3,333 ÷ 6,667) = 166; then the rest.
        assertMoved(apply(CommandType.REFUND_VALUE, 1, "card", 3_333), "card", 3_333, 6_667, 334);
        assertMoved(apply(CommandType.REFUND_VALUE, 1, "card", 3_333), "card", 3_333, 3_334, 168);
        assertRefused(ResultCode.REFUND_EXCEEDS_ORIGINAL, apply(CommandType.REFUND_VALUE, 1, "card", 3_335));
        assertMoved(apply(CommandType.REFUND_VALUE, 1, "card", 3_334), "card", 3_334, 0, 0);
        assertRefused(ResultCode.REFUND_EXCEEDS_ORIGINAL, apply(CommandType.REFUND_VALUE, 1, "card", 1));
        assertEquals(new StoredValueTotals("card", 10_000, 500, 0, 0, 0, 10_000, 500), totals("card"));
    }

    @Test
    void aReversalGivesGiftBackFirst() {
        desk.publish(program(CARD));
        enrol(1);
        apply(CommandType.TOP_UP, 1, "card", 10_000);
        desk.apply(of(CommandType.SPEND_VALUE, "s1", 1, "card", 10_300));
        assertMoved(reverse("s1", 200), "card", 200, 0, 400);
        assertMoved(reverse("s1", 150), "card", 150, 50, 500);
        assertRefused(ResultCode.REVERSAL_EXCEEDS_ORIGINAL, reverse("s1", 9_951));
        assertMoved(reverse("s1", 0), "card", 9_950, 10_000, 500);
        assertRefused(ResultCode.REVERSAL_EXCEEDS_ORIGINAL, reverse("s1", 0));
        assertRefused(ResultCode.ORIGINAL_NOT_FOUND, reverse("s2", 0));
        assertEquals(new StoredValueTotals("card", 10_000, 500, 10_000, 500, 0, 0, 0), totals("card"));
    }

    @Test
    void aReversalFindsARedemptionOfThatNameFirst() {
        desk.publish(program(CARD));
        desk.apply(Commands.accrue("a", 1, 100_000));
        apply(CommandType.TOP_UP, 1, "card", 10_000);
        desk.apply(of(CommandType.SPEND_VALUE, "x", 1, "card", 100));
        desk.apply(Commands.redeem("x", 1, 300));
        final Outcome o = reverse("x", 0);
        assertEquals(300, o.points);
        assertEquals(0, o.rows.count());
    }

    @Test
    void aSpendingIsReversedAlsoUnderTheIdOfAMergedMemberAndWhereItsWalletIsListedNoLonger() {
        desk.publish(program(CARD, BAR));
        enrol(1);
        enrol(2);
        apply(CommandType.TOP_UP, 1, "card", 10_000);
        apply(CommandType.TOP_UP, 2, "card", 1_000);
        apply(CommandType.TOP_UP, 2, "bar", 70);
        desk.apply(of(CommandType.SPEND_VALUE, "s1", 1, "card", 10_200));
        assertEquals(ResultCode.ACCEPTED, merge(1, 2).code);
        desk.publish(program(BAR));
        assertRefused(ResultCode.NOT_OFFERED, apply(CommandType.SPEND_VALUE, 1, "card", 1));
        assertRefused(ResultCode.NOT_OFFERED, apply(CommandType.REFUND_VALUE, 1, "card", 1));
        assertRefused(ResultCode.NOT_OFFERED, apply(CommandType.TOP_UP, 1, "card", 1));
        assertMoved(reverse("s1", 0), "card", 10_200, 11_000, 500);
        final Outcome all = wallets(1);
        assertEquals(2, all.rows.count());
        // In the order of first listing, which within a version is that of the ids.
        assertRow(all, 0, "bar", 70, 0);
        assertRow(all, 1, "card", 11_000, 500);
    }

    @Test
    void closingAsksForPrincipalToBeGoneAndForfeitsGifts() {
        desk.publish(program(CARD));
        enrol(1);
        apply(CommandType.TOP_UP, 1, "card", 10_000);
        assertEquals(ResultCode.HAS_VALUE, standing(CommandType.CLOSE, 1).code);
        apply(CommandType.SPEND_VALUE, 1, "card", 10_000);
        assertEquals(ResultCode.ACCEPTED, standing(CommandType.CLOSE, 1).code);
        assertEquals(new StoredValueTotals("card", 10_000, 500, 0, 0, 10_000, 0, 500), totals("card"));
        assertRefused(ResultCode.MEMBER_CLOSED, apply(CommandType.TOP_UP, 1, "card", 1));
    }

    @Test
    void whatEachOfThemIsRefusedFor() {
        desk.publish(program(CARD));
        final Outcome unknown = apply(CommandType.TOP_UP, 1, "card", 1);
        assertRefused(ResultCode.UNKNOWN_MEMBER, unknown);
        assertFalse(unknown.journaled, "it may come right");
        assertTrue(apply(CommandType.SPEND_VALUE, 1, "card", 1).journaled);
        enrol(1);
        assertRefused(ResultCode.NOT_OFFERED, apply(CommandType.TOP_UP, 1, "other", 1));
        standing(CommandType.FREEZE, 1);
        assertMoved(apply(CommandType.TOP_UP, 1, "card", 10_000), "card", 10_000, 10_000, 500);
        assertRefused(ResultCode.MEMBER_FROZEN, apply(CommandType.SPEND_VALUE, 1, "other", 1));
        assertRefused(ResultCode.MEMBER_FROZEN, apply(CommandType.REFUND_VALUE, 1, "other", 1));
        standing(CommandType.UNFREEZE, 1);
        // Owed points are no matter.
        desk.apply(Commands.adjust("down", 1, -5).flags(Command.FLAG_MAY_GO_BELOW_ZERO));
        assertMoved(apply(CommandType.SPEND_VALUE, 1, "card", 1), "card", 1, 9_999, 500);
        assertEquals(ResultCode.HAS_VALUE, standing(CommandType.CLOSE, 1).code);
        assertEquals(ResultCode.VALUE_OUT_OF_RANGE, apply(CommandType.TOP_UP, 1, "card", Limits.MAX_VALUE + 1).code);
        assertRefused(ResultCode.LIMIT_EXCEEDED, apply(CommandType.TOP_UP, 1, "card", Limits.MAX_VALUE - 9_998));
        enrol(2);
        apply(CommandType.TOP_UP, 2, "card", Limits.MAX_VALUE);
        assertRefused(ResultCode.LIMIT_EXCEEDED, merge(1, 2));
    }

    @Test
    void aRewardFillsAWalletWithAGift() {
        final Catalogue.Builder catalogue = Catalogue.builder().add(CARD);
        catalogue.add(new Reward("refill", Offer.of(100, 0), List.of(), "card", 5_000));
        desk.publish(Desk.mima().catalogue(catalogue.build()).build());
        desk.apply(Commands.accrue("a", 1, 30_000));
        apply(CommandType.TOP_UP, 1, "card", 1_000);
        final Outcome redeemed = desk.apply(refill(CommandType.REDEEM, "r1"));
        assertEquals(ResultCode.ACCEPTED, redeemed.code);
        assertEquals(-100, redeemed.points);
        assertRow(wallets(1), 0, "card", 1_000, 5_000);
        // 1,000 of principal and 2,000 of gift go; what is left of the gift is taken back.
        apply(CommandType.SPEND_VALUE, 1, "card", 3_000);
        assertEquals(ResultCode.ACCEPTED, reverse("r1", 0).code);
        assertRow(wallets(1), 0, "card", 0, 0);
        assertEquals(new StoredValueTotals("card", 1_000, 5_000, 0, 0, 3_000, 0, 3_000), totals("card"));
        desk.apply(refill(CommandType.HOLD, "h1"));
        assertRow(wallets(1), 0, "card", 0, 0);
        desk.apply(Commands.keyed(CommandType.CAPTURE, "c1").put(VarField.ORIGINAL_DOCUMENT_ID, "h1"));
        assertRow(wallets(1), 0, "card", 0, 5_000);
        assertEquals(200, desk.apply(Commands.query(1)).availablePoints);
        assertEquals(ResultCode.ACCEPTED, reverse("c1", 0).code);
        assertRow(wallets(1), 0, "card", 0, 0);
        assertEquals(300, desk.apply(Commands.query(1)).availablePoints);
    }

    private static Command refill(final CommandType type, final String document) {
        return refill(type, document, 1);
    }

    private static Command refill(final CommandType type, final String document, final long member) {
        return Commands.keyed(type, document).memberId(member).put(VarField.RULE_ID, "refill");
    }

    /** Of members 1 and 2, who have points; a reward brings a gift of 5,000. */
    private void openWithGifts() {
        final Catalogue.Builder catalogue = Catalogue.builder().add(CARD).add(BAR);
        catalogue.add(new Reward("refill", Offer.of(100, 0), List.of(), "card", 5_000));
        desk.publish(Desk.mima().catalogue(catalogue.build()).build());
        desk.apply(Commands.accrue("a", 1, 30_000));
        desk.apply(Commands.accrue("b", 2, 30_000));
    }

    @Test
    void aSpentGiftOfAReversedRewardIsForfeitedAsItComesBack() {
        openWithGifts();
        apply(CommandType.TOP_UP, 1, "card", 1_000);
        desk.apply(refill(CommandType.REDEEM, "r1"));
        desk.apply(of(CommandType.SPEND_VALUE, "s1", 1, "card", 3_000));
        // 3,000 of the gift are there, 2,000 are owed.
        assertEquals(ResultCode.ACCEPTED, reverse("r1", 0).code);
        assertMoved(reverse("s1", 500), "card", 500, 0, 0);
        assertEquals(new StoredValueTotals("card", 1_000, 5_000, 0, 0, 2_500, 0, 3_500), totals("card"));
        // A gift of its own pays nothing.
        assertMoved(apply(CommandType.TOP_UP, 1, "card", 10_000), "card", 10_000, 10_000, 500);
        assertMoved(reverse("s1", 0), "card", 2_500, 11_000, 500);
        assertEquals(new StoredValueTotals("card", 11_000, 5_500, 11_000, 500, 0, 0, 5_000), totals("card"));
        // Nothing is owed any more.
        desk.apply(of(CommandType.SPEND_VALUE, "s2", 1, "card", 11_400));
        assertMoved(reverse("s2", 0), "card", 11_400, 11_000, 500);
    }

    @Test
    void whatIsOwedIsPaidFirstAndTheRestOfTheGiftIsThereAgain() {
        openWithGifts();
        apply(CommandType.TOP_UP, 1, "card", 10_000);
        desk.apply(refill(CommandType.REDEEM, "r1"));
        desk.apply(of(CommandType.SPEND_VALUE, "s1", 1, "card", 11_000));
        // 4,500 of 5,000 are there.
        reverse("r1", 0);
        assertRow(wallets(1), 1, "card", 0, 0);
        assertMoved(reverse("s1", 700), "card", 700, 0, 200);
        assertMoved(reverse("s1", 0), "card", 10_300, 10_000, 500);
        assertEquals(new StoredValueTotals("card", 10_000, 5_500, 10_000, 500, 0, 0, 5_000), totals("card"));
    }

    @Test
    void whatBothOweIsOwedByWhoStays() {
        openWithGifts();
        for (int member = 1; member <= 2; member++) {
            desk.apply(refill(CommandType.REDEEM, "r" + member, member));
            desk.apply(of(CommandType.SPEND_VALUE, "s" + member, member, "card", 1_000 * member));
            assertEquals(ResultCode.ACCEPTED, reverse("r" + member, 0).code);
        }
        assertEquals(ResultCode.ACCEPTED, merge(1, 2).code);
        // 3,000 are owed by nobody but member 2 now; the wallet is empty, and told only where it is listed.
        assertMoved(reverse("s2", 0), "card", 2_000, 0, 0);
        assertMoved(reverse("s1", 400), "card", 400, 0, 0);
        desk.publish(program(BAR));
        assertEquals(1, wallets(2).rows.count());
        assertMoved(reverse("s1", 0), "card", 600, 0, 0);
        assertEquals(new StoredValueTotals("card", 0, 10_000, 0, 0, 0, 0, 10_000), totals("card"));
    }

    @Test
    void closingDropsWhatIsOwed() {
        openWithGifts();
        desk.apply(refill(CommandType.REDEEM, "r1"));
        desk.apply(of(CommandType.SPEND_VALUE, "s1", 1, "card", 1_000));
        reverse("r1", 0);
        final StateHash owing = desk.ledger.stateHash();
        assertEquals(ResultCode.ACCEPTED, standing(CommandType.CLOSE, 1).code);
        assertNotEquals(owing, desk.ledger.stateHash());
        assertRow(wallets(1), 1, "card", 0, 0);
        assertRefused(ResultCode.MEMBER_CLOSED, reverse("s1", 0));
        assertEquals(new StoredValueTotals("card", 0, 5_000, 0, 0, 1_000, 0, 4_000), totals("card"));
    }

    @Test
    void sentAgainItHappensOnce() {
        desk.publish(program(CARD));
        enrol(1);
        final Command c = of(CommandType.TOP_UP, "again", 1, "card", 10_000);
        desk.apply(c);
        final Outcome again = desk.apply(c);
        assertTrue(again.replayed);
        assertEquals(1, again.memberId);
        assertEquals(10_000, totals("card").toppedUp());
        final Command spending = of(CommandType.SPEND_VALUE, "spent", 1, "card", 10);
        desk.apply(spending);
        final Outcome second = desk.apply(spending);
        assertTrue(second.replayed);
        assertEquals(1, second.memberId);
        assertEquals(10, totals("card").spent());
    }
}
