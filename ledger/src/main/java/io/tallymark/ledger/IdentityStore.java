package io.tallymark.ledger;

import static io.tallymark.protocol.VarField.IDENTITY;
import static io.tallymark.protocol.VarField.IDENTITY_CHANNEL;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.IdentityHashes;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.Rows;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Outside identities of members, as keyed hashes: one record of 32 bytes each, found by hash through a
 * {@link SlotIndex}, and a ring for each member in the order of linking, whose first record a second index finds.
 *
 * <pre>
 *  long 0, 1   hash
 *  long 2      63..32 member's slot, 31..0 next in the ring
 *  long 3      63..32 previous in the ring, 31 is the ring's first, 25..16 program, 15..8 channel, 7..0 key version
 * </pre>
 *
 * The previous of a ring's first is its last. A record is one identity of one program and channel under one key
 * version. Numbers of identities are slots; freed ones are used again. One thread.
 */
final class IdentityStore {
    /** Most identities, as {@link LedgerOptions#MAX_SLOTS}. */
    static final int MAX = (int) LedgerOptions.MAX_SLOTS;

    private static final int RECORD_LONGS = 4;
    private static final int LINK = 2;
    private static final int ABOUT = 3;
    private static final int HIGH_SHIFT = 32;
    private static final long LOW_MASK = 0xFFFF_FFFFL;
    private static final long FIRST = 1L << 31;
    private static final int PROGRAM_SHIFT = 16;
    private static final int CHANNEL_SHIFT = 8;
    private static final int PROGRAM_MASK = 0x3FF;
    private static final int BYTE_MASK = 0xFF;
    private static final int HASH_AT = 1;

    private final RecordPages pages = new RecordPages(RECORD_LONGS);
    private final SlotIndex byHash = new SlotIndex(0);
    private final SlotIndex firstOfMember = new SlotIndex(0);
    private final Channels channels = new Channels();
    private int used;
    private int free;

    IdentityStore() {
        pages.ensure(0);
    }

    /** The names of channels. */
    Channels channels() {
        return channels;
    }

    /** Identities in it. */
    long count() {
        return byHash.count();
    }

    /** The member's slot that a command's identity is linked to, 0: none. */
    int find(final Command c, final ProgramState program) {
        final int i = findIdentity(c, program);
        return i == 0 ? 0 : member(i);
    }

    private int findIdentity(final Command c, final ProgramState program) {
        return find(program.number, channel(c, program), c.bytes(), c.offset(IDENTITY), c.length(IDENTITY));
    }

    private int channel(final Command c, final ProgramState program) {
        return channels.find(program.number, c.bytes(), c.offset(IDENTITY_CHANNEL), c.length(IDENTITY_CHANNEL));
    }

    /** Whether a command's identity can be linked: there is room for one more, and for its channel. */
    boolean hasRoom(final Command c, final ProgramState program) {
        return byHash.count() < MAX && (channel(c, program) != 0 || !channels.isFull(program.number));
    }

    /** Links a command's identity, which {@link #find} does not find, to a member; there is room. */
    void link(final Command c, final ProgramState program, final int memberSlot) {
        final int channel =
                channels.intern(program.number, c.bytes(), c.offset(IDENTITY_CHANNEL), c.length(IDENTITY_CHANNEL));
        link(memberSlot, program.number, channel, c.bytes(), c.offset(IDENTITY));
    }

    /** Removes a command's identity, if it is there. */
    void unlink(final Command c, final ProgramState program) {
        final int i = findIdentity(c, program);
        if (i != 0) {
            unlink(i);
        }
    }

    /** Adds the identities of a member in the order of linking. */
    void list(final int memberSlot, final Rows rows) {
        rows.begin(RowKind.IDENTITIES);
        for (int i = first(memberSlot); i != 0 && !rows.isCut(); i = following(i)) {
            final byte[] channel = channels.name(program(i), channel(i));
            rows.add(channel, keyVersion(i), 0, 0, 0, 0, 0);
        }
    }

    /**
     * The identity under any of the hashes of {@link IdentityHashes}, the first that is linked; 0: none.
     *
     * @param channel as {@link Channels} gave it; 0: unknown, which has no identities
     */
    int find(final int program, final int channel, final DirectBuffer bytes, final int offset, final int length) {
        if (channel == 0) {
            return 0;
        }
        for (int at = offset; at < offset + length; at += IdentityHashes.ENTRY_BYTES) {
            final int found =
                    find(about(program, channel, bytes.getByte(at) & BYTE_MASK), high(bytes, at), low(bytes, at));
            if (found != 0) {
                return found;
            }
        }
        return 0;
    }

    private int find(final long about, final long high, final long low) {
        for (int i = byHash.seek(hash(about, high)); i != 0; i = byHash.seekNext()) {
            final long[] page = pages.page(i);
            final int at = pages.at(i);
            if (page[at] == high && page[at + 1] == low && (page[at + ABOUT] & LOW_MASK & ~FIRST) == about) {
                return i;
            }
        }
        return 0;
    }

    private static long high(final DirectBuffer bytes, final int entry) {
        return bytes.getLong(entry + HASH_AT, ByteOrder.LITTLE_ENDIAN);
    }

    private static long low(final DirectBuffer bytes, final int entry) {
        return bytes.getLong(entry + HASH_AT + Long.BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    private static long about(final int program, final int channel, final int keyVersion) {
        return (long) program << PROGRAM_SHIFT | channel << CHANNEL_SHIFT | keyVersion;
    }

    private static int hash(final long about, final long high) {
        return (int) ((high ^ about * 0x9E3779B97F4A7C15L) * 0xD6E8FEB86659FD93L >>> HIGH_SHIFT);
    }

    private static int memberHash(final int memberSlot) {
        final long mixed = memberSlot * 0x9E3779B97F4A7C15L;
        return (int) ((mixed ^ mixed >>> HIGH_SHIFT) * 0xD6E8FEB86659FD93L >>> HIGH_SHIFT);
    }

    /**
     * Links an identity that {@link #find} does not find, under the first of its hashes, as the member's last.
     *
     * @return its number
     */
    int link(final int memberSlot, final int program, final int channel, final DirectBuffer bytes, final int offset) {
        final int i = allocate();
        final long about = about(program, channel, bytes.getByte(offset) & BYTE_MASK);
        final long[] page = pages.page(i);
        final int at = pages.at(i);
        page[at] = high(bytes, offset);
        page[at + 1] = low(bytes, offset);
        page[at + ABOUT] = about;
        byHash.insert(hash(about, page[at]), i);
        final int first = first(memberSlot);
        setMember(i, memberSlot);
        if (first == 0) {
            setNext(i, i);
            setPrevious(i, i);
            setFirst(i, memberSlot);
        } else {
            final int last = previous(first);
            join(last, i);
            join(i, first);
        }
        return i;
    }

    /** Removes an identity. */
    void unlink(final int i) {
        final int member = member(i);
        final int next = next(i);
        if (isFirst(i)) {
            firstOfMember.delete(memberHash(member), i);
            if (next != i) {
                setFirst(next, member);
            }
        }
        join(previous(i), next);
        final long[] page = pages.page(i);
        final int at = pages.at(i);
        byHash.delete(hash(page[at + ABOUT] & LOW_MASK & ~FIRST, page[at]), i);
        page[at + LINK] = free;
        page[at + ABOUT] = 0;
        free = i;
    }

    /** Removes all identities of a member; returns how many there were. */
    int unlinkAll(final int memberSlot) {
        int count = 0;
        for (int i = first(memberSlot); i != 0; i = first(memberSlot)) {
            unlink(i);
            count++;
        }
        return count;
    }

    /** Gives the identities of one member to another, behind its own. */
    void move(final int fromMember, final int toMember) {
        final int moved = first(fromMember);
        if (moved == 0) {
            return;
        }
        int i = moved;
        do {
            setMember(i, toMember);
            i = next(i);
        } while (i != moved);
        firstOfMember.delete(memberHash(fromMember), moved);
        setAbout(moved, about(moved) & ~FIRST);
        final int first = first(toMember);
        if (first == 0) {
            setFirst(moved, toMember);
        } else {
            final int last = previous(first);
            final int lastMoved = previous(moved);
            join(last, moved);
            join(lastMoved, first);
        }
    }

    /** The first identity of a member, 0: it has none. */
    int first(final int memberSlot) {
        for (int i = firstOfMember.seek(memberHash(memberSlot)); i != 0; i = firstOfMember.seekNext()) {
            if (member(i) == memberSlot) {
                return i;
            }
        }
        return 0;
    }

    /** The identity of the same member that was linked next, 0: it was the last. */
    int following(final int i) {
        final int next = next(i);
        return isFirst(next) ? 0 : next;
    }

    /** Slot of the identity's member. */
    int member(final int i) {
        return (int) (pages.page(i)[pages.at(i) + LINK] >>> HIGH_SHIFT);
    }

    int program(final int i) {
        return (int) (about(i) >>> PROGRAM_SHIFT) & PROGRAM_MASK;
    }

    int channel(final int i) {
        return (int) (about(i) >>> CHANNEL_SHIFT) & BYTE_MASK;
    }

    int keyVersion(final int i) {
        return (int) about(i) & BYTE_MASK;
    }

    long hashHigh(final int i) {
        return pages.page(i)[pages.at(i)];
    }

    long hashLow(final int i) {
        return pages.page(i)[pages.at(i) + 1];
    }

    private int allocate() {
        if (free != 0) {
            final int i = free;
            free = next(i);
            return i;
        }
        pages.ensure(++used);
        return used;
    }

    private void join(final int before, final int after) {
        setNext(before, after);
        setPrevious(after, before);
    }

    private boolean isFirst(final int i) {
        return (about(i) & FIRST) != 0;
    }

    private void setFirst(final int i, final int memberSlot) {
        setAbout(i, about(i) | FIRST);
        firstOfMember.insert(memberHash(memberSlot), i);
    }

    private int next(final int i) {
        return (int) pages.page(i)[pages.at(i) + LINK];
    }

    private void setNext(final int i, final int next) {
        final long[] page = pages.page(i);
        final int at = pages.at(i) + LINK;
        page[at] = page[at] & ~LOW_MASK | next & LOW_MASK;
    }

    private void setMember(final int i, final int memberSlot) {
        final long[] page = pages.page(i);
        final int at = pages.at(i) + LINK;
        page[at] = page[at] & LOW_MASK | (long) memberSlot << HIGH_SHIFT;
    }

    private int previous(final int i) {
        return (int) (about(i) >>> HIGH_SHIFT);
    }

    private void setPrevious(final int i, final int previous) {
        setAbout(i, about(i) & LOW_MASK | (long) previous << HIGH_SHIFT);
    }

    private long about(final int i) {
        return pages.page(i)[pages.at(i) + ABOUT];
    }

    private void setAbout(final int i, final long value) {
        pages.page(i)[pages.at(i) + ABOUT] = value;
    }
}
