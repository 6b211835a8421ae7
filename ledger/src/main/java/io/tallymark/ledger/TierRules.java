package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Tier;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tiers by lifetime spend. Members keep a tier as a stable number, given to a tier's id in the order in which the
 * program's versions brought them; the rank is the place in the version now in force, 1 the lowest, 0: none.
 */
final class TierRules {
    private static final byte[] NONE = new byte[0];

    /** Ids by stable number minus 1. */
    private final byte[][] stableIds;

    private final int[] rankOfStable;
    private final int[] stableOfRank;
    private final long[] minSpendOfRank;

    /** @param before the rules of the version before, null: there is none */
    TierRules(final CompiledProgram program, final TierRules before) {
        final List<Tier> tiers = program.tiers();
        final int known = before == null ? 0 : before.stableIds.length;
        stableIds = new byte[tiers.size()][];
        rankOfStable = new int[tiers.size() + 1];
        stableOfRank = new int[tiers.size() + 1];
        minSpendOfRank = new long[tiers.size() + 1];
        if (known > 0) {
            System.arraycopy(before.stableIds, 0, stableIds, 0, known);
        }
        int next = known;
        for (int rank = 1; rank <= tiers.size(); rank++) {
            final byte[] id = tiers.get(rank - 1).id().getBytes(StandardCharsets.US_ASCII);
            int stable = before == null ? 0 : before.stableOf(id);
            if (stable == 0) {
                stableIds[next++] = id;
                stable = next;
            }
            rankOfStable[stable] = rank;
            stableOfRank[rank] = stable;
            minSpendOfRank[rank] = tiers.get(rank - 1).earned().spendMinor();
        }
    }

    /** Whether a new version still has every tier that members may hold. */
    boolean allIn(final CompiledProgram next) {
        for (final byte[] id : stableIds) {
            boolean found = false;
            for (final Tier tier : next.tiers()) {
                found |= java.util.Arrays.equals(id, tier.id().getBytes(StandardCharsets.US_ASCII));
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /** Place of a stable number in this version. */
    int rank(final int stable) {
        return rankOfStable[stable];
    }

    /** The stable number of a rank. */
    int stable(final int rank) {
        return stableOfRank[rank];
    }

    /** The higher of a rank and the one that a lifetime's spend gives. */
    int upgraded(final int rank, final long spendMinor) {
        int reached = rank;
        while (reached + 1 < minSpendOfRank.length && spendMinor >= minSpendOfRank[reached + 1]) {
            reached++;
        }
        return reached;
    }

    /** The id of a rank in ASCII; empty for 0. Not to be written to. */
    byte[] id(final int rank) {
        return rank == 0 ? NONE : stableIds[stableOfRank[rank] - 1];
    }

    private int stableOf(final byte[] id) {
        for (int i = 0; i < stableIds.length; i++) {
            if (java.util.Arrays.equals(id, stableIds[i])) {
                return i + 1;
            }
        }
        return 0;
    }
}
