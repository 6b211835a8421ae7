package io.tallymark.ledger;

/** Something that rewards bring beside themselves: one implementation for each kind of thing. */
interface RewardGrant {
    /**
     * Gives it to the effect's member with the effect's sequence. What it leads to beyond a limit is for
     * {@link Admission#acceptWithinLimits} to refuse.
     *
     * @param version whose reward it is: of a capture the one that was in force at the hold
     * @param reward  its place there
     */
    void grant(Effect e, ProgramVersion version, int reward);

    /**
     * Takes back from the effect's member what is still there, because the redemption was reversed.
     *
     * @param version    as it was granted
     * @param reward     its place there
     * @param sequence   with which it was granted
     * @param grantedDay day of the program on which it was granted
     */
    void takeBack(Effect e, ProgramVersion version, int reward, long sequence, int grantedDay);
}
