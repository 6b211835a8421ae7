package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.VarField;
import java.util.List;

/** The rewards of one version of a program. Immutable. */
final class RewardRules {
    private final RuleIds ids;
    private final Reward[] rewards;
    private final OfferRules[] offers;

    /** @param numbers those of the program's rewards; new ones are added */
    RewardRules(final CompiledProgram program, final RuleNumbers numbers, final WalletRules wallets) {
        final List<Reward> listed = program.catalogue().rewards();
        ids = new RuleIds(listed.stream().map(Reward::id).toList(), numbers);
        rewards = listed.toArray(new Reward[0]);
        offers = new OfferRules[rewards.length];
        for (int place = 0; place < rewards.length; place++) {
            offers[place] =
                    new OfferRules(rewards[place].offer(), program, wallets, MemberUsage.REWARD, ids.number(place));
        }
    }

    /** The place of the reward that a command names; negative: there is none. */
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

    /** The stock of a reward by its number; {@link CompiledProgram#UNLIMITED}: none is kept, or it is not listed. */
    long stock(final int number) {
        final int place = place(number);
        return place < 0 ? CompiledProgram.UNLIMITED : offers[place].stock;
    }

    /** What is asked for a place's reward. */
    OfferRules offer(final int place) {
        return offers[place];
    }

    /** What a place's reward is. */
    Reward reward(final int place) {
        return rewards[place];
    }
}
