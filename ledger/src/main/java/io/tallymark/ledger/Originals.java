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

    /** The entry of an order, loaded into the effect with its member; 0: none. */
    int loadOrder(final Command c, final Effect e) {
        final int entry = find(CommandType.ACCRUE, c, e);
        if (entry == 0 || state.orders.kind(entry) != OrderStore.ORDER) {
            return 0;
        }
        state.orders.load(entry, e.order);
        loadMember(e.order.memberSlot, e);
        return entry;
    }

    /** The entry of a redemption, or a capture, loaded into the effect with its member; 0: none. */
    int loadRedemption(final Command c, final Effect e) {
        int entry = find(CommandType.REDEEM, c, e);
        if (entry == 0 || state.orders.kind(entry) != OrderStore.REDEMPTION) {
            entry = find(CommandType.CAPTURE, c, e);
        }
        if (entry == 0 || state.orders.kind(entry) != OrderStore.REDEMPTION) {
            return 0;
        }
        state.orders.load(entry, e.redemption);
        loadMember(e.redemption.memberSlot, e);
        return entry;
    }

    /** The entry of a spending of stored value, loaded into the effect with its member; 0: none. */
    int loadSpending(final Command c, final Effect e) {
        final int entry = find(CommandType.SPEND_VALUE, c, e);
        if (entry == 0 || state.orders.kind(entry) != OrderStore.SPENDING) {
            return 0;
        }
        state.orders.load(entry, e.spending);
        loadMember(e.spending.memberSlot, e);
        return entry;
    }

    /** The entry of the purchase of a pack, loaded into the effect with its member; 0: none. */
    int loadPurchase(final Command c, final Effect e) {
        final int entry = find(CommandType.BUY_PACK, c, e);
        if (entry == 0 || state.orders.kind(entry) != OrderStore.REDEMPTION) {
            return 0;
        }
        state.orders.load(entry, e.redemption);
        loadMember(e.redemption.memberSlot, e);
        return entry;
    }

    /** The entry of a used coupon or benefit, loaded into the effect with its member; 0: none. */
    int loadUse(final Command c, final Effect e) {
        int entry = find(CommandType.USE_COUPON, c, e);
        if (entry == 0 || state.orders.kind(entry) != OrderStore.USE) {
            entry = find(CommandType.USE_BENEFIT, c, e);
        }
        if (entry == 0 || state.orders.kind(entry) != OrderStore.USE) {
            return 0;
        }
        state.orders.load(entry, e.use);
        loadMember(e.use.memberSlot, e);
        return entry;
    }

    /** Loads a member by the slot that a record names, which may have been merged since, up to the effect's time. */
    void loadMember(final int slot, final Effect e) {
        state.members.load(state.members.current(slot), e.program, e.member);
        dueEvents.advance(e.member, e.timeMs, e.movement);
        e.hasMember = true;
    }
}
