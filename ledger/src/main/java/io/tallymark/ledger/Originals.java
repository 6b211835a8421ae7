package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;

/** Finds what a command is about by the name it was given: an order, a hold, a redemption; and loads its member. */
final class Originals {
    private final LedgerState state;
    private final Fingerprints fingerprints;
    private final DueEvents dueEvents;

    Originals(final LedgerState state, final Fingerprints fingerprints, final DueEvents dueEvents) {
        this.state = state;
        this.fingerprints = fingerprints;
        this.dueEvents = dueEvents;
    }

    /** The living entry of an accepted command of an operation by its original name, 0: none. */
    int find(final CommandType type, final Command c, final Effect e) {
        fingerprints.original(type, c);
        return state.keys.findRecord(fingerprints.keyHigh(), fingerprints.keyLow(), e.day);
    }

    /** The sequence of a found entry's command. */
    long sequence(final int entry) {
        return state.keys.sequence(entry);
    }

    /** Upper half of the fingerprint that {@link #find} asked for last. */
    long keyHigh() {
        return fingerprints.keyHigh();
    }

    /** Lower half of the fingerprint that {@link #find} asked for last. */
    long keyLow() {
        return fingerprints.keyLow();
    }

    /** As {@link #find}, of one kind of record. */
    private int find(final CommandType type, final int kind, final Command c, final Effect e) {
        final int entry = find(type, c, e);
        return entry != 0 && state.orders.kind(entry) == kind ? entry : 0;
    }

    /** The entry of an order, loaded into the effect with its member; 0: none. */
    int loadOrder(final Command c, final Effect e) {
        final int entry = find(CommandType.ACCRUE, OrderStore.ORDER, c, e);
        if (entry != 0) {
            state.orders.load(entry, e.order);
            loadMember(e.order.memberSlot, e);
        }
        return entry;
    }

    /** The entry of a redemption, or a capture, loaded into the effect with its member; 0: none. */
    int loadRedemption(final Command c, final Effect e) {
        final int redeemed = find(CommandType.REDEEM, OrderStore.REDEMPTION, c, e);
        final int entry = redeemed != 0 ? redeemed : find(CommandType.CAPTURE, OrderStore.REDEMPTION, c, e);
        return loadRedemption(entry, e);
    }

    /** The entry of the purchase of a pack, loaded into the effect with its member; 0: none. */
    int loadPurchase(final Command c, final Effect e) {
        return loadRedemption(find(CommandType.BUY_PACK, OrderStore.REDEMPTION, c, e), e);
    }

    private int loadRedemption(final int entry, final Effect e) {
        if (entry != 0) {
            state.orders.load(entry, e.redemption);
            loadMember(e.redemption.memberSlot, e);
        }
        return entry;
    }

    /** The entry of a spending of stored value, loaded into the effect with its member; 0: none. */
    int loadSpending(final Command c, final Effect e) {
        final int entry = find(CommandType.SPEND_VALUE, OrderStore.SPENDING, c, e);
        if (entry != 0) {
            state.orders.load(entry, e.spending);
            loadMember(e.spending.memberSlot, e);
        }
        return entry;
    }

    /** The entry of a used coupon or benefit, loaded into the effect with its member; 0: none. */
    int loadUse(final Command c, final Effect e) {
        final int coupon = find(CommandType.USE_COUPON, OrderStore.USE, c, e);
        final int entry = coupon != 0 ? coupon : find(CommandType.USE_BENEFIT, OrderStore.USE, c, e);
        if (entry != 0) {
            state.orders.load(entry, e.use);
            loadMember(e.use.memberSlot, e);
        }
        return entry;
    }

    /** Loads a member by the slot that a record names, which may have been merged since, up to the effect's time. */
    void loadMember(final int slot, final Effect e) {
        state.members.load(state.members.current(slot), e.program, e.member);
        dueEvents.advance(e.member, e.timeMs, e.movement);
        e.hasMember = true;
    }
}
