package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** One operation: what its commands must look like beyond their shape, and what they will do. */
interface Handler {
    /** Refuses a command that is not of its form; ACCEPTED: it is. Reads no state. The shape was checked before. */
    default ResultCode check(final Command c) {
        return ResultCode.ACCEPTED;
    }

    /**
     * Decides. Reads the state, writes the effect and the images in it only. The program is found, the member's image is
     * loaded and brought up to the effect's time where it is known, the key is known to be new, see {@link Operation}.
     */
    void plan(Command c, Effect e);

    /**
     * Carries out what {@link Commit} does not know of; most operations have nothing. Called after an accepted effect's
     * images were saved; may not fail.
     *
     * @param entry of the command's key; 0: it has none
     */
    default void commit(final Command c, final Effect e, final int entry) {}
}
