package io.tallymark.ledger;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Tier;

/** One version of a program with the rules made from it. Immutable; kept as long as the program, for its orders. */
final class ProgramVersion {
    final CompiledProgram compiled;
    final int number;
    final StateHash canonicalHash;
    final EarnPlan earnPlan;
    final BurnRules burnRules;
    final TierRules tierRules;
    final ValueRules valueRules;
    final CouponRules couponRules;
    final BenefitRules benefitRules;
    final PackRules packRules;
    final RewardRules rewardRules;
    final BoardRules boardRules;
    final DrawRules drawRules;
    final IssuerRules issuerRules;
    final ActivityRules activityRules;
    final WalletRules walletRules;

    /** Stable numbers by the place in {@link CompiledProgram#campaigns}. */
    final int[] campaignNumbers;

    /** Whether refunds need the lines of orders. */
    final boolean keepsLines;

    private final boolean keepsJoinDay;

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
        this.earnPlan = new EarnPlan(compiled, of.campaignNumbers::open);
        this.burnRules = new BurnRules(compiled);
        this.valueRules = new ValueRules(compiled.catalogue(), of.moneyWalletNumbers);
        this.walletRules = new WalletRules(compiled, of.pointsWalletNumbers);
        this.couponRules = new CouponRules(compiled, of.couponNumbers);
        this.packRules = new PackRules(compiled, of.packStocks.numbers, couponRules, walletRules);
        this.benefitRules = new BenefitRules(compiled, of.benefitNumbers);
        this.rewardRules = new RewardRules(compiled, of.rewardStocks.numbers, walletRules);
        this.drawRules = new DrawRules(compiled, of.drawNumbers, of.prizeStocks.numbers, walletRules);
        this.boardRules = new BoardRules(compiled, of.boards.numbers);
        this.issuerRules = new IssuerRules(compiled.catalogue(), of.issuerNumbers);
        this.activityRules = new ActivityRules(compiled, of.activityNumbers, of.issuerNumbers, walletRules);
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
}
