package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import org.junit.jupiter.api.Test;

/** Rewards over versions, restocking, previews, pauses, freezing and replays, in numbers. */
class RewardMoreTest {
    private static final long MINUTES = 60_000L;

    private final RewardBench b = new RewardBench(
            RewardBench.reward("cup", Offer.of(100, 0).withStock(5)),
            RewardBench.reward("tote", Offer.of(40, 300).withStock(2).withLimit(new Limit(Activity.Per.LIFETIME, 1))));

    private Outcome about(final CommandType type, final String document, final String original) {
        return b.desk.apply(Commands.keyed(type, document).put(VarField.ORIGINAL_DOCUMENT_ID, original));
    }

    @Test
    void holdsAndRedemptionsOutliveTheVersionOfTheirReward() {
        b.points(1, 100).points(2, 100).points(3, 100);
        b.expect(ResultCode.ACCEPTED, b.hold("h1", 1, "tote", 10 * MINUTES));
        b.expect(ResultCode.ACCEPTED, b.hold("h2", 2, "tote", 10 * MINUTES));
        b.publish(RewardBench.reward("cup", Offer.of(50, 0).withStock(5)));
        b.stock("tote", -1, -1, 2, -1);
        b.expect(ResultCode.NOT_OFFERED, b.redeem(3, "tote")).expect(ResultCode.NOT_OFFERED, b.restock("tote", 1));
        final Outcome captured = about(CommandType.CAPTURE, "c1", "h1");
        assertEquals("-40 300 60", captured.points + " " + captured.cashMinor + " " + captured.availablePoints);
        b.desk.after(10 * MINUTES);
        b.desk.apply(Commands.tick(b.desk.nowMs));
        b.stock("tote", -1, -1, 1, -1);
        final Outcome reversed = about(CommandType.REVERSE, "r1", "c1");
        assertEquals("40 300 100", reversed.points + " " + reversed.cashMinor + " " + reversed.availablePoints);
        b.stock("tote", -1, -1, 0, -1);
        // It comes back with another stock, and both members may again.
        b.publish(RewardBench.reward(
                "tote", Offer.of(40, 300).withStock(2).withLimit(new Limit(Activity.Per.LIFETIME, 1))));
        b.expect(ResultCode.ACCEPTED, b.redeem(1, "tote")).expect(ResultCode.ACCEPTED, b.redeem(2, "tote"));
        b.stock("tote", 2, 0, 2, 0);
    }

    @Test
    void aVersionWithASmallerStockSellsNothingUntilMoreIsThere() {
        b.points(1, 1_000);
        for (int i = 0; i < 4; i++) {
            b.expect(ResultCode.ACCEPTED, b.redeem(1, "cup"));
        }
        b.publish(RewardBench.reward("cup", Offer.of(100, 0).withStock(2)));
        b.stock("cup", 2, 0, 4, 0).expect(ResultCode.OUT_OF_STOCK, b.redeem(1, "cup"));
        b.expect(ResultCode.ACCEPTED, b.restock("cup", 2)).stock("cup", 2, 0, 4, 2);
        b.expect(ResultCode.OUT_OF_STOCK, b.redeem(1, "cup")).expect(ResultCode.LIMIT_EXCEEDED, b.restock("cup", -1));
        b.expect(ResultCode.ACCEPTED, b.restock("cup", 1)).stock("cup", 2, 1, 4, 3);
        b.expect(ResultCode.LIMIT_EXCEEDED, b.restock("cup", -2)).expect(ResultCode.ACCEPTED, b.restock("cup", -1));
        b.expect(ResultCode.LIMIT_EXCEEDED, b.restock("cup", Limits.MAX_QUANTITY - 1));
        b.expect(ResultCode.ACCEPTED, b.restock("cup", Limits.MAX_QUANTITY - 2));
        b.stock("cup", 2, Limits.MAX_QUANTITY - 2, 4, Limits.MAX_QUANTITY);
        b.expect(ResultCode.VALUE_OUT_OF_RANGE, b.restock("cup", 0));
        b.expect(ResultCode.NOT_OFFERED, b.restock("mug", 1));
    }

    @Test
    void aPreviewTellsPriceAndRefusalAndTakesNothing() {
        b.points(1, 100);
        final Command preview = new Command()
                .reset(CommandType.PREVIEW_REDEEM)
                .memberId(1)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .put(VarField.RULE_ID, "tote");
        final Outcome o = b.desk.apply(preview);
        assertEquals("ACCEPTED -40 300 100", o.code + " " + o.points + " " + o.cashMinor + " " + o.availablePoints);
        b.stock("tote", 2, 2, 0, 0).expect(ResultCode.ACCEPTED, b.redeem(1, "tote"));
        b.expect(ResultCode.RULE_LIMIT_REACHED, b.desk.apply(preview));
    }

    @Test
    void pausedAndFrozenRedeemNothingButCapture() {
        b.points(1, 200).points(2, 200);
        b.expect(ResultCode.ACCEPTED, b.hold("h1", 1, "tote", 0))
                .expect(ResultCode.ACCEPTED, b.hold("h2", 2, "tote", 0));
        b.desk.apply(Commands.keyed(CommandType.PAUSE, "p").put(VarField.RULE_ID, "redemptions"));
        b.expect(ResultCode.PAUSED, b.hold("h3", 1, "cup", 0)).expect(ResultCode.PAUSED, b.redeem(1, "cup"));
        b.expect(ResultCode.ACCEPTED, about(CommandType.CAPTURE, "c1", "h1"));
        b.desk.apply(Commands.keyed(CommandType.RESUME, "p").put(VarField.RULE_ID, "redemptions"));
        b.desk.apply(Commands.keyed(CommandType.FREEZE, "f").memberId(2));
        b.expect(ResultCode.MEMBER_FROZEN, b.redeem(2, "cup"));
        b.expect(ResultCode.ACCEPTED, about(CommandType.VOID, "v2", "h2")).stock("tote", 2, 1, 1, 0);
    }

    @Test
    void aReplayTellsTheCashAgainAndSellsNothing() {
        b.points(1, 200);
        final Command c = RewardBench.about(CommandType.REDEEM, "once", 1, "tote");
        b.expect(ResultCode.ACCEPTED, b.desk.apply(c));
        final Outcome again = b.desk.apply(c);
        assertTrue(again.replayed);
        assertEquals("ACCEPTED -40 300", again.code + " " + again.points + " " + again.cashMinor);
        b.stock("tote", 2, 1, 1, 0);
        b.expect(
                ResultCode.IDEMPOTENCY_CONFLICT, b.desk.apply(RewardBench.about(CommandType.REDEEM, "once", 1, "cup")));
    }

    @Test
    void aRewardNamesNoPointsAndNoAmount() {
        b.points(1, 200);
        b.expect(
                ResultCode.MALFORMED,
                b.desk.apply(
                        RewardBench.about(CommandType.REDEEM, "m1", 1, "cup").points(100)));
        b.expect(
                ResultCode.MALFORMED,
                b.desk.apply(RewardBench.about(CommandType.HOLD, "m2", 1, "cup").amountMinor(100)));
        b.expect(
                ResultCode.MALFORMED,
                b.desk.apply(
                        RewardBench.about(CommandType.REDEEM, "m3", 1, "cup").cashMinor(100)));
    }

    @Test
    void aHoldOfNoPointsIsCapturedAndReversed() {
        b.publish(RewardBench.reward("free", Offer.of(0, 900).withStock(1)));
        b.points(1, 10);
        final Outcome held = b.hold("h", 1, "free", 0);
        assertEquals("0 900 0", held.points + " " + held.cashMinor + " " + held.valueMinor);
        final Outcome captured = about(CommandType.CAPTURE, "c", "h");
        assertEquals("0 900 0", captured.points + " " + captured.cashMinor + " " + captured.valueMinor);
        b.stock("free", 1, 0, 1, 0);
        final Outcome reversed = about(CommandType.REVERSE, "r", "c");
        assertEquals("0 900 1", reversed.points + " " + reversed.cashMinor + " " + reversed.valueMinor);
        b.stock("free", 1, 1, 0, 0);
        b.expect(ResultCode.REVERSAL_EXCEEDS_ORIGINAL, about(CommandType.REVERSE, "r2", "c"));
    }

    @Test
    void aMergeAddsWhatBothHadUsedAndKeepsHolds() {
        b.points(1, 200).points(2, 200);
        b.expect(ResultCode.ACCEPTED, b.redeem(1, "tote")).expect(ResultCode.ACCEPTED, b.hold("h", 2, "tote", 0));
        b.expect(
                ResultCode.ACCEPTED,
                b.desk.apply(Commands.keyed(CommandType.MERGE, "m").memberId(2).otherMemberId(1)));
        b.stock("tote", 2, 0, 2, 0);
        b.expect(ResultCode.ACCEPTED, about(CommandType.VOID, "v", "h")).stock("tote", 2, 1, 1, 0);
        // One of the two uses is left, and one is the limit.
        b.expect(ResultCode.RULE_LIMIT_REACHED, b.redeem(1, "tote"));
    }
}
