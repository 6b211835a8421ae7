package io.tallymark.ledger.program;

import static io.tallymark.ledger.program.CompiledProgram.MAX_ENTRIES;

import io.tallymark.protocol.Varint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;

/**
 * Reads what {@link ProgramEncoder} writes into a builder. It refuses only what cannot be held; whether the program is
 * sound, and these were its own bytes, is for the caller to see. Not thread-safe.
 */
final class ProgramDecoder {
    private final Varint.Reader in = new Varint.Reader();
    private final DirectBuffer buffer;

    private ProgramDecoder(final DirectBuffer buffer) {
        this.buffer = buffer;
    }

    /**
     * The builder of a program that may not be sound yet.
     *
     * @throws InvalidProgramException   for numbers that no field can hold
     * @throws IndexOutOfBoundsException where the bytes end too early
     */
    static CompiledProgram.Builder decode(final DirectBuffer buffer, final int offset, final int length) {
        final ProgramDecoder decoder = new ProgramDecoder(buffer);
        decoder.in.wrap(buffer, offset, length);
        return decoder.program();
    }

    private CompiledProgram.Builder program() {
        if (in.nextByte() != ProgramEncoder.FORM) {
            throw new InvalidProgramException("", "the compiled form is of another version");
        }
        final CompiledProgram.Builder b = CompiledProgram.builder(text())
                .currency(text())
                .utcOffsetMinutes(intOf("utcOffset", in.nextSigned()))
                .enrolUnknownMembers(flag())
                .lateWindowMs(optional())
                .keyDays(optionalInt("retention.keyDays"))
                .orderDays(optionalInt("retention.orderDays"))
                .expiry(expiry("wallets.points"))
                .activation(activation("wallets.points"))
                .refund(refund("wallets.points"))
                .baseRate(in.next(), in.next())
                .baseWhen(condition("earn.base.when"));
        list("earn.rates", this::lineRate).forEach(b::addLineRate);
        list("earn.campaigns", this::campaign).forEach(b::addCampaign);
        b.caps(new EarnCaps(optional(), flag(), optional(), flag()));
        list("activities", this::activity).forEach(b::addActivity);
        b.burn(burn()).transferDailyLimitPoints(optional()).claimDays(optionalInt("claims.withinDays"));
        list("tiers", this::tier).forEach(b::addTier);
        final long retired = count("retiredTiers");
        for (long i = 0; i < retired; i++) {
            b.retireTier(text(), text());
        }
        return b.catalogue(new CatalogueDecoder(this).catalogue());
    }

    Expiry expiry(final String wallet) {
        switch (choice(wallet + ".expiry", Expiry.Kind.values())) {
            case FIXED -> {
                final int month = whole("expiry.fixed");
                final int day = whole("expiry.fixed");
                return Expiry.fixed(month, day, whole("expiry.yearsAhead"));
            }
            case MONTHS -> {
                return Expiry.months(whole("expiry.months"));
            }
            case INACTIVITY -> {
                return Expiry.inactivity(whole("expiry.inactivityMonths"));
            }
            default -> {
                return Expiry.never();
            }
        }
    }

    Activation activation(final String wallet) {
        return new Activation(flag(), whole(wallet + ".activation.afterDays"));
    }

    RefundPolicy refund(final String wallet) {
        return new RefundPolicy(choice(wallet + ".refund.policy", RefundPolicy.Claw.values()), in.next(), flag());
    }

    private LineRate lineRate() {
        final long points = in.next();
        final long perMinor = in.next();
        return new LineRate(condition("earn.rates"), points, perMinor);
    }

    private Campaign campaign() {
        final String path = "earn.campaigns";
        return new Campaign(
                text(),
                whole(path),
                choice(path, Campaign.Mode.values()),
                in.next(),
                in.next(),
                flag(),
                text(),
                condition(path),
                optional(),
                optional(),
                optional(),
                optional(),
                list(path, () -> grant(path)));
    }

    private Activity activity() {
        final String id = text();
        final long points = in.next();
        final Limit limit = limit("activities");
        return new Activity(id, points, limit.per(), limit.times(), text());
    }

    private Burn burn() {
        return new Burn(
                in.next(),
                in.next(),
                optional(),
                optionalInt("burn.reversalGraceDays"),
                list("burn.campaigns", () -> new Burn.BurnCampaign(text(), in.next(), condition("burn.campaigns"))));
    }

    private Tier tier() {
        final String path = "tiers";
        final String id = text();
        final long multiplierMicros = in.next();
        final int parts = in.nextByte();
        final boolean isEarned = (parts & ProgramEncoder.TIER_EARNED) != 0;
        final Requirement earned = isEarned ? requirement() : null;
        final Tier.Window window = isEarned ? choice(path, Tier.Window.values()) : Tier.Window.LIFETIME;
        final int windowMonths = isEarned ? whole(path) : 0;
        final int keepPeriods = isEarned ? whole(path) : 0;
        final int graceDays = isEarned ? whole(path) : 0;
        final Requirement retention = (parts & ProgramEncoder.TIER_OWN_RETENTION) != 0 ? requirement() : earned;
        return new Tier(
                id,
                multiplierMicros,
                earned,
                window,
                windowMonths,
                keepPeriods,
                retention,
                graceDays,
                optionalInt(path),
                optionalInt(path),
                in.next(),
                list(path, this::benefit),
                text());
    }

    private Benefit benefit() {
        return new Benefit(text(), choice("tiers", Benefit.Way.values()), number(), limit("tiers"));
    }

    Limit limit(final String path) {
        return new Limit(choice(path, Activity.Per.values()), optionalInt(path));
    }

    CouponGrant grant(final String path) {
        return new CouponGrant(text(), whole(path), whole(path));
    }

    private Requirement requirement() {
        return new Requirement(flag(), in.next(), in.next(), in.next(), whole("tiers"));
    }

    Condition condition(final String path) {
        final int asked = whole(path);
        return new Condition(
                has(asked, ProgramEncoder.ASKS_FROM) ? in.next() : Condition.NO_TIME,
                has(asked, ProgramEncoder.ASKS_UNTIL) ? in.next() : Condition.NO_TIME,
                has(asked, ProgramEncoder.ASKS_HOURS) ? whole(path) : 0,
                has(asked, ProgramEncoder.ASKS_HOURS) ? whole(path) : 0,
                has(asked, ProgramEncoder.ASKS_WEEKDAYS) ? whole(path) : 0,
                has(asked, ProgramEncoder.ASKS_MONTH_DAYS) ? (int) in.next() : 0,
                texts(asked, ProgramEncoder.ASKS_CHANNELS, path),
                texts(asked, ProgramEncoder.ASKS_STORES, path),
                texts(asked, ProgramEncoder.ASKS_TIERS, path),
                has(asked, ProgramEncoder.ASKS_FIRST_PURCHASE),
                has(asked, ProgramEncoder.ASKS_BIRTHDAY_MONTH),
                has(asked, ProgramEncoder.ASKS_ORDER_AMOUNT) ? in.next() : 0,
                texts(asked, ProgramEncoder.ASKS_SKUS, path),
                texts(asked, ProgramEncoder.ASKS_CATEGORIES, path),
                texts(asked, ProgramEncoder.ASKS_BRANDS, path),
                has(asked, ProgramEncoder.ASKS_FULL_PRICE));
    }

    private static boolean has(final int asked, final int bit) {
        return (asked & bit) != 0;
    }

    private List<String> texts(final int asked, final int bit, final String path) {
        return has(asked, bit) ? list(path, this::text) : List.of();
    }

    <T> List<T> list(final String path, final Supplier<T> one) {
        final long count = count(path);
        final List<T> entries = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            entries.add(one.get());
        }
        return entries;
    }

    long count(final String path) {
        final long count = in.next();
        if (count < 0 || count > MAX_ENTRIES) {
            throw new InvalidProgramException(path, "must be at most " + MAX_ENTRIES);
        }
        return count;
    }

    <E> E choice(final String path, final E[] values) {
        final int ordinal = in.nextByte();
        if (ordinal < 0 || ordinal >= values.length) {
            throw new InvalidProgramException(path, "there is no kind " + ordinal);
        }
        return values[ordinal];
    }

    String text() {
        final byte[] bytes = new byte[in.nextByte() & 0xFF];
        buffer.getBytes(in.skip(bytes.length), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    boolean flag() {
        return in.nextByte() != 0;
    }

    long optional() {
        return in.next() - 1;
    }

    int optionalInt(final String path) {
        return intOf(path, optional());
    }

    int whole(final String path) {
        return intOf(path, in.next());
    }

    long number() {
        return in.next();
    }

    private static int intOf(final String path, final long value) {
        if (value != (int) value) {
            throw new InvalidProgramException(path, "out of range");
        }
        return (int) value;
    }
}
