package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.Draw;
import io.tallymark.ledger.program.Pack;
import io.tallymark.ledger.program.Reward;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a program has to give away, and what became of it. */
final class Shelf {
    /** Uses of a coupon, and the money that came with those used. */
    static final class Funnel {
        long granted;
        long used;
        long returned;
        long revoked;
        long expired;
        long usedMinor;
    }

    /** By reward, by {@code draw/place}, and by pack behind {@code pack:}. */
    final Map<String, Long> taken = new HashMap<>();

    final Map<String, Long> restocked = new HashMap<>();

    /** By coupon, in the order of first listing. */
    final Set<String> everCoupons = new LinkedHashSet<>();

    /** Rewards, and prizes as {@code draw/place}, of all versions. */
    final Set<String> everStocked = new LinkedHashSet<>();

    final Map<String, Funnel> funnels = new HashMap<>();
    final Map<Program.Name, CouponOps.Use> usedCoupons = new HashMap<>();
    final Map<Program.Name, CouponOps.Use> usedBenefits = new HashMap<>();
    final Map<Program.Name, PackOps.Purchase> purchases = new HashMap<>();

    void enact(final Catalogue next) {
        next.coupons().forEach(coupon -> everCoupons.add(coupon.id()));
        next.rewards().forEach(reward -> everStocked.add(reward.id()));
        for (final Draw draw : next.draws()) {
            for (int place = 1; place <= draw.prizes().size(); place++) {
                everStocked.add(prize(draw, place));
            }
        }
    }

    static String prize(final Draw draw, final int place) {
        return draw.id() + "/" + place;
    }

    static String pack(final Pack pack) {
        return "pack:" + pack.id();
    }

    static Reward reward(final Catalogue catalogue, final String id) {
        return first(catalogue.rewards().stream().filter(r -> r.id().equals(id)).toList());
    }

    static Coupon coupon(final Catalogue catalogue, final String id) {
        return first(catalogue.coupons().stream().filter(c -> c.id().equals(id)).toList());
    }

    static Pack pack(final Catalogue catalogue, final String id) {
        return first(catalogue.packs().stream().filter(p -> p.id().equals(id)).toList());
    }

    static Draw draw(final Catalogue catalogue, final String id) {
        return first(catalogue.draws().stream().filter(d -> d.id().equals(id)).toList());
    }

    private static <T> T first(final List<T> list) {
        return list.isEmpty() ? null : list.get(0);
    }

    /** What the version in force says; UNLIMITED: no stock, or not listed. */
    static long stockOf(final Catalogue catalogue, final String what) {
        final Reward reward = reward(catalogue, what);
        if (reward != null) {
            return reward.offer().stock();
        }
        for (final Draw draw : catalogue.draws()) {
            for (int place = 1; place <= draw.prizes().size(); place++) {
                if (prize(draw, place).equals(what)) {
                    return draw.prizes().get(place - 1).stock();
                }
            }
        }
        return io.tallymark.ledger.program.CompiledProgram.UNLIMITED;
    }

    long takenOf(final String what) {
        return taken.getOrDefault(what, 0L);
    }

    long restockedOf(final String what) {
        return restocked.getOrDefault(what, 0L);
    }

    /** May be below 0, where a version has less than was taken. */
    long left(final String what, final long stock) {
        return stock + restockedOf(what) - takenOf(what);
    }

    void take(final String what, final long count) {
        taken.merge(what, count, Math::addExact);
    }

    Funnel funnel(final String coupon) {
        return funnels.computeIfAbsent(coupon, k -> new Funnel());
    }
}
