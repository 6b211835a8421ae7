package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.PointsWallet;
import io.tallymark.ledger.program.RefundPolicy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Moves points of one wallet: every credit and debit in it goes through here. */
final class Purse {
    static final int NEVER = Expiry.NEVER_DAY;

    final Totals totals = new Totals();
    private final Program program;
    private final String wallet;

    Purse(final Program program, final String wallet) {
        this.program = program;
        this.wallet = wallet;
    }

    private boolean isPoints() {
        return wallet.equals(Account.POINTS);
    }

    private PointsWallet further() {
        return program.wallet(wallet);
    }

    private Expiry expiry() {
        return isPoints() ? program.rules.expiry() : further().expiry();
    }

    Activation activation() {
        return isPoints() ? program.rules.activation() : further().activation();
    }

    /** Whether what orders earn does not become available at once. */
    boolean waits() {
        return activation().fulfilment() || activation().afterDays() > 0;
    }

    RefundPolicy refund() {
        return isPoints() ? program.rules.refund() : further().refund();
    }

    Account of(final Member m) {
        return m.in(wallet);
    }

    /** What the expiry rule says for points that come in on a day. */
    LotKey newLot(final long day) {
        return new LotKey(expiry().expiryDay(day), IssuerOps.HOUSE);
    }

    /** Newly issued points to available; to pending while frozen. */
    void issue(final Member m, final long points, final LotKey to, final long today) {
        totals.issued = Totals.plus(totals.issued, points);
        credit(m, points, to, today);
    }

    /** Newly issued points that wait for their day. */
    void issuePending(final Member m, final long points, final int activationDay, final LotKey to) {
        totals.issued = Totals.plus(totals.issued, points);
        addPending(m, points, activationDay, to);
    }

    void addPending(final Member m, final long points, final int activationDay, final LotKey to) {
        if (points > 0) {
            of(m).pending.merge(new Member.PendingDays(activationDay, to), points, Math::addExact);
        }
    }

    /** Points become available, wherever they come from: debt first. While frozen they wait. */
    void credit(final Member m, final long points, final LotKey to, final long today) {
        if (points == 0) {
            return;
        }
        if (m.frozen) {
            addPending(m, points, (int) today, to);
            return;
        }
        countAsActivityWhereNothingElseDoes(m, today);
        final Account account = of(m);
        final long repaid = Math.min(account.debt, points);
        account.debt -= repaid;
        if (points > repaid) {
            account.lots.computeIfAbsent(to, k -> new Lot()).points += points - repaid;
        }
    }

    private void countAsActivityWhereNothingElseDoes(final Member m, final long today) {
        if (inactive(m, today)) {
            m.lastActivityDay = today;
        }
    }

    /** Whether points without a day expire by inactivity. */
    boolean expiresByInactivity() {
        return expiry().kind() == Expiry.Kind.INACTIVITY;
    }

    /** The day on which points without a day expire by inactivity. */
    int inactiveDay(final Member m) {
        return expiry().inactiveDay(m.lastActivityDay);
    }

    /** Whether the points without a day have expired by inactivity. */
    private boolean inactive(final Member m, final long today) {
        return expiresByInactivity() && inactiveDay(m) <= today;
    }

    /** Takes pending points of one lot; returns how many there were. */
    long takePending(final Member m, final long wanted, final int activationDay, final LotKey to) {
        final Member.PendingDays days = new Member.PendingDays(activationDay, to);
        final Account account = of(m);
        final long there = account.pending.getOrDefault(days, 0L);
        final long taken = Math.min(wanted, there);
        if (taken == there) {
            account.pending.remove(days);
        } else {
            account.pending.put(days, there - taken);
        }
        return taken;
    }

    /** Takes unheld points of one lot. */
    long takeFromLot(final Member m, final long wanted, final LotKey from) {
        final Lot lot = of(m).lots.get(from);
        if (lot == null) {
            return 0;
        }
        final long taken = Math.min(wanted, lot.unheld());
        lot.points -= taken;
        dropIfEmpty(m, from);
        return taken;
    }

    /** Takes unheld points in taking order. */
    List<Hold.Part> take(final Member m, final long wanted) {
        return take(m, wanted, new ArrayList<>(of(m).lots.keySet()));
    }

    /** Takes unheld points against taking order. */
    List<Hold.Part> takeReverse(final Member m, final long wanted) {
        return take(m, wanted, new ArrayList<>(of(m).lots.descendingKeySet()));
    }

    private List<Hold.Part> take(final Member m, final long wanted, final List<LotKey> order) {
        final List<Hold.Part> parts = new ArrayList<>();
        long left = wanted;
        for (final LotKey lot : order) {
            final long taken = takeFromLot(m, left, lot);
            if (taken > 0) {
                parts.add(new Hold.Part(lot, taken));
                left -= taken;
            }
        }
        return parts;
    }

    /** Takes unheld points in taking order, for good. */
    List<Hold.Part> redeem(final Member m, final long points, final int counterpart) {
        totals.redeemed = Totals.plus(totals.redeemed, points);
        return settle(take(m, points), counterpart);
    }

    static long sum(final List<Hold.Part> parts) {
        return parts.stream().mapToLong(Hold.Part::points).sum();
    }

    /** Points were taken by somebody, or come back; what is not of {@code points} is no matter of settlement. */
    void settle(final Hold.Part part, final int counterpart, final long points) {
        if (isPoints()) {
            program.issuers.settle(part, counterpart, points);
        }
    }

    List<Hold.Part> settle(final List<Hold.Part> parts, final int counterpart) {
        parts.forEach(part -> settle(part, counterpart, part.points()));
        return parts;
    }

    /** Holds points in taking order. */
    List<Hold.Part> hold(final Member m, final long points) {
        final List<Hold.Part> parts = new ArrayList<>();
        long left = points;
        for (final Map.Entry<LotKey, Lot> entry : of(m).lots.entrySet()) {
            final long taken = Math.min(left, entry.getValue().unheld());
            if (taken > 0) {
                entry.getValue().held += taken;
                parts.add(new Hold.Part(entry.getKey(), taken));
                left -= taken;
            }
        }
        return parts;
    }

    /** Held points leave for good. */
    void spendHeld(final Member m, final Hold.Part part) {
        final Lot lot = of(m).lots.get(part.lot());
        lot.held -= part.points();
        lot.points -= part.points();
        dropIfEmpty(m, part.lot());
    }

    /** Held points go back to their lot, or expire where it has, or repay debt. */
    void release(final Member m, final Hold.Part part, final long today) {
        final Account account = of(m);
        final Lot lot = account.lots.get(part.lot());
        lot.held -= part.points();
        final boolean gone = part.expiryDay() <= today || part.expiryDay() == NEVER && inactive(m, today);
        if (gone) {
            lot.points -= part.points();
            totals.expired = Totals.plus(totals.expired, part.points());
        } else {
            final long repaid = Math.min(account.debt, part.points());
            account.debt -= repaid;
            lot.points -= repaid;
        }
        dropIfEmpty(m, part.lot());
    }

    /** The unheld points of a lot and pending ones of its day expire. */
    void expire(final Member m, final LotKey key) {
        long gone = takeFromLot(m, Long.MAX_VALUE, key);
        final Iterator<Map.Entry<Member.PendingDays, Long>> waiting =
                of(m).pending.entrySet().iterator();
        while (key.expiryDay() != NEVER && waiting.hasNext()) {
            final Map.Entry<Member.PendingDays, Long> entry = waiting.next();
            if (entry.getKey().lot().equals(key)) {
                gone += entry.getValue();
                waiting.remove();
            }
        }
        totals.expired = Totals.plus(totals.expired, gone);
    }

    private void dropIfEmpty(final Member m, final LotKey key) {
        final Lot lot = of(m).lots.get(key);
        if (lot != null && lot.points == 0) {
            of(m).lots.remove(key);
        }
    }

    /** Pending points become available, or wait on where the member is frozen. */
    void activate(final Member m, final Member.PendingDays lot, final long today) {
        credit(m, takePending(m, Long.MAX_VALUE, lot.activationDay(), lot.lot()), lot.lot(), today);
    }

    /** Everything of it that the member has is forfeited; returns how much that is. */
    long forfeit(final Member m) {
        final Account account = of(m);
        final long points = account.all();
        account.lots.clear();
        account.pending.clear();
        totals.forfeited = Totals.plus(totals.forfeited, points);
        return points;
    }

    /** Debt is repaid from what is there. */
    void repay(final Member m) {
        final Account account = of(m);
        account.debt -= sum(take(m, Math.min(account.debt, account.available())));
    }
}
