package io.tallymark.ledger;

import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.Rows;
import org.agrona.DirectBuffer;

/**
 * Tiers of a member's image: counters, the level of a lifetime, grants. Whoever calls has brought the image up to the
 * time with {@link DueEvents} before. Reads and writes images only, allocates nothing; one thread.
 */
final class TierEngine {
    private static final String PAID = "paid";
    private static final String INVITED = "invited";
    private static final long NOT_EARNABLE = -1;

    private final QualifyingWindow window = new QualifyingWindow();
    private final QualifyingCounters counters = new QualifyingCounters();
    private final TierSettlement settlement = new TierSettlement(window);

    /** When the next tier event of a member falls due; {@code Long.MAX_VALUE}: none. */
    long nextDueMs(final MemberDraft d) {
        return settlement.nextDueMs(d);
    }

    /** Runs the one tier event that is due at a time. */
    void runDue(final MemberDraft d, final long dueMs) {
        settlement.runDue(d, dueMs);
    }

    /** The level that a member holds, 0: none. */
    int rank(final MemberDraft d, final long timeMs) {
        final TierRules rules = d.version.tierRules;
        int rank = rules.rank(d.lifetimeTier);
        final GrantBook grants = d.grants;
        for (int i = 0; i < grants.count; i++) {
            if (grants.way[i] == GrantBook.EARNED || timeMs < grants.untilMs[i]) {
                rank = Math.max(rank, rules.rank(grants.tier[i]));
            }
        }
        return rank;
    }

    /**
     * Counts an order or takes a refund off, in the lifetime and in the buckets of a day; nothing falls below 0. What
     * it changes of the tier is for {@link #upgrade} or {@link #downgrade} to say.
     *
     * @param eventDay local day of the event, of a refund that of its order
     */
    void count(
            final MemberDraft d,
            final int eventDay,
            final long spendMinor,
            final long points,
            final int visits,
            final int orders) {
        counters.count(d, eventDay, spendMinor, points, visits, orders);
    }

    /**
     * Lifts the member to what its counters give; to be called after they have risen, at enrolment and after a merge.
     *
     * @return the upgrade bonus to be issued
     */
    long upgrade(final MemberDraft d, final long timeMs) {
        final TierRules rules = d.version.tierRules;
        final int level = rules.rank(d.lifetimeTier);
        if (rules.isBySpendOnly() && d.spendMinor < rules.nextSpendMinor(level)) {
            return 0;
        }
        if (rules.keepsBuckets()) {
            counters.prune(d, timeMs);
        }
        final int earned = highestEarned(d);
        int passed = Math.max(level, earned);
        long bonus = 0;
        final int reached = highestLifetime(d, level, rules.size(), timeMs);
        if (reached > level) {
            d.lifetimeTier = rules.stable(reached);
            final long given = newBonuses(d, passed, reached);
            d.lifetimeBonuses |= given;
            bonus += points(rules, given);
            passed = Math.max(passed, reached);
        }
        final int windowed = settlement.highestReached(d, earned, rules.size(), timeMs);
        if (windowed > 0) {
            final int at = start(d, windowed, timeMs);
            d.grants.bonuses[at] = newBonuses(d, passed, windowed);
            bonus += points(rules, d.grants.bonuses[at]);
        }
        return bonus;
    }

    /**
     * Undoes what a refund has undone: the lifetime level, and earned grants that are in their first period.
     *
     * @return the upgrade bonus to be clawed
     */
    long downgrade(final MemberDraft d, final long timeMs) {
        final TierRules rules = d.version.tierRules;
        final long ofLifetime = lowerLifetime(d, timeMs);
        long loose = ofLifetime;
        long undone = 0;
        long moved = 0;
        boolean removed = false;
        int highest = highestEarnedGrant(d);
        while (highest >= 0 && isUndone(d, highest, timeMs)) {
            undone |= d.grants.bonuses[highest];
            d.grants.remove(highest);
            removed = true;
            highest = highestEarnedGrant(d);
        }
        loose |= undone;
        if (removed) {
            final int windowed = settlement.highestReached(d, highestEarned(d), rules.size(), timeMs);
            if (windowed > 0) {
                // What still stands belongs to the lower one from now on, and goes with it if that is undone too.
                moved = loose & ~above(rules, loose, windowed);
                d.grants.bonuses[start(d, windowed, timeMs)] = moved;
            }
        }
        final long clawed = above(rules, loose, Math.max(rules.rank(d.lifetimeTier), highestEarned(d)));
        // What a lower grant still stands for stays where it was.
        d.lifetimeBonuses |= ofLifetime & ~clawed & ~moved;
        return points(rules, clawed);
    }

    /** Lowers the lifetime level where its condition is unmet; returns the bonuses that came with what is lost. */
    private long lowerLifetime(final MemberDraft d, final long timeMs) {
        final TierRules rules = d.version.tierRules;
        final int level = rules.rank(d.lifetimeTier);
        if (level == 0
                || rules.isLifetime(level)
                        && window.meets(d, level, rules.tier(level).earned(), timeMs)) {
            return 0;
        }
        final int lower = highestLifetime(d, 0, level - 1, timeMs);
        d.lifetimeTier = rules.stable(lower);
        final long loose = above(rules, d.lifetimeBonuses, lower);
        d.lifetimeBonuses &= ~loose;
        return loose;
    }

    private boolean isUndone(final MemberDraft d, final int grant, final long timeMs) {
        final TierRules rules = d.version.tierRules;
        final int rank = rules.rank(d.grants.tier[grant]);
        return timeMs < d.grants.firstPeriodEndMs[grant]
                && !(rules.isWindowed(rank)
                        && window.meets(d, rank, rules.tier(rank).earned(), timeMs));
    }

    /** Starts an earned grant that the member does not have; returns its place. */
    private static int start(final MemberDraft d, final int rank, final long timeMs) {
        final TierRules rules = d.version.tierRules;
        final int at = d.grants.open(rules.stable(rank), GrantBook.EARNED);
        d.grants.fromMs[at] = timeMs;
        d.grants.firstPeriodEndMs[at] = QualifyingWindow.periodEndMs(d, rank, timeMs, 0);
        d.grants.untilMs[at] =
                QualifyingWindow.periodEndMs(d, rank, timeMs, rules.tier(rank).keepPeriods());
        return at;
    }

    /** The highest lifetime rank above one and up to another that the counters give; 0: none. */
    private int highestLifetime(final MemberDraft d, final int above, final int upTo, final long timeMs) {
        final TierRules rules = d.version.tierRules;
        for (int rank = upTo; rank > above; rank--) {
            if (rules.isLifetime(rank) && window.meets(d, rank, rules.tier(rank).earned(), timeMs)) {
                return rank;
            }
        }
        return 0;
    }

    /** The place of the earned grant of the highest rank; -1: there is none. */
    private static int highestEarnedGrant(final MemberDraft d) {
        final TierRules rules = d.version.tierRules;
        int found = -1;
        for (int i = 0; i < d.grants.count; i++) {
            if (d.grants.way[i] == GrantBook.EARNED
                    && (found < 0 || rules.rank(d.grants.tier[i]) > rules.rank(d.grants.tier[found]))) {
                found = i;
            }
        }
        return found;
    }

    private static int highestEarned(final MemberDraft d) {
        final int found = highestEarnedGrant(d);
        return found < 0 ? 0 : d.version.tierRules.rank(d.grants.tier[found]);
    }

    /** Gives the bonuses of ranks above one and up to another that were not given yet; returns them. */
    private static long newBonuses(final MemberDraft d, final int above, final int upTo) {
        final TierRules rules = d.version.tierRules;
        long given = 0;
        for (int rank = above + 1; rank <= upTo; rank++) {
            if (rules.tier(rank).bonusPoints() > 0) {
                given |= 1L << rules.stable(rank) - 1;
            }
        }
        given &= ~d.bonusesGiven;
        d.bonusesGiven |= given;
        return given;
    }

    /** Those of some bonuses whose tiers lie above a rank. */
    private static long above(final TierRules rules, final long bonuses, final int rank) {
        long found = 0;
        for (long rest = bonuses; rest != 0; rest &= rest - 1) {
            if (rules.rank(Long.numberOfTrailingZeros(rest) + 1) > rank) {
                found |= Long.lowestOneBit(rest);
            }
        }
        return found;
    }

    private static long points(final TierRules rules, final long bonuses) {
        long sum = 0;
        for (long rest = bonuses; rest != 0; rest &= rest - 1) {
            sum += rules.bonusPoints(Long.numberOfTrailingZeros(rest) + 1);
        }
        return sum;
    }

    /** The way that a command names: {@link GrantBook#PAID}, {@link GrantBook#INVITED}; 0: none that it may name. */
    static int way(final DirectBuffer buffer, final int offset, final int length) {
        if (isText(PAID, buffer, offset, length)) {
            return GrantBook.PAID;
        }
        return isText(INVITED, buffer, offset, length) ? GrantBook.INVITED : 0;
    }

    private static boolean isText(final String text, final DirectBuffer buffer, final int offset, final int length) {
        boolean same = text.length() == length;
        for (int i = 0; same && i < length; i++) {
            same = text.charAt(i) == buffer.getByte(offset + i);
        }
        return same;
    }

    /**
     * Grants a tier, or replaces the grant of this tier and way.
     *
     * @param rank    of the tier, see {@link TierRules#rankOf}; 0: there is no such tier
     * @param way     see {@link #way}
     * @param untilMs {@link Command#NO_TIME}: as long as the tier says
     * @return NOT_OFFERED for a tier or a way that the program does not offer, and for an end that is over
     */
    ResultCode grant(final MemberDraft d, final int rank, final int way, final long untilMs, final long timeMs) {
        final TierRules rules = d.version.tierRules;
        final int months = rank == 0 ? 0 : rules.lastingMonths(rank, way);
        if (months == 0 || untilMs != Command.NO_TIME && untilMs <= timeMs) {
            return ResultCode.NOT_OFFERED;
        }
        removeAll(d, rank, way);
        final int at = d.grants.open(rules.stable(rank), way);
        d.grants.fromMs[at] = timeMs;
        if (untilMs != Command.NO_TIME) {
            d.grants.untilMs[at] = untilMs;
        } else if (months == Tier.FOR_EVER) {
            d.grants.untilMs[at] = GrantBook.FOR_EVER;
        } else {
            final int month = CivilDays.monthOf(d.program.localDay(timeMs));
            d.grants.untilMs[at] = d.program.startOfDayMs(CivilDays.firstDayOf(month + months + 1));
        }
        return ResultCode.ACCEPTED;
    }

    /** As {@link #grant} of the paid way, which ends when the purchase of a pack is given back. */
    void grantByPack(final MemberDraft d, final int rank, final long purchase, final long timeMs) {
        if (grant(d, rank, GrantBook.PAID, Command.NO_TIME, timeMs) == ResultCode.ACCEPTED) {
            d.grants.purchase[d.grants.find(d.version.tierRules.stable(rank), GrantBook.PAID)] = purchase;
        }
    }

    /**
     * Ends a grant at once.
     *
     * @param rank of the tier; 0: there is no such tier
     * @param way  see {@link #way}
     * @return NOT_OFFERED for an unknown tier or way, ORIGINAL_NOT_FOUND where the member has no such grant
     */
    ResultCode revoke(final MemberDraft d, final int rank, final int way) {
        if (rank == 0 || way == 0) {
            return ResultCode.NOT_OFFERED;
        }
        return removeAll(d, rank, way) ? ResultCode.ACCEPTED : ResultCode.ORIGINAL_NOT_FOUND;
    }

    /** Removes the grants of a rank and way, those of retired tiers for which it stands too. */
    private static boolean removeAll(final MemberDraft d, final int rank, final int way) {
        final TierRules rules = d.version.tierRules;
        boolean removed = false;
        for (int i = d.grants.count - 1; i >= 0; i--) {
            if (d.grants.way[i] == way && rules.rank(d.grants.tier[i]) == rank) {
                d.grants.remove(i);
                removed = true;
            }
        }
        return removed;
    }

    /**
     * Adds the join day, counters, tiers and bonuses of one member to those of another; {@link #upgrade} says then what
     * they give together. Both images are at the time; the first one stays as it is.
     */
    void merge(final MemberDraft from, final MemberDraft into, final long timeMs) {
        final TierRules rules = into.version.tierRules;
        counters.merge(from, into, timeMs);
        if (rules.rank(from.lifetimeTier) > rules.rank(into.lifetimeTier)) {
            into.lifetimeTier = from.lifetimeTier;
        }
        into.bonusesGiven |= from.bonusesGiven;
        into.lifetimeBonuses |= from.lifetimeBonuses;
        for (int i = 0; i < from.grants.count; i++) {
            unite(from.grants, i, into.grants);
        }
    }

    private static void unite(final GrantBook from, final int i, final GrantBook into) {
        final boolean known = into.find(from.tier[i], from.way[i]) >= 0;
        final int at = into.open(from.tier[i], from.way[i]);
        into.bonuses[at] |= from.bonuses[i];
        if (!known || from.fromMs[i] < into.fromMs[at]) {
            into.fromMs[at] = from.fromMs[i];
            into.firstPeriodEndMs[at] = from.firstPeriodEndMs[i];
        }
        if (!known || from.untilMs[i] > into.untilMs[at]) {
            into.untilMs[at] = from.untilMs[i];
            into.purchase[at] = from.purchase[i];
            into.graceEndMs[at] = from.graceEndMs[i];
        }
    }

    /** Adds a row for each tier, lowest first, see {@link RowKind#PROGRESS}. */
    void progress(final MemberDraft d, final long timeMs, final Rows rows) {
        final TierRules rules = d.version.tierRules;
        rows.begin(RowKind.PROGRESS);
        for (int rank = 1; rank <= rules.size(); rank++) {
            final long endMs = heldUntilMs(d, rank, timeMs);
            final int held = endMs == 0 ? 0 : 1;
            final Requirement earned = rules.tier(rank).earned();
            if (earned == null) {
                rows.add(rules.id(rank), held, endMs, NOT_EARNABLE, NOT_EARNABLE, NOT_EARNABLE, NOT_EARNABLE);
                continue;
            }
            window.load(d, rank, timeMs);
            if (window.isMet(earned)) {
                rows.add(rules.id(rank), held, endMs, 0, 0, 0, 0);
            } else {
                rows.add(
                        rules.id(rank),
                        held,
                        endMs,
                        window.missingSpendMinor(earned),
                        window.missingVisits(earned),
                        window.missingPoints(earned),
                        window.missingMonths(earned));
            }
        }
    }

    /** When the member's hold of just this rank ends as far as is known; 0: it is not held. */
    private static long heldUntilMs(final MemberDraft d, final int rank, final long timeMs) {
        final TierRules rules = d.version.tierRules;
        if (rules.rank(d.lifetimeTier) == rank) {
            return GrantBook.FOR_EVER;
        }
        final GrantBook grants = d.grants;
        long endMs = 0;
        for (int i = 0; i < grants.count; i++) {
            if (rules.rank(grants.tier[i]) != rank) {
                continue;
            }
            if (grants.way[i] == GrantBook.EARNED) {
                endMs = Math.max(endMs, Math.max(grants.untilMs[i], grants.graceEndMs[i]));
            } else if (timeMs < grants.untilMs[i]) {
                endMs = Math.max(endMs, grants.untilMs[i]);
            }
        }
        return endMs;
    }
}
