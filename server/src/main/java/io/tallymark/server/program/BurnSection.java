package io.tallymark.server.program;

import static io.tallymark.ledger.program.CompiledProgram.MAX_ENTRIES;
import static io.tallymark.ledger.program.CompiledProgram.MAX_GRACE_DAYS;
import static io.tallymark.ledger.program.CompiledProgram.MAX_MULTIPLIER_MICROS;
import static io.tallymark.ledger.program.CompiledProgram.MAX_RATE_MINOR;
import static io.tallymark.ledger.program.CompiledProgram.MAX_RATE_POINTS;
import static io.tallymark.ledger.program.CompiledProgram.ONE_MICROS;
import static io.tallymark.ledger.program.CompiledProgram.UNLIMITED;

import io.tallymark.ledger.program.Burn;
import io.tallymark.ledger.program.Condition;
import java.util.List;

/** {@code burn}: what points are worth. */
final class BurnSection {
    private static final Key<Long> POINTS =
            Key.required("points", Values.whole(1, MAX_RATE_POINTS), "So many points …");
    private static final Key<Long> WORTH = Key.required("worth", Values.money(1, MAX_RATE_MINOR), "… are worth this.");
    private static final Key<Fields> RATE = Key.optional(
            "rate",
            new Section("burnRate", "What points are worth.", POINTS, WORTH),
            "redemptions name points, not amounts",
            "What points are worth.");
    private static final Key<Long> MIN_POINTS =
            Key.optional("minPoints", Values.points(), "1", "Fewest points beside the cash.");
    private static final Key<Fields> CASH = Key.optional(
            "pointsPlusCash",
            new Section("pointsPlusCash", "Redemptions in points and cash.", MIN_POINTS),
            "not offered",
            "Redemptions in points and cash.");
    private static final Key<String> ID = Key.required("id", Values.id(), "Stays the same from version to version.");
    private static final Key<Long> MULTIPLIER = Key.required(
            "multiplier", Values.multiplier(ONE_MICROS + 1, MAX_MULTIPLIER_MICROS), "Points are worth N times.");
    private static final Key<Fields> WHEN =
            Key.optional("when", ConditionSection.WITHOUT_LINES, "always", "Which redemptions it is for.");
    private static final Key<List<Fields>> CAMPAIGNS = Key.optional(
            "campaigns",
            Shapes.listOf(0, MAX_ENTRIES, new Section("burnCampaign", "Points are worth more.", ID, MULTIPLIER, WHEN)),
            "none",
            "Days on which points are worth more; the largest that fits counts.");
    private static final Key<Long> GRACE_DAYS = Key.optional(
            "reversalGraceDays",
            Values.whole(0, MAX_GRACE_DAYS),
            "they have expired",
            "Days that points live which a reversal returns after they had expired.");

    static final Section SECTION = new Section("burn", "How points are spent.", RATE, CASH, CAMPAIGNS, GRACE_DAYS)
            .rule(Rule.needs("pointsPlusCash", "rate"))
            .rule(Rule.needs("campaigns", "rate"));

    private BurnSection() {}

    static Burn compile(final Fields burn, final int offsetMinutes) {
        final Fields rate = burn.get(RATE);
        final Fields cash = burn.get(CASH);
        final List<Burn.BurnCampaign> campaigns = burn.get(CAMPAIGNS, List.of()).stream()
                .map(c -> campaign(c, offsetMinutes))
                .toList();
        return new Burn(
                rate == null ? 0 : rate.get(POINTS, 1L),
                rate == null ? 0 : rate.get(WORTH, 1L),
                cash == null ? UNLIMITED : cash.get(MIN_POINTS, 1L),
                burn.get(GRACE_DAYS, UNLIMITED).intValue(),
                campaigns);
    }

    /** @param campaign null: it was none, and has been noted; those behind it keep their places */
    private static Burn.BurnCampaign campaign(final Fields campaign, final int offsetMinutes) {
        return campaign == null
                ? new Burn.BurnCampaign("", ONE_MICROS + 1, Condition.ALWAYS)
                : new Burn.BurnCampaign(
                        campaign.get(ID, ""),
                        campaign.get(MULTIPLIER, ONE_MICROS + 1),
                        ConditionSection.compile(campaign.get(WHEN), offsetMinutes));
    }
}
