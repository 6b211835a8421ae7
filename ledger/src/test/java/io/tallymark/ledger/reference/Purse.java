package io.tallymark.ledger.reference;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Moves points of members: every credit and debit goes through here. */
final class Purse {
    private final Program program;

    Purse(final Program program) {
        this.program = program;
    }

    /** What the expiry rule says for points that come in on a day. */
    LotKey newLot(final long day) {
        return new LotKey(program.rules.expiry().expiryDay(day), IssuerOps.HOUSE);
    }

    /** Newly issued points to available; to pending while frozen. */
    void issue(final Member m, final long points, final LotKey to, final long today) {
        program.totals.issued = Totals.plus(program.totals.issued, points);
        credit(m, points, to, today);
    }

    /** Newly issued points that wait for their day. */
    void issuePending(final Member m, final long points, final int activationDay, final LotKey to) {
        program.totals.issued = Totals.plus(program.totals.issued, points);
        addPending(m, points, activationDay, to);
    }

    void addPending(final Member m, final long points, final int activationDay, final LotKey to) {
        if (points > 0) {
            m.pending.merge(new Member.PendingDays(activationDay, to), points, Math::addExact);
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
        final long repaid = Math.min(m.debt, points);
        m.debt -= repaid;
        if (points > repaid) {
            m.lots.computeIfAbsent(to, k -> new Lot()).points += points - repaid;
        }
    }

    private void countAsActivityWhereNothingElseDoes(final Member m, final long today) {
        if (inactive(m, today)) {
            m.lastActivityDay = today;
        }
    }

    /** Whether the points without a day have expired by inactivity. */
    boolean inactive(final Member m, final long today) {
        return program.expiresByInactivity() && program.rules.expiry().inactiveDay(m.lastActivityDay) <= today;
    }

    /** Takes pending points of one lot; returns how many there were. */
    long takePending(final Member m, final long wanted, final int activationDay, final LotKey to) {
        final Member.PendingDays days = new Member.PendingDays(activationDay, to);
        final long there = m.pending.getOrDefault(days, 0L);
        final long taken = Math.min(wanted, there);
        if (taken == there) {
            m.pending.remove(days);
        } else {
            m.pending.put(days, there - taken);
        }
        return taken;
    }

    /** Takes unheld points of one lot. */
    long takeFromLot(final Member m, final long wanted, final LotKey from) {
        final Lot lot = m.lots.get(from);
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
        return take(m, wanted, new ArrayList<>(m.lots.keySet()));
    }

    /** Takes unheld points against taking order. */
    List<Hold.Part> takeReverse(final Member m, final long wanted) {
        return take(m, wanted, new ArrayList<>(m.lots.descendingKeySet()));
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

    static long sum(final List<Hold.Part> parts) {
        return parts.stream().mapToLong(Hold.Part::points).sum();
    }

    /** Holds points in taking order. */
    List<Hold.Part> hold(final Member m, final long points) {
        final List<Hold.Part> parts = new ArrayList<>();
        long left = points;
        for (final Map.Entry<LotKey, Lot> entry : m.lots.entrySet()) {
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
        final Lot lot = m.lots.get(part.lot());
        lot.held -= part.points();
        lot.points -= part.points();
        dropIfEmpty(m, part.lot());
    }

    /** Held points go back to their lot, or expire where it has, or repay debt. */
    void release(final Member m, final Hold.Part part, final long today) {
        final Lot lot = m.lots.get(part.lot());
        lot.held -= part.points();
        final boolean gone = part.expiryDay() <= today || part.expiryDay() == NEVER && inactive(m, today);
        if (gone) {
            lot.points -= part.points();
            program.totals.expired = Totals.plus(program.totals.expired, part.points());
        } else {
            final long repaid = Math.min(m.debt, part.points());
            m.debt -= repaid;
            lot.points -= repaid;
        }
        dropIfEmpty(m, part.lot());
    }

    static final int NEVER = io.tallymark.ledger.program.Expiry.NEVER_DAY;

    /** The unheld points of a lot and pending ones of its day expire. */
    void expire(final Member m, final LotKey key) {
        long gone = takeFromLot(m, Long.MAX_VALUE, key);
        final Iterator<Map.Entry<Member.PendingDays, Long>> waiting =
                m.pending.entrySet().iterator();
        while (key.expiryDay() != NEVER && waiting.hasNext()) {
            final Map.Entry<Member.PendingDays, Long> entry = waiting.next();
            if (entry.getKey().lot().equals(key)) {
                gone += entry.getValue();
                waiting.remove();
            }
        }
        program.totals.expired = Totals.plus(program.totals.expired, gone);
    }

    private static void dropIfEmpty(final Member m, final LotKey key) {
        final Lot lot = m.lots.get(key);
        if (lot != null && lot.points == 0) {
            m.lots.remove(key);
        }
    }
}
