package io.tallymark.ledger.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Coupons of one grant and one last day. Without a use left it is none, but may come back. */
final class Holding {
    record Key(String coupon, long sequence, int expiryDay) {}

    /** What was granted together: what of it can be revoked. */
    record Given(Key key, int uses) {}

    int uses;
    int left;

    /** Uses that a revocation did not find: as many do not come back. Only where none is left. */
    int missing;

    /** Whether it is kept in mind: some are left, or missing. */
    private boolean isKept() {
        return left > 0 || missing > 0;
    }

    /** Of one member. */
    static final class Book {
        private final Map<Key, Holding> all = new LinkedHashMap<>();

        /** Those with a use left, by expiry day, sequence, then in the order of the coupons. */
        List<Key> live(final List<String> order) {
            final List<Key> keys = kept(order);
            keys.removeIf(key -> all.get(key).left == 0);
            return keys;
        }

        /** As {@link #live}, with those of which uses are missing. */
        List<Key> kept(final List<String> order) {
            final List<Key> keys = new ArrayList<>(all.keySet());
            keys.removeIf(key -> !all.get(key).isKept());
            keys.sort(Comparator.comparingInt(Key::expiryDay)
                    .thenComparingLong(Key::sequence)
                    .thenComparingInt(key -> order.indexOf(key.coupon)));
            return keys;
        }

        int count() {
            return kept(List.of()).size();
        }

        Holding of(final Key key) {
            return all.computeIfAbsent(key, k -> new Holding());
        }

        int leftOf(final Key key) {
            return all.containsKey(key) ? all.get(key).left : 0;
        }

        /** Keeps in mind that uses are missing, but opens no holding beyond so many. */
        void miss(final Key key, final int uses, final int most) {
            if (of(key).isKept() || count() < most) {
                of(key).missing += uses;
            }
        }

        void remove(final Key key) {
            all.remove(key);
        }

        void addAll(final Book other) {
            other.all.forEach((key, holding) -> {
                final Holding sum = of(key);
                sum.uses += holding.uses;
                sum.left += holding.left;
                sum.missing += holding.missing;
            });
        }

        void clear() {
            all.clear();
        }
    }
}
