package io.tallymark.ledger;

import io.tallymark.ledger.program.Expiry;

/**
 * The members: one record of 48 bytes each, found by (program, member id) through a {@link SlotIndex}.
 *
 * <pre>
 *  long  bits 63..14                       bits 13..0
 *   0    member id (all 64 bits)
 *   1    63..32 head of further lots       15..10 tier, 9..0 program
 *   2    lifetime spend, minor units       visits, low half
 *   3    lifetime points earned            visits, high half
 *   4    points of the first lot           its expiry day, low half
 *   5    debt                              its expiry day, high half
 * </pre>
 *
 * The tier is a stable index of the program's tiers plus 1; 0: none. An expiry day of all ones means never. Slots are
 * given in order of enrolment from 1 on and are never given back.
 */
final class MemberStore {
    /** Most visits of a member. */
    static final long MAX_VISITS = (1L << 28) - 1;

    private static final int RECORD_LONGS = 6;
    private static final int HALF_BITS = 14;
    private static final long HALF_MASK = (1L << HALF_BITS) - 1;
    private static final int NEVER = (1 << 2 * HALF_BITS) - 1;
    private static final long PROGRAM_MASK = 0x3FF;
    private static final int TIER_SHIFT = 10;
    private static final long TIER_MASK = 0x3F;

    private static final int ID = 0;
    private static final int LINKS = 1;
    private static final int SPEND = 2;
    private static final int EARNED = 3;
    private static final int LOT = 4;
    private static final int DEBT = 5;

    private final RecordPages pages = new RecordPages(RECORD_LONGS);
    private final SlotIndex index;
    private final long hashKey;
    private final long max;
    private int count;

    MemberStore(final long expected, final long max, final long hashKey) {
        this.index = new SlotIndex(expected);
        this.max = max;
        this.hashKey = hashKey;
        for (long slot = 0; slot <= expected; slot += RecordPages.PAGE_RECORDS) {
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
     * The member's slot, 0: unknown.
     *
     * @param guess where it probably is, 0: no idea
     */
    int find(final int guess, final int program, final long memberId) {
        return guess != 0 && isAt(guess, program, memberId) ? guess : find(program, memberId);
    }

    private boolean isAt(final int slot, final int program, final long memberId) {
        final long[] page = pages.page(slot);
        final int at = pages.at(slot);
        return page[at] == memberId && (page[at + LINKS] & PROGRAM_MASK) == program;
    }

    /** The member's slot, 0: unknown. */
    int find(final int program, final long memberId) {
        for (int slot = index.seek(hash(program, memberId)); slot != 0; slot = index.seekNext()) {
            if (isAt(slot, program, memberId)) {
                return slot;
            }
        }
        return 0;
    }

    /** Adds a member that is not there, with nothing in it. */
    int enrol(final int program, final long memberId) {
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
        return index.touch(hash);
    }

    /** The slot that probably belongs to a hash, 0: none. */
    int guess(final int hash) {
        return index.guess(hash);
    }

    /** Loads a record. */
    long touch(final int slot) {
        return pages.page(slot)[pages.at(slot)] ^ pages.page(slot)[pages.at(slot) + RECORD_LONGS - 1];
    }

    long memberId(final int slot) {
        return pages.page(slot)[pages.at(slot)];
    }

    int program(final int slot) {
        return (int) (get(slot, LINKS) & PROGRAM_MASK);
    }

    int tier(final int slot) {
        return (int) (get(slot, LINKS) >>> TIER_SHIFT & TIER_MASK);
    }

    void tier(final int slot, final int value) {
        set(slot, LINKS, get(slot, LINKS) & ~(TIER_MASK << TIER_SHIFT) | (long) value << TIER_SHIFT);
    }

    /** Head of the lots behind the first one in the {@link LotArena}, 0: none. */
    int moreLots(final int slot) {
        return (int) (get(slot, LINKS) >>> 32);
    }

    void moreLots(final int slot, final int value) {
        set(slot, LINKS, get(slot, LINKS) & 0xFFFF_FFFFL | (long) value << 32);
    }

    long spendMinor(final int slot) {
        return get(slot, SPEND) >>> HALF_BITS;
    }

    long earnedPoints(final int slot) {
        return get(slot, EARNED) >>> HALF_BITS;
    }

    long visits(final int slot) {
        return (get(slot, EARNED) & HALF_MASK) << HALF_BITS | get(slot, SPEND) & HALF_MASK;
    }

    /** Sets the counters of a lifetime. */
    void counters(final int slot, final long spendMinor, final long earnedPoints, final long visits) {
        set(slot, SPEND, spendMinor << HALF_BITS | visits & HALF_MASK);
        set(slot, EARNED, earnedPoints << HALF_BITS | visits >>> HALF_BITS);
    }

    /** Points of the lot that is taken first; 0: there is no lot. */
    long lotPoints(final int slot) {
        return get(slot, LOT) >>> HALF_BITS;
    }

    /** Expiry day of the lot that is taken first. */
    int lotDay(final int slot) {
        final int day = (int) ((get(slot, DEBT) & HALF_MASK) << HALF_BITS | get(slot, LOT) & HALF_MASK);
        return day == NEVER ? Expiry.NEVER_DAY : day;
    }

    /** Sets the lot that is taken first. */
    void lot(final int slot, final long points, final int day) {
        final long stored = day == Expiry.NEVER_DAY ? NEVER : day;
        set(slot, LOT, points << HALF_BITS | stored & HALF_MASK);
        set(slot, DEBT, get(slot, DEBT) & ~HALF_MASK | stored >>> HALF_BITS);
    }

    long debtPoints(final int slot) {
        return get(slot, DEBT) >>> HALF_BITS;
    }

    void debtPoints(final int slot, final long points) {
        set(slot, DEBT, points << HALF_BITS | get(slot, DEBT) & HALF_MASK);
    }

    private long get(final int slot, final int field) {
        return pages.page(slot)[pages.at(slot) + field];
    }

    private void set(final int slot, final int field, final long value) {
        pages.page(slot)[pages.at(slot) + field] = value;
    }
}
