package io.tallymark.ledger.program;

import io.tallymark.protocol.Varint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Writes the canonical form of a program.
 *
 * <pre>
 * form              1 byte, 1
 * name              text
 * currency          text
 * utcOffsetMinutes  varint, zigzag
 * enrol             1 byte, 1: unknown members are enrolled
 * lateWindowMs      optional
 * keyDays           optional
 * orderDays         optional
 * expiry            1 byte kind; fixed: varint month, day, yearsAhead; months, inactivity: varint months
 * activation        1 byte, 1: fulfilment; varint afterDays
 * refund            1 byte claw; varint debtLimitPoints; 1 byte, 1: unreferenced
 * base              rate, condition
 * lineRates         list of: rate, condition
 * campaigns         list by (priority, id) of: text id, varint priority, 1 byte mode, varint multiplierMicros,
 *                   varint bonusPoints, 1 byte perUnit, text group, condition, optional orderCap, memberCap,
 *                   memberDayCap, budget, list of grant
 * caps              optional order, 1 byte appliesToAll, optional day, 1 byte appliesToAll
 * activities        list by id of: text id, varint points, limit, text wallet
 * burn              varint ratePoints, rateMinor, optional minPointsWithCash, graceDays,
 *                   list by id of: text id, varint multiplierMicros, condition
 * transferDailyLimitPoints, claimDays   optional
 * tiers             list of: text id, varint multiplierMicros, 1 byte (bit 0 earned, bit 1 retention of its own);
 *                   where earned: requirement, 1 byte window, varint windowMonths, keepPeriods, graceDays and, of its
 *                   own, the retention's requirement; then optional paidMonths, invitedMonths, varint bonusPoints,
 *                   list by (id, way) of benefit: text id, 1 byte way, varint discountMicros, limit;
 *                   text paidPack
 * retiredTiers      list by old id of: text old, text new
 * catalogue         see {@link CatalogueEncoder}
 *
 * text         length byte, bytes of UTF-8
 * list         varint count, the entries
 * optional     varint of the value + 1; 0: -1, that is none, unlimited or for ever
 * limit        1 byte per, optional times
 * grant        text coupon, varint uses, validDays
 * rate         varint points, varint minor units, in lowest terms
 * requirement  1 byte any; varint spendMinor, visits, points, months
 * condition    varint of what is asked for, by bit; then in this order, what is asked for:
 *              0 varint fromMs, 1 varint untilMs, 2 varint fromMinute, untilMinute, 3 varint weekdays,
 *              4 varint monthDays, 5 channels, 6 stores, 7 tiers, 8 firstPurchase (nothing follows),
 *              9 birthdayMonth (nothing follows), 10 varint minOrderMinor, 11 skus, 12 categories, 13 brands
 *              (lists of texts in their order), 14 fullPrice (nothing follows)
 * </pre>
 *
 * Varints are those of {@link Varint}. Not thread-safe.
 */
final class ProgramEncoder {
    static final byte FORM = 1;
    static final int TIER_EARNED = 1;
    static final int TIER_OWN_RETENTION = 2;
    static final int ASKS_FROM = 1;
    static final int ASKS_UNTIL = 1 << 1;
    static final int ASKS_HOURS = 1 << 2;
    static final int ASKS_WEEKDAYS = 1 << 3;
    static final int ASKS_MONTH_DAYS = 1 << 4;
    static final int ASKS_CHANNELS = 1 << 5;
    static final int ASKS_STORES = 1 << 6;
    static final int ASKS_TIERS = 1 << 7;
    static final int ASKS_FIRST_PURCHASE = 1 << 8;
    static final int ASKS_BIRTHDAY_MONTH = 1 << 9;
    static final int ASKS_ORDER_AMOUNT = 1 << 10;
    static final int ASKS_SKUS = 1 << 11;
    static final int ASKS_CATEGORIES = 1 << 12;
    static final int ASKS_BRANDS = 1 << 13;
    static final int ASKS_FULL_PRICE = 1 << 14;

    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
    private int at;

    private ProgramEncoder() {}

    static byte[] encode(final CompiledProgram program) {
        final ProgramEncoder encoder = new ProgramEncoder();
        encoder.program(program);
        return Arrays.copyOf(encoder.out.byteArray(), encoder.at);
    }

    private void program(final CompiledProgram p) {
        octet(FORM);
        text(p.name());
        text(p.currency());
        number(Varint.zigzag(p.utcOffsetMinutes()));
        flag(p.enrolUnknownMembers());
        optional(p.lateWindowMs());
        optional(p.keyDays());
        optional(p.orderDays());
        expiry(p.expiry());
        activation(p.activation());
        refund(p.refund());
        rate(p.ratePoints(), p.ratePerMinor());
        condition(p.baseWhen());
        list(p.lineRates(), ProgramEncoder::lineRate);
        list(p.campaigns(), ProgramEncoder::campaign);
        optional(p.caps().order());
        flag(p.caps().orderAppliesToAll());
        optional(p.caps().day());
        flag(p.caps().dayAppliesToAll());
        list(p.activities(), ProgramEncoder::activity);
        burn(p.burn());
        optional(p.transferDailyLimitPoints());
        optional(p.claimDays());
        list(p.tiers(), ProgramEncoder::tier);
        list(p.retiredTiers().entrySet(), (e, retired) -> {
            e.text(retired.getKey());
            e.text(retired.getValue());
        });
        new CatalogueEncoder(this).catalogue(p.catalogue());
    }

    void expiry(final Expiry expiry) {
        octet(expiry.kind().ordinal());
        if (expiry.kind() == Expiry.Kind.FIXED) {
            number(expiry.month());
            number(expiry.day());
        }
        if (expiry.kind() != Expiry.Kind.NEVER) {
            number(expiry.span());
        }
    }

    void activation(final Activation activation) {
        flag(activation.fulfilment());
        number(activation.afterDays());
    }

    void refund(final RefundPolicy refund) {
        octet(refund.claw().ordinal());
        number(refund.debtLimitPoints());
        flag(refund.unreferenced());
    }

    private void lineRate(final LineRate rate) {
        rate(rate.points(), rate.perMinor());
        condition(rate.when());
    }

    private void campaign(final Campaign campaign) {
        text(campaign.id());
        number(campaign.priority());
        octet(campaign.mode().ordinal());
        number(campaign.multiplierMicros());
        number(campaign.bonusPoints());
        flag(campaign.perUnit());
        text(campaign.group());
        condition(campaign.when());
        optional(campaign.orderCap());
        optional(campaign.memberCap());
        optional(campaign.memberDayCap());
        optional(campaign.budget());
        list(campaign.grants(), ProgramEncoder::grant);
    }

    void limit(final Limit limit) {
        octet(limit.per().ordinal());
        optional(limit.times());
    }

    void grant(final CouponGrant grant) {
        text(grant.coupon());
        number(grant.uses());
        number(grant.validDays());
    }

    private void activity(final Activity activity) {
        text(activity.id());
        number(activity.points());
        limit(new Limit(activity.per(), activity.times()));
        text(activity.wallet());
    }

    private void burn(final Burn burn) {
        rate(burn.ratePoints(), burn.rateMinor());
        optional(burn.minPointsWithCash());
        optional(burn.graceDays());
        list(burn.campaigns(), (e, campaign) -> {
            e.text(campaign.id());
            e.number(campaign.multiplierMicros());
            e.condition(campaign.when());
        });
    }

    private void tier(final Tier tier) {
        text(tier.id());
        number(tier.multiplierMicros());
        final boolean ownRetention = tier.earned() != null && !tier.retention().equals(tier.earned());
        octet((tier.earned() != null ? TIER_EARNED : 0) | (ownRetention ? TIER_OWN_RETENTION : 0));
        if (tier.earned() != null) {
            requirement(tier.earned());
            octet(tier.window().ordinal());
            number(tier.windowMonths());
            number(tier.keepPeriods());
            number(tier.graceDays());
        }
        if (ownRetention) {
            requirement(tier.retention());
        }
        optional(tier.paidMonths());
        optional(tier.invitedMonths());
        number(tier.bonusPoints());
        list(tier.benefits(), ProgramEncoder::benefit);
        text(tier.paidPack());
    }

    private void benefit(final Benefit benefit) {
        text(benefit.id());
        octet(benefit.way().ordinal());
        number(benefit.discountMicros());
        limit(benefit.limit());
    }

    private void requirement(final Requirement requirement) {
        flag(requirement.any());
        number(requirement.spendMinor());
        number(requirement.visits());
        number(requirement.points());
        number(requirement.months());
    }

    void condition(final Condition when) {
        number(asked(when));
        if (when.fromMs() != Condition.NO_TIME) {
            number(when.fromMs());
        }
        if (when.untilMs() != Condition.NO_TIME) {
            number(when.untilMs());
        }
        if (when.untilMinute() != 0) {
            number(when.fromMinute());
            number(when.untilMinute());
        }
        if (when.weekdays() != 0) {
            number(when.weekdays());
        }
        if (when.monthDays() != 0) {
            number(Integer.toUnsignedLong(when.monthDays()));
        }
        textsWhereAny(when.channels());
        textsWhereAny(when.stores());
        textsWhereAny(when.tiers());
        if (when.minOrderMinor() != 0) {
            number(when.minOrderMinor());
        }
        textsWhereAny(when.skus());
        textsWhereAny(when.categories());
        textsWhereAny(when.brands());
    }

    private static int asked(final Condition when) {
        return bit(when.fromMs() != Condition.NO_TIME, ASKS_FROM)
                | bit(when.untilMs() != Condition.NO_TIME, ASKS_UNTIL)
                | bit(when.untilMinute() != 0, ASKS_HOURS)
                | bit(when.weekdays() != 0, ASKS_WEEKDAYS)
                | bit(when.monthDays() != 0, ASKS_MONTH_DAYS)
                | bit(!when.channels().isEmpty(), ASKS_CHANNELS)
                | bit(!when.stores().isEmpty(), ASKS_STORES)
                | bit(!when.tiers().isEmpty(), ASKS_TIERS)
                | bit(when.firstPurchase(), ASKS_FIRST_PURCHASE)
                | bit(when.birthdayMonth(), ASKS_BIRTHDAY_MONTH)
                | bit(when.minOrderMinor() != 0, ASKS_ORDER_AMOUNT)
                | bit(!when.skus().isEmpty(), ASKS_SKUS)
                | bit(!when.categories().isEmpty(), ASKS_CATEGORIES)
                | bit(!when.brands().isEmpty(), ASKS_BRANDS)
                | bit(when.fullPrice(), ASKS_FULL_PRICE);
    }

    private static int bit(final boolean set, final int bit) {
        return set ? bit : 0;
    }

    private void rate(final long points, final long minor) {
        number(points);
        number(minor);
    }

    private void textsWhereAny(final List<String> texts) {
        if (!texts.isEmpty()) {
            list(texts, ProgramEncoder::text);
        }
    }

    <T> void list(final Collection<T> entries, final BiConsumer<ProgramEncoder, T> one) {
        number(entries.size());
        entries.forEach(entry -> one.accept(this, entry));
    }

    void text(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        octet(bytes.length);
        out.putBytes(at, bytes);
        at += bytes.length;
    }

    void flag(final boolean value) {
        octet(value ? 1 : 0);
    }

    void optional(final long value) {
        number(value + 1);
    }

    void number(final long value) {
        at = Varint.put(out, at, value);
    }

    void octet(final int value) {
        out.putByte(at++, (byte) value);
    }
}
