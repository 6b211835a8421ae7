package io.tallymark.ledger;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Tier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;

/** One version of a program with the rules made from it. Immutable; kept as long as the program, for its orders. */
final class ProgramVersion {
    final CompiledProgram compiled;
    final int number;
    final StateHash canonicalHash;
    final EarnPlan earnPlan;
    final BurnRules burnRules;
    final TierRules tierRules;
    final CouponRules couponRules;
    final BenefitRules benefitRules;
    final PackRules packRules;
    final RewardRules rewardRules;
    final BoardRules boardRules;
    final DrawRules drawRules;

    /** Stable numbers by the place in {@link CompiledProgram#campaigns}. */
    final int[] campaignNumbers;

    /** Stable numbers by the place in {@link CompiledProgram#activities}. */
    final int[] activityNumbers;

    /** Whether refunds need the lines of orders. */
    final boolean keepsLines;

    private final boolean keepsJoinDay;
    private final byte[][] activityIds;

    /**
     * Makes the rules.
     *
     * @param before null: there is none
     * @param of     the program whose version it is: it keeps the stable numbers
     */
    ProgramVersion(
            final CompiledProgram compiled, final int number, final ProgramVersion before, final ProgramState of) {
        this.compiled = compiled;
        this.number = number;
        this.canonicalHash = compiled.canonicalHash();
        this.tierRules = new TierRules(compiled, before == null ? null : before.tierRules);
        this.campaignNumbers = compiled.campaigns().stream()
                .map(Campaign::id)
                .mapToInt(of.campaignNumbers::open)
                .toArray();
        final List<String> ids =
                compiled.activities().stream().map(Activity::id).toList();
        this.activityNumbers = ids.stream().mapToInt(of.activityNumbers::open).toArray();
        this.activityIds =
                ids.stream().map(id -> id.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
        this.earnPlan = new EarnPlan(compiled, of.campaignNumbers::open);
        this.burnRules = new BurnRules(compiled);
        this.couponRules = new CouponRules(compiled, of.couponNumbers);
        this.packRules = new PackRules(compiled, of.packStocks.numbers, couponRules);
        this.benefitRules = new BenefitRules(compiled, of.benefitNumbers);
        this.rewardRules = new RewardRules(compiled, of.rewardStocks.numbers);
        this.boardRules = new BoardRules(compiled, of.boards.numbers);
        this.drawRules = new DrawRules(compiled, of.drawNumbers, of.prizeStocks.numbers);
        this.keepsLines = compiled.hasLineRules();
        this.keepsJoinDay = compiled.claimDays() >= 0
                || compiled.tiers().stream().anyMatch(tier -> tier.window() == Tier.Window.ANNIVERSARY);
    }

    /** Whether the day of joining decides anything. */
    boolean keepsJoinDay() {
        return keepsJoinDay;
    }

    /** Whether points expire by inactivity and tiers are settled as under another version. */
    boolean fallsDueLike(final ProgramVersion other) {
        return compiled.expiry().equals(other.compiled.expiry())
                && compiled.lateWindowMs() == other.compiled.lateWindowMs()
                && compiled.tiers().equals(other.compiled.tiers())
                && compiled.retiredTiers().equals(other.compiled.retiredTiers());
    }

    /** The day on which points without a day have expired, seen from the member's last activity. */
    int inactiveDay(final int lastActivityDay) {
        return CivilDays.firstDayOf(
                CivilDays.monthOf(lastActivityDay) + compiled.expiry().span() + 1);
    }

    /** The place of an activity; negative: there is none of this id. */
    int findActivity(final DirectBuffer bytes, final int offset, final int length) {
        for (int i = 0; i < activityIds.length; i++) {
            if (Texts.equal(activityIds[i], bytes, offset, length)) {
                return i;
            }
        }
        return -1;
    }
}
