package io.tallymark.protocol;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One request in the form that all rooms share: fixed fields, and the variable ones back to back in one buffer in the
 * order of {@link VarField}. It is mutable and reused: a slot of the pipeline, a record read back, a test.
 *
 * <p>Variable parts up to {@link #INLINE_BYTES} live in the command itself; for more, the owner lends a larger buffer
 * with {@link #lend} and takes it back with {@link #takeBack}.
 *
 * <p>Not thread-safe: filled by one thread, published, then read by one thread.
 */
public final class Command {
    /** Variable bytes that need no lent buffer. */
    public static final int INLINE_BYTES = 256;

    /** An absent time. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** {@link #flags}: the order does not count as a visit. */
    public static final int FLAG_NO_VISIT = 1;

    /** {@link #flags}: an adjustment may turn into debt what the balance lacks. */
    public static final int FLAG_MAY_GO_BELOW_ZERO = 2;

    private static final AtomicInteger INSTANCES = new AtomicInteger();

    private final long instance = (long) INSTANCES.incrementAndGet() << Integer.SIZE;
    private final UnsafeBuffer inline = new UnsafeBuffer(new byte[INLINE_BYTES]);
    private final int[] offsets = new int[VarField.COUNT];
    private final int[] lengths = new int[VarField.COUNT];

    private UnsafeBuffer bytes = inline;
    private UnsafeBuffer lent;
    private int position;
    private int lastField;
    private int present;
    private int changes;
    private CommandType type = CommandType.NONE;
    private long replyTo;
    private long correlationId;
    private long memberId;
    private long amountMinor;
    private long points;
    private long eventTimeMs;
    private long otherMemberId;
    private long cashMinor;
    private long untilMs;
    private long ttlMs;
    private int birthday;
    private int version;
    private int flags;
    private int quantity;
    private long referrerId;
    private long randomBits;
    private int lineCount;

    /** Empties the command and gives it a type. A lent buffer stays lent. */
    public Command reset(final CommandType newType) {
        type = newType;
        changes++;
        replyTo = 0;
        correlationId = 0;
        memberId = 0;
        amountMinor = 0;
        points = 0;
        eventTimeMs = NO_TIME;
        otherMemberId = 0;
        cashMinor = 0;
        untilMs = NO_TIME;
        ttlMs = 0;
        birthday = 0;
        version = 0;
        flags = 0;
        quantity = 0;
        referrerId = 0;
        randomBits = 0;
        lineCount = 0;
        position = 0;
        lastField = -1;
        present = 0;
        for (int i = 0; i < VarField.COUNT; i++) {
            lengths[i] = 0;
        }
        return this;
    }

    /** Uses a larger buffer for the variable parts from the next {@link #reset} on. */
    public void lend(final UnsafeBuffer buffer) {
        lent = buffer;
        bytes = buffer;
    }

    /** Gives the lent buffer back and returns to the inline one; null where none was lent. */
    public UnsafeBuffer takeBack() {
        final UnsafeBuffer buffer = lent;
        if (buffer != null) {
            // Only then: a reference stored for each command would keep a collector's card table busy.
            lent = null;
            bytes = inline;
        }
        return buffer;
    }

    /**
     * Appends a variable field. Fields come in the order of {@link VarField}, each at most once.
     *
     * @throws IndexOutOfBoundsException if the buffer is too small
     */
    public Command put(final VarField field, final DirectBuffer source, final int offset, final int length) {
        final int at = reserve(field, length);
        ShortCopy.copy(source, offset, bytes, at, length);
        commitReserved(field, length);
        return this;
    }

    /** As {@link #put(VarField, DirectBuffer, int, int)} with text; allocates, for cold paths. */
    public Command put(final VarField field, final String text) {
        final byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return put(field, new UnsafeBuffer(encoded), 0, encoded.length);
    }

    /**
     * Makes room for a field that its writer encodes in place into {@link #bytes()}; {@link #commitReserved} ends it.
     *
     * @return where to write
     * @throws IndexOutOfBoundsException if fewer than {@code maxLength} bytes are left
     */
    public int reserve(final VarField field, final int maxLength) {
        if (field.ordinal() <= lastField) {
            throw new IllegalStateException(field + " after " + VarField.of(lastField));
        }
        if (maxLength < 0 || maxLength > bytes.capacity() - position) {
            throw new IndexOutOfBoundsException(field + ": " + maxLength + " bytes do not fit");
        }
        return position;
    }

    /** Ends a field begun with {@link #reserve}. */
    public void commitReserved(final VarField field, final int length) {
        final int i = field.ordinal();
        offsets[i] = position;
        lengths[i] = length;
        position += length;
        lastField = i;
        present |= 1 << i;
        changes++;
    }

    /** The buffer of the variable parts. */
    public UnsafeBuffer bytes() {
        return bytes;
    }

    /**
     * A number that no other command has, and that this one has only until it is reset or a variable field is added:
     * who kept something made from the variable fields knows by it whether they are still the same.
     */
    public long stamp() {
        return instance | changes & 0xFFFF_FFFFL;
    }

    /** Bit n: the variable field with the ordinal n was put. */
    public int present() {
        return present;
    }

    /** Bytes of the variable parts in use. */
    public int bytesLength() {
        return position;
    }

    /** Where a variable field starts in {@link #bytes()}; meaningless when its length is 0. */
    public int offset(final VarField field) {
        return offsets[field.ordinal()];
    }

    /** Length of a variable field in bytes; 0 when absent. */
    public int length(final VarField field) {
        return lengths[field.ordinal()];
    }

    /** A variable field as text; empty when absent. Allocates, for cold paths. */
    public String text(final VarField field) {
        final byte[] copy = new byte[length(field)];
        if (copy.length > 0) {
            bytes.getBytes(offset(field), copy);
        }
        return new String(copy, StandardCharsets.UTF_8);
    }

    /** The operation. */
    public CommandType type() {
        return type;
    }

    /** Whose reply this is: opaque to all but the gateway. Not journaled. */
    public long replyTo() {
        return replyTo;
    }

    public Command replyTo(final long value) {
        replyTo = value;
        return this;
    }

    /** Chosen by the client, returned in the reply. Not journaled, not part of the content. */
    public long correlationId() {
        return correlationId;
    }

    public Command correlationId(final long value) {
        correlationId = value;
        return this;
    }

    /** A fixed field by its name. */
    public long get(final FixedField field) {
        return switch (field) {
            case MEMBER_ID -> memberId;
            case OTHER_MEMBER_ID -> otherMemberId;
            case AMOUNT_MINOR -> amountMinor;
            case CASH_MINOR -> cashMinor;
            case POINTS -> points;
            case EVENT_TIME -> eventTimeMs;
            case UNTIL -> untilMs;
            case TTL_MS -> ttlMs;
            case BIRTHDAY -> birthday;
            case VERSION -> version;
            case FLAGS -> flags;
            case QUANTITY -> quantity;
            case REFERRER_ID -> referrerId;
            case RANDOM_BITS -> randomBits;
        };
    }

    /** Sets a fixed field by its name. */
    public Command set(final FixedField field, final long value) {
        switch (field) {
            case MEMBER_ID -> memberId = value;
            case OTHER_MEMBER_ID -> otherMemberId = value;
            case AMOUNT_MINOR -> amountMinor = value;
            case CASH_MINOR -> cashMinor = value;
            case POINTS -> points = value;
            case EVENT_TIME -> eventTimeMs = value;
            case UNTIL -> untilMs = value;
            case TTL_MS -> ttlMs = value;
            case BIRTHDAY -> birthday = (int) value;
            case VERSION -> version = (int) value;
            case FLAGS -> flags = (int) value;
            case QUANTITY -> quantity = (int) value;
            case REFERRER_ID -> referrerId = value;
            case RANDOM_BITS -> randomBits = value;
        }
        return this;
    }

    /** The value of a fixed field that is absent. */
    public static long absent(final FixedField field) {
        return field == FixedField.EVENT_TIME || field == FixedField.UNTIL ? NO_TIME : 0;
    }

    /** How many, signed; 0: not named. */
    public int quantity() {
        return quantity;
    }

    public Command quantity(final int value) {
        quantity = value;
        return this;
    }

    /** Of an enrolment: who brought the member; 0: nobody. */
    public long referrerId() {
        return referrerId;
    }

    public Command referrerId(final long value) {
        referrerId = value;
        return this;
    }

    /** Of a draw: what decides it; journaled, no part of the content. */
    public long randomBits() {
        return randomBits;
    }

    public Command randomBits(final long value) {
        randomBits = value;
        return this;
    }

    /** Positive; 0: an identity stands for it. */
    public long memberId() {
        return memberId;
    }

    public Command memberId(final long value) {
        memberId = value;
        return this;
    }

    /** Of an accrual: the order's amount in minor units. */
    public long amountMinor() {
        return amountMinor;
    }

    public Command amountMinor(final long value) {
        amountMinor = value;
        return this;
    }

    /** Of a redemption: points to spend; of an adjustment: signed points. */
    public long points() {
        return points;
    }

    public Command points(final long value) {
        points = value;
        return this;
    }

    /** When it happened, epoch milliseconds, or {@link #NO_TIME}. Of a tick: the engine time. */
    public long eventTimeMs() {
        return eventTimeMs;
    }

    public Command eventTimeMs(final long value) {
        eventTimeMs = value;
        return this;
    }

    /** The second member of a transfer or a merge. */
    public long otherMemberId() {
        return otherMemberId;
    }

    public Command otherMemberId(final long value) {
        otherMemberId = value;
        return this;
    }

    /** The part of the amount that is paid in money, minor units. */
    public long cashMinor() {
        return cashMinor;
    }

    public Command cashMinor(final long value) {
        cashMinor = value;
        return this;
    }

    /** When a grant ends, epoch milliseconds, or {@link #NO_TIME}. */
    public long untilMs() {
        return untilMs;
    }

    public Command untilMs(final long value) {
        untilMs = value;
        return this;
    }

    /** How long a hold lasts; 0: the default. */
    public long ttlMs() {
        return ttlMs;
    }

    public Command ttlMs(final long value) {
        ttlMs = value;
        return this;
    }

    /** Year × 10,000 + month × 100 + day; 0: not named. */
    public int birthday() {
        return birthday;
    }

    public Command birthday(final int value) {
        birthday = value;
        return this;
    }

    /** Of a publication: the version it replaces; of a query: the version asked for; 0: not named. */
    public int version() {
        return version;
    }

    public Command version(final int value) {
        version = value;
        return this;
    }

    /** The FLAG bits. */
    public int flags() {
        return flags;
    }

    public Command flags(final int value) {
        flags = value;
        return this;
    }

    /** How many lines {@link VarField#LINES} holds; 0: the order is one line. */
    public int lineCount() {
        return lineCount;
    }

    public Command lineCount(final int value) {
        lineCount = value;
        return this;
    }
}
