package io.tallymark.server.program;

import static io.tallymark.ledger.program.CompiledProgram.FOREVER;
import static io.tallymark.ledger.program.CompiledProgram.MAX_DAYS;

import io.tallymark.ledger.program.CompiledProgram;
import java.util.Map;

/** {@code retention}: how long is remembered what came in. */
final class RetentionSection {
    private static final ValueType<Long> DAYS =
            Shapes.either(Map.of("forever", (long) FOREVER), Values.whole(1, MAX_DAYS));
    private static final Key<Long> KEY_DAYS = Key.optional(
            "keyDays",
            DAYS,
            "forever",
            "Days that documents are known again: longer than lateWindow, and forever while that is unlimited.");
    private static final Key<Long> ORDER_DAYS = Key.optional(
            "orderDays", DAYS, "as keyDays", "Days that an order can be refunded with reference: at least keyDays.");

    static final Section SECTION =
            new Section("retention", "How long is remembered what came in.", KEY_DAYS, ORDER_DAYS);

    private RetentionSection() {}

    /** @param retention null: all is kept for ever */
    static void compile(final Fields retention, final CompiledProgram.Builder builder) {
        if (retention == null) {
            return;
        }
        final int keyDays = retention.get(KEY_DAYS, (long) FOREVER).intValue();
        builder.keyDays(keyDays);
        builder.orderDays(retention.get(ORDER_DAYS, (long) keyDays).intValue());
    }
}
