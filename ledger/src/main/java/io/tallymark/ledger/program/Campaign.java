package io.tallymark.ledger.program;

import java.util.List;

/**
 * A rule that adds to what orders earn.
 *
 * @param id               stable over the program's versions: budget and caps are kept by it
 * @param priority         lower runs first, equal ones by id
 * @param mode             how it adds
 * @param multiplierMicros of ADD and MULTIPLY, in millionths, at least 1,000,000; else 0
 * @param bonusPoints      of BONUS; else 0
 * @param perUnit          of BONUS: for each unit of its lines
 * @param group            of those of one group only the largest applies; empty: none
 * @param when             which orders and lines
 * @param orderCap         most points of an order; {@link CompiledProgram#UNLIMITED}: no cap
 * @param memberCap        most points of a member
 * @param memberDayCap     most points of a member and day
 * @param budget           most points of all members
 * @param grants           coupons that each order is given on which it runs
 */
public record Campaign(
        String id,
        int priority,
        Mode mode,
        long multiplierMicros,
        long bonusPoints,
        boolean perUnit,
        String group,
        Condition when,
        long orderCap,
        long memberCap,
        long memberDayCap,
        long budget,
        List<CouponGrant> grants) {
    /** A campaign that grants no coupons. */
    public Campaign(
            final String id,
            final int priority,
            final Mode mode,
            final long multiplierMicros,
            final long bonusPoints,
            final boolean perUnit,
            final String group,
            final Condition when,
            final long orderCap,
            final long memberCap,
            final long memberDayCap,
            final long budget) {
        this(
                id,
                priority,
                mode,
                multiplierMicros,
                bonusPoints,
                perUnit,
                group,
                when,
                orderCap,
                memberCap,
                memberDayCap,
                budget,
                List.of());
    }

    /** The ordinal is the code in the canonical form; new ones are appended. */
    public enum Mode {
        /** (m − 1) × the base of its lines. */
        ADD,
        /** (m − 1) × the running total of its lines. */
        MULTIPLY,
        /** Fixed points; 0 where it grants coupons alone. */
        BONUS
    }
}
