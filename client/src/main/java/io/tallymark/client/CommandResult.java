package io.tallymark.client;

import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;

/**
 * The outcome of an accrual, redemption, adjustment or publication. A business rejection is an outcome too.
 *
 * @param code           null for a code that this client does not know
 * @param sequence       place in the journal, of the original for a replay; 0: the request took none
 * @param asOfSequence   the balances are those after this sequence
 * @param points         signed as the balance moved
 * @param tier           empty: none
 * @param programVersion of a publication: the version now in force
 * @param replayed       whether this is the outcome of an earlier request with the same key and content
 * @param durability     what holds for everything that the reply saw
 */
public record CommandResult(
        ResultCode code,
        long sequence,
        long asOfSequence,
        long engineTimeMs,
        long points,
        long basePoints,
        long tierPoints,
        long availablePoints,
        long pendingPoints,
        long heldPoints,
        long debtPoints,
        String tier,
        int programVersion,
        boolean replayed,
        Durability durability) {

    static CommandResult of(final Reply reply) {
        return new CommandResult(
                reply.code,
                reply.sequence,
                reply.asOfSequence,
                reply.engineTimeMs,
                reply.points,
                reply.basePoints,
                reply.tierPoints,
                reply.availablePoints,
                reply.pendingPoints,
                reply.heldPoints,
                reply.debtPoints,
                reply.tier(),
                reply.programVersion,
                reply.replayed,
                reply.durability);
    }

    /** Whether it was done. */
    public boolean isAccepted() {
        return code == ResultCode.ACCEPTED;
    }
}
