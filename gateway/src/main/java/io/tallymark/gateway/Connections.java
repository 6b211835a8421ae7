package io.tallymark.gateway;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The connections of one event loop by the number that their commands carry as
 * {@link io.tallymark.protocol.Command#replyTo()}. Used on that loop only.
 *
 * <pre>
 *  replyTo   63..56 loop | 55..32 slot | 31..0 generation, from 1
 * </pre>
 *
 * A slot's generation moves on when its connection goes, so that a late reply cannot reach the next one.
 */
final class Connections {
    static final int MAX_LOOPS = 128;

    private static final int LOOP_SHIFT = 56;
    private static final int SLOT_SHIFT = 32;
    private static final int SLOT_MASK = 0xFF_FFFF;

    private final int loopIndex;
    private ReplyTarget[] targets = new ReplyTarget[16];
    private int[] generations = new int[16];
    private boolean[] touched = new boolean[16];
    private int[] free = new int[16];
    private int[] touchedSlots = new int[16];
    private int freeCount;
    private int used;
    private int touchedCount;

    Connections(final int loopIndex) {
        this.loopIndex = loopIndex;
    }

    /** The loop that a reply belongs to. */
    static int loopOf(final long replyTo) {
        return (int) (replyTo >>> LOOP_SHIFT);
    }

    long add(final ReplyTarget target) {
        final int slot = freeCount > 0 ? free[--freeCount] : nextSlot();
        targets[slot] = target;
        if (++generations[slot] == 0) {
            generations[slot] = 1;
        }
        return (long) loopIndex << LOOP_SHIFT | (long) slot << SLOT_SHIFT | generations[slot] & 0xFFFF_FFFFL;
    }

    void remove(final long replyTo) {
        if (find(replyTo) != null) {
            final int slot = slotOf(replyTo);
            targets[slot] = null;
            free[freeCount++] = slot;
        }
    }

    /** The connection of this number, or null if it has gone. */
    ReplyTarget find(final long replyTo) {
        final int slot = slotOf(replyTo);
        return slot < used && generations[slot] == (int) replyTo ? targets[slot] : null;
    }

    /** Notes that a connection has replies to flush. */
    void touch(final long replyTo) {
        final int slot = slotOf(replyTo);
        if (!touched[slot]) {
            touched[slot] = true;
            touchedSlots[touchedCount++] = slot;
        }
    }

    /** Flushes each connection that was touched, once. */
    void flushTouched() {
        for (int i = 0; i < touchedCount; i++) {
            final int slot = touchedSlots[i];
            touched[slot] = false;
            if (targets[slot] != null) {
                run(targets[slot], ReplyTarget::flush);
            }
        }
        touchedCount = 0;
    }

    /** Runs over all; the action may close connections. */
    void forEach(final Consumer<ReplyTarget> action) {
        for (int slot = 0; slot < used; slot++) {
            if (targets[slot] != null) {
                run(targets[slot], action);
            }
        }
    }

    /** What goes wrong with one connection closes it; the others get what is theirs, now and the next time. */
    private static void run(final ReplyTarget target, final Consumer<ReplyTarget> action) {
        try {
            action.accept(target);
        } catch (final RuntimeException | Error e) {
            target.fail(e);
        }
    }

    private int nextSlot() {
        if (used == targets.length) {
            if (used > SLOT_MASK) {
                throw new IllegalStateException("more connections than can be numbered");
            }
            final int capacity = used * 2;
            targets = Arrays.copyOf(targets, capacity);
            generations = Arrays.copyOf(generations, capacity);
            touched = Arrays.copyOf(touched, capacity);
            free = Arrays.copyOf(free, capacity);
            touchedSlots = Arrays.copyOf(touchedSlots, capacity);
        }
        return used++;
    }

    private static int slotOf(final long replyTo) {
        return (int) (replyTo >>> SLOT_SHIFT) & SLOT_MASK;
    }
}
