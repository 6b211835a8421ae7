package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;

/**
 * Carries out a journaled effect: saves the images that an accepted plan worked on, moves totals and budgets, and keeps
 * the key with what became of it. May not fail.
 */
final class Commit {
    private final LedgerState state;

    Commit(final LedgerState state) {
        this.state = state;
    }

    void run(final Command c, final Operation operation, final Effect e) {
        if (e.accepted && e.program != null) {
            save(e);
            if (e.hasExtras()) {
                e.program.boards.commit(c, e);
            }
        }
        final int entry = operation.keyed() ? keep(c, e) : 0;
        if (e.accepted) {
            if (e.linksIdentity) {
                state.identities.link(c, e.program, e.member.slot);
            }
            operation.handler().commit(c, e, entry);
        }
        if (e.program != null && e.program.rewardStocks.hasHolds()) {
            e.program.rewardStocks.popDue(e.timeMs);
        }
        state.lastSequence = e.sequence;
        state.engineTimeMs = e.timeMs;
        state.keys.deleteSome(
                e.day, operation.keyed() ? state.keys.deletionsPerAdded(e.day) : Ledger.DELETIONS_WITHOUT_KEY);
    }

    private void save(final Effect e) {
        final ProgramState program = e.program;
        if (e.hasMember) {
            final boolean enrols = e.member.slot == 0;
            if (e.member.usage.count > 0) {
                program.forgetOldDays(e.member.usage, e.timeMs);
            }
            state.members.save(e.member);
            if (enrols) {
                program.totals.members++;
                program.highestMemberId = Math.max(program.highestMemberId, e.member.memberId);
            }
            if (e.hasOther) {
                if (e.other.usage.count > 0) {
                    program.forgetOldDays(e.other.usage, e.timeMs);
                }
                state.members.save(e.other);
            }
        }
        program.apply(e.movement);
        if (e.hasExtras()) {
            program.valueTotals.apply(e.valueMoves);
            e.stock.commit(program, e.timeMs);
            program.settlement.apply(e.settles);
        }
        for (int i = 0; i < e.budgetCount; i++) {
            program.budgets.add(e.budgetNumber[i], e.budgetPoints[i]);
        }
        if (e.orderEntry != 0) {
            state.orders.save(e.orderEntry, e.order);
        }
        if (e.redemptionEntry != 0) {
            state.orders.save(e.redemptionEntry, e.redemption);
        }
        if (e.spendingEntry != 0) {
            state.orders.save(e.spendingEntry, e.spending);
        }
        if (e.useEntry != 0) {
            state.orders.save(e.useEntry, e.use);
        }
        if (e.holdEntry != 0) {
            state.orders.holdState(e.holdEntry, e.holdState);
        }
    }

    /** Adds the key's entry, and the record that hangs on it. */
    private int keep(final Command c, final Effect e) {
        if (c.type() == CommandType.PUBLISH_PROGRAM) {
            // An old publication sent again must never bring an old version back.
            final int entry = state.keys.add(e.keyHigh, e.keyLow, KeyStore.FOREVER_DAY);
            state.keys.describe(entry, e.content, e.sequence, e.code.number(), e.points);
            state.orders.saveVersion(entry, e.programVersion);
            return entry;
        }
        final int keyEndDay = e.program.keyEndDay(e.timeMs);
        final boolean keepsOrder = e.hasOrder && e.orderEntry == 0;
        final boolean keepsRedemption = e.hasRedemption && e.redemptionEntry == 0;
        final boolean keepsSpending = e.hasSpending && e.spendingEntry == 0;
        final boolean keepsUse = e.hasUse && e.useEntry == 0;
        final boolean keepsRecord = keepsOrder && !e.claims || keepsRedemption || keepsSpending || keepsUse;
        int endDay = keyEndDay;
        if (keepsRecord) {
            endDay = Math.max(endDay, e.program.recordEndDay(e.timeMs));
        } else if (e.holdEndDay != 0) {
            endDay = Math.max(endDay, e.holdEndDay);
        }
        final boolean hasRecord = keepsRecord || e.holdEndDay != 0;
        if (hasRecord && e.isOnRecord) {
            state.keys.dropRecords(e.keyHigh, e.keyLow, e.day);
        }
        boolean wide = false;
        if (keepsOrder) {
            e.order.memberSlot = e.member.slot;
            wide = state.orders.pack(e.order) && !e.claims;
        }
        final int entry = state.keys.add(e.keyHigh, e.keyLow, keyEndDay, endDay, wide);
        state.keys.describe(entry, e.content, e.sequence, e.code.number(), e.wallets.subject, e.points);
        if (!hasRecord && e.hasMember && e.member.slot != 0) {
            state.keys.memberSlot(entry, e.member.slot);
        }
        if (keepsOrder) {
            state.orders.savePacked(e.claims ? claimed(e) : entry);
        }
        if (keepsRedemption) {
            e.redemption.memberSlot = e.member.slot;
            state.orders.save(entry, e.redemption);
        }
        if (keepsSpending) {
            state.orders.save(entry, e.spending);
        }
        if (keepsUse) {
            e.use.memberSlot = e.member.slot;
            state.orders.save(entry, e.use);
        }
        if (e.holdEndDay != 0) {
            state.orders.saveHold(entry, e.member.slot, e.cashMinor);
        }
        return entry;
    }

    /** The entry of an order that was claimed: later commands find it by its own name. */
    private int claimed(final Effect e) {
        final int endDay = Math.max(e.program.keyEndDay(e.timeMs), e.program.recordEndDay(e.timeMs));
        // A record without a key: the order itself never came.
        final int entry = state.keys.add(e.claimedHigh, e.claimedLow, 0, endDay, false);
        state.keys.describe(entry, e.content, e.sequence, ResultCode.ACCEPTED.number(), e.points);
        return entry;
    }
}
