package io.tallymark.server.program;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Limit;

/** {@code limit}: how often a member may. */
final class LimitSection {
    private static final Key<Activity.Per> PER = Key.required(
            "per",
            Values.constant(Activity.Per.values(), "day", "week", "month", "lifetime", "year"),
            "The period, of the program's days; weeks begin on Monday.");
    private static final Key<Long> TIMES =
            Key.optional("times", Values.whole(1, 1_000_000), "1", "How often in one period.");

    /** Of whatever has one. */
    static final Key<Fields> KEY = Key.optional(
            "limit",
            new Section("limit", "How often a member may.", PER, TIMES),
            "no limit",
            "How often a member may.");

    private LimitSection() {}

    /** @param rule what has a limit, or has none; null: none */
    static Limit compile(final Fields rule) {
        final Fields limit = rule == null ? null : rule.get(KEY);
        return limit == null
                ? Limit.NONE
                : new Limit(
                        limit.get(PER, Activity.Per.DAY), limit.get(TIMES, 1L).intValue());
    }
}
