package io.tallymark.server.load;

import java.util.HashMap;
import java.util.Map;

/**
 * The members whose orders have no answer yet. What a busy server refused is sent again behind what was sent later, so
 * a return goes out only when the purchases before it are answered, and a purchase only when the returns before it
 * are: what a return takes back depends on what was there. Purchases need no such order among themselves.
 *
 * <p>The sending thread begins, the thread that hears the replies ends; every request is answered, if only by a
 * time-out, so no wait is for ever.
 */
final class MembersInFlight {
    private final Map<Long, Integer> purchases = new HashMap<>();
    private final Map<Long, Integer> returns = new HashMap<>();

    /** Waits until the member has nothing in flight, and counts a return. */
    synchronized void beginReturn(final long memberId) {
        awaitNone(purchases, memberId);
        awaitNone(returns, memberId);
        returns.merge(memberId, 1, Integer::sum);
    }

    /** Waits until the member has no return in flight, and counts a purchase. */
    synchronized void beginPurchase(final long memberId) {
        awaitNone(returns, memberId);
        purchases.merge(memberId, 1, Integer::sum);
    }

    /** A return of the member is answered. */
    synchronized void endReturn(final long memberId) {
        end(returns, memberId);
    }

    /** A purchase of the member is answered. */
    synchronized void endPurchase(final long memberId) {
        end(purchases, memberId);
    }

    private void awaitNone(final Map<Long, Integer> inFlight, final long memberId) {
        while (inFlight.containsKey(memberId)) {
            try {
                wait();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void end(final Map<Long, Integer> inFlight, final long memberId) {
        inFlight.computeIfPresent(memberId, (id, count) -> count == 1 ? null : count - 1);
        notifyAll();
    }
}
