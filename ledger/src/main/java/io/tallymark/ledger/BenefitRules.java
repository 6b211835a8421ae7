package io.tallymark.ledger;

import io.tallymark.ledger.program.Benefit;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Tier;
import java.util.List;

/** The benefits of one program version: who has which. Places are those of the ids in order. Immutable. */
final class BenefitRules {
    /**
     * One benefit as a tier brings it.
     *
     * @param place of its id
     */
    record Entry(Benefit benefit, int place, UsageLimit limit) {}

    /** The ids. */
    final RuleIds ids;

    /** By rank, in the order of the tier's list: by id, then what the tier brings, then by way. */
    private final Entry[][] ofRank;

    BenefitRules(final CompiledProgram program, final RuleNumbers numbers) {
        final List<Tier> tiers = program.tiers();
        final List<String> names = tiers.stream()
                .flatMap(tier -> tier.benefits().stream())
                .map(Benefit::id)
                .distinct()
                .sorted()
                .toList();
        ids = new RuleIds(names, numbers);
        ofRank = new Entry[tiers.size() + 1][0];
        for (int rank = 1; rank <= tiers.size(); rank++) {
            ofRank[rank] = tiers.get(rank - 1).benefits().stream()
                    .map(benefit -> entry(benefit, names.indexOf(benefit.id())))
                    .toArray(Entry[]::new);
        }
    }

    private Entry entry(final Benefit benefit, final int place) {
        return new Entry(benefit, place, new UsageLimit(benefit.limit(), MemberUsage.BENEFIT, ids.number(place)));
    }

    /** A benefit as a member has it at an engine time; null: it does not. */
    Entry of(final MemberDraft d, final int place, final long timeMs) {
        final TierRules tiers = d.version.tierRules;
        final GrantBook grants = d.grants;
        int bestRank = tiers.rank(d.lifetimeTier);
        Entry best = of(bestRank, GrantBook.EARNED, place);
        for (int i = 0; i < grants.count; i++) {
            final boolean isLive = grants.way[i] == GrantBook.EARNED || timeMs < grants.untilMs[i];
            final int rank = tiers.rank(grants.tier[i]);
            final Entry found = isLive ? of(rank, grants.way[i], place) : null;
            if (found != null && (best == null || rank > bestRank || rank == bestRank && way(found) > way(best))) {
                best = found;
                bestRank = rank;
            }
        }
        return best;
    }

    /** What a tier and a way into it bring: what only the way brings goes before what the tier brings. */
    private Entry of(final int rank, final int way, final int place) {
        Entry found = null;
        for (final Entry entry : ofRank[rank]) {
            if (entry.place == place && (way(entry) == Benefit.Way.ANY.ordinal() || way(entry) == way)) {
                found = entry;
            }
        }
        return found;
    }

    /** The ways have the numbers of those of grants. */
    private static int way(final Entry entry) {
        return entry.benefit.way().ordinal();
    }
}
