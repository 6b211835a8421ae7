package io.tallymark.ledger.program;

import io.tallymark.protocol.Limits;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The part of {@link ProgramCheck} that looks at conditions, and at the tiers that rules name. */
final class ConditionCheck {
    private final Mistakes mistakes;
    private final Set<String> tierIds;
    private final String[] tierIdPaths;

    ConditionCheck(final Mistakes mistakes, final List<Tier> tiers) {
        this.mistakes = mistakes;
        this.tierIds = tiers.stream().map(Tier::id).collect(Collectors.toSet());
        this.tierIdPaths = TierCheck.idPaths(tiers.size());
    }

    /** Looks at one, which stands at a path. */
    void check(final Condition when, final String path) {
        if (when.fromMs() != Condition.NO_TIME) {
            mistakes.within(when.fromMs(), 0, Limits.MAX_VALUE, path + ".from", " ms");
        }
        if (when.untilMs() != Condition.NO_TIME) {
            mistakes.within(when.untilMs(), 0, Limits.MAX_VALUE, path + ".until", " ms");
            mistakes.check(when.untilMs() > when.fromMs(), path + ".until", "must be after from", path + ".from");
        }
        if (when.untilMinute() == 0) {
            mistakes.check(when.fromMinute() == 0, path + ".hours", "must have an end");
        } else {
            mistakes.check(
                    when.fromMinute() >= 0
                            && when.fromMinute() <= 1_439
                            && when.untilMinute() >= 1
                            && when.untilMinute() <= 1_440
                            && when.fromMinute() != when.untilMinute(),
                    path + ".hours",
                    "must be two different times from 00:00 to 24:00");
        }
        mistakes.check((when.weekdays() & ~0x7F) == 0, path + ".weekdays", "must be days of the week");
        mistakes.check((when.monthDays() & 1) == 0, path + ".monthDays", "must be from 1 to 31");
        mistakes.texts(when.channels(), path + ".channel");
        mistakes.texts(when.stores(), path + ".store");
        mistakes.texts(when.tiers(), path + ".tier");
        for (final String tier : when.tiers()) {
            tier(tier, path + ".tier");
        }
        mistakes.within(when.minOrderMinor(), 0, Limits.MAX_VALUE, path + ".orderAmount", " minor units");
        mistakes.texts(when.skus(), path + ".sku");
        mistakes.texts(when.categories(), path + ".category");
        mistakes.texts(when.brands(), path + ".brand");
    }

    /** A tier that is listed. */
    void tier(final String tier, final String path) {
        mistakes.check(tierIds.contains(tier), path, "there is no tier " + tier, tierIdPaths);
    }
}
