package io.tallymark.ledger;

/** Something that prizes bring beside points: one implementation for each kind of thing. */
interface PrizeGrant {
    /** Whether a prize could be given now: one that cannot is not won. */
    boolean canWin(Effect e, ProgramVersion version, int draw, int prize);

    /**
     * Gives it to the effect's member, if the prize brings it.
     *
     * @param version in force
     * @param draw    its place there
     * @param prize   its place in the draw, from 0
     */
    void win(Effect e, ProgramVersion version, int draw, int prize);
}
