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
    final DebtBook debts = new DebtBook(books);

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
        debts.clear();
        books.isSet = false;
    }

    /** Whether surely nothing is in any book but that of the lots. */
    boolean hasLotsOnly() {
        return !books.isSet;
    }

    /** Active points that are not held, of the wallet {@code points}. */
    long availablePoints() {
        return availablePoints(Account.POINTS);
    }

    /** Active points of a wallet that are not held. */
    long availablePoints(final int wallet) {
        long sum = 0;
        for (int i = 0; i < lots.count; i++) {
            sum += lots.isOf(i, wallet) ? lots.points[i] - lots.held[i] : 0;
        }
        return sum;
    }

    long heldPoints(final int wallet) {
        long sum = 0;
        for (int i = 0; i < lots.count; i++) {
            sum += lots.isOf(i, wallet) ? lots.held[i] : 0;
        }
        return sum;
    }

    long pendingPoints(final int wallet) {
        return books.isSet ? pending.total(wallet) : 0;
    }

    /** Active and pending points of all wallets, held ones included. */
    long allPoints() {
        long sum = books.isSet ? pending.total() : 0;
        for (int i = 0; i < lots.count; i++) {
            sum += lots.points[i];
        }
        return sum;
    }

    /** What is owed in a wallet. */
    long debtPoints(final int wallet) {
        return wallet == Account.POINTS ? debtPoints : debts.get(wallet);
    }

    /** Raises or lowers what is owed in a wallet. */
    void owe(final int wallet, final long change, final Movement m) {
        if (wallet == Account.POINTS) {
            debtPoints += change;
        } else {
            debts.add(wallet, change);
        }
        m.ofWallet(wallet).debt += change;
    }

    /** Whether points of a lot's day have expired by a day. */
    boolean hasExpired(final int lotDay, final int account, final long today) {
        return expiryDay(lotDay, account) <= today;
    }

    /** The day on which points of a lot expire: its own, or that of the member's inactivity. */
    int expiryDay(final int lotDay, final int account) {
        return lotDay == Expiry.NEVER_DAY && !Account.isFurther(account) ? inactiveDay() : lotDay;
    }

    /** The day on which all points expire for want of activity; {@code Expiry.NEVER_DAY}: they do not. */
    int inactiveDay() {
        return program.expiresByInactivity() && lastActivityDay != 0
                ? version.inactiveDay(lastActivityDay)
                : Expiry.NEVER_DAY;
    }

    /** Makes points available: debt of the wallet is repaid first, the rest goes to the lot of a day and an account. */
    void credit(final long points, final int expiryDay, final int account, final long today, final Movement m) {
        final int wallet = Account.wallet(account);
        if (wallet == Account.POINTS && program.expiresByInactivity() && inactiveDay() <= today) {
            // What comes to a member after its points expired is not to expire the same day.
            lastActivityDay = (int) today;
        }
        final long repaid = Math.min(points, debtPoints(wallet));
        if (repaid > 0) {
            owe(wallet, -repaid, m);
        }
        if (points > repaid) {
            lots.add(expiryDay, account, points - repaid, 0);
            m.of(account).available += points - repaid;
        }
    }

    /** Adds pending points. */
    void creditPending(
            final long points, final int activationDay, final int expiryDay, final int account, final Movement m) {
        pending.add(activationDay, expiryDay, account, points);
        m.of(account).pending += points;
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
            final int account,
            final long today,
            final Movement m) {
        m.of(account).issued += points;
        arrive(points, activationDay, expiryDay, account, today, m);
    }

    /** As {@link #issue(long, int, int, int, long, Movement)}, for points that were issued before. */
    void arrive(
            final long points,
            final int activationDay,
            final int expiryDay,
            final int account,
            final long today,
            final Movement m) {
        if (points == 0) {
            return;
        }
        if (activationDay > today) {
            creditPending(points, activationDay, expiryDay, account, m);
        } else if (frozen) {
            creditPending(points, (int) today, expiryDay, account, m);
        } else {
            credit(points, expiryDay, account, today, m);
        }
    }

    /** The first purchase came: what waited for it is a credit now. */
    void activateFirstPurchase(final long today, final Movement m) {
        for (int i = firstPurchase(); i >= 0; i = firstPurchase()) {
            final int expiryDay = pending.expiryDay[i];
            final int account = pending.account[i];
            final long points = pending.points[i];
            pending.take(i, points);
            m.of(account).pending -= points;
            arrive(points, 0, expiryDay, account, today, m);
        }
    }

    private int firstPurchase() {
        return pending.findFirst(OrderDraft.FIRST_PURCHASE_DAY);
    }

    /** What is done with the points taken from a lot. */
    interface Taker {
        void taken(int expiryDay, int account, long points);
    }

    /** Takes unheld points of a wallet in taking order, as many as there are; returns what is lacking. */
    long take(final int wallet, final long points, final Taker taker, final Movement m) {
        long rest = points;
        for (int i = 0; i < lots.count && rest > 0; i++) {
            rest -= lots.isOf(i, wallet) ? takeFrom(i, rest, taker, m) : 0;
        }
        lots.sweep();
        return rest;
    }

    /** As {@link #take}, against the taking order. */
    long takeReverse(final int wallet, final long points, final Taker taker, final Movement m) {
        long rest = points;
        for (int i = lots.count - 1; i >= 0 && rest > 0; i--) {
            rest -= lots.isOf(i, wallet) ? takeFrom(i, rest, taker, m) : 0;
        }
        lots.sweep();
        return rest;
    }

    /** Takes at most this many unheld points of a lot; returns how many. */
    long takeFromLot(final int expiryDay, final int account, final long atMost, final Movement m) {
        final int i = lots.find(expiryDay, account);
        final long taken = i < 0 ? 0 : takeFrom(i, atMost, null, m);
        lots.sweep();
        return taken;
    }

    private long takeFrom(final int i, final long atMost, final Taker taker, final Movement m) {
        final long taken = Math.min(atMost, lots.points[i] - lots.held[i]);
        if (taken > 0) {
            lots.take(i, taken);
            m.of(lots.account[i]).available -= taken;
            if (taker != null) {
                taker.taken(lots.expiryDay[i], lots.account[i], taken);
            }
        }
        return taken;
    }

    /** Reserves points of a wallet in taking order as the next hold; the caller knows that they are there. */
    void hold(
            final int wallet,
            final long number,
            final long deadlineMs,
            final long valueMinor,
            final long points,
            final Movement m) {
        holds.begin(number, deadlineMs, valueMinor);
        long rest = points;
        for (int i = 0; i < lots.count && rest > 0; i++) {
            final long reserved = lots.isOf(i, wallet) ? Math.min(rest, lots.points[i] - lots.held[i]) : 0;
            if (reserved > 0) {
                lots.held[i] += reserved;
                holds.addPart(lots.expiryDay[i], lots.account[i], reserved);
                rest -= reserved;
            }
        }
        if (rest > 0) {
            throw new IllegalStateException("holds " + rest + " points more than there are");
        }
        m.ofWallet(wallet).available -= points;
        m.ofWallet(wallet).held += points;
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
                final int lot = lots.find(holds.partDay[part], holds.partAccount[part]);
                lots.held[lot] -= taken;
                lots.points[lot] -= taken;
                m.of(holds.partAccount[part]).held -= taken;
                taker.taken(holds.partDay[part], holds.partAccount[part], taken);
                holds.partPoints[part] -= taken;
                rest -= taken;
            }
        }
        for (int part = holds.partsEnd[hold] - 1; part >= start; part--) {
            release(holds.partDay[part], holds.partAccount[part], holds.partPoints[part], today, m);
        }
        holds.remove(hold);
        lots.sweep();
    }

    private void release(final int day, final int account, final long points, final long today, final Movement m) {
        if (points == 0) {
            return;
        }
        final int lot = lots.find(day, account);
        lots.held[lot] -= points;
        lots.points[lot] -= points;
        m.of(account).held -= points;
        if (hasExpired(day, account, today)) {
            m.of(account).expired += points;
        } else {
            credit(points, day, account, today, m);
        }
    }

    /** Removes the unheld points of a lot as expired. */
    void expireUnheld(final int lot, final Movement m) {
        final long points = lots.points[lot] - lots.held[lot];
        lots.points[lot] -= points;
        m.of(lots.account[lot]).available -= points;
        m.of(lots.account[lot]).expired += points;
    }

    /** Repays the debt of each wallet from its unheld lots in taking order, as after a merge. */
    void repayFromLots(final Movement m) {
        for (int wallet = 0; wallet < Account.WALLETS; wallet++) {
            final long repaid = Math.min(debtPoints(wallet), availablePoints(wallet));
            if (repaid > 0) {
                take(wallet, repaid, null, m);
                owe(wallet, -repaid, m);
            }
        }
    }

    /** Takes over lots, pending points, holds, usage, debt and standing of another member, which is merged into this. */
    void absorb(final MemberDraft from) {
        debtPoints += from.debtPoints;
        for (int wallet = 1; from.debts.count > 0 && wallet < Account.WALLETS; wallet++) {
            debts.add(wallet, from.debts.get(wallet));
        }
        ordered |= from.ordered;
        lastActivityDay = Math.max(lastActivityDay, from.lastActivityDay);
        birthday = birthday == 0 ? from.birthday : birthday;
        referrerSlot = referrerSlot == 0 ? from.referrerSlot : referrerSlot;
        for (int i = 0; i < from.lots.count; i++) {
            lots.add(from.lots.expiryDay[i], from.lots.account[i], from.lots.points[i], from.lots.held[i]);
        }
        for (int i = 0; i < from.pending.count; i++) {
            pending.add(
                    from.pending.activationDay[i],
                    from.pending.expiryDay[i],
                    from.pending.account[i],
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
