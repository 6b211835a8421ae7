package io.tallymark.ledger;

import io.tallymark.protocol.Command;

/** Engine time moves on, and what is due of the next members in the order of enrolment is materialised. */
final class TickHandler implements Handler {
    /** Members that one tick looks at. */
    static final int SWEPT_PER_TICK = 1_024;

    /** Rules of each program whose due holds of stock one tick looks at. */
    private static final int RULES_PER_TICK = 256;

    private final LedgerState state;
    private final DueEvents dueEvents;
    private final MemberDraft image = new MemberDraft();
    private final Movement movement = new Movement();

    TickHandler(final LedgerState state, final DueEvents dueEvents) {
        this.state = state;
        this.dueEvents = dueEvents;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        e.accept();
    }

    @Override
    public void commit(final Command c, final Effect e, final int entry) {
        final int members = state.members.count();
        for (int i = Math.min(SWEPT_PER_TICK, members); i > 0; i--) {
            state.sweptSlot = state.sweptSlot % members + 1;
            sweep(state.sweptSlot, e.timeMs);
        }
        for (int i = 0; i < state.programs.count(); i++) {
            final Stocks rewards = state.programs.get(i).rewardStocks;
            for (int rule = RULES_PER_TICK; rule > 0 && rewards.hasHolds(); rule--) {
                rewards.popDue(e.timeMs);
            }
        }
    }

    private void sweep(final int slot, final long timeMs) {
        if (state.members.isMerged(slot)) {
            return;
        }
        final ProgramState program = state.programs.get(state.members.program(slot));
        state.members.load(slot, program, image);
        movement.clear();
        if (dueEvents.advance(image, timeMs, movement)) {
            state.members.save(image);
            program.apply(movement);
        }
    }
}
