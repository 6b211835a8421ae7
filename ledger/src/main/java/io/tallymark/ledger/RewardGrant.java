package io.tallymark.ledger;

import io.tallymark.ledger.program.Reward;

/** Something that rewards bring beside themselves: one implementation for each kind of thing. */
interface RewardGrant {
    /**
     * Gives it to the effect's member with the effect's sequence; called last, when everything else is planned.
     *
     * @param version that whose reward it is, of a capture the one that was in force at the hold
     * @return false: refused in the effect
     */
    boolean grant(Effect e, ProgramVersion version, Reward reward);

    /**
     * Takes back from the effect's member what is still there, because the redemption was reversed.
     *
     * @param sequence that with which it was granted
     */
    void takeBack(Effect e, ProgramVersion version, Reward reward, long sequence);
}
