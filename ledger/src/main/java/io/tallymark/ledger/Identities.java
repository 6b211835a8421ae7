package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.Rows;
import io.tallymark.protocol.VarField;

/** The identity that a command carries, looked up and linked in the {@link IdentityStore}. One thread. */
final class Identities {
    private final IdentityStore store;
    private final MemberStore members;

    Identities(final IdentityStore store, final MemberStore members) {
        this.store = store;
        this.members = members;
    }

    /** The slot of the member to whom the command's identity belongs, 0: nobody. */
    int find(final Command c, final ProgramState program) {
        final int identity = identity(c, program);
        return identity == 0 ? 0 : members.current(store.member(identity));
    }

    /** Whether there is no room for the command's identity. */
    boolean isFull(final Command c, final ProgramState program) {
        return store.isFull() || channel(c, program) == 0 && store.channels().isFull(program.number);
    }

    /** Links the command's identity, which is nobody's. */
    void link(final Command c, final ProgramState program, final int memberSlot) {
        final int channel = store.channels()
                .intern(
                        program.number,
                        c.bytes(),
                        c.offset(VarField.IDENTITY_CHANNEL),
                        c.length(VarField.IDENTITY_CHANNEL));
        store.link(memberSlot, program.number, channel, c.bytes(), c.offset(VarField.IDENTITY));
    }

    /** Unlinks the command's identity, which is somebody's. */
    void unlink(final Command c, final ProgramState program) {
        store.unlink(identity(c, program));
    }

    void unlinkAll(final int memberSlot) {
        store.unlinkAll(memberSlot);
    }

    void move(final int fromSlot, final int toSlot) {
        store.move(fromSlot, toSlot);
    }

    /** The identities of a member as rows. */
    void list(final ProgramState program, final int memberSlot, final Rows rows) {
        rows.begin(RowKind.IDENTITIES);
        for (int i = store.first(memberSlot); i != 0; i = store.following(i)) {
            rows.add(store.channels().name(program.number, store.channel(i)), store.keyVersion(i), 0, 0, 0, 0, 0);
        }
    }

    private int identity(final Command c, final ProgramState program) {
        return store.find(
                program.number,
                channel(c, program),
                c.bytes(),
                c.offset(VarField.IDENTITY),
                c.length(VarField.IDENTITY));
    }

    private int channel(final Command c, final ProgramState program) {
        return store.channels()
                .find(
                        program.number,
                        c.bytes(),
                        c.offset(VarField.IDENTITY_CHANNEL),
                        c.length(VarField.IDENTITY_CHANNEL));
    }
}
