package io.tallymark.ledger;

import io.tallymark.ledger.program.Expiry;

/**
 * What of a member's image does not fit into its record, as one blob. First a number whose bits say what follows, in
 * the order below; numbers are packed by {@link BlobWriter}. {@link HoldSections} and {@link RareSections} pack some.
 *
 * <pre>
 *  LOTS      of the house: count, then of each its day (the first: as a day, others: behind the one before, 0: never), points
 *  BUCKETS   count, then of each (bucket behind the one before) × 2 + orders differ from visits, spend, visits, points,
 *            orders if they differ
 *  ACTIVITY  last activity day          JOIN  join day
 *  GRANTS    count, then of each (tier × 4 + way) × 2 + bonuses came with it, from, until, end of the first period, end
 *            of grace, the bits of the bonuses if there are any, of a paid one the sequence of the purchase
 *  USAGE     count, then of each rule × 16 + kind, period, used
 *  BIRTHDAY  the number                 BONUSES  the bits of those given, of those that came with the lifetime tier
 *  HELD      of each lot of the house, the record's first, what of it is held
 *  PENDING   of the house: count, then of each activation day, expiry day, points
 *  HOLDS     count, then of each number and deadline behind the one before, value, count of parts, of each day, points
 *  HOLD_EXTRAS  of each hold bits that say what it is for: 1 a reward, then its number plus 1, version, cash, day;
 *            2 a coupon, then its number plus 1, sequence, expiry day, uses
 *  HIGH      of spend, earned points, visits and debt what the record has no bits for
 *  VALUE     count, then of each wallet + 256 if gift is owed, principal, gift, what is owed if some is
 *  COUPONS   count, then of each expiry day, sequence, coupon, uses × 2 + some are used, uses left if some are; where
 *            less than none is left 1, how many less
 *  REFERRER  the slot of the member who brought this one
 *  ACCOUNTS  of lots of other accounts than the house's in {@code points}: count, then of each its day, account, points,
 *            held; of other pending ones: count, then of each activation day, expiry day, account, points; of each hold
 *            the counterpart, of each part the account
 *  DEBTS     in further wallets: count, then of each wallet, points
 * </pre>
 *
 * One thread.
 */
final class MemberBlob {
    private static final int LOTS = 1;
    private static final int BUCKETS = 1 << 1;
    private static final int ACTIVITY = 1 << 2;
    private static final int JOIN = 1 << 3;
    private static final int GRANTS = 1 << 4;
    private static final int USAGE = 1 << 5;
    private static final int BIRTHDAY = 1 << 6;
    private static final int BONUSES = 1 << 7;
    private static final int HELD = 1 << 8;
    private static final int PENDING = 1 << 9;
    private static final int HOLDS = 1 << 10;
    private static final int HIGH = 1 << 11;
    private static final int COUPONS = 1 << 12;
    private static final int VALUE = 1 << 13;
    private static final int REFERRER = 1 << 14;
    private static final int HOLD_EXTRAS = 1 << 15;
    private static final int ACCOUNTS = 1 << 16;
    private static final int DEBTS = 1 << 17;

    private static final int WAY_BITS = 2;
    private static final int KIND_BITS = MemberUsage.KIND_BITS;

    // The most bytes that one of each can take.
    private static final int MAX_LOT_BYTES = 5 + 2 + 9 + 9;
    private static final int MAX_BUCKET_BYTES = 6 + 4 * 9;
    private static final int MAX_GRANT_BYTES = 5 + 4 * 8 + 10 + 9;
    private static final int MAX_USAGE_BYTES = 5 + 5 + 9;

    /** As a lot: it will be one. */
    private static final int MAX_PENDING_BYTES = MAX_LOT_BYTES + 5;

    private static final int MAX_HOLD_BYTES = 9 + 9 + 9 + 3 + 2;
    private static final int MAX_EXTRAS_BYTES = 1 + 5 + 3 + 9 + 5 + 5 + 9 + 5 + 5;
    private static final int MAX_PART_BYTES = 5 + 9 + 2;
    private static final int MAX_VALUE_BYTES = 2 + 9 + 9 + 9;
    private static final int MAX_COUPON_BYTES = 5 + 9 + 5 + 5 + 5;
    private static final int MAX_OTHER_BYTES = 256;
    private final BlobWriter out = new BlobWriter();
    private final BlobReader in = new BlobReader();

    /** Whether an image is certain to fit into a blob, with some bytes to spare. */
    static boolean fits(final MemberDraft d, final int spareBytes) {
        if (d.hasLotsOnly() && d.lots.count * MAX_LOT_BYTES + spareBytes < BlockArena.MAX_BYTES / 2) {
            return true;
        }
        final long most = MAX_OTHER_BYTES
                + (long) d.lots.count * MAX_LOT_BYTES
                + (long) d.buckets.count * MAX_BUCKET_BYTES
                + (long) d.grants.count * MAX_GRANT_BYTES
                + (long) d.usage.count * MAX_USAGE_BYTES
                + (long) d.pending.count * MAX_PENDING_BYTES
                + (long) d.coupons.count * MAX_COUPON_BYTES
                + (long) d.holds.count * MAX_HOLD_BYTES
                + (long) d.value.count * MAX_VALUE_BYTES
                + (d.holds.hasExtras() ? (long) d.holds.count * MAX_EXTRAS_BYTES : 0)
                + (long) d.holds.partsCount() * MAX_PART_BYTES;
        return most <= BlockArena.MAX_BYTES - spareBytes;
    }

    byte[] bytes() {
        return out.bytes();
    }

    int length() {
        return out.length();
    }

    /**
     * Packs an image.
     *
     * @param firstLot where the lots start that the record does not hold
     * @param high     whether a counter or the debt needs more bits than the record has
     */
    void pack(final MemberDraft d, final int firstLot, final boolean high) {
        final int present = present(d, firstLot) | (high ? HIGH : 0);
        out.begin().put(present);
        if ((present & LOTS) != 0) {
            packLots(d.lots, firstLot);
        }
        if ((present & BUCKETS) != 0) {
            packBuckets(d.buckets);
        }
        if ((present & ACTIVITY) != 0) {
            out.putDay(d.lastActivityDay, 0);
        }
        if ((present & JOIN) != 0) {
            out.putDay(d.joinDay, 0);
        }
        if ((present & GRANTS) != 0) {
            packGrants(d.grants);
        }
        if ((present & USAGE) != 0) {
            packUsage(d.usage);
        }
        if ((present & BIRTHDAY) != 0) {
            out.put(d.birthday);
        }
        if ((present & BONUSES) != 0) {
            out.put(d.bonusesGiven);
            out.put(d.lifetimeBonuses);
        }
        packReserved(d, present);
        if (high) {
            out.put(d.spendMinor >>> MemberStore.VALUE_BITS);
            out.put(d.earnedPoints >>> MemberStore.VALUE_BITS);
            out.put(d.visits >>> MemberStore.VISIT_BITS);
            out.put(d.debtPoints >>> MemberStore.VALUE_BITS);
        }
        packRare(d, present);
    }

    /** What only members of programs with more than points have. */
    private void packRare(final MemberDraft d, final int present) {
        if ((present & VALUE) != 0) {
            RareSections.pack(d.value, out);
        }
        if ((present & COUPONS) != 0) {
            packCoupons(d.coupons);
        }
        if ((present & REFERRER) != 0) {
            out.put(d.referrerSlot);
        }
        if ((present & ACCOUNTS) != 0) {
            RareSections.packAccounts(d, out);
        }
        if ((present & DEBTS) != 0) {
            RareSections.pack(d.debts, out);
        }
    }

    private void packReserved(final MemberDraft d, final int present) {
        if ((present & HELD) != 0) {
            for (int i = 0; i < d.lots.count; i++) {
                if (d.lots.account[i] == LotBook.HOUSE) {
                    out.put(d.lots.held[i]);
                }
            }
        }
        if ((present & PENDING) != 0) {
            packPending(d.pending);
        }
        if ((present & HOLDS) != 0) {
            HoldSections.pack(d.holds, out);
        }
        if ((present & HOLD_EXTRAS) != 0) {
            HoldSections.packExtras(d.holds, out);
        }
    }

    private static int present(final MemberDraft d, final int firstLot) {
        return (d.lots.count - d.lots.foreign > firstLot ? LOTS : 0)
                | (d.buckets.count > 0 ? BUCKETS : 0)
                | (d.lastActivityDay != 0 ? ACTIVITY : 0)
                | (d.joinDay != 0 ? JOIN : 0)
                | (d.grants.count > 0 ? GRANTS : 0)
                | (d.usage.count > 0 ? USAGE : 0)
                | (d.birthday != 0 ? BIRTHDAY : 0)
                | ((d.bonusesGiven | d.lifetimeBonuses) != 0 ? BONUSES : 0)
                | (d.lots.hasHeld() ? HELD : 0)
                | (d.pending.count > d.pending.foreign ? PENDING : 0)
                | (d.holds.count > 0 ? HOLDS : 0)
                | (d.value.count > 0 ? VALUE : 0)
                | (d.coupons.count > 0 ? COUPONS : 0)
                | (d.holds.hasExtras() ? HOLD_EXTRAS : 0)
                | (d.referrerSlot != 0 ? REFERRER : 0)
                | ((d.lots.foreign | d.pending.foreign) != 0 || d.holds.count > 0 && d.holds.isForeign() ? ACCOUNTS : 0)
                | (d.debts.count > 0 ? DEBTS : 0);
    }

    private void packLots(final LotBook lots, final int firstLot) {
        out.put(lots.count - lots.foreign - firstLot);
        int ofHouse = 0;
        int before = 0;
        for (int i = 0; i < lots.count; i++) {
            final int day = lots.expiryDay[i];
            if (lots.account[i] != LotBook.HOUSE) {
                continue;
            }
            if (ofHouse >= firstLot) {
                packLot(day, ofHouse == 0, before);
                out.put(lots.points[i]);
            }
            ofHouse++;
            before = day;
        }
    }

    private void packLot(final int day, final boolean isFirst, final int before) {
        if (isFirst) {
            out.putDay(day, Expiry.NEVER_DAY);
        } else {
            out.put(day == Expiry.NEVER_DAY ? 0 : (long) day - before);
        }
    }

    private void packBuckets(final BucketBook buckets) {
        out.put(buckets.count);
        int before = 0;
        for (int i = 0; i < buckets.count; i++) {
            final boolean differs = buckets.orders[i] != buckets.visits[i];
            out.put((long) (buckets.bucket[i] - before) << 1 | (differs ? 1 : 0));
            out.put(buckets.spendMinor[i]);
            out.put(buckets.visits[i]);
            out.put(buckets.points[i]);
            if (differs) {
                out.put(buckets.orders[i]);
            }
            before = buckets.bucket[i];
        }
    }

    private void packGrants(final GrantBook grants) {
        out.put(grants.count);
        for (int i = 0; i < grants.count; i++) {
            final boolean hasBonuses = grants.bonuses[i] != 0;
            out.put(((long) grants.tier[i] << WAY_BITS | grants.way[i]) << 1 | (hasBonuses ? 1 : 0));
            out.putTime(grants.fromMs[i]);
            out.putTime(grants.untilMs[i]);
            out.putTime(grants.firstPeriodEndMs[i]);
            out.putTime(grants.graceEndMs[i]);
            if (hasBonuses) {
                out.put(grants.bonuses[i]);
            }
            if (grants.way[i] == GrantBook.PAID) {
                out.put(grants.purchase[i]);
            }
        }
    }

    private void packUsage(final MemberUsage usage) {
        out.put(usage.count);
        for (int i = 0; i < usage.count; i++) {
            out.put((long) usage.rule[i] << KIND_BITS | usage.kind[i]);
            out.putDay(usage.period[i], 0);
            out.put(usage.used[i]);
        }
    }

    private void packPending(final PendingBook pending) {
        out.put(pending.count - pending.foreign);
        for (int i = 0; i < pending.count; i++) {
            if (pending.account[i] != LotBook.HOUSE) {
                continue;
            }
            out.putDay(pending.activationDay[i], OrderDraft.FULFILMENT_DAY);
            out.putDay(pending.expiryDay[i], Expiry.NEVER_DAY);
            out.put(pending.points[i]);
        }
    }

    private void packCoupons(final CouponBook coupons) {
        out.put(coupons.count);
        for (int i = 0; i < coupons.count; i++) {
            final boolean someUsed = coupons.left[i] != coupons.uses[i];
            out.putDay(coupons.expiryDay[i], Expiry.NEVER_DAY);
            out.put(coupons.sequence[i]);
            out.put(coupons.coupon[i]);
            out.put((long) coupons.uses[i] << 1 | (someUsed ? 1 : 0));
            if (someUsed) {
                out.put(Math.abs(coupons.left[i]));
            }
        }
    }

    /** Adds to an image what a blob holds; the record's part is in it already, its books are else empty. */
    void unpack(final BlockArena arena, final int ref, final MemberDraft d) {
        final int present = in.wrap(arena, ref).nextInt();
        if ((present & LOTS) != 0) {
            unpackLots(d.lots);
        }
        if ((present & BUCKETS) != 0) {
            unpackBuckets(d.buckets);
        }
        if ((present & ACTIVITY) != 0) {
            d.lastActivityDay = in.nextDay(0);
        }
        if ((present & JOIN) != 0) {
            d.joinDay = in.nextDay(0);
        }
        if ((present & GRANTS) != 0) {
            unpackGrants(d.grants);
        }
        if ((present & USAGE) != 0) {
            unpackUsage(d.usage);
        }
        if ((present & BIRTHDAY) != 0) {
            d.birthday = in.nextInt();
        }
        if ((present & BONUSES) != 0) {
            d.bonusesGiven = in.next();
            d.lifetimeBonuses = in.next();
        }
        unpackReserved(d, present);
        if ((present & HIGH) != 0) {
            d.spendMinor |= in.next() << MemberStore.VALUE_BITS;
            d.earnedPoints |= in.next() << MemberStore.VALUE_BITS;
            d.visits |= in.next() << MemberStore.VISIT_BITS;
            d.debtPoints |= in.next() << MemberStore.VALUE_BITS;
        }
        unpackRare(d, present);
    }

    private void unpackRare(final MemberDraft d, final int present) {
        if ((present & VALUE) != 0) {
            RareSections.unpack(in, d.value);
        }
        if ((present & COUPONS) != 0) {
            unpackCoupons(d.coupons);
        }
        if ((present & REFERRER) != 0) {
            d.referrerSlot = in.nextInt();
        }
        if ((present & ACCOUNTS) != 0) {
            RareSections.unpackAccounts(in, d);
        }
        if ((present & DEBTS) != 0) {
            RareSections.unpack(in, d.debts);
        }
    }

    private void unpackReserved(final MemberDraft d, final int present) {
        if ((present & HELD) != 0) {
            for (int i = 0; i < d.lots.count; i++) {
                d.lots.held[i] = in.next();
            }
        }
        if ((present & PENDING) != 0) {
            for (int i = in.nextInt(); i > 0; i--) {
                final int activationDay = in.nextDay(OrderDraft.FULFILMENT_DAY);
                final int expiryDay = in.nextDay(Expiry.NEVER_DAY);
                d.pending.add(activationDay, expiryDay, in.next());
            }
        }
        if ((present & HOLDS) != 0) {
            HoldSections.unpack(in, d.holds);
        }
        if ((present & HOLD_EXTRAS) != 0) {
            HoldSections.unpackExtras(in, d.holds);
        }
    }

    private void unpackLots(final LotBook lots) {
        for (int i = in.nextInt(); i > 0; i--) {
            final int day;
            if (lots.count == 0) {
                day = in.nextDay(Expiry.NEVER_DAY);
            } else {
                final long behind = in.next();
                day = behind == 0 ? Expiry.NEVER_DAY : (int) (lots.expiryDay[lots.count - 1] + behind);
            }
            lots.append(day, in.next());
        }
    }

    private void unpackBuckets(final BucketBook buckets) {
        int which = 0;
        for (int left = in.nextInt(); left > 0; left--) {
            final long head = in.next();
            which += (int) (head >>> 1);
            final int i = buckets.open(which);
            buckets.spendMinor[i] = in.next();
            buckets.visits[i] = in.next();
            buckets.points[i] = in.next();
            buckets.orders[i] = (head & 1) == 0 ? buckets.visits[i] : in.next();
        }
    }

    private void unpackGrants(final GrantBook grants) {
        for (int left = in.nextInt(); left > 0; left--) {
            final int head = in.nextInt();
            final int tierAndWay = head >>> 1;
            final int i = grants.open(tierAndWay >>> WAY_BITS, tierAndWay & (1 << WAY_BITS) - 1);
            grants.fromMs[i] = in.nextTime();
            grants.untilMs[i] = in.nextTime();
            grants.firstPeriodEndMs[i] = in.nextTime();
            grants.graceEndMs[i] = in.nextTime();
            grants.bonuses[i] = (head & 1) == 0 ? 0 : in.next();
            grants.purchase[i] = grants.way[i] == GrantBook.PAID ? in.next() : 0;
        }
    }

    private void unpackUsage(final MemberUsage usage) {
        for (int left = in.nextInt(); left > 0; left--) {
            final int ruleAndKind = in.nextInt();
            final int period = in.nextDay(0);
            usage.append(ruleAndKind & (1 << KIND_BITS) - 1, ruleAndKind >>> KIND_BITS, period, in.next());
        }
    }

    private void unpackCoupons(final CouponBook coupons) {
        for (int left = in.nextInt(); left > 0; left--) {
            final int day = in.nextDay(Expiry.NEVER_DAY);
            final long sequence = in.next();
            final int coupon = in.nextInt();
            final long head = in.next();
            final int uses = (int) (head >>> 1);
            final int usesLeft = (head & 1) == 0 ? uses : in.nextInt();
            coupons.append(day, sequence, coupon, uses, uses == 0 ? -usesLeft : usesLeft);
        }
    }
}
