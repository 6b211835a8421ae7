package io.tallymark.server.program;

import io.tallymark.ledger.program.Requirement;
import io.tallymark.protocol.Limits;
import java.util.ArrayList;
import java.util.List;

/** What a tier asks of the qualifying counters. */
final class RequirementSection {
    private static final int COUNTERS = 4;
    private static final int MAX_MONTHS = 1_200;

    private static final Key<Long> SPEND = Key.optional(
            "spend",
            Values.money(0, Limits.MAX_VALUE),
            "",
            "Amounts of orders; \"0.00\" alone is reached by everybody.");
    private static final Key<Long> VISITS =
            Key.optional("visits", Values.whole(1, Limits.MAX_VALUE), "", "Orders that were visits.");
    private static final Key<Long> POINTS =
            Key.optional("points", Values.whole(1, Limits.MAX_VALUE), "", "Earned points.");
    private static final Key<Long> MONTHS =
            Key.optional("months", Values.whole(1, MAX_MONTHS), "", "Months with orders.");
    private static final Section COUNTER = new Section("counter", "One threshold.", SPEND, VISITS, POINTS, MONTHS)
            .rule(Rule.exactlyOneOf("spend", "visits", "points", "months"));
    private static final Key<List<Fields>> ALL =
            Key.optional("all", Shapes.listOf(1, COUNTERS, COUNTER), "", "All of these are needed.");
    private static final Key<List<Fields>> ANY =
            Key.optional("any", Shapes.listOf(1, COUNTERS, COUNTER), "", "One of these is enough.");

    static final Section SECTION = new Section(
                    "requirement",
                    "Thresholds of the qualifying counters, in the window. Several beside each other are all needed.",
                    SPEND,
                    VISITS,
                    POINTS,
                    MONTHS,
                    ALL,
                    ANY)
            .rule(Rule.someOf("spend", "visits", "points", "months", "all", "any"))
            .rule(Rule.excludes("all", "any"))
            .rule(Rule.excludes("all", "spend"))
            .rule(Rule.excludes("all", "visits"))
            .rule(Rule.excludes("all", "points"))
            .rule(Rule.excludes("all", "months"))
            .rule(Rule.excludes("any", "spend"))
            .rule(Rule.excludes("any", "visits"))
            .rule(Rule.excludes("any", "points"))
            .rule(Rule.excludes("any", "months"));

    private RequirementSection() {}

    static Requirement compile(final Fields when) {
        final List<Fields> parts = new ArrayList<>(when.get(ALL, when.get(ANY, List.of())));
        parts.add(when);
        parts.removeIf(p -> p == null);
        final boolean any = when.has(ANY);
        final Requirement compiled =
                new Requirement(any, threshold(parts, SPEND), threshold(parts, VISITS), threshold(parts, POINTS), (int)
                        threshold(parts, MONTHS));
        parts.stream()
                .filter(p -> any && Long.valueOf(0).equals(p.get(SPEND)))
                .forEach(p -> p.error("spend", "0 is always reached: the others would mean nothing"));
        return compiled;
    }

    private static long threshold(final List<Fields> parts, final Key<Long> counter) {
        Long found = null;
        for (final Fields part : parts) {
            final Long value = part.get(counter);
            if (value != null && found != null) {
                part.error(counter.name(), "stands in the list twice");
            }
            found = value == null ? found : value;
        }
        return found == null ? 0 : found;
    }
}
