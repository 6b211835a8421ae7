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

    /** Of one member. */
    static final class Book {
        private final Map<Key, Holding> all = new LinkedHashMap<>();

        /** Those with a use left, by expiry day, sequence, then in the order of the coupons. */
        List<Key> live(final List<String> order) {
            if (all.isEmpty()) {
                return List.of();
            }
            final List<Key> keys = new ArrayList<>(all.keySet());
            keys.removeIf(key -> all.get(key).left == 0);
            keys.sort(Comparator.comparingInt(Key::expiryDay)
                    .thenComparingLong(Key::sequence)
                    .thenComparingInt(key -> order.indexOf(key.coupon)));
            return keys;
        }

        int count() {
            return live(List.of()).size();
        }

        Holding of(final Key key) {
            return all.computeIfAbsent(key, k -> new Holding());
        }

        int leftOf(final Key key) {
            return all.containsKey(key) ? all.get(key).left : 0;
        }

        void remove(final Key key) {
            all.remove(key);
        }

        void addAll(final Book other) {
            other.all.forEach((key, holding) -> {
                final Holding sum = of(key);
                sum.uses += holding.uses;
                sum.left += holding.left;
            });
        }

        void clear() {
            all.clear();
        }
    }
}
