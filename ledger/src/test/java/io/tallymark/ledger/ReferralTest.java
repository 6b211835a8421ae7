package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Referral;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The lines of the rules page on referral, in numbers: 100 fen earn a point, the referrer is member 1. */
final class ReferralTest {
    private static final Limit TWICE_A_DAY = new Limit(Activity.Per.DAY, 2);

    private final Desk desk = new Desk();
    private int document;

    private static CompiledProgram.Builder program(final Referral rule) {
        return CompiledProgram.builder(Commands.PROGRAM)
                .currency("CNY")
                .utcOffsetMinutes(480)
                .enrolUnknownMembers(false)
                .lateWindowMs(CompiledProgram.DAY_MS)
                .keyDays(2)
                .orderDays(1_000)
                .baseRate(1, 100)
                .debtLimitPoints(1_000)
                .catalogue(Catalogue.builder().referral(rule).build());
    }

    private static Referral purchase(final long minAmountMinor, final Limit limit) {
        return new Referral(Referral.On.FIRST_PURCHASE, 200, minAmountMinor, limit);
    }

    private static Referral registration(final Limit limit) {
        return new Referral(Referral.On.REGISTRATION, 50, 0, limit);
    }

    private void open(final Referral rule) {
        desk.publish(program(rule).build());
        enrol(1, 0);
    }

    private Command keyed(final CommandType type) {
        return Commands.keyed(type, "d" + ++document);
    }

    private Outcome enrol(final long id, final long referrer) {
        return desk.apply(keyed(CommandType.ENROL).memberId(id).referrerId(referrer));
    }

    private void accepted(final Outcome o) {
        assertEquals(ResultCode.ACCEPTED, o.code);
    }

    private Outcome buy(final String order, final long member, final long amountMinor) {
        final Outcome o = desk.apply(Commands.accrue(order, member, amountMinor));
        accepted(o);
        return o;
    }

    private Outcome refund(final String order, final long amountMinor) {
        final Outcome o = desk.apply(keyed(CommandType.REFUND)
                .put(VarField.ORIGINAL_DOCUMENT_ID, order)
                .amountMinor(amountMinor));
        accepted(o);
        return o;
    }

    private void simple(final CommandType type, final long member) {
        accepted(desk.apply(keyed(type).memberId(member)));
    }

    private void merge(final long from, final long into) {
        accepted(desk.apply(keyed(CommandType.MERGE).memberId(from).otherMemberId(into)));
    }

    /** Available, pending and debt of a member. */
    private void has(final long member, final long available, final long pending, final long debt) {
        final Outcome o = desk.apply(Commands.query(member));
        assertEquals(
                available + " " + pending + " " + debt, o.availablePoints + " " + o.pendingPoints + " " + o.debtPoints);
    }

    private static void tells(final Outcome o, final long member, final long points, final long debt) {
        assertEquals(RowKind.CONSEQUENCES, o.rows.kind());
        assertEquals(1, o.rows.count());
        assertEquals("referrer", new String(o.rows.text(0), StandardCharsets.US_ASCII));
        final StringBuilder row = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            row.append(o.rows.value(0, i)).append(' ');
        }
        assertEquals(points + " 0 0 0 " + member + " " + debt + " ", row.toString());
    }

    @Test
    void aRegistrationIsRewardedAtOnce() {
        open(registration(Limit.NONE));
        final Outcome o = enrol(2, 1);
        accepted(o);
        tells(o, 1, 50, 0);
        assertEquals(0, o.points);
        has(1, 50, 0, 0);
        has(2, 0, 0, 0);
        assertEquals(50, desk.ledger.program(0).issuedPoints());
        assertEquals(0, desk.apply(Commands.query(1)).lifetimePoints);
        // The next number, and an order that rewards nobody.
        tells(enrol(0, 1), 1, 50, 0);
        assertEquals(RowKind.NONE, buy("o1", 2, 10_000).rows.kind());
        has(1, 100, 0, 0);
    }

    @Test
    void theFirstPurchaseIsRewardedOnce() {
        open(purchase(9_900, Limit.NONE));
        accepted(enrol(2, 1));
        has(1, 0, 0, 0);
        final Outcome first = buy("o1", 2, 9_900);
        assertEquals(99, first.points);
        tells(first, 1, 200, 0);
        has(1, 200, 0, 0);
        has(2, 99, 0, 0);
        assertEquals(0, buy("o2", 2, 9_900).rows.count());
        has(1, 200, 0, 0);
    }

    @Test
    void aFirstPurchaseThatIsTooSmallRewardsNeverMore() {
        open(purchase(9_900, Limit.NONE));
        enrol(2, 1);
        buy("o1", 2, 9_899);
        buy("o2", 2, 100_000);
        has(1, 0, 0, 0);
    }

    @Test
    void aClaimIsAFirstPurchaseThatRewardsNobody() {
        desk.publish(program(purchase(0, Limit.NONE)).claimDays(10).build());
        enrol(1, 0);
        enrol(2, 1);
        accepted(desk.apply(keyed(CommandType.CLAIM)
                .memberId(2)
                .amountMinor(500)
                .eventTimeMs(desk.nowMs - 1)
                .put(VarField.ORIGINAL_DOCUMENT_ID, "till-9")));
        buy("o1", 2, 10_000);
        has(1, 0, 0, 0);
    }

    @Test
    void aPreviewRewardsNobody() {
        open(purchase(0, Limit.NONE));
        enrol(2, 1);
        final Command preview = new Command()
                .reset(CommandType.PREVIEW_ACCRUE)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .memberId(2)
                .amountMinor(700);
        tells(desk.apply(preview), 1, 200, 0);
        has(1, 0, 0, 0);
        tells(buy("o1", 2, 700), 1, 200, 0);
        has(1, 200, 0, 0);
    }

    @Test
    void refusalsComeInTheirOrder() {
        open(registration(Limit.NONE));
        accepted(enrol(2, 0));
        simple(CommandType.CLOSE, 2);
        assertEquals(ResultCode.UNKNOWN_MEMBER, enrol(3, 9).code);
        assertEquals(ResultCode.UNKNOWN_MEMBER, enrol(3, 3).code, "itself");
        assertEquals(ResultCode.UNKNOWN_MEMBER, enrol(1, 9).code, "before the member that exists");
        assertEquals(ResultCode.MEMBER_EXISTS, enrol(1, 2).code, "before the referrer that is closed");
        assertEquals(ResultCode.MEMBER_CLOSED, enrol(3, 2).code);
        desk.publish(program(null).catalogue(Catalogue.EMPTY).build());
        assertEquals(ResultCode.MEMBER_CLOSED, enrol(3, 2).code, "before what is not offered");
        assertEquals(ResultCode.NOT_OFFERED, enrol(3, 1).code);
        accepted(enrol(3, 0));
        assertEquals(3, desk.ledger.program(0).members());
    }

    @Test
    void theReferrersLimitGoesByEngineTimeAndIsNotMadeUpLater() {
        open(registration(TWICE_A_DAY));
        enrol(2, 1);
        enrol(3, 1);
        accepted(enrol(4, 1));
        has(1, 100, 0, 0);
        // 14:00 at +08:00: the day ends in ten hours.
        desk.after(10 * 3_600_000L - 1);
        accepted(enrol(5, 1));
        has(1, 100, 0, 0);
        desk.after(1);
        accepted(enrol(6, 1));
        has(1, 150, 0, 0);
    }

    @Test
    void aYearsLimitOutlivesTheCountersOfDays() {
        open(registration(new Limit(Activity.Per.YEAR, 1)));
        // 22 November; from 1 January on for 364 days.
        desk.afterDays(40);
        enrol(2, 1);
        has(1, 50, 0, 0);
        desk.afterDays(200);
        enrol(3, 1);
        has(1, 50, 0, 0);
        desk.afterDays(164);
        enrol(4, 1);
        has(1, 50, 0, 0);
        desk.afterDays(1);
        enrol(5, 1);
        has(1, 100, 0, 0);
    }

    @Test
    void aLifetimesLimitIsForEver() {
        open(purchase(0, new Limit(Activity.Per.LIFETIME, 1)));
        enrol(2, 1);
        enrol(3, 1);
        buy("o1", 2, 100);
        desk.afterDays(900);
        assertEquals(0, buy("o2", 3, 100).rows.count());
        has(1, 200, 0, 0);
    }

    @Test
    void frozenReferrersWaitAndClosedOnesGetNothing() {
        open(purchase(0, Limit.NONE));
        for (int id = 2; id <= 4; id++) {
            enrol(id, 1);
        }
        simple(CommandType.FREEZE, 1);
        buy("o2", 2, 100);
        has(1, 0, 200, 0);
        simple(CommandType.UNFREEZE, 1);
        has(1, 200, 0, 0);
        simple(CommandType.CLOSE, 1);
        assertEquals(0, buy("o3", 3, 100).rows.count());
        has(1, 0, 0, 0);
        assertEquals(202, desk.ledger.program(0).issuedPoints());
    }

    @Test
    void theRewardRepaysDebtAndExpiresLikeEarnedPoints() {
        desk.publish(program(purchase(0, Limit.NONE)).expiry(Expiry.months(1)).build());
        enrol(1, 0);
        enrol(2, 1);
        desk.apply(Commands.adjust("a", 1, -150).flags(Command.FLAG_MAY_GO_BELOW_ZERO));
        buy("o1", 2, 100);
        has(1, 50, 0, 0);
        // Until the end of December: 22 November + 40 days is the first of January.
        desk.afterDays(39);
        simple(CommandType.ERASE, 1);
        has(1, 50, 0, 0);
        desk.afterDays(1);
        simple(CommandType.ERASE, 1);
        has(1, 0, 0, 0);
    }

    @Test
    void whatIsDueOfTheReferrerFallsDueFirst() {
        desk.publish(program(purchase(0, Limit.NONE)).expiry(Expiry.months(1)).build());
        enrol(1, 0);
        enrol(2, 1);
        desk.apply(Commands.adjust("a", 1, 70));
        desk.afterDays(60);
        buy("o1", 2, 100);
        has(1, 200, 0, 0);
        assertEquals(70, desk.ledger.program(0).expiredPoints());
    }

    @Test
    void noRewardBeyondTheReferrersBounds() {
        open(purchase(0, Limit.NONE));
        enrol(2, 1);
        enrol(3, 1);
        accepted(desk.apply(Commands.adjust("a1", 1, Limits.MAX_VALUE - 200)));
        tells(buy("o2", 2, 100), 1, 200, 0);
        has(1, Limits.MAX_VALUE, 0, 0);
        final Outcome o = buy("o3", 3, 100);
        assertEquals(1, o.points);
        assertEquals(0, o.rows.count());
        has(1, Limits.MAX_VALUE, 0, 0);
    }

    @Test
    void aRefundBelowTheMinimumClawsOnce() {
        open(purchase(9_900, Limit.NONE));
        enrol(2, 1);
        buy("o1", 2, 19_900);
        assertEquals(0, refund("o1", 10_000).rows.count());
        has(1, 200, 0, 0);
        final Outcome o = refund("o1", 1);
        tells(o, 1, -200, 0);
        assertEquals(1, -o.points);
        assertEquals(0, o.addedDebtPoints);
        has(1, 0, 0, 0);
        assertEquals(0, refund("o1", 0).rows.count());
        has(1, 0, 0, 0);
        buy("o2", 2, 20_000);
        has(1, 0, 0, 0);
        assertEquals(399, desk.ledger.program(0).clawedBackPoints());
    }

    @Test
    void theMinimumIsThatOfTheOrdersVersion() {
        open(purchase(9_900, Limit.NONE));
        enrol(2, 1);
        enrol(3, 1);
        buy("o2", 2, 19_900);
        buy("o3", 3, 19_900);
        desk.publish(program(purchase(15_000, Limit.NONE)).build());
        // 9,900 remain, exactly the minimum then: nothing. 9,899 remain at once: clawed.
        assertEquals(0, refund("o2", 10_000).rows.count());
        has(1, 400, 0, 0);
        tells(refund("o3", 10_001), 1, -200, 0);
        has(1, 200, 0, 0);
        desk.publish(program(purchase(5_000, Limit.NONE)).build());
        tells(refund("o2", 1), 1, -200, 0);
        has(1, 0, 0, 0);
    }

    @Test
    void withoutAMinimumOnlyAWholeRefundClaws() {
        open(purchase(0, Limit.NONE));
        enrol(2, 1);
        buy("o1", 2, 10_000);
        refund("o1", 9_999);
        has(1, 200, 0, 0);
        tells(refund("o1", 1), 1, -200, 0);
        has(1, 0, 0, 0);
    }

    @Test
    void whatIsSpentBecomesTheReferrersDebtUpToTheLimit() {
        desk.publish(program(purchase(0, Limit.NONE))
                .refund(new RefundPolicy(RefundPolicy.Claw.DEBT, 120, false))
                .build());
        enrol(1, 0);
        enrol(2, 1);
        buy("o1", 2, 10_000);
        accepted(desk.apply(Commands.redeem("r1", 1, 150)));
        final Outcome o = refund("o1", 0);
        // 50 are there, 120 become debt, 30 are written off; the outcome speaks of the member.
        tells(o, 1, -200, 120);
        assertEquals("0 0", o.addedDebtPoints + " " + o.writtenOffPoints);
        has(1, 0, 0, 120);
        assertEquals(30, desk.ledger.program(0).writtenOffPoints());
    }

    @Test
    void clawsOfClosedReferrersAndUnderMilderPoliciesAreWrittenOff() {
        open(purchase(0, Limit.NONE));
        enrol(2, 1);
        enrol(3, 1);
        buy("o2", 2, 100);
        buy("o3", 3, 100);
        accepted(desk.apply(Commands.redeem("r1", 1, 300)));
        desk.publish(program(purchase(0, Limit.NONE))
                .refund(new RefundPolicy(RefundPolicy.Claw.WITHIN_BALANCE, 0, false))
                .build());
        tells(refund("o2", 0), 1, -200, 0);
        has(1, 0, 0, 0);
        assertEquals(100, desk.ledger.program(0).writtenOffPoints());
        simple(CommandType.CLOSE, 1);
        tells(refund("o3", 0), 1, -200, 0);
        assertEquals(300, desk.ledger.program(0).writtenOffPoints());
    }

    @Test
    void aMergedReferrerIsTheOneItWentInto() {
        open(purchase(0, Limit.NONE));
        enrol(2, 1);
        enrol(3, 1);
        enrol(10, 0);
        buy("o2", 2, 100);
        merge(1, 10);
        tells(buy("o3", 3, 100), 10, 200, 0);
        has(10, 400, 0, 0);
        tells(refund("o2", 0), 10, -200, 0);
        has(1, 200, 0, 0);
        accepted(enrol(4, 1));
        tells(buy("o4", 4, 100), 10, 200, 0);
    }

    @Test
    void whoBecomesItsOwnReferrerIsRewardedForNothing() {
        open(purchase(0, Limit.NONE));
        enrol(2, 1);
        enrol(3, 1);
        merge(1, 2);
        assertEquals(0, buy("o2", 2, 100).rows.count());
        has(2, 1, 0, 0);
        buy("o3", 3, 100);
        has(2, 201, 0, 0);
        merge(3, 2);
        has(2, 202, 0, 0);
        // The member of the order is now the one whom it rewarded: its own point, then the reward.
        tells(refund("o3", 0), 2, -200, 0);
        has(2, 1, 0, 0);
    }

    @Test
    void aMergeKeepsTheReferrerOfWhoStaysElseTheOthers() {
        open(purchase(0, Limit.NONE));
        for (int id = 5; id <= 9; id++) {
            enrol(id, 0);
        }
        enrol(2, 1);
        merge(2, 5);
        tells(buy("o5", 5, 100), 1, 200, 0);
        enrol(20, 6);
        enrol(21, 7);
        merge(20, 21);
        tells(buy("o21", 21, 100), 7, 200, 0);
        enrol(22, 8);
        buy("o9", 9, 100);
        merge(22, 9);
        assertEquals(0, buy("o9b", 9, 100).rows.count(), "who stays has bought before");
        has(8, 0, 0, 0);
    }

    @Test
    void whoWouldBeItsOwnReferrerHasNoneAndCanBeBroughtOne() {
        open(purchase(0, Limit.NONE));
        enrol(2, 0);
        enrol(3, 2);
        merge(2, 3);
        enrol(4, 1);
        merge(4, 3);
        tells(buy("o3", 3, 100), 1, 200, 0);
        // The other way round: into the one who brought it.
        enrol(5, 0);
        enrol(6, 5);
        merge(6, 5);
        assertEquals(0, buy("o5", 5, 100).rows.count());
    }

    @Test
    void erasingLeavesTheReferrer() {
        open(purchase(0, Limit.NONE));
        enrol(2, 1);
        simple(CommandType.ERASE, 2);
        tells(buy("o2", 2, 100), 1, 200, 0);
    }

    @Test
    void aRejectedOrderRewardsNobodyAndIsFirstNoMore() {
        open(purchase(0, Limit.NONE));
        enrol(2, 1);
        accepted(desk.apply(Commands.adjust("a1", 2, Limits.MAX_VALUE)));
        assertEquals(ResultCode.LIMIT_EXCEEDED, desk.apply(Commands.accrue("o1", 2, 100)).code);
        has(1, 0, 0, 0);
        accepted(desk.apply(Commands.adjust("a2", 2, -10)));
        tells(buy("o2", 2, 100), 1, 200, 0);
    }

    @Test
    void aReplaySaysTheSameAndRewardsNobodyAgain() {
        open(purchase(0, Limit.NONE));
        enrol(2, 1);
        buy("o1", 2, 100);
        final Outcome again = desk.apply(Commands.accrue("o1", 2, 100));
        assertEquals(true, again.replayed);
        has(1, 200, 0, 0);
    }

    @Test
    void theReferrerIsPartOfTheStateAndOfTheContent() {
        open(purchase(0, Limit.NONE));
        final Desk other = new Desk();
        other.publish(program(purchase(0, Limit.NONE)).build());
        other.apply(Commands.keyed(CommandType.ENROL, "d1").memberId(1));
        assertEquals(desk.ledger.stateHash(), other.ledger.stateHash());
        desk.apply(Commands.keyed(CommandType.ENROL, "x").memberId(2).referrerId(1));
        other.apply(Commands.keyed(CommandType.ENROL, "x").memberId(2));
        assertNotEquals(desk.ledger.stateHash(), other.ledger.stateHash());
        assertEquals(
                ResultCode.IDEMPOTENCY_CONFLICT,
                desk.apply(Commands.keyed(CommandType.ENROL, "x").memberId(2)).code);
    }
}
