package io.tallymark.server.program;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Limit;
import java.util.Map;

/** {@code activities}: what earns points without an order. */
final class ActivitySection {
    private static final Key<Long> POINTS = Key.required("points", Values.points(), "What it earns.");
    private static final Section ACTIVITY = new Section(
            "activity",
            "Something that earns points without an order.",
            POINTS,
            LimitSection.KEY,
            WalletSection.FILLED);

    /** By id. */
    static final ValueType<Map<String, Fields>> TYPE = Shapes.mapOf(CompiledProgram.MAX_ENTRIES, ACTIVITY);

    private ActivitySection() {}

    static void compile(final Map<String, Fields> activities, final CompiledProgram.Builder builder) {
        activities.forEach((id, activity) -> {
            final Limit limit = LimitSection.compile(activity);
            builder.addActivity(new Activity(
                    id,
                    activity.get(POINTS, 1L),
                    limit.per(),
                    limit.times(),
                    WalletSection.named(activity, WalletSection.FILLED)));
        });
    }
}
