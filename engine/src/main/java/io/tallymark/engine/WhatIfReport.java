package io.tallymark.engine;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import java.util.List;

/**
 * What would have become of a program's history under other rules.
 *
 * @param program        the program's name
 * @param lastSequence   the last journaled sequence that was executed
 * @param commands       journaled commands of the program, publications left out
 * @param changes        the commands that came out otherwise, by kind, most frequent first
 * @param firstChanged   the first of them
 * @param before         totals of {@code points} under the rules that were in force
 * @param after          totals of {@code points} under the other rules
 * @param wallets        what was granted and clawed in each further wallet of points, of either rules
 * @param tierChanges    members that hold another tier in the end, by tiers, most frequent first
 */
public record WhatIfReport(
        String program,
        long lastSequence,
        long commands,
        List<Change> changes,
        List<ChangedCommand> firstChanged,
        Totals before,
        Totals after,
        List<WalletTotals> wallets,
        List<TierChange> tierChanges) {
    /**
     * Commands of one type that came out otherwise in the same way. Two equal codes: with other points.
     *
     * @param replayed whether the command now only repeats what an earlier one with its key was told
     */
    public record Change(CommandType type, ResultCode before, ResultCode after, boolean replayed, long commands) {}

    /**
     * One command that came out otherwise; points as the balance of {@code points} moved, an upgrade bonus included.
     *
     * @param walletMoves what it moved otherwise in further wallets of points
     */
    public record ChangedCommand(
            long sequence,
            CommandType type,
            ResultCode codeBefore,
            long pointsBefore,
            ResultCode codeAfter,
            long pointsAfter,
            List<WalletMove> walletMoves) {}

    /** What a command moved in a further wallet of points, and would have moved; a wallet not listed moves nothing. */
    public record WalletMove(String wallet, long pointsBefore, long pointsAfter) {}

    /** Points that accruals, claims and activities granted in a further wallet, and that refunds and returns clawed. */
    public record WalletTotals(
            String wallet, long grantedBefore, long grantedAfter, long clawedBefore, long clawedAfter) {}

    /** Members that held the one tier and would hold the other; empty: none; null: the member would not be there. */
    public record TierChange(String before, String after, long members) {}

    /** A program's materialised totals, in points. */
    public record Totals(
            long members,
            long issued,
            long redeemed,
            long expired,
            long forfeited,
            long cancelled,
            long clawedBack,
            long adjustedDown,
            long writtenOff,
            long debt,
            long available,
            long pending,
            long held) {}

    /** How many commands came out otherwise. */
    public long changedCommands() {
        return changes.stream().mapToLong(Change::commands).sum();
    }

    /** How many members hold another tier in the end. */
    public long changedMembers() {
        return tierChanges.stream().mapToLong(TierChange::members).sum();
    }
}
