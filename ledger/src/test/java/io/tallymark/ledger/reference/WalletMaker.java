package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.PointsWallet;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.protocol.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random further wallets of points: none in half of the programs, mostly kept by the versions that follow. */
final class WalletMaker {
    /** Not in the order of their ids, so that first listed and first by name differ. */
    private static final String[] IDS = {"stars", "growth", "miles"};

    private final Random random;
    private final Supplier<Condition> conditions;

    /** Whether the program ever has some. */
    private final boolean any;

    private List<String> listed = List.of();
    private List<String> next = List.of();
    private List<PointsWallet> current = List.of();

    /** What was a wallet of points and is to be of money; empty: none. */
    private String turned = "";

    WalletMaker(final Random random, final Supplier<Condition> conditions) {
        this.random = random;
        this.conditions = conditions;
        any = random.nextInt(2) == 0;
    }

    private boolean chance(final int of, final int outOf) {
        return random.nextInt(outOf) < of;
    }

    private long pick(final long... values) {
        return values[random.nextInt(values.length)];
    }

    /** Draws which the next version lists, before anything else of its catalogue. */
    void begin(final List<String> money) {
        turned = "";
        final List<String> now = new ArrayList<>();
        if (any) {
            for (final String id : IDS) {
                if (listed.contains(id) ? chance(50, 51) : chance(1, 2)) {
                    now.add(id);
                } else if (listed.contains(id) && chance(1, 2)) {
                    turned = id;
                }
            }
            if (chance(1, 60)) {
                final String id = CommunityMaker.WALLETS[random.nextInt(CommunityMaker.WALLETS.length)];
                money.remove(id);
                now.add(id);
            } else if (now.containsAll(listed)) {
                listed = now;
            }
        }
        next = now;
    }

    /** Draws what they are like, behind the tiers. */
    void make() {
        final int qualifying = chance(1, 3) ? random.nextInt(IDS.length) : IDS.length;
        final List<PointsWallet> wallets = new ArrayList<>();
        for (int i = 0; i < next.size(); i++) {
            wallets.add(wallet(next.get(i), i == qualifying));
        }
        current = wallets;
    }

    private PointsWallet wallet(final String id, final boolean qualifying) {
        final long points = chance(1, 5) ? 0 : pick(1, 1, 1, 1 + random.nextInt(50), 1 + random.nextInt(1_000_000));
        final RefundPolicy.Claw[] claws = RefundPolicy.Claw.values();
        return new PointsWallet(
                id,
                points,
                pick(1, 100, 100, 100, 1 + random.nextInt(50)),
                chance(1, 2) ? Condition.ALWAYS : conditions.get(),
                chance(1, 2),
                expiry(),
                chance(1, 2) ? Activation.IMMEDIATE : new Activation(chance(1, 2), (int) pick(0, 1, 3, 40)),
                new RefundPolicy(
                        chance(1, 2) ? RefundPolicy.Claw.DEBT : claws[random.nextInt(claws.length)],
                        pick(0, 50, 5_000, Limits.MAX_VALUE),
                        chance(1, 2)),
                chance(4, 5),
                qualifying);
    }

    private Expiry expiry() {
        return switch (random.nextInt(4)) {
            case 0 -> Expiry.fixed(1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(2));
            case 1 -> Expiry.never();
            default -> Expiry.months(1 + random.nextInt(4));
        };
    }

    void add(final Catalogue.Builder b) {
        current.forEach(b::add);
        if (!turned.isEmpty()) {
            b.add(new MoneyWallet(turned, List.of()));
        }
    }

    /** One that prices can be taken from, or {@code points}. */
    String payable() {
        final List<PointsWallet> some =
                current.stream().filter(PointsWallet::redeemable).toList();
        return some.isEmpty() || chance(1, 2)
                ? Account.POINTS
                : some.get(random.nextInt(some.size())).id();
    }

    /** One that a rule fills, or {@code points}. */
    String fillable() {
        return current.isEmpty() || chance(1, 2)
                ? Account.POINTS
                : current.get(random.nextInt(current.size())).id();
    }

    /** What a command names: mostly {@code points} or one that there is. */
    String named() {
        if (!any || chance(1, 2)) {
            return chance(1, 60) ? IDS[0] : Account.POINTS;
        }
        return chance(1, 25) ? chance(1, 2) ? "none" : CommunityMaker.WALLETS[0] : IDS[random.nextInt(IDS.length)];
    }

    /** Of the version that was made last. */
    List<String> ids() {
        return current.stream().map(PointsWallet::id).toList();
    }
}
