package io.tallymark.gateway.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The requests of one connection that are not answered yet, in the order in which they came, and the responses that
 * are ready too early. Grows to the most that ever waited at once. Used on the connection's event loop.
 *
 * <p>An entry's number is the correlation id of its command.
 */
final class ResponseQueue {
    /** The response says, and the connection does: close. */
    static final int FLAG_CLOSE = 1;

    /** Only the head is sent. */
    static final int FLAG_HEAD = 2;

    /** The client speaks HTTP/1.0 and asked to keep the connection. */
    static final int FLAG_HTTP_1_0 = 4;

    private static final int ROUTE_SHIFT = 3;

    private int[] requests = new int[16];
    private ByteBuf[] ready = new ByteBuf[16];
    private long head;
    private long tail;

    /** Appends a request; returns its number. */
    long add(final Route route, final int flags) {
        if (tail - head == requests.length) {
            grow();
        }
        requests[index(tail)] = route.ordinal() << ROUTE_SHIFT | flags;
        return tail++;
    }

    int size() {
        return (int) (tail - head);
    }

    boolean isHead(final long number) {
        return number == head && head != tail;
    }

    /** Whether the number is that of a request that waits for its response. */
    boolean isWaiting(final long number) {
        return number >= head && number < tail && ready[index(number)] == null;
    }

    Route route(final long number) {
        return Route.of(requests[index(number)] >>> ROUTE_SHIFT);
    }

    /** The FLAG bits. */
    int flags(final long number) {
        return requests[index(number)] & (1 << ROUTE_SHIFT) - 1;
    }

    /** Keeps a response until all before it are sent. */
    void keep(final long number, final ByteBuf response) {
        ready[index(number)] = response;
    }

    /** Removes the first request, which has just been answered. */
    void removeHead() {
        head++;
    }

    /** Removes the first request if its response is ready, and returns that; else null. */
    ByteBuf pollReady() {
        if (head == tail) {
            return null;
        }
        final int i = index(head);
        final ByteBuf response = ready[i];
        if (response != null) {
            ready[i] = null;
            head++;
        }
        return response;
    }

    /** The FLAG bits of the request that {@link #pollReady} removed. */
    int flagsOfRemoved() {
        return flags(head - 1);
    }

    void release() {
        for (int i = 0; i < ready.length; i++) {
            if (ready[i] != null) {
                ready[i].release();
                ready[i] = null;
            }
        }
        head = tail;
    }

    private int index(final long number) {
        return (int) number & requests.length - 1;
    }

    private void grow() {
        final int[] oldRequests = requests;
        final ByteBuf[] oldReady = ready;
        requests = Arrays.copyOf(oldRequests, 2 * oldRequests.length);
        ready = new ByteBuf[2 * oldReady.length];
        for (long number = head; number < tail; number++) {
            final int from = (int) number & oldRequests.length - 1;
            requests[index(number)] = oldRequests[from];
            ready[index(number)] = oldReady[from];
        }
    }
}
