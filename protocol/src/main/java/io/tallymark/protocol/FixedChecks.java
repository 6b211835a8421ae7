package io.tallymark.protocol;

import io.tallymark.protocol.CommandShape.Identity;

/** Reads and checks the fixed fields of one request after the other. */
final class FixedChecks {
    private static final int FIRST_BIRTH_YEAR = 1900;
    private static final int LAST_YEAR = 9999;

    private final WireCursor cursor;
    private Command into;
    private String malformed;
    private String outOfRange;

    FixedChecks(final WireCursor cursor) {
        this.cursor = cursor;
    }

    /** Reads the block into a command; false if it is malformed. */
    boolean read(final CommandShape shape, final Command target) {
        into = target;
        malformed = null;
        outOfRange = null;
        for (int i = 0; i < shape.fixedCount(); i++) {
            final FixedField field = shape.fixedField(i);
            final int at = shape.offset(field);
            final long value = field == FixedField.FLAGS
                    ? flags(shape, cursor.blockByte(at))
                    : field.wireBytes() == Long.BYTES ? cursor.blockLong(at) : cursor.blockInt(at);
            into.set(field, value);
            check(shape, field, value);
        }
        return malformed == null;
    }

    /**
     * Whether what is spent is named in exactly one way: points, an amount of which a part may be cash, a rule; a hold of a
     * coupon need not name any. A wallet is that of the points or of the amount. To be asked when {@link #read} and the
     * texts have been found good.
     */
    boolean isSpending(final boolean hasRule, final boolean hasCoupon, final boolean hasWallet) {
        checkSpending(hasRule, hasCoupon, hasWallet);
        return malformed == null;
    }

    /** What makes the message malformed; null: nothing. */
    String malformed() {
        return malformed;
    }

    /** What is out of its range where nothing is malformed; null: nothing. */
    String outOfRange() {
        return outOfRange;
    }

    private void check(final CommandShape shape, final FixedField field, final long value) {
        switch (field) {
            case MEMBER_ID -> {
                final boolean may =
                        shape.identity() == Identity.INSTEAD_OF_MEMBER || shape.identity() == Identity.OPTIONAL;
                malformedUnless(value > 0 || value == 0 && may, "memberId: not positive");
            }
            case OTHER_MEMBER_ID -> malformedUnless(value > 0, "otherMemberId: not positive");
            case AMOUNT_MINOR ->
                outOfRangeUnless(
                        isPoints(value) || value == 0 && !shape.requires(field), "amountMinor: not 1 to 10^15");
            case CASH_MINOR -> outOfRangeUnless(isPoints(value) || value == 0, "cashMinor: not 1 to 10^15");
            case POINTS -> points(shape, value);
            case EVENT_TIME -> time(value, "eventTimeMs: not in the years 1970 to 9999");
            case UNTIL -> time(value, "untilMs: not in the years 1970 to 9999");
            case TTL_MS -> malformedUnless(value >= 0 && value <= Limits.MAX_TTL_MS, "ttlMs: not 0 to 30 days");
            case BIRTHDAY ->
                malformedUnless(value == 0 || isDate((int) value), "birthday: not a date of the years 1900 to 9999");
            case VERSION ->
                malformedUnless(
                        value >= (shape.requires(field) ? 1 : 0) && value <= Limits.MAX_VERSION,
                        "version: not 1 to 65535");
            case FLAGS -> malformedUnless(value >= 0, "flags: unknown bits");
            case QUANTITY ->
                outOfRangeUnless(value != 0 && Math.abs(value) <= Limits.MAX_QUANTITY, "quantity: 0 or beyond 10^9");
            case REFERRER_ID -> malformedUnless(value >= 0, "referrerId: not positive");
            case RANDOM_BITS -> throw new IllegalStateException("no message carries it");
        }
    }

    private void points(final CommandShape shape, final long value) {
        // An adjustment alone has a direction; it is known by its flag.
        if ((shape.flags() & Command.FLAG_MAY_GO_BELOW_ZERO) != 0) {
            outOfRangeUnless(isPoints(value) || isPoints(-value), "points: 0 or beyond 10^15");
        } else {
            outOfRangeUnless(
                    isPoints(value) || value == 0 && !shape.requires(FixedField.POINTS), "points: not 1 to 10^15");
        }
    }

    private void checkSpending(final boolean hasRule, final boolean hasCoupon, final boolean hasWallet) {
        final boolean hasAmount = into.amountMinor() != 0;
        final boolean hasPoints = into.points() != 0;
        malformedUnless(
                hasAmount || hasPoints || hasRule || hasCoupon,
                "points: required where there is neither amountMinor nor ruleId");
        malformedUnless(!hasAmount || !hasPoints, "points: not beside amountMinor");
        malformedUnless(!hasRule || !hasAmount && !hasPoints, "ruleId: not beside points or amountMinor");
        malformedUnless(!hasWallet || !hasRule, "walletId: not beside ruleId");
        malformedUnless(!hasWallet || hasAmount || hasPoints, "walletId: without points or amountMinor");
        malformedUnless(hasAmount || into.cashMinor() == 0, "cashMinor: without amountMinor");
        malformedUnless(
                into.cashMinor() == 0 || into.cashMinor() < into.amountMinor(), "cashMinor: not below amountMinor");
    }

    /** The flags of a command for those of the wire, whose bit 0 is the lowest that the shape knows; -1: unknown bits. */
    private static int flags(final CommandShape shape, final int onWire) {
        int left = onWire;
        int result = 0;
        for (int known = shape.flags(); known != 0; known &= known - 1) {
            result |= (left & 1) != 0 ? Integer.lowestOneBit(known) : 0;
            left >>>= 1;
        }
        return left == 0 ? result : -1;
    }

    private void time(final long value, final String sentence) {
        malformedUnless(value >= 0 && value <= Limits.MAX_TIME_MS || value == Command.NO_TIME, sentence);
    }

    private static boolean isPoints(final long value) {
        return value >= 1 && value <= Limits.MAX_VALUE;
    }

    private static boolean isDate(final int date) {
        final int year = date / 10_000;
        final int month = date / 100 % 100;
        final int day = date % 100;
        return year >= FIRST_BIRTH_YEAR
                && year <= LAST_YEAR
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= daysOf(year, month);
    }

    private static int daysOf(final int year, final int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    private void malformedUnless(final boolean holds, final String sentence) {
        if (!holds && malformed == null) {
            malformed = sentence;
        }
    }

    private void outOfRangeUnless(final boolean holds, final String sentence) {
        if (!holds && outOfRange == null) {
            outOfRange = sentence;
        }
    }
}
