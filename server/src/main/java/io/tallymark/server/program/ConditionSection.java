package io.tallymark.server.program;

import static io.tallymark.ledger.program.CompiledProgram.MAX_ENTRIES;

import io.tallymark.ledger.program.Condition;
import io.tallymark.protocol.Limits;
import java.util.List;
import java.util.function.ToIntFunction;

/** {@code when}: which orders and lines a rule is for. */
final class ConditionSection {
    private static final ValueType<List<String>> TEXTS = Shapes.oneOrMore(MAX_ENTRIES, Values.orderText());
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final String ALWAYS = "not asked for";
    private static final int HOUR_MINUTES = 60;
    private static final int DAYS_A_MONTH = 31;

    private static final Key<FileTime> FROM =
            Key.optional("from", FileTime.TYPE, ALWAYS, "The event is at this time or later; a date means its 00:00.");
    private static final Key<FileTime> UNTIL = Key.optional(
            "until",
            FileTime.TYPE,
            ALWAYS,
            "The event is before this time: of a date, before its 00:00, so that day itself is out.");
    private static final Key<int[]> HOURS = Key.optional(
            "hours",
            Values.parsed(
                    "([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)",
                    "hours such as \"10:00-14:00\"",
                    ConditionSection::hours),
            ALWAYS,
            "Time of day, the end excluded; from a later to an earlier time: over midnight.");
    private static final Key<List<String>> WEEKDAYS = Key.optional(
            "weekdays",
            Shapes.oneOrMore(DAYS.size(), Values.word(DAYS.toArray(String[]::new))),
            ALWAYS,
            "Days of the week.");
    private static final Key<List<Long>> MONTH_DAYS = Key.optional(
            "monthDays",
            Shapes.oneOrMore(DAYS_A_MONTH, Values.whole(1, DAYS_A_MONTH)),
            ALWAYS,
            "Days of the month, such as a member day.");
    private static final Key<List<String>> CHANNEL = texts("channel", "It came by any of these channels.");
    private static final Key<List<String>> STORE = texts("store", "It is of any of these stores.");
    private static final Key<List<String>> TIER = Key.optional(
            "tier",
            Shapes.oneOrMore(MAX_ENTRIES, Values.id()),
            ALWAYS,
            "Before the order the member's tier is any of these.");
    private static final Key<Boolean> FIRST_PURCHASE =
            Key.optional("firstPurchase", Values.truth(), "false", "The member has no order yet.");
    private static final Key<Boolean> BIRTHDAY_MONTH = Key.optional(
            "birthdayMonth", Values.truth(), "false", "The event lies in the month of the member's birthday.");
    private static final Key<Long> ORDER_AMOUNT = Key.optional(
            "orderAmount", Values.money(0, Limits.MAX_VALUE), ALWAYS, "The order's amount is at least this.");
    private static final Key<List<String>> SKU = texts("sku", "Of a line: any of these articles.");
    private static final Key<List<String>> CATEGORY = texts("category", "Of a line: any of these categories.");
    private static final Key<List<String>> BRAND = texts("brand", "Of a line: any of these brands.");
    private static final Key<Boolean> FULL_PRICE = Key.optional(
            "fullPrice", Values.truth(), "false", "Of a line: sold at the full price; a line that does not say so is.");

    /** Of what earns. */
    static final Section SECTION = new Section(
                    "condition",
                    "When a rule applies: everything that is named must hold. The last four keys choose lines.",
                    FROM,
                    UNTIL,
                    HOURS,
                    WEEKDAYS,
                    MONTH_DAYS,
                    CHANNEL,
                    STORE,
                    TIER,
                    FIRST_PURCHASE,
                    BIRTHDAY_MONTH,
                    ORDER_AMOUNT,
                    SKU,
                    CATEGORY,
                    BRAND,
                    FULL_PRICE)
            .notEmpty();

    /** Of what redeems, and of boards: without lines. */
    static final Section WITHOUT_LINES = new Section(
                    "conditionWithoutLines",
                    "When a rule of spending or a board applies: everything that is named must hold.",
                    FROM,
                    UNTIL,
                    HOURS,
                    WEEKDAYS,
                    MONTH_DAYS,
                    CHANNEL,
                    STORE,
                    TIER,
                    FIRST_PURCHASE,
                    BIRTHDAY_MONTH,
                    ORDER_AMOUNT)
            .notEmpty();

    /** Of what members get without an order. */
    static final Section OF_OFFERS = new Section(
                    "conditionOfOffers",
                    "When something can be had: everything that is named must hold.",
                    FROM,
                    UNTIL,
                    HOURS,
                    WEEKDAYS,
                    MONTH_DAYS,
                    CHANNEL,
                    STORE,
                    TIER,
                    BIRTHDAY_MONTH)
            .notEmpty();

    private ConditionSection() {}

    private static Key<List<String>> texts(final String name, final String sentence) {
        return Key.optional(name, TEXTS, ALWAYS, sentence);
    }

    private static int[] hours(final String text, final Place at) {
        final int from = minutes(text.substring(0, 5));
        final int until = minutes(text.substring(6));
        if (from == until) {
            at.error("must be two different times");
            return null;
        }
        if (until == 0) {
            at.error("ends at 24:00, not at 00:00");
            return null;
        }
        return new int[] {from, until};
    }

    private static int minutes(final String time) {
        return Integer.parseInt(time.substring(0, 2)) * HOUR_MINUTES + Integer.parseInt(time.substring(3));
    }

    /** @param when null: always */
    static Condition compile(final Fields when, final int offsetMinutes) {
        if (when == null) {
            return Condition.ALWAYS;
        }
        final FileTime from = when.get(FROM);
        final FileTime until = when.get(UNTIL);
        final int[] hours = when.get(HOURS, new int[2]);
        final Condition.Builder b = Condition.builder()
                .between(
                        from == null ? Condition.NO_TIME : from.toEpochMs(offsetMinutes),
                        until == null ? Condition.NO_TIME : until.toEpochMs(offsetMinutes))
                .minutes(hours[0], hours[1])
                .weekdays(bits(when.get(WEEKDAYS, List.of()), DAYS::indexOf))
                .monthDays(bits(when.get(MONTH_DAYS, List.of()), Long::intValue))
                .channels(array(when, CHANNEL))
                .stores(array(when, STORE))
                .tiers(array(when, TIER))
                .minOrderMinor(when.get(ORDER_AMOUNT, 0L))
                .skus(array(when, SKU))
                .categories(array(when, CATEGORY))
                .brands(array(when, BRAND));
        if (when.get(FIRST_PURCHASE, false)) {
            b.firstPurchase();
        }
        if (when.get(BIRTHDAY_MONTH, false)) {
            b.birthdayMonth();
        }
        if (when.get(FULL_PRICE, false)) {
            b.fullPrice();
        }
        return b.build();
    }

    private static <T> int bits(final List<T> days, final ToIntFunction<T> number) {
        int bits = 0;
        for (final T day : days) {
            bits |= 1 << number.applyAsInt(day);
        }
        return bits;
    }

    private static String[] array(final Fields when, final Key<List<String>> key) {
        return when.get(key, List.of()).toArray(String[]::new);
    }
}
