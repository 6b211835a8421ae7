package io.tallymark.journal;

import io.tallymark.protocol.Durability;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Up to where replies may have gone out, in 64 bytes that other processes can read. Never forced: after a power loss it
 * may be stale or gone, so it only ever adds to what the frames say. Little-endian:
 *
 * <pre>
 *  0  magic           u32
 *  4  version         u8
 *  5  durability      u8     code of {@link Durability}
 *  6  reserved        u16
 *  8  epoch           u32
 * 12  reserved        u32
 * 16  forcedThrough   i64
 * 24  bootId          i64    of the machine's start; what page-cache promised ends with it
 * 32  check           i64    over all of the above
 * </pre>
 *
 * One writer; readers take what fits its check.
 */
public final class Watermark implements AutoCloseable {
    static final int BYTES = 64;

    private static final int MAGIC = 0x4D574D54;
    private static final int ATTEMPTS = 10_000;

    private final UnsafeBuffer buffer;
    private final long bootId;
    private final Runnable onClose;
    private int epoch;
    private Durability durability;

    Watermark(final UnsafeBuffer buffer, final long bootId, final Runnable onClose) {
        this.buffer = buffer;
        this.bootId = bootId;
        this.onClose = onClose;
    }

    /** What a valid store says. */
    record Reading(int epoch, long forcedThrough, boolean binding) {}

    /** The writer's first call. */
    void begin(final int newEpoch, final Durability newDurability, final long forcedThrough) {
        epoch = newEpoch;
        durability = newDurability;
        move(forcedThrough);
    }

    /** Moves it; allocates nothing. */
    void move(final long forcedThrough) {
        buffer.putInt(0, MAGIC);
        buffer.putInt(4, 1 | durability.code() << 8);
        buffer.putInt(8, epoch);
        buffer.putInt(12, 0);
        buffer.putLong(24, bootId);
        buffer.putLongVolatile(16, forcedThrough);
        buffer.putLongVolatile(32, check());
    }

    /** The present value, or null if there is none that is whole. */
    Reading read() {
        for (int i = 0; i < ATTEMPTS; i++) {
            final long check = buffer.getLongVolatile(32);
            final int foundEpoch = buffer.getInt(8);
            final int word = buffer.getInt(4);
            final long boot = buffer.getLong(24);
            final long forcedThrough = buffer.getLongVolatile(16);
            if (buffer.getInt(0) == MAGIC && check == check() && check == buffer.getLongVolatile(32)) {
                final boolean forced = word >>> 8 == Durability.FSYNC.code();
                return new Reading(foundEpoch, forcedThrough, forced || boot == bootId);
            }
            Thread.onSpinWait();
        }
        return null;
    }

    private long check() {
        long h = 0x7461_6C6C_796D_726BL;
        for (int at = 0; at < 32; at += 8) {
            h = (h ^ buffer.getLong(at)) * 0x9E3779B97F4A7C15L;
            h ^= h >>> 29;
        }
        return h;
    }

    @Override
    public void close() {
        onClose.run();
    }
}
