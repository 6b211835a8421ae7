package io.tallymark.ledger;

import io.tallymark.ledger.program.Expiry;

/**
 * The members: one record of 48 bytes each, found by (program, member id) through a {@link SlotIndex}, and for those who
 * need it one blob in a {@link BlockArena}, see {@link MemberBlob}.
 *
 * <pre>
 *  long  bits 63..14                       bits 13..0
 *   0    member id (all 64 bits)
 *   1    63..32 blob, of a merged member    19 ordered, 18 merged, 17 closed, 16 frozen,
 *        the slot it was merged into        15..10 tier of a lifetime, 9..0 program
 *   2    lifetime spend, minor units       visits, low half
 *   3    lifetime points earned            visits, high half
 *   4    points of the first house lot     its expiry day, low half
 *   5    debt                              its expiry day, high half
 * </pre>
 *
 * The tier is a stable index of the program's tiers plus 1; 0: none. An expiry day of all ones means never. A member
 * with one lot, of which nothing is held, and nothing else has no blob: that is what most are, and loading and saving
 * it touches the record alone. Slots are given in order of enrolment from 1 on and are never given back. One thread.
 */
final class MemberStore {
    /** Bits of a value in the record; what is above stands in the blob. */
    static final int VALUE_BITS = 50;

    static final int VISIT_BITS = 28;

    /** Most visits of a member. */
    static final long MAX_VISITS = (1L << VISIT_BITS) - 1;

    /** The last era that a record can name, see {@link ProgramState#era}. */
    static final int MAX_ERA = (1 << 12) - 1;

    /** What due events may add to an image: grants that a settlement gives, the lot of a bonus. */
    private static final int SPARE_BYTES = 4_096;

    private static final int RECORD_LONGS = 6;

    /**
     * From so many planned members on pages are large: each access reads the head of its page too, and the heads of
     * thousands of pages do not stay in the caches.
     */
    private static final int MANY = 1 << 20;

    private static final int LARGE_PAGE_SHIFT = 17;
    private static final int HALF_BITS = 14;
    private static final long HALF_MASK = (1L << HALF_BITS) - 1;
    private static final int NEVER = (1 << 2 * HALF_BITS) - 1;
    private static final long PROGRAM_MASK = 0x3FF;
    private static final int TIER_SHIFT = 10;
    private static final long TIER_MASK = 0x3F;
    private static final long FROZEN = 1 << 16;
    private static final long CLOSED = 1 << 17;
    private static final long MERGED = 1 << 18;
    private static final long ORDERED = 1 << 19;
    private static final int ERA_SHIFT = 20;
    private static final int LINK_SHIFT = 32;

    private static final int ID = 0;
    private static final int LINKS = 1;
    private static final int SPEND = 2;
    private static final int EARNED = 3;
    private static final int LOT = 4;
    private static final int DEBT = 5;

    private final RecordPages pages;
    private final SlotIndex index;
    private final long hashKey;
    private final long max;
    private final BlockArena arena = new BlockArena();
    private final MemberBlob blob = new MemberBlob();
    private int count;

    MemberStore(final long expected, final long max, final long hashKey) {
        this.index = new SlotIndex(expected);
        this.max = max;
        this.hashKey = hashKey;
        final int pageShift = expected < MANY ? RecordPages.PAGE_SHIFT : LARGE_PAGE_SHIFT;
        this.pages = new RecordPages(RECORD_LONGS, pageShift);
        for (long slot = 0; slot <= expected; slot += 1L << pageShift) {
            pages.ensure((int) slot);
        }
        pages.ensure((int) expected);
    }

    /** How many there are; their slots are 1 to this. */
    int count() {
        return count;
    }

    /** Whether the planned number is reached. */
    boolean isFull() {
        return count >= max;
    }

    /** Where a member is looked for. */
    int hash(final int program, final long memberId) {
        final long mixed = (memberId ^ hashKey) * 0x9E3779B97F4A7C15L + program * 0xC2B2AE3D27D4EB4FL;
        final long folded = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
        return (int) ((folded ^ folded >>> 29) * 0xBF58476D1CE4E5B9L >>> 32);
    }

    /**
     * The slot of the member that an id means now, 0: unknown. The id of a merged member means the one it was merged
     * into.
     *
     * @param guess where it probably is, 0: no idea
     */
    int find(final int guess, final int program, final long memberId) {
        return guess != 0 && isAt(guess, program, memberId) ? current(guess) : find(program, memberId);
    }

    private boolean isAt(final int slot, final int program, final long memberId) {
        final long[] page = pages.page(slot);
        final int at = pages.at(slot);
        return page[at] == memberId && (page[at + LINKS] & PROGRAM_MASK) == program;
    }

    /** As {@link #find(int, int, long)} without an idea. */
    int find(final int program, final long memberId) {
        for (int slot = index.seek(hash(program, memberId)); slot != 0; slot = index.seekNext()) {
            if (isAt(slot, program, memberId)) {
                return current(slot);
            }
        }
        return 0;
    }

    /** The slot that a slot means now: that of the member into which its own was merged, if it was, else itself. */
    int current(final int slot) {
        final long links = get(slot, LINKS);
        return (links & MERGED) == 0 ? slot : target(slot, links);
    }

    private int target(final int slot, final long links) {
        final int direct = (int) (links >>> LINK_SHIFT);
        int last = direct;
        for (long next = get(last, LINKS); (next & MERGED) != 0; next = get(last, LINKS)) {
            last = (int) (next >>> LINK_SHIFT);
        }
        if (last != direct) {
            // The chain becomes one step; it says the same as before.
            set(slot, LINKS, links & 0xFFFF_FFFFL | (long) last << LINK_SHIFT);
        }
        return last;
    }

    boolean isMerged(final int slot) {
        return (get(slot, LINKS) & MERGED) != 0;
    }

    /**
     * From now on the id of one member means another. What the one had is gone: the caller has added its image to the
     * other's before.
     */
    void merge(final int from, final int into) {
        final long links = get(from, LINKS);
        if (from == into || (links & MERGED) != 0 || isMerged(into)) {
            throw new IllegalStateException("slot " + from + " cannot be merged into " + into);
        }
        final int ref = (int) (links >>> LINK_SHIFT);
        if (ref != 0) {
            arena.free(ref);
        }
        set(from, LINKS, (long) into << LINK_SHIFT | MERGED | links & PROGRAM_MASK);
        for (int field = SPEND; field <= DEBT; field++) {
            set(from, field, 0);
        }
    }

    /**
     * Fills an image with a member that is not merged.
     *
     * @param slot as {@link #find} gave it
     */
    void load(final int slot, final ProgramState program, final MemberDraft d) {
        final long[] page = pages.page(slot);
        final int at = pages.at(slot);
        final long links = page[at + LINKS];
        d.clear(program, page[at + ID]);
        d.slot = slot;
        d.era = (int) (links >>> ERA_SHIFT) & MAX_ERA;
        d.frozen = (links & FROZEN) != 0;
        d.closed = (links & CLOSED) != 0;
        d.ordered = (links & ORDERED) != 0;
        d.lifetimeTier = (int) (links >>> TIER_SHIFT & TIER_MASK);
        final long spend = page[at + SPEND];
        final long earned = page[at + EARNED];
        d.spendMinor = spend >>> HALF_BITS;
        d.earnedPoints = earned >>> HALF_BITS;
        d.visits = (earned & HALF_MASK) << HALF_BITS | spend & HALF_MASK;
        final long lot = page[at + LOT];
        final long debt = page[at + DEBT];
        d.debtPoints = debt >>> HALF_BITS;
        if (lot >>> HALF_BITS != 0) {
            final int day = (int) ((debt & HALF_MASK) << HALF_BITS | lot & HALF_MASK);
            d.lots.append(day == NEVER ? Expiry.NEVER_DAY : day, lot >>> HALF_BITS);
        }
        final int ref = (int) (links >>> LINK_SHIFT);
        if (ref != 0) {
            blob.unpack(arena, ref, d);
        }
    }

    /**
     * Whether {@link #save} can store an image, now and after all that will fall due on it: some thousand lots, buckets,
     * holds, … are the most. To be asked before a command is accepted.
     */
    boolean canSave(final MemberDraft d) {
        return MemberBlob.fits(d, SPARE_BYTES);
    }

    /**
     * Stores an image; a member that is not enrolled yet, with slot 0, is enrolled and gets its slot.
     *
     * @throws IllegalStateException if the image does not fit, see {@link #canSave}; nothing is changed then
     */
    void save(final MemberDraft d) {
        final LotBook lots = d.lots;
        if ((d.lifetimeTier & ~TIER_MASK) != 0) {
            throw new IllegalStateException("tier " + d.lifetimeTier + " of member " + d.memberId);
        }
        if (lots.count > 1 || lots.count == 1 && lots.points[0] == 0) {
            lots.sweep();
        }
        final boolean high =
                (d.spendMinor | d.earnedPoints | d.debtPoints) >>> VALUE_BITS != 0 || d.visits > MAX_VISITS;
        final int first = lots.firstOfHouse();
        final boolean hasInline = first < lots.count && isInline(lots.points[first], lots.expiryDay[first]);
        final boolean isPlain = !high && isPlain(d, hasInline ? 1 : 0);
        if (!isPlain) {
            pack(d, hasInline ? 1 : 0, high);
        }
        if (d.slot == 0) {
            d.slot = enrol(d.program.number, d.memberId);
        }
        final long[] page = pages.page(d.slot);
        final int at = pages.at(d.slot);
        final long links = page[at + LINKS];
        int ref = (int) (links >>> LINK_SHIFT);
        if (!isPlain) {
            ref = arena.write(ref, blob.bytes(), blob.length());
        } else if (ref != 0) {
            arena.free(ref);
            ref = 0;
        }
        page[at + LINKS] = (long) ref << LINK_SHIFT
                | (long) d.era << ERA_SHIFT
                | (d.ordered ? ORDERED : 0)
                | (d.closed ? CLOSED : 0)
                | (d.frozen ? FROZEN : 0)
                | (long) d.lifetimeTier << TIER_SHIFT
                | links & PROGRAM_MASK;
        page[at + SPEND] = d.spendMinor << HALF_BITS | d.visits & HALF_MASK;
        page[at + EARNED] = d.earnedPoints << HALF_BITS | d.visits >>> HALF_BITS & HALF_MASK;
        final long points = hasInline ? lots.points[first] : 0;
        final long day = hasInline ? Math.min(lots.expiryDay[first], NEVER) : 0;
        page[at + LOT] = points << HALF_BITS | day & HALF_MASK;
        page[at + DEBT] = d.debtPoints << HALF_BITS | day >>> HALF_BITS;
    }

    /** Whether the record has the bits for a lot. */
    private static boolean isInline(final long points, final int day) {
        return points >>> VALUE_BITS == 0 && day >= 0 && (day < NEVER || day == Expiry.NEVER_DAY);
    }

    /** Whether there is nothing beside the record. */
    private static boolean isPlain(final MemberDraft d, final int inline) {
        return d.lots.count == inline
                && (inline == 0 || d.lots.held[0] == 0)
                && (d.hasLotsOnly() || hasEmptyBooks(d))
                && (d.joinDay | d.lastActivityDay | d.birthday | d.referrerSlot) == 0
                && (d.bonusesGiven | d.lifetimeBonuses) == 0;
    }

    private static boolean hasEmptyBooks(final MemberDraft d) {
        return (d.buckets.count
                        | d.pending.count
                        | d.holds.count
                        | d.grants.count
                        | d.usage.count
                        | d.coupons.count
                        | d.debts.count
                        | d.value.count)
                == 0;
    }

    private void pack(final MemberDraft d, final int firstLot, final boolean high) {
        if (!MemberBlob.fits(d, 0)) {
            throw new IllegalStateException("member " + d.memberId + " has more than a blob can hold");
        }
        blob.pack(d, firstLot, high);
    }

    /** Adds a member that is not there, with nothing in it; returns its slot. */
    private int enrol(final int program, final long memberId) {
        final int slot = ++count;
        pages.ensure(slot);
        final long[] page = pages.page(slot);
        final int at = pages.at(slot);
        page[at + ID] = memberId;
        page[at + LINKS] = program;
        index.insert(hash(program, memberId), slot);
        return slot;
    }

    /** Loads the cell of the index for a hash. */
    long touchIndex(final int hash) {
        return index.touchHome(hash);
    }

    /** The slot that probably belongs to a hash, 0: none. */
    int guess(final int hash) {
        return index.guess(hash);
    }

    /** Loads a record. */
    long touch(final int slot) {
        return pages.page(slot)[pages.at(slot)] ^ pages.page(slot)[pages.at(slot) + RECORD_LONGS - 1];
    }

    /** Loads the blob of a record that was loaded before, if there is one. */
    long touchBlob(final int slot) {
        final int ref = ref(slot);
        return ref == 0 ? 0 : arena.page(ref)[arena.at(ref)];
    }

    long memberId(final int slot) {
        return pages.page(slot)[pages.at(slot)];
    }

    int program(final int slot) {
        return (int) (get(slot, LINKS) & PROGRAM_MASK);
    }

    /** The member's blob in {@link #arena}, 0: it has none. */
    int ref(final int slot) {
        return isMerged(slot) ? 0 : (int) (get(slot, LINKS) >>> LINK_SHIFT);
    }

    /** Blobs of all members. */
    BlockArena arena() {
        return arena;
    }

    private long get(final int slot, final int field) {
        return pages.page(slot)[pages.at(slot) + field];
    }

    private void set(final int slot, final int field, final long value) {
        pages.page(slot)[pages.at(slot) + field] = value;
    }
}
