package io.tallymark.ledger;

import io.tallymark.ledger.program.Expiry;

/**
 * The working image of one member: loaded from the {@link MemberStore}, brought up to a time by {@link DueEvents},
 * changed by a handler's plan, saved by commit or forgotten. Planning, previews and queries all work on images, so none
 * of them can change the state. Mutable and reused; one thread.
 */
final class MemberDraft {
    /** Null: nothing was loaded. */
    ProgramState program;

    /** The version by whose rules things fall due now, see {@link DueEvents}; else the one in force. */
    ProgramVersion version;

    /** The last of the program's eras under which things fell due on this image, see {@link ProgramState#era}. */
    int era;

    /** 0: not enrolled yet. */
    int slot;

    long memberId;
    boolean frozen;
    boolean closed;

    /** Whether an order was ever accrued or claimed. */
    boolean ordered;

    /** Stable number of the tier that the counters of a lifetime gave, 0: none. */
    int lifetimeTier;

    // Counters of a lifetime.
    long spendMinor;
    long earnedPoints;
    long visits;

    long debtPoints;

    /** Bit n - 1: the upgrade bonus of the tier with the stable number n was given. */
    long bonusesGiven;

    /** As {@link #bonusesGiven}: those that came with the lifetime tier, and go when a refund lowers it. */
    long lifetimeBonuses;

    /** Local days since 1970-01-01; 0: not kept. */
    int joinDay;

    int lastActivityDay;

    /** Year × 10,000 + month × 100 + day; 0: not known. */
    int birthday;

    /** Of the member who brought this one, as of the enrolment: a merge may have moved it since. 0: nobody. */
    int referrerSlot;

    final LotBook lots = new LotBook();

    /** Set when anything is put into the books that follow: what most members never have. */
    private final Mark books = new Mark();

    final PendingBook pending = new PendingBook(books);
    final HoldBook holds = new HoldBook(books);
    final BucketBook buckets = new BucketBook(books);
    final GrantBook grants = new GrantBook(books);
    final MemberUsage usage = new MemberUsage(books);
    final ValueBook value = new ValueBook(books);
    final CouponBook coupons = new CouponBook(books);

    /** Empties the image for a member that is not enrolled yet. */
    void clear(final ProgramState newProgram, final long newMemberId) {
        program = newProgram;
        version = newProgram.current();
        era = newProgram.eraCount() - 1;
        slot = 0;
        memberId = newMemberId;
        frozen = false;
        closed = false;
        ordered = false;
        lifetimeTier = 0;
        spendMinor = 0;
        earnedPoints = 0;
        visits = 0;
        debtPoints = 0;
        bonusesGiven = 0;
        lifetimeBonuses = 0;
        joinDay = 0;
        lastActivityDay = 0;
        birthday = 0;
        referrerSlot = 0;
        lots.clear();
        if (books.isSet) {
            clearBooks();
        }
    }

    private void clearBooks() {
        pending.clear();
        holds.clear();
        buckets.clear();
        grants.clear();
        usage.clear();
        value.clear();
        coupons.clear();
        books.isSet = false;
    }

    /** Whether surely nothing is in any book but that of the lots. */
    boolean hasLotsOnly() {
        return !books.isSet;
    }

    /** Active points that are not held. */
    long availablePoints() {
        long sum = 0;
        for (int i = 0; i < lots.count; i++) {
            sum += lots.points[i] - lots.held[i];
        }
        return sum;
    }

    long heldPoints() {
        long sum = 0;
        for (int i = 0; i < lots.count; i++) {
            sum += lots.held[i];
        }
        return sum;
    }

    long pendingPoints() {
        return books.isSet ? pending.total() : 0;
    }

    /** Whether points of a lot's day have expired by a day. */
    boolean hasExpired(final int lotDay, final long today) {
        if (lotDay != Expiry.NEVER_DAY) {
            return lotDay <= today;
        }
        return inactiveDay() <= today;
    }

    /** The day on which all points expire for want of activity; {@code Expiry.NEVER_DAY}: they do not. */
    int inactiveDay() {
        return program.expiresByInactivity() && lastActivityDay != 0
                ? version.inactiveDay(lastActivityDay)
                : Expiry.NEVER_DAY;
    }

    /** Makes points available: debt is repaid first, the rest goes to the lot of a day and an issuer. */
    void credit(final long points, final int expiryDay, final int issuer, final long today, final Movement m) {
        if (program.expiresByInactivity() && inactiveDay() <= today) {
            // What comes to a member after its points expired is not to expire the same day.
            lastActivityDay = (int) today;
        }
        final long repaid = Math.min(points, debtPoints);
        debtPoints -= repaid;
        m.debt -= repaid;
        if (points > repaid) {
            lots.add(expiryDay, issuer, points - repaid, 0);
            m.available += points - repaid;
        }
    }

    /** Adds pending points. */
    void creditPending(
            final long points, final int activationDay, final int expiryDay, final int issuer, final Movement m) {
        pending.add(activationDay, expiryDay, issuer, points);
        m.pending += points;
    }

    /** As {@link #issue(long, int, int, int, long, Movement)}, points of the house. */
    void issue(final long points, final int activationDay, final int expiryDay, final long today, final Movement m) {
        issue(points, activationDay, expiryDay, LotBook.HOUSE, today, m);
    }

    /**
     * Points that a credit makes available, or pending while the member is frozen or where they activate later.
     *
     * @param activationDay 0: at once
     */
    void issue(
            final long points,
            final int activationDay,
            final int expiryDay,
            final int issuer,
            final long today,
            final Movement m) {
        m.issued += points;
        arrive(points, activationDay, expiryDay, issuer, today, m);
    }

    /** As {@link #issue(long, int, int, int, long, Movement)}, for points that were issued before. */
    void arrive(
            final long points,
            final int activationDay,
            final int expiryDay,
            final int issuer,
            final long today,
            final Movement m) {
        if (points == 0) {
            return;
        }
        if (activationDay > today) {
            creditPending(points, activationDay, expiryDay, issuer, m);
        } else if (frozen) {
            creditPending(points, (int) today, expiryDay, issuer, m);
        } else {
            credit(points, expiryDay, issuer, today, m);
        }
    }

    /** The first purchase came: what waited for it is a credit now. */
    void activateFirstPurchase(final long today, final Movement m) {
        for (int i = firstPurchase(); i >= 0; i = firstPurchase()) {
            final int expiryDay = pending.expiryDay[i];
            final int issuer = pending.issuer[i];
            final long points = pending.points[i];
            pending.take(i, points);
            m.pending -= points;
            arrive(points, 0, expiryDay, issuer, today, m);
        }
    }

    private int firstPurchase() {
        return pending.findFirst(OrderDraft.FIRST_PURCHASE_DAY);
    }

    /** What is done with the points taken from a lot. */
    interface Taker {
        void taken(int expiryDay, int issuer, long points);
    }

    /** Takes unheld points in taking order, as many as there are; returns what is lacking. */
    long take(final long points, final Taker taker, final Movement m) {
        long rest = points;
        for (int i = 0; i < lots.count && rest > 0; i++) {
            rest -= takeFrom(i, rest, taker, m);
        }
        lots.sweep();
        return rest;
    }

    /** As {@link #take}, against the taking order. */
    long takeReverse(final long points, final Taker taker, final Movement m) {
        long rest = points;
        for (int i = lots.count - 1; i >= 0 && rest > 0; i--) {
            rest -= takeFrom(i, rest, taker, m);
        }
        lots.sweep();
        return rest;
    }

    /** Takes at most this many unheld points of a lot; returns how many. */
    long takeFromLot(final int expiryDay, final int issuer, final long atMost, final Movement m) {
        final int i = lots.find(expiryDay, issuer);
        final long taken = i < 0 ? 0 : takeFrom(i, atMost, null, m);
        lots.sweep();
        return taken;
    }

    private long takeFrom(final int i, final long atMost, final Taker taker, final Movement m) {
        final long taken = Math.min(atMost, lots.points[i] - lots.held[i]);
        if (taken > 0) {
            lots.take(i, taken);
            m.available -= taken;
            if (taker != null) {
                taker.taken(lots.expiryDay[i], lots.issuer[i], taken);
            }
        }
        return taken;
    }

    /** Reserves points in taking order as the next hold; the caller knows that they are there. */
    void hold(final long number, final long deadlineMs, final long valueMinor, final long points, final Movement m) {
        holds.begin(number, deadlineMs, valueMinor);
        long rest = points;
        for (int i = 0; i < lots.count && rest > 0; i++) {
            final long reserved = Math.min(rest, lots.points[i] - lots.held[i]);
            if (reserved > 0) {
                lots.held[i] += reserved;
                holds.addPart(lots.expiryDay[i], lots.issuer[i], reserved);
                rest -= reserved;
            }
        }
        if (rest > 0) {
            throw new IllegalStateException("holds " + rest + " points more than there are");
        }
        m.available -= points;
        m.held += points;
    }

    /**
     * Ends a hold: the first points of its parts are captured, the rest is released, last first.
     *
     * @param captured at most the hold's points
     * @param taker    of what is captured
     * @param today    local day of the end: what has expired by then expires now
     */
    void endHold(final int hold, final long captured, final Taker taker, final long today, final Movement m) {
        final int start = holds.partsStart(hold);
        long rest = captured;
        for (int part = start; part < holds.partsEnd[hold]; part++) {
            final long taken = Math.min(rest, holds.partPoints[part]);
            if (taken > 0) {
                final int lot = lots.find(holds.partDay[part], holds.partIssuer[part]);
                lots.held[lot] -= taken;
                lots.points[lot] -= taken;
                m.held -= taken;
                taker.taken(holds.partDay[part], holds.partIssuer[part], taken);
                holds.partPoints[part] -= taken;
                rest -= taken;
            }
        }
        for (int part = holds.partsEnd[hold] - 1; part >= start; part--) {
            release(holds.partDay[part], holds.partIssuer[part], holds.partPoints[part], today, m);
        }
        holds.remove(hold);
        lots.sweep();
    }

    private void release(final int day, final int issuer, final long points, final long today, final Movement m) {
        if (points == 0) {
            return;
        }
        final int lot = lots.find(day, issuer);
        lots.held[lot] -= points;
        lots.points[lot] -= points;
        m.held -= points;
        if (hasExpired(day, today)) {
            m.expired += points;
        } else {
            credit(points, day, issuer, today, m);
        }
    }

    /** Removes the unheld points of a lot as expired. */
    void expireUnheld(final int lot, final Movement m) {
        final long points = lots.points[lot] - lots.held[lot];
        lots.points[lot] -= points;
        m.available -= points;
        m.expired += points;
    }

    /** Repays debt from unheld lots in taking order, as after a merge. */
    void repayFromLots(final Movement m) {
        if (debtPoints > 0) {
            final long repaid = Math.min(debtPoints, availablePoints());
            take(repaid, null, m);
            debtPoints -= repaid;
            m.debt -= repaid;
        }
    }

    /** Takes over lots, pending points, holds, usage, debt and standing of another member, which is merged into this. */
    void absorb(final MemberDraft from) {
        debtPoints += from.debtPoints;
        ordered |= from.ordered;
        lastActivityDay = Math.max(lastActivityDay, from.lastActivityDay);
        birthday = birthday == 0 ? from.birthday : birthday;
        referrerSlot = referrerSlot == 0 ? from.referrerSlot : referrerSlot;
        for (int i = 0; i < from.lots.count; i++) {
            lots.add(from.lots.expiryDay[i], from.lots.issuer[i], from.lots.points[i], from.lots.held[i]);
        }
        for (int i = 0; i < from.pending.count; i++) {
            pending.add(
                    from.pending.activationDay[i],
                    from.pending.expiryDay[i],
                    from.pending.issuer[i],
                    from.pending.points[i]);
        }
        for (int i = 0; i < from.usage.count; i++) {
            usage.add(from.usage.kind[i], from.usage.rule[i], from.usage.period[i], from.usage.used[i]);
        }
        holds.absorb(from.holds);
        for (int i = 0; i < from.value.count; i++) {
            value.add(from.value.wallet[i], from.value.principalMinor[i], from.value.giftMinor[i]);
            value.owe(from.value.wallet[i], from.value.owedGiftMinor[i]);
        }
        coupons.absorb(from.coupons);
    }
}
