package io.tallymark.server.program;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.CompiledProgram;
import java.util.Map;

/** {@code activities}: what earns points without an order. */
final class ActivitySection {
    private static final Key<Long> POINTS = Key.required("points", Values.points(), "What it earns.");
    private static final Key<Activity.Per> PER = Key.required(
            "per",
            Values.constant(Activity.Per.values(), "day", "week", "month", "lifetime"),
            "The period, of the program's days; weeks begin on Monday.");
    private static final Key<Long> TIMES =
            Key.optional("times", Values.whole(1, 1_000_000), "1", "How often in one period.");
    private static final Key<Fields> LIMIT = Key.optional(
            "limit",
            new Section("activityLimit", "How often a member may.", PER, TIMES),
            "no limit",
            "How often a member may.");
    private static final Section ACTIVITY =
            new Section("activity", "Something that earns points without an order.", POINTS, LIMIT);

    /** By id. */
    static final ValueType<Map<String, Fields>> TYPE = Shapes.mapOf(CompiledProgram.MAX_ENTRIES, ACTIVITY);

    private ActivitySection() {}

    static void compile(final Map<String, Fields> activities, final CompiledProgram.Builder builder) {
        activities.forEach((id, activity) -> {
            final Fields limit = activity.get(LIMIT);
            final int times = limit == null
                    ? (int) CompiledProgram.UNLIMITED
                    : limit.get(TIMES, 1L).intValue();
            final Activity.Per per = limit == null ? Activity.Per.DAY : limit.get(PER, Activity.Per.DAY);
            builder.addActivity(new Activity(id, activity.get(POINTS, 1L), per, times));
        });
    }
}
