package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * The tiers of one version of a program, ready to be asked. Members keep a tier as a stable number from 1 to
 * {@link #MAX_STABLE}, given to a tier's id in the order in which the program's versions brought them; the rank is the
 * place in the version now in force, 1 the lowest, 0: none. Immutable.
 */
final class TierRules {
    /** Highest stable number: as many tiers a program may have had in its life. */
    static final int MAX_STABLE = 63;

    static final byte[] NONE = new byte[0];
    private static final long NOT_REACHABLE = Long.MAX_VALUE;
    private static final int YEAR_MONTHS = 12;

    /** Ids by stable number minus 1. */
    private final byte[][] stableIds;

    /** Of a tier no longer listed: the rank of the one that stands for it. */
    private final int[] rankOfStable;

    private final int[] stableOfRank;

    /** By rank minus 1. */
    private final Tier[] tiers;

    private final boolean[] windowed;
    private final boolean[] lifetime;

    /** By rank: the least lifetime spend at which a higher lifetime tier can be reached. */
    private final long[] nextSpendMinor;

    private final boolean spendOnly;
    private final boolean keepsMonths;
    private final boolean keepsAnniversaries;
    private final boolean keepsMonthsForEver;
    private final boolean needsJoinDay;
    private final int lookBackMonths;
    private final long lateMs;

    /** @param before the rules of the version before, null: there is none */
    TierRules(final CompiledProgram program, final TierRules before) {
        final List<Tier> listed = program.tiers();
        final int size = listed.size();
        tiers = listed.toArray(new Tier[0]);
        stableOfRank = new int[size + 1];
        stableIds = numbered(listed, before);
        rankOfStable = new int[stableIds.length + 1];
        for (int rank = 1; rank <= size; rank++) {
            final int stable = stableOf(ascii(tiers[rank - 1].id()));
            rankOfStable[stable] = rank;
            stableOfRank[rank] = stable;
        }
        for (final Map.Entry<String, String> retired : program.retiredTiers().entrySet()) {
            final int stable = stableOf(ascii(retired.getKey()));
            if (stable != 0) {
                rankOfStable[stable] = rankOfStable[stableOf(ascii(retired.getValue()))];
            }
        }
        windowed = new boolean[size + 1];
        lifetime = new boolean[size + 1];
        for (int rank = 1; rank <= size; rank++) {
            final boolean isLifetime = tiers[rank - 1].window() == Tier.Window.LIFETIME;
            lifetime[rank] = tiers[rank - 1].earned() != null && isLifetime;
            windowed[rank] = tiers[rank - 1].earned() != null && !isLifetime;
        }
        keepsAnniversaries = listed.stream().anyMatch(t -> t.window() == Tier.Window.ANNIVERSARY);
        keepsMonths = listed.stream().anyMatch(TierRules::needsMonths);
        keepsMonthsForEver = listed.stream().anyMatch(t -> t.window() == Tier.Window.LIFETIME && asksMonths(t));
        spendOnly = listed.stream().allMatch(TierRules::isBySpendOnly);
        lookBackMonths = Math.max(
                YEAR_MONTHS, listed.stream().mapToInt(Tier::windowMonths).max().orElse(0));
        needsJoinDay = keepsAnniversaries || program.claimDays() != CompiledProgram.FOREVER;
        lateMs = program.lateWindowMs() == CompiledProgram.UNLIMITED ? 0 : program.lateWindowMs();
        nextSpendMinor = nextSpend();
    }

    private static boolean needsMonths(final Tier tier) {
        return tier.window() == Tier.Window.CALENDAR_YEAR
                || tier.window() == Tier.Window.ROLLING_MONTHS
                || asksMonths(tier);
    }

    private static boolean asksMonths(final Tier tier) {
        return tier.earned() != null && tier.earned().months() > 0
                || tier.retention() != null && tier.retention().months() > 0;
    }

    private static boolean isBySpendOnly(final Tier tier) {
        final Requirement earned = tier.earned();
        return earned == null
                || tier.window() == Tier.Window.LIFETIME
                        && earned.visits() == 0
                        && earned.points() == 0
                        && earned.months() == 0;
    }

    private static byte[][] numbered(final List<Tier> listed, final TierRules before) {
        final byte[][] known = before == null ? new byte[0][] : before.stableIds;
        final byte[][] all = Arrays.copyOf(known, known.length + listed.size());
        int count = known.length;
        for (final Tier tier : listed) {
            final byte[] id = ascii(tier.id());
            if (before == null || before.stableOf(id) == 0) {
                all[count++] = id;
            }
        }
        return Arrays.copyOf(all, count);
    }

    private long[] nextSpend() {
        final long[] next = new long[tiers.length + 1];
        next[tiers.length] = NOT_REACHABLE;
        for (int rank = tiers.length; rank > 0; rank--) {
            final long own = lifetime[rank] ? tiers[rank - 1].earned().spendMinor() : NOT_REACHABLE;
            next[rank - 1] = Math.min(next[rank], own);
        }
        return next;
    }

    /** Whether a new version has a place for every tier that members may hold: it lists it or says what stands for it. */
    boolean allIn(final CompiledProgram next) {
        int places = stableIds.length;
        for (final Tier tier : next.tiers()) {
            if (stableOf(ascii(tier.id())) == 0) {
                places++;
            }
        }
        if (places > MAX_STABLE) {
            return false;
        }
        for (final byte[] id : stableIds) {
            boolean found = next.retiredTiers().containsKey(new String(id, StandardCharsets.US_ASCII));
            for (final Tier tier : next.tiers()) {
                found |= Arrays.equals(id, ascii(tier.id()));
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /** How many tiers there are; the highest rank. */
    int size() {
        return tiers.length;
    }

    /** Place of a stable number in this version. */
    int rank(final int stable) {
        return rankOfStable[stable];
    }

    /** The stable number of a rank. */
    int stable(final int rank) {
        return stableOfRank[rank];
    }

    /** The place of an id; 0: this version does not list it. */
    int rankOf(final DirectBuffer buffer, final int offset, final int length) {
        for (int rank = 1; rank <= tiers.length; rank++) {
            final byte[] id = id(rank);
            boolean same = id.length == length;
            for (int i = 0; same && i < length; i++) {
                same = id[i] == buffer.getByte(offset + i);
            }
            if (same) {
                return rank;
            }
        }
        return 0;
    }

    /** The tier of a rank from 1. */
    Tier tier(final int rank) {
        return tiers[rank - 1];
    }

    /** Whether a rank can be earned within a window that ends. */
    boolean isWindowed(final int rank) {
        return windowed[rank];
    }

    /** Whether a rank is reached by the counters of a lifetime. */
    boolean isLifetime(final int rank) {
        return lifetime[rank];
    }

    /** What keeps a windowed rank. */
    Requirement retention(final int rank) {
        final Tier tier = tiers[rank - 1];
        return tier.retention() == null ? tier.earned() : tier.retention();
    }

    /** Months that a rank lasts in a way: 0: not offered; {@link Tier#FOR_EVER}. */
    int lastingMonths(final int rank, final int way) {
        return switch (way) {
            case GrantBook.PAID -> tiers[rank - 1].paidMonths();
            case GrantBook.INVITED -> tiers[rank - 1].invitedMonths();
            default -> 0;
        };
    }

    /** Upgrade bonus of a stable number; 0 where its tier is no longer listed. */
    long bonusPoints(final int stable) {
        final int rank = rankOfStable[stable];
        return rank != 0 && stableOfRank[rank] == stable ? tiers[rank - 1].bonusPoints() : 0;
    }

    /** Whether all that can be earned is reached by lifetime spend alone: {@link #nextSpendMinor} says when. */
    boolean isBySpendOnly() {
        return spendOnly;
    }

    /** The lifetime spend below which no higher lifetime tier than this rank is reached. */
    long nextSpendMinor(final int rank) {
        return nextSpendMinor[rank];
    }

    /** Whether anything is kept in buckets. */
    boolean keepsBuckets() {
        return keepsMonths || keepsAnniversaries;
    }

    /** Whether counters are kept by month. */
    boolean keepsMonths() {
        return keepsMonths;
    }

    /** Whether counters are kept by year since the member joined. */
    boolean keepsAnniversaries() {
        return keepsAnniversaries;
    }

    /** Whether the months of a lifetime are asked for, so that none of them may be forgotten. */
    boolean keepsMonthsForEver() {
        return keepsMonthsForEver;
    }

    /** Whether the day on which members joined must be kept. */
    boolean needsJoinDay() {
        return needsJoinDay;
    }

    /** How many months before its own a window may reach back. */
    int lookBackMonths() {
        return lookBackMonths;
    }

    /** How long after its end a period is settled. */
    long lateMs() {
        return lateMs;
    }

    /** The id of a rank in ASCII; empty for 0. Not to be written to. */
    byte[] id(final int rank) {
        return rank == 0 ? NONE : stableIds[stableOfRank[rank] - 1];
    }

    private int stableOf(final byte[] id) {
        for (int i = 0; i < stableIds.length; i++) {
            if (Arrays.equals(id, stableIds[i])) {
                return i + 1;
            }
        }
        return 0;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
