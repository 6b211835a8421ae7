package io.tallymark.ledger;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Who takes part in the boards of one program, with which score: members by their slot, stores and staff by their text.
 * Each participant of a board has a number from 1 on, in the order in which they came; orders remember it. Found by
 * (board, slot or text) through a {@link SlotIndex}; the participants of one board are a chain, newest first.
 *
 * <pre>
 *  long  bits 63..32                   bits 31..0
 *   0    slot; of a text 0             board
 *   1    score
 *   2    sequence of the last change
 *   3    the participant that this     the participant of its board
 *        one went into, 0: none        that came before it, 0: none
 * </pre>
 *
 * Space is taken with the first participant. A participant is never removed. One thread.
 */
final class Participants {
    /** Most participants of a board: whoever comes later is not counted. */
    static final int MAX_PER_BOARD = 1 << 24;

    /** Most participants of all boards. */
    private static final int MAX = 1 << 28;

    private static final int RECORD_LONGS = 4;
    private static final int SCORE = 1;
    private static final int SEQUENCE = 2;
    private static final int LINKS = 3;
    private static final long LOWER = 0xFFFF_FFFFL;

    private final int maxPerBoard;
    private final RecordPages pages = new RecordPages(RECORD_LONGS);

    /** Texts by page of participants; a page without texts is null. */
    private byte[][][] texts = new byte[0][][];

    private SlotIndex index;
    private int count;

    // By board.
    private int[] newest = new int[0];
    private int[] counts = new int[0];

    Participants(final int maxPerBoard) {
        this.maxPerBoard = maxPerBoard;
    }

    /** Makes room for boards. */
    void ensureBoards(final int boards) {
        newest = Arrays.copyOf(newest, boards);
        counts = Arrays.copyOf(counts, boards);
    }

    /** The participant that came to a board last, 0: none. */
    int newest(final int board) {
        return newest[board];
    }

    /** The participant that came to the board of one before it, 0: none. */
    int before(final int participant) {
        return (int) get(participant, LINKS);
    }

    long score(final int participant) {
        return get(participant, SCORE);
    }

    /** Sequence of the command that changed the score last. */
    long sequence(final int participant) {
        return get(participant, SEQUENCE);
    }

    /** The member that takes part, as of its last change; 0: a store or staff. */
    int slot(final int participant) {
        return (int) (get(participant, 0) >>> Integer.SIZE);
    }

    /** The store or staff that takes part; not to be written to. Null: a member. */
    byte[] text(final int participant) {
        final int page = participant >>> RecordPages.PAGE_SHIFT;
        return page < texts.length && texts[page] != null
                ? texts[page][participant & RecordPages.PAGE_RECORDS - 1]
                : null;
    }

    /** The participant whose score counts for one: itself, or that of the member its own was merged into. */
    int current(final int participant) {
        int current = participant;
        for (int next = into(current); next != 0; next = into(current)) {
            current = next;
        }
        return current;
    }

    private int into(final int participant) {
        return (int) (get(participant, LINKS) >>> Integer.SIZE);
    }

    /** The participant of a member, a new one where it has none; 0: there is no room for it. */
    int open(final int board, final int slot) {
        final int found = find(board, slot);
        return found != 0 ? found : add(board, slot, hash(board, slot));
    }

    /** As {@link #open(int, int)}, of a store or staff. */
    int open(final int board, final DirectBuffer bytes, final int offset, final int length) {
        final int hash = hash(board, bytes, offset, length);
        if (count > 0) {
            for (int i = index.seek(hash); i != 0; i = index.seekNext()) {
                final byte[] text = text(i);
                if ((int) get(i, 0) == board && text != null && Texts.equal(text, bytes, offset, length)) {
                    return i;
                }
            }
        }
        final int added = add(board, 0, hash);
        if (added != 0) {
            final byte[] text = new byte[length];
            bytes.getBytes(offset, text);
            keep(added, text);
        }
        return added;
    }

    private int find(final int board, final int slot) {
        if (count == 0) {
            return 0;
        }
        final long key = key(board, slot);
        for (int i = index.seek(hash(board, slot)); i != 0; i = index.seekNext()) {
            if (get(i, 0) == key) {
                return i;
            }
        }
        return 0;
    }

    private int add(final int board, final int slot, final int hash) {
        if (counts[board] == maxPerBoard || count == MAX) {
            return 0;
        }
        if (index == null) {
            index = new SlotIndex(0);
        }
        final int added = ++count;
        pages.ensure(added);
        set(added, 0, key(board, slot));
        set(added, LINKS, newest[board]);
        newest[board] = added;
        counts[board]++;
        index.insert(hash, added);
        return added;
    }

    private void keep(final int participant, final byte[] text) {
        final int page = participant >>> RecordPages.PAGE_SHIFT;
        if (page >= texts.length) {
            texts = Arrays.copyOf(texts, page + 1);
        }
        if (texts[page] == null) {
            texts[page] = new byte[RecordPages.PAGE_RECORDS][];
        }
        texts[page][participant & RecordPages.PAGE_RECORDS - 1] = text;
    }

    /** Changes a score, which stays between 0 and {@link Totals#MAX}. */
    void change(final int participant, final long by, final long sequence) {
        final int current = current(participant);
        set(current, SCORE, Math.max(0, Math.min(Totals.MAX, score(current) + by)));
        set(current, SEQUENCE, sequence);
    }

    /** One member's score on a board is from now on another's. */
    void merge(final int board, final int fromSlot, final int intoSlot, final long sequence) {
        final int from = find(board, fromSlot);
        if (from == 0) {
            return;
        }
        final int into = find(board, intoSlot);
        index.delete(hash(board, fromSlot), from);
        final long score = score(from);
        if (into == 0) {
            set(from, 0, key(board, intoSlot));
            index.seek(hash(board, intoSlot));
            index.insert(hash(board, intoSlot), from);
            if (score > 0) {
                set(from, SEQUENCE, sequence);
            }
            return;
        }
        set(from, SCORE, 0);
        set(from, SEQUENCE, 0);
        set(from, LINKS, (long) into << Integer.SIZE | get(from, LINKS) & LOWER);
        if (score > 0) {
            change(into, score, sequence);
        }
    }

    /** Gives all of it to a hasher: of each its number, as orders know it, and whom it stands for. */
    void hash(final int program, final MemberStore members, final StateHasher into) {
        for (int i = 1; i <= count; i++) {
            into.begin(program);
            into.word((int) get(i, 0));
            into.word(i);
            into.word(into(i));
            into.word(score(i));
            into.word(sequence(i));
            final byte[] text = text(i);
            if (text == null) {
                into.word(members.memberId(slot(i)));
            } else {
                into.word(-text.length);
                for (final byte b : text) {
                    into.word(b);
                }
            }
            into.add();
        }
    }

    private static long key(final int board, final int slot) {
        return (long) slot << Integer.SIZE | board;
    }

    private static int hash(final int board, final int slot) {
        return mixed(key(board, slot));
    }

    private static int hash(final int board, final DirectBuffer bytes, final int offset, final int length) {
        long hash = (long) length << Integer.SIZE | board;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ bytes.getByte(offset + i)) * 0x100000001B3L;
        }
        return mixed(hash);
    }

    private static int mixed(final long key) {
        final long folded = (key ^ key >>> 32) * 0xD6E8FEB86659FD93L;
        return (int) ((folded ^ folded >>> 29) * 0xBF58476D1CE4E5B9L >>> 32);
    }

    private long get(final int participant, final int field) {
        return pages.page(participant)[pages.at(participant) + field];
    }

    private void set(final int participant, final int field, final long value) {
        pages.page(participant)[pages.at(participant) + field] = value;
    }
}
