package io.tallymark.server.program;

import static io.tallymark.ledger.program.CompiledProgram.MAX_DAYS;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.protocol.Limits;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** {@code coupons}: rights that are granted and used up; and the coupons that come with other things. */
final class CouponSection {
    private static final ValueType<Long> USES_TYPE = Values.whole(1, 1_000_000);
    private static final Key<Long> VALUE = Key.optional(
            "value", Values.money(0, Limits.MAX_VALUE), "not said", "What it is worth, for people and replies.");
    private static final Key<Long> USES = Key.optional("uses", USES_TYPE, "1", "How often one can be used.");
    private static final Key<Long> VALID_DAYS = Key.optional(
            "validDays", Values.whole(1, MAX_DAYS), "", "Days behind that of the grant through which it can be used.");
    private static final Key<LocalDate> LAST_DAY = Key.optional(
            "lastDay",
            Values.parsed("[0-9]{4}-[0-9]{2}-[0-9]{2}", "a quoted date such as \"2026-09-25\"", CouponSection::day),
            "",
            "The last day on which it can be used, in place of validDays; neither: without end.");
    private static final Section COUPON = new Section(
                    "coupon",
                    "A right that is granted and used up.",
                    VALUE,
                    USES,
                    VALID_DAYS,
                    LAST_DAY,
                    LimitSection.KEY,
                    OfferSection.WHEN)
            .rule(Rule.excludes("validDays", "lastDay"));

    /** By id. */
    static final ValueType<Map<String, Fields>> TYPE = Shapes.mapOf(Catalogue.MAX_ENTRIES, COUPON);

    private static final Key<String> GRANTED = Key.required("coupon", Values.id(), "Which coupon.");
    private static final Key<Long> GRANTED_USES =
            Key.optional("uses", USES_TYPE, "as the coupon says", "How often it can be used.");
    private static final Key<Long> GRANTED_DAYS = Key.optional(
            "validDays",
            Values.whole(1, MAX_DAYS),
            "as the coupon says",
            "Days behind that of the grant through which it can be used.");

    /** Coupons that come with something. */
    static final Key<List<Fields>> GRANTS = Key.optional(
            "grants",
            Shapes.listOf(
                    1,
                    Catalogue.MAX_GRANTS,
                    new Section("grant", "A coupon that comes with it.", GRANTED, GRANTED_USES, GRANTED_DAYS)),
            "none",
            "Coupons that come with it.");

    private CouponSection() {}

    private static LocalDate day(final String text, final Place at) {
        if (((YamlNode.Scalar) at.node()).plain()) {
            at.error("a date is quoted: \"" + text + "\"");
            return null;
        }
        try {
            final LocalDate day = LocalDate.parse(text);
            if (day.toEpochDay() >= 0) {
                return day;
            }
            at.error("must be 1970-01-01 or later");
        } catch (final DateTimeException e) {
            at.error("there is no such date: \"" + text + "\"");
        }
        return null;
    }

    static void compile(final Map<String, Fields> coupons, final int offsetMinutes, final Catalogue.Builder catalogue) {
        coupons.forEach((id, coupon) -> {
            final LocalDate lastDay = coupon.get(LAST_DAY);
            final int validDays = coupon.get(VALID_DAYS, 0L).intValue();
            catalogue.add(new Coupon(
                    id,
                    coupon.get(VALUE, 0L),
                    coupon.get(USES, 1L).intValue(),
                    validDays,
                    lastDay == null || validDays > 0 ? Expiry.NEVER_DAY : (int) lastDay.toEpochDay(),
                    LimitSection.compile(coupon),
                    ConditionSection.compile(coupon.get(OfferSection.WHEN), offsetMinutes)));
        });
    }

    /** The coupons that come with a thing; what is no grant has an empty one in its place. */
    static List<CouponGrant> grants(final Fields thing) {
        return thing.get(GRANTS, List.of()).stream()
                .map(grant -> grant == null
                        ? new CouponGrant("", 0, 0)
                        : new CouponGrant(
                                grant.get(GRANTED, ""),
                                grant.get(GRANTED_USES, 0L).intValue(),
                                grant.get(GRANTED_DAYS, 0L).intValue()))
                .toList();
    }
}
