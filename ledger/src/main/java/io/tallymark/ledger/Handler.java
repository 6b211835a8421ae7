package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** One operation: what its commands must look like, what they will do, how that is done. */
interface Handler {
    /** Refuses a command that is not of its form; ACCEPTED: it is. Reads no state. */
    ResultCode check(Command c);

    /**
     * Decides. Reads the state, writes the effect only. The program and the member are found and the key is known to
     * be new where the operation has them, see {@link Operation}.
     */
    void plan(Command c, Effect e);

    /** Carries out a journaled effect; may not fail. */
    void commit(Effect e);
}
