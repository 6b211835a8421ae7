package io.tallymark.ledger.program;

import java.util.List;

/**
 * When a rule applies. Everything that is named must hold; what is empty, 0 or false is not asked for. The first group
 * speaks of the order and its member, the second of single lines.
 *
 * @param fromMs         event time at or after, epoch milliseconds; {@link #NO_TIME}: not asked for
 * @param untilMs        event time before; {@link #NO_TIME}: not asked for
 * @param fromMinute     minute of the event's day, 0 to 1,439; where it lies behind {@code untilMinute}, over midnight
 * @param untilMinute    the first minute that is too late, 1 to 1,440; 0: hours are not asked for
 * @param weekdays       bit 0 Monday to bit 6 Sunday; 0: not asked for
 * @param monthDays      bit 1 to bit 31; 0: not asked for
 * @param channels       any of these
 * @param stores         any of these
 * @param tiers          the member holds any of these as its tier before the order
 * @param firstPurchase  the member has no order yet
 * @param birthdayMonth  the event lies in the month of the member's birthday
 * @param minOrderMinor  the order's amount is at least this
 * @param skus           of a line: any of these
 * @param categories     of a line: any of these
 * @param brands         of a line: any of these
 * @param fullPrice      of a line: sold at the full price
 */
public record Condition(
        long fromMs,
        long untilMs,
        int fromMinute,
        int untilMinute,
        int weekdays,
        int monthDays,
        List<String> channels,
        List<String> stores,
        List<String> tiers,
        boolean firstPurchase,
        boolean birthdayMonth,
        long minOrderMinor,
        List<String> skus,
        List<String> categories,
        List<String> brands,
        boolean fullPrice) {
    /** A time that is not asked for. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** Always. */
    public static final Condition ALWAYS = builder().build();

    /** Sorts the lists: their order means nothing. */
    public Condition {
        channels = channels.stream().sorted().toList();
        stores = stores.stream().sorted().toList();
        tiers = tiers.stream().sorted().toList();
        skus = skus.stream().sorted().toList();
        categories = categories.stream().sorted().toList();
        brands = brands.stream().sorted().toList();
    }

    /** Whether it asks for anything of single lines. */
    public boolean concernsLines() {
        return fullPrice || !skus.isEmpty() || !categories.isEmpty() || !brands.isEmpty();
    }

    /** Starts with a condition that always holds. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects a condition. */
    public static final class Builder {
        private long fromMs = NO_TIME;
        private long untilMs = NO_TIME;
        private int fromMinute;
        private int untilMinute;
        private int weekdays;
        private int monthDays;
        private List<String> channels = List.of();
        private List<String> stores = List.of();
        private List<String> tiers = List.of();
        private boolean firstPurchase;
        private boolean birthdayMonth;
        private long minOrderMinor;
        private List<String> skus = List.of();
        private List<String> categories = List.of();
        private List<String> brands = List.of();
        private boolean fullPrice;

        private Builder() {}

        public Builder between(final long from, final long until) {
            fromMs = from;
            untilMs = until;
            return this;
        }

        public Builder minutes(final int from, final int until) {
            fromMinute = from;
            untilMinute = until;
            return this;
        }

        public Builder weekdays(final int bits) {
            weekdays = bits;
            return this;
        }

        public Builder monthDays(final int bits) {
            monthDays = bits;
            return this;
        }

        public Builder channels(final String... ids) {
            channels = List.of(ids);
            return this;
        }

        public Builder stores(final String... ids) {
            stores = List.of(ids);
            return this;
        }

        public Builder tiers(final String... ids) {
            tiers = List.of(ids);
            return this;
        }

        public Builder firstPurchase() {
            firstPurchase = true;
            return this;
        }

        public Builder birthdayMonth() {
            birthdayMonth = true;
            return this;
        }

        public Builder minOrderMinor(final long minor) {
            minOrderMinor = minor;
            return this;
        }

        public Builder skus(final String... ids) {
            skus = List.of(ids);
            return this;
        }

        public Builder categories(final String... ids) {
            categories = List.of(ids);
            return this;
        }

        public Builder brands(final String... ids) {
            brands = List.of(ids);
            return this;
        }

        public Builder fullPrice() {
            fullPrice = true;
            return this;
        }

        public Condition build() {
            return new Condition(
                    fromMs,
                    untilMs,
                    fromMinute,
                    untilMinute,
                    weekdays,
                    monthDays,
                    channels,
                    stores,
                    tiers,
                    firstPurchase,
                    birthdayMonth,
                    minOrderMinor,
                    skus,
                    categories,
                    brands,
                    fullPrice);
        }
    }
}
