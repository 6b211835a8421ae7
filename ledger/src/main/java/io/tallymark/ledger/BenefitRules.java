package io.tallymark.ledger;

import io.tallymark.ledger.program.Benefit;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Tier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;

/** The benefits of one program version: who has which. Places are those of the ids in order. Immutable. */
final class BenefitRules {
    private final byte[][] ids;
    private final int[] numbers;

    /** By rank. */
    private final Benefit[][] ofRank;

    /** By rank, then as {@link #ofRank}: the place of the id. */
    private final int[][] placeOf;

    BenefitRules(final CompiledProgram program, final RuleNumbers stable) {
        final List<Tier> tiers = program.tiers();
        final List<String> names = tiers.stream()
                .flatMap(tier -> tier.benefits().stream())
                .map(Benefit::id)
                .distinct()
                .sorted()
                .toList();
        ids = names.stream().map(id -> id.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
        numbers = names.stream().mapToInt(stable::open).toArray();
        ofRank = new Benefit[tiers.size() + 1][0];
        placeOf = new int[tiers.size() + 1][0];
        for (int rank = 1; rank <= tiers.size(); rank++) {
            final List<Benefit> benefits = tiers.get(rank - 1).benefits();
            ofRank[rank] = benefits.toArray(new Benefit[0]);
            placeOf[rank] =
                    benefits.stream().map(Benefit::id).mapToInt(names::indexOf).toArray();
        }
    }

    /** How many ids there are. */
    int count() {
        return ids.length;
    }

    /** The id of a place in ASCII; not to be written to. */
    byte[] id(final int place) {
        return ids[place];
    }

    /** The stable number of a place. */
    int number(final int place) {
        return numbers[place];
    }

    /** The place of an id; negative: no tier brings it. */
    int place(final DirectBuffer bytes, final int offset, final int length) {
        for (int i = 0; i < ids.length; i++) {
            if (Texts.equal(ids[i], bytes, offset, length)) {
                return i;
            }
        }
        return -1;
    }

    /** A benefit as a member has it at an engine time; null: it does not. */
    Benefit of(final MemberDraft d, final int place, final long timeMs) {
        final TierRules tiers = d.version.tierRules;
        final GrantBook grants = d.grants;
        int bestRank = tiers.rank(d.lifetimeTier);
        Benefit best = of(bestRank, GrantBook.EARNED, place);
        for (int i = 0; i < grants.count; i++) {
            final boolean isLive = grants.way[i] == GrantBook.EARNED || timeMs < grants.untilMs[i];
            final int rank = tiers.rank(grants.tier[i]);
            final Benefit benefit = isLive ? of(rank, grants.way[i], place) : null;
            if (benefit != null
                    && (best == null
                            || rank > bestRank
                            || rank == bestRank
                                    && benefit.way().ordinal() > best.way().ordinal())) {
                best = benefit;
                bestRank = rank;
            }
        }
        return best;
    }

    /** What a tier and a way into it bring: what only the way brings goes before what the tier brings. */
    private Benefit of(final int rank, final int way, final int place) {
        Benefit found = null;
        for (int i = 0; i < placeOf[rank].length; i++) {
            final Benefit benefit = ofRank[rank][i];
            // Sorted by way, with that of any first; the ways have the numbers of the grants'.
            if (placeOf[rank][i] == place
                    && (benefit.way() == Benefit.Way.ANY || benefit.way().ordinal() == way)) {
                found = benefit;
            }
        }
        return found;
    }
}
