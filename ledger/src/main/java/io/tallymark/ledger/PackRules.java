package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Pack;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.VarField;
import java.util.List;
import java.util.stream.IntStream;

/** The packs of one version of a program. Immutable. */
final class PackRules {
    private final RuleIds ids;
    private final Pack[] packs;
    private final OfferRules[] offers;
    private final CouponGrants[] coupons;

    /** By pack: the levels whose paid way it brings. */
    private final int[][] ranks;

    /** @param numbers those of the program's packs; new ones are added */
    PackRules(
            final CompiledProgram program,
            final RuleNumbers numbers,
            final CouponRules couponRules,
            final WalletRules wallets) {
        final List<Pack> listed = program.catalogue().packs();
        ids = new RuleIds(listed.stream().map(Pack::id).toList(), numbers);
        packs = listed.toArray(new Pack[0]);
        offers = new OfferRules[packs.length];
        coupons = new CouponGrants[packs.length];
        ranks = new int[packs.length][];
        for (int place = 0; place < packs.length; place++) {
            final String id = packs[place].id();
            offers[place] = new OfferRules(packs[place].offer(), program, wallets, MemberUsage.PACK, ids.number(place));
            coupons[place] = couponRules.grants(packs[place].grants());
            ranks[place] = IntStream.rangeClosed(1, program.tiers().size())
                    .filter(rank -> program.tiers().get(rank - 1).paidPack().equals(id))
                    .toArray();
        }
    }

    /** The place of the pack that a command names; negative: there is none. */
    int find(final Command c) {
        return ids.find(c.bytes(), c.offset(VarField.RULE_ID), c.length(VarField.RULE_ID));
    }

    /** The place of a stable number; negative: this version does not list it. */
    int place(final int number) {
        return ids.place(number);
    }

    /** The stable number of a place. */
    int number(final int place) {
        return ids.number(place);
    }

    /** What is asked for a place's pack. */
    OfferRules offer(final int place) {
        return offers[place];
    }

    /** The coupons that a place's pack brings. */
    CouponGrants coupons(final int place) {
        return coupons[place];
    }

    /** The levels that a place's pack brings; not to be written to. */
    int[] ranks(final int place) {
        return ranks[place];
    }

    /** What is given back of a place's pack. */
    Pack.Refund refund(final int place) {
        return packs[place].refund();
    }
}
