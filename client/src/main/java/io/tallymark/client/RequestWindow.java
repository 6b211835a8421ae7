package io.tallymark.client;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandEncoder;
import io.tallymark.protocol.ExternalIdentity;
import io.tallymark.protocol.Reply;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The requests that have no answer yet, encoded, in the order in which they were submitted. A request's number is its
 * correlation id on the wire; its slot is the number modulo the window.
 *
 * <p>One submitter at a time (the client's lock) adds at the tail; the client's thread does everything else. Slots from
 * head to tail belong to the client's thread, the others to the submitter; head and tail are the only shared words.
 */
final class RequestWindow {
    /** Encoded requests up to this length are kept in place. */
    private static final int SLOT_BYTES = 256;

    // Two words far apart, so that the two threads do not fight for one cache line.
    private static final int HEAD = 16;
    private static final int TAIL = 48;

    private static final byte FREE = 0;
    private static final byte OPEN = 1;
    private static final byte WAITING = 2;

    private final AtomicLongArray ends = new AtomicLongArray(64);
    private final int capacity;
    private final int mask;
    private final UnsafeBuffer inPlace;
    private final UnsafeBuffer[] outside;
    private final int[] lengths;
    private final byte[] states;
    private final int[] attempts;
    private final ReplyHandler[] handlers;
    private final long[] contexts;
    private final long[] timesNs;
    private final CommandEncoder encoder = new CommandEncoder();

    RequestWindow(final int capacity) {
        this.capacity = capacity;
        this.mask = capacity - 1;
        this.inPlace = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity * SLOT_BYTES));
        this.outside = new UnsafeBuffer[capacity];
        this.lengths = new int[capacity];
        this.states = new byte[capacity];
        this.attempts = new int[capacity];
        this.handlers = new ReplyHandler[capacity];
        this.contexts = new long[capacity];
        this.timesNs = new long[capacity];
    }

    /** The oldest request without an answer, or the tail. */
    long head() {
        return ends.getAcquire(HEAD);
    }

    /** The number that the next request will get. */
    long tail() {
        return ends.getAcquire(TAIL);
    }

    int outstanding() {
        return (int) (tail() - head());
    }

    boolean isFull() {
        return outstanding() >= capacity;
    }

    /**
     * Encodes a request into the window, which is not full. The command's correlation id is as before afterwards.
     *
     * @param identity who is meant; null: nobody
     * @throws IllegalArgumentException if the command is no request; nothing was added
     */
    void add(
            final Command command,
            final ExternalIdentity identity,
            final ReplyHandler handler,
            final long context,
            final long nowNs) {
        final long id = ends.getPlain(TAIL);
        final int i = (int) id & mask;
        final long callersId = command.correlationId();
        command.correlationId(id);
        try {
            final int most = identity == null ? encoder.maxLength(command) : encoder.maxLength(command, identity);
            if (most <= SLOT_BYTES) {
                lengths[i] = encoder.encode(command, identity, inPlace, i * SLOT_BYTES);
            } else {
                final UnsafeBuffer larger = new UnsafeBuffer(new byte[most]);
                lengths[i] = encoder.encode(command, identity, larger, 0);
                outside[i] = larger;
            }
        } finally {
            command.correlationId(callersId);
        }
        handlers[i] = handler;
        contexts[i] = context;
        timesNs[i] = nowNs;
        attempts[i] = 0;
        states[i] = OPEN;
        ends.setRelease(TAIL, id + 1);
    }

    /** Whether this request has no answer and is not set aside. */
    boolean isOpen(final long id) {
        return states[(int) id & mask] == OPEN;
    }

    /** Whether this request was set aside. */
    boolean isWaiting(final long id) {
        return states[(int) id & mask] == WAITING;
    }

    /** Whether a number stands for a request without an answer. */
    boolean isUnanswered(final long id) {
        return id >= ends.getPlain(HEAD) && id < tail() && states[(int) id & mask] != FREE;
    }

    /** Sets a request aside to be sent again later; returns how often that has happened to it. */
    int setAside(final long id) {
        final int i = (int) id & mask;
        states[i] = WAITING;
        return ++attempts[i];
    }

    int attempts(final long id) {
        return attempts[(int) id & mask];
    }

    /** Ends {@link #setAside}. */
    void reopen(final long id) {
        states[(int) id & mask] = OPEN;
    }

    int length(final long id) {
        return lengths[(int) id & mask];
    }

    long submittedNs(final long id) {
        return timesNs[(int) id & mask];
    }

    void copyTo(final long id, final UnsafeBuffer target, final int offset) {
        final int i = (int) id & mask;
        if (outside[i] == null) {
            target.putBytes(offset, inPlace, i * SLOT_BYTES, lengths[i]);
        } else {
            target.putBytes(offset, outside[i], 0, lengths[i]);
        }
    }

    /** Frees an unanswered request's slot and hands the reply to its handler. */
    void answer(final long id, final Reply reply) {
        final int i = (int) id & mask;
        final ReplyHandler handler = handlers[i];
        final long context = contexts[i];
        handlers[i] = null;
        outside[i] = null;
        states[i] = FREE;
        final long head = ends.getPlain(HEAD);
        if (id == head) {
            final long tail = tail();
            long next = head + 1;
            while (next < tail && states[(int) next & mask] == FREE) {
                next++;
            }
            ends.setRelease(HEAD, next);
        }
        handler.onReply(reply, context);
    }
}
