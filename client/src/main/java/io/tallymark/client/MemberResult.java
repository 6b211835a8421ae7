package io.tallymark.client;

import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import java.util.List;

/**
 * What is known of a member, as of a sequence.
 *
 * @param code       ACCEPTED, or why there is nothing to tell
 * @param tier       empty: none
 * @param durability what holds for everything that the reply saw
 * @param wallets    the balances in the further wallets of the program; those above are of {@code points}
 */
public record MemberResult(
        ResultCode code,
        long memberId,
        long asOfSequence,
        long asOfEngineTimeMs,
        long availablePoints,
        long pendingPoints,
        long heldPoints,
        long debtPoints,
        long lifetimeSpendMinor,
        long lifetimePoints,
        long lifetimeVisits,
        String tier,
        Durability durability,
        List<WalletResult> wallets) {

    static MemberResult of(final Reply reply) {
        return new MemberResult(
                reply.code,
                reply.memberId,
                reply.asOfSequence,
                reply.engineTimeMs,
                reply.availablePoints,
                reply.pendingPoints,
                reply.heldPoints,
                reply.debtPoints,
                reply.lifetimeSpendMinor,
                reply.lifetimePoints,
                reply.lifetimeVisits,
                reply.tier(),
                reply.durability,
                WalletResult.allOf(reply));
    }
}
