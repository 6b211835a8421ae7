package io.tallymark.server.program;

import static io.tallymark.ledger.program.CompiledProgram.MAX_ENTRIES;
import static io.tallymark.ledger.program.CompiledProgram.MAX_RATE_MINOR;
import static io.tallymark.ledger.program.CompiledProgram.MAX_RATE_POINTS;
import static io.tallymark.ledger.program.CompiledProgram.UNLIMITED;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.EarnCaps;
import io.tallymark.ledger.program.LineRate;
import java.util.List;

/** {@code earn}: what orders earn. */
final class EarnSection {
    private static final Key<Long> POINTS =
            Key.required("points", Values.whole(1, MAX_RATE_POINTS), "So many points …");
    private static final Key<Long> PER = Key.required(
            "per", Values.money(1, MAX_RATE_MINOR), "… for this amount; smaller amounts count exactly, in parts.");
    private static final Key<Fields> BASE_WHEN = Key.optional(
            "when", ConditionSection.SECTION, "always", "Which orders and lines earn at all, also at other rates.");
    private static final Key<Fields> RATE_WHEN =
            Key.required("when", ConditionSection.SECTION, "Which lines, of which orders, earn at this rate.");
    private static final Key<Fields> BASE = Key.required(
            "base",
            new Section("baseRate", "The rate of all lines.", POINTS, PER, BASE_WHEN),
            "The rate of all lines.");
    private static final Key<List<Fields>> RATES = Key.optional(
            "rates",
            Shapes.listOf(0, MAX_ENTRIES, new Section("lineRate", "A rate of some lines.", RATE_WHEN, POINTS, PER)),
            "none",
            "Rates of some lines in place of the base rate; the first that fits counts.");
    private static final Key<List<Fields>> CAMPAIGNS = Key.optional(
            "campaigns",
            Shapes.listOf(0, MAX_ENTRIES, CampaignSection.SECTION),
            "none",
            "Rules that add to it; at most 8 of mode multiply.");
    private static final Key<Long> CAP_POINTS = Key.required("points", Values.points(), "Most points.");
    private static final Key<String> APPLIES_TO = Key.optional(
            "appliesTo",
            Values.word("bonus", "all"),
            "bonus",
            "Whether campaigns alone are capped, or the base and the tier's share too.");
    private static final Section CAP = new Section("earnCap", "A cap.", CAP_POINTS, APPLIES_TO);
    private static final Key<Fields> ORDER_CAP = Key.optional("order", CAP, "no cap", "Of one order.");
    private static final Key<Fields> DAY_CAP = Key.optional("day", CAP, "no cap", "Of one member and day.");
    private static final Key<Fields> CAPS = Key.optional(
            "caps",
            new Section("earnCaps", "Caps on what orders earn.", ORDER_CAP, DAY_CAP),
            "no caps",
            "Most points that orders earn.");

    static final Section SECTION = new Section("earn", "What orders earn.", BASE, RATES, CAMPAIGNS, CAPS);

    private EarnSection() {}

    /** @param earn null: it was wrong, and has been noted */
    static void compile(final Fields earn, final int offsetMinutes, final CompiledProgram.Builder builder) {
        builder.baseRate(1, 1);
        if (earn == null) {
            return;
        }
        final Fields base = earn.get(BASE);
        if (base != null) {
            builder.baseRate(base.get(POINTS, 1L), base.get(PER, 1L));
            builder.baseWhen(ConditionSection.compile(base.get(BASE_WHEN), offsetMinutes));
        }
        for (final Fields rate : earn.get(RATES, List.of())) {
            builder.addLineRate(
                    rate == null
                            ? new LineRate(Condition.ALWAYS, 1, 1)
                            : new LineRate(
                                    ConditionSection.compile(rate.get(RATE_WHEN), offsetMinutes),
                                    rate.get(POINTS, 1L),
                                    rate.get(PER, 1L)));
        }
        for (final Fields campaign : earn.get(CAMPAIGNS, List.of())) {
            builder.addCampaign(
                    campaign == null ? CampaignSection.PLACEHOLDER : CampaignSection.compile(campaign, offsetMinutes));
        }
        final Fields caps = earn.get(CAPS);
        if (caps != null) {
            final Fields order = caps.get(ORDER_CAP);
            final Fields day = caps.get(DAY_CAP);
            builder.caps(new EarnCaps(points(order), isOfAll(order), points(day), isOfAll(day)));
        }
    }

    private static long points(final Fields cap) {
        return cap == null ? UNLIMITED : cap.get(CAP_POINTS, UNLIMITED);
    }

    private static boolean isOfAll(final Fields cap) {
        return cap != null && cap.get(APPLIES_TO, "bonus").equals("all");
    }
}
