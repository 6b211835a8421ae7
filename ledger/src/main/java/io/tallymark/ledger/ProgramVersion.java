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
    final IssuerRules issuerRules;
    final ActivityRules activityRules;
    final BoardRules boardRules;

    /** Stable numbers by the place in {@link CompiledProgram#campaigns}. */
    final int[] campaignNumbers;

    /** Whether refunds need the lines of orders. */
    final boolean keepsLines;

    private final boolean keepsJoinDay;

    /** @param before null: there is none */
    ProgramVersion(
            final CompiledProgram compiled,
            final int number,
            final ProgramVersion before,
            final RuleNumbers campaigns,
            final RuleNumbers activities,
            final RuleNumbers boards,
            final RuleNumbers wallets,
            final RuleNumbers issuers) {
        this.compiled = compiled;
        this.number = number;
        this.canonicalHash = compiled.canonicalHash();
        this.tierRules = new TierRules(compiled, before == null ? null : before.tierRules);
        this.campaignNumbers = compiled.campaigns().stream()
                .map(Campaign::id)
                .mapToInt(campaigns::open)
                .toArray();
        this.earnPlan = new EarnPlan(compiled, campaigns::open);
        this.burnRules = new BurnRules(compiled);
        this.valueRules = new ValueRules(compiled.catalogue(), wallets);
        this.issuerRules = new IssuerRules(compiled.catalogue(), issuers);
        this.activityRules = new ActivityRules(compiled, activities, issuers);
        this.boardRules = new BoardRules(compiled, boards);
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
