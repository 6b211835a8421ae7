package io.tallymark.ledger;

import io.tallymark.ledger.program.Expiry;
import io.tallymark.protocol.Clip;
import io.tallymark.protocol.Limits;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Images with anything in them that a ledger could put there, biased to edges, and their content as text. */
final class RandomImages {
    private static final int TODAY = 20_779;
    private static final long[] EDGES = {
        1, 127, 128, 16_383, 16_384, (1L << 50) - 1, 1L << 50, Limits.MAX_VALUE, Long.MAX_VALUE >>> 1
    };

    private final Random random;

    RandomImages(final Random random) {
        this.random = random;
    }

    long value() {
        return random.nextInt(8) == 0
                ? EDGES[random.nextInt(EDGES.length)]
                : 1 + (random.nextLong() >>> 14 + random.nextInt(49));
    }

    long valueOrZero() {
        return random.nextInt(3) == 0 ? 0 : value();
    }

    int day() {
        return switch (random.nextInt(12)) {
            case 0 -> Expiry.NEVER_DAY;
            case 1 -> random.nextInt(3_000_000);
            default -> TODAY - 400 + random.nextInt(1_200);
        };
    }

    /** Mostly the house, of most images always. */
    private int issuer() {
        return random.nextInt(8) == 0 ? random.nextInt(256) : LotBook.HOUSE;
    }

    private long time() {
        return switch (random.nextInt(6)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> 0;
            case 2 -> (long) (random.nextDouble() * Ledger.MAX_TIME_MS);
            case 3 -> Ledger.MAX_TIME_MS;
            default -> (TODAY + random.nextInt(800)) * 86_400_000L - 8 * 3_600_000L;
        };
    }

    /** That of an issuer, or of a further wallet. */
    private int account() {
        return random.nextInt(4) == 0 ? Account.of(1 + random.nextInt(Account.WALLETS - 1)) : issuer();
    }

    /** At most so many, often none. */
    private int count(final int most) {
        return random.nextInt(2) == 0 ? 0 : random.nextInt(random.nextInt(20) == 0 ? most + 1 : Math.min(most, 4) + 1);
    }

    /** Fills all but program, slot and id. */
    void fill(final MemberDraft d) {
        final boolean plain = random.nextInt(4) == 0;
        d.frozen = random.nextInt(8) == 0;
        d.closed = random.nextInt(8) == 0;
        d.ordered = random.nextBoolean();
        d.lifetimeTier = random.nextInt(64);
        d.spendMinor = valueOrZero();
        d.earnedPoints = valueOrZero();
        d.visits = random.nextInt(16) == 0 ? value() : random.nextInt(1 << 28);
        d.debtPoints = valueOrZero();
        if (plain) {
            if (random.nextInt(3) > 0) {
                d.lots.add(day(), account(), value(), 0);
            }
            return;
        }
        d.bonusesGiven = random.nextInt(3) == 0 ? random.nextLong() : 0;
        d.lifetimeBonuses = d.bonusesGiven & random.nextLong();
        d.joinDay = random.nextInt(3) == 0 ? 0 : random.nextInt(30_000);
        d.lastActivityDay = random.nextInt(3) == 0 ? 0 : TODAY + random.nextInt(100);
        d.birthday = random.nextInt(3) == 0 ? 0 : 19_000_101 + random.nextInt(1_300_000);
        d.referrerSlot = random.nextInt(3) == 0 ? 1 + random.nextInt(1 << 1 + random.nextInt(30)) : 0;
        for (int i = count(40); i > 0; i--) {
            d.lots.add(day(), account(), random.nextInt(1_000_000) + 1, 0);
        }
        for (int i = count(20); i > 0; i--) {
            final int activation = random.nextInt(3) == 0 ? OrderDraft.FULFILMENT_DAY : TODAY + random.nextInt(60);
            d.pending.add(activation, day(), account(), 1 + random.nextInt(1_000_000));
        }
        for (int i = count(Account.WALLETS - 2); i > 0; i--) {
            d.debts.add(i, value());
        }
        fillHolds(d);
        fillCounters(d);
        fillValue(d);
        fillCoupons(d);
    }

    private void fillValue(final MemberDraft d) {
        for (int i = count(8); i > 0; i--) {
            final long principal = valueOrZero();
            final int wallet = random.nextInt(255);
            d.value.add(wallet, principal, principal == 0 ? value() : valueOrZero());
            d.value.owe(random.nextBoolean() ? wallet : random.nextInt(255), valueOrZero());
        }
    }

    private void fillHolds(final MemberDraft d) {
        long number = 1 + (random.nextLong() >>> 20 + random.nextInt(40));
        for (int i = d.lots.count == 0 ? 0 : count(12); i > 0; i--) {
            number += 1 + random.nextInt(1_000);
            d.holds.begin(number, Math.min(time(), Ledger.MAX_TIME_MS), valueOrZero());
            if (random.nextInt(3) == 0) {
                d.holds.forReward(
                        1 + random.nextInt(4_096),
                        1 + random.nextInt(65_535),
                        valueOrZero(),
                        TODAY - random.nextInt(30));
            }
            d.holds.counterpart[d.holds.count - 1] = issuer();
            for (int part = random.nextInt(4); part >= 0; part--) {
                final int lot = random.nextInt(d.lots.count);
                final long points = 1 + random.nextInt(500);
                d.lots.add(d.lots.expiryDay[lot], d.lots.account[lot], points, points);
                d.holds.addPart(d.lots.expiryDay[lot], d.lots.account[lot], points);
            }
            if (random.nextInt(3) == 0) {
                d.holds.forReward(1 + random.nextInt(4_000), 1 + random.nextInt(65_535), valueOrZero(), TODAY);
            }
            if (random.nextInt(3) == 0) {
                d.holds.withCoupon(1 + random.nextInt(4_000), value() >>> 14, day(), 1 + random.nextInt(1_000_000));
            }
        }
    }

    private void fillCounters(final MemberDraft d) {
        final TreeSet<Integer> buckets = new TreeSet<>();
        for (int i = count(30); i > 0; i--) {
            buckets.add(random.nextInt(4) == 0 ? BucketBook.ANNIVERSARY + random.nextInt(50) : random.nextInt(30_000));
        }
        for (final int bucket : buckets) {
            final int i = d.buckets.open(bucket);
            d.buckets.spendMinor[i] = valueOrZero();
            d.buckets.visits[i] = random.nextInt(500);
            d.buckets.points[i] = valueOrZero();
            d.buckets.orders[i] = random.nextBoolean() ? d.buckets.visits[i] : valueOrZero();
        }
        for (int i = count(10); i > 0; i--) {
            final int at = d.grants.open(1 + random.nextInt(63), 1 + random.nextInt(3));
            d.grants.fromMs[at] = time();
            d.grants.untilMs[at] = time();
            d.grants.firstPeriodEndMs[at] = time();
            d.grants.graceEndMs[at] = time();
            d.grants.purchase[at] = d.grants.way[at] == GrantBook.PAID ? valueOrZero() >>> 2 : 0;
            d.grants.bonuses[at] = random.nextBoolean() ? random.nextLong() >>> 1 : 0;
        }
        for (int i = count(30); i > 0; i--) {
            final int period = random.nextInt(3) == 0 ? 0 : TODAY - 20 + random.nextInt(40);
            d.usage.add(1 + random.nextInt(15), random.nextInt(1_024), period, value() >>> 8 | 1);
        }
    }

    private void fillCoupons(final MemberDraft d) {
        for (int i = count(200); i > 0; i--) {
            final int uses = 1 + random.nextInt(random.nextInt(3) == 0 ? Integer.MAX_VALUE : 9);
            final long sequence = value() >>> 14;
            final int day = day();
            final int coupon = random.nextInt(500);
            if (d.coupons.find(day, sequence, coupon) >= 0) {
                continue;
            }
            if (random.nextInt(4) == 0) {
                d.coupons.miss(day, sequence, coupon, uses);
                continue;
            }
            d.coupons.grant(day, sequence, coupon, uses);
            if (uses > 1 && random.nextBoolean()) {
                d.coupons.take(d.coupons.find(day, sequence, coupon), random.nextInt(uses));
            }
        }
    }

    /** Fills an order of a member slot. */
    void fill(final OrderDraft o, final int slot, final int maxLines) {
        o.clear();
        o.memberSlot = slot;
        o.version = 1 + random.nextInt(random.nextInt(10) == 0 ? 65_535 : 100);
        o.amountMinor = value();
        o.refundedMinor = random.nextInt(4) == 0 ? value() : 0;
        o.tierRank = random.nextInt(20);
        o.eventDay = TODAY - random.nextInt(400);
        if (random.nextInt(4) == 0) {
            o.referrerSlot = 1 + random.nextInt(1 << 1 + random.nextInt(30));
            o.referrerPoints = value();
        }
        for (int i = count(60); i > 0; i--) {
            o.boards.add(random.nextInt(1_024), 1 + random.nextInt(1 << 1 + random.nextInt(27)));
        }
        o.visit = random.nextBoolean();
        o.granted.basePoints = valueOrZero() >>> 2;
        o.granted.tierPoints = valueOrZero() >>> 2;
        o.granted.clippedBasePoints = random.nextInt(8) == 0 ? value() : 0;
        final TreeMap<Integer, Integer> campaigns = new TreeMap<>();
        for (int i = count(Shares.MAX_CAMPAIGNS); i > 0; i--) {
            campaigns.put(random.nextInt(1_000), random.nextInt(64));
        }
        campaigns.values().forEach(place -> {
            o.granted.add(place, valueOrZero() >>> 8);
            final int i = o.granted.count - 1;
            if (random.nextInt(4) == 0) {
                o.granted.clipped[i] = value();
                o.granted.clippedBy[i] = Clip.values()[1 + random.nextInt(6)];
            }
            o.keptPoints[i] = random.nextBoolean() ? o.granted.points[i] : valueOrZero();
        });
        o.retainedPoints = random.nextBoolean() ? o.granted.total() : valueOrZero();
        o.activationDay = random.nextInt(3) > 0 ? 0 : random.nextBoolean() ? OrderDraft.FULFILMENT_DAY : TODAY + 5;
        o.expiryDay = random.nextInt(4) == 0 ? 0 : day();
        o.couponDay = random.nextInt(3) == 0 ? TODAY - 5 : 0;
        o.revokedCoupons = o.couponDay != 0 && random.nextBoolean() ? random.nextLong() : 0;
        o.issuer = issuer();
        for (int wallet = 1 + random.nextInt(8); wallet < Account.WALLETS; wallet += 1 + random.nextInt(5)) {
            o.wallets.add(
                    wallet,
                    value(),
                    valueOrZero(),
                    random.nextInt(3) > 0 ? 0 : random.nextBoolean() ? OrderDraft.FULFILMENT_DAY : TODAY + 5,
                    day());
        }
        for (int i = count(maxLines); i > 0; i--) {
            fillLine(o.lines, o);
        }
    }

    private void fillLine(final OrderLineBook lines, final OrderDraft o) {
        final int i = lines.add(
                random.nextInt(4) == 0 ? random.nextInt() >>> 1 : lines.count + 1,
                random.nextInt(3) == 0 ? random.nextInt() >>> random.nextInt(31) >>> 1 : 1,
                random.nextInt(3) == 0 ? o.amountMinor : valueOrZero());
        if (random.nextInt(4) == 0) {
            lines.refundedQuantity[i] = random.nextInt(3);
            lines.refundedMinor[i] = valueOrZero();
        }
        lines.rate[i] = random.nextInt(3) == 0 ? OrderLineBook.NO_RATE + random.nextInt(66) : OrderLineBook.BASE_RATE;
        lines.campaigns[i] = random.nextInt(3) == 0 ? random.nextLong() : 0;
        lines.wallets[i] = random.nextInt(3) == 0 ? random.nextInt(1 << Account.WALLETS) : 0;
    }

    void fill(final RedemptionDraft r, final int slot) {
        r.clear();
        r.memberSlot = slot;
        r.points = value();
        r.valueMinor = value();
        r.returnedValueMinor = valueOrZero();
        r.returnedPoints = valueOrZero();
        final boolean foreign = random.nextInt(3) == 0;
        r.counterpart = foreign ? random.nextInt(256) : 0;
        for (int i = count(50); i > 0; i--) {
            r.taken(day(), foreign ? account() : 0, value());
        }
    }

    void fill(final ValueDraft s, final int slot) {
        s.memberSlot = slot;
        s.wallet = random.nextInt(255);
        s.principalMinor = valueOrZero();
        s.giftMinor = valueOrZero();
        s.returnedPrincipalMinor = valueOrZero();
        s.returnedGiftMinor = valueOrZero();
    }

    static String text(final MemberDraft d) {
        final StringBuilder t = new StringBuilder();
        t.append(d.slot)
                .append(' ')
                .append(d.memberId)
                .append(d.frozen)
                .append(d.closed)
                .append(d.ordered);
        add(t, d.lifetimeTier, d.spendMinor, d.earnedPoints, d.visits, d.debtPoints, d.bonusesGiven);
        add(t, d.lifetimeBonuses);
        add(t, d.joinDay, d.lastActivityDay, d.birthday, d.referrerSlot);
        t.append(" lots");
        for (int i = 0; i < d.lots.count; i++) {
            add(t, d.lots.expiryDay[i], d.lots.account[i], d.lots.points[i], d.lots.held[i]);
        }
        t.append(" debts");
        for (int wallet = 1; wallet < Account.WALLETS; wallet++) {
            add(t, d.debts.get(wallet));
        }
        t.append(" pending");
        for (int i = 0; i < d.pending.count; i++) {
            add(t, d.pending.activationDay[i], d.pending.expiryDay[i], d.pending.account[i], d.pending.points[i]);
        }
        t.append(" holds");
        for (int i = 0; i < d.holds.count; i++) {
            add(t, d.holds.number[i], d.holds.deadlineMs[i], d.holds.valueMinor[i], d.holds.partsEnd[i]);
            add(t, d.holds.reward[i], d.holds.version[i], d.holds.cashMinor[i], d.holds.day[i]);
            add(t, d.holds.coupon[i], d.holds.couponSequence[i], d.holds.couponDay[i], d.holds.couponUses[i]);
            add(t, d.holds.counterpart[i]);
        }
        for (int i = 0; i < d.holds.partsCount(); i++) {
            add(t, d.holds.partDay[i], d.holds.partAccount[i], d.holds.partPoints[i]);
        }
        t.append(" buckets");
        for (int i = 0; i < d.buckets.count; i++) {
            add(t, d.buckets.bucket[i], d.buckets.spendMinor[i], d.buckets.visits[i], d.buckets.points[i]);
            add(t, d.buckets.orders[i]);
        }
        t.append(" grants");
        for (int i = 0; i < d.grants.count; i++) {
            add(t, d.grants.tier[i], d.grants.way[i], d.grants.fromMs[i], d.grants.untilMs[i]);
            add(t, d.grants.firstPeriodEndMs[i], d.grants.graceEndMs[i], d.grants.bonuses[i], d.grants.purchase[i]);
        }
        t.append(" usage");
        for (int i = 0; i < d.usage.count; i++) {
            add(t, d.usage.kind[i], d.usage.rule[i], d.usage.period[i], d.usage.used[i]);
        }
        t.append(" value");
        for (int i = 0; i < d.value.count; i++) {
            add(t, d.value.wallet[i], d.value.principalMinor[i], d.value.giftMinor[i], d.value.owedGiftMinor[i]);
        }
        t.append(" coupons");
        for (int i = 0; i < d.coupons.count; i++) {
            add(t, d.coupons.expiryDay[i], d.coupons.sequence[i], d.coupons.coupon[i]);
            add(t, d.coupons.uses[i], d.coupons.left[i]);
        }
        return t.toString();
    }

    static String text(final OrderDraft o) {
        final StringBuilder t = new StringBuilder();
        add(t, o.memberSlot, o.version, o.amountMinor, o.refundedMinor, o.tierRank, o.eventDay, o.visit ? 1 : 0);
        add(t, o.referrerSlot, o.referrerPoints);
        for (int i = 0; i < o.boards.count; i++) {
            add(t, o.boards.board[i], o.boards.participant[i]);
        }
        add(t, o.retainedPoints, o.activationDay, o.expiryDay, o.couponDay, o.revokedCoupons);
        add(t, o.issuer);
        for (int i = 0; i < o.wallets.count; i++) {
            add(t, o.wallets.wallet[i], o.wallets.grantedPoints[i], o.wallets.retainedPoints[i]);
            add(t, o.wallets.activationDay[i], o.wallets.expiryDay[i]);
        }
        add(t, o.granted.basePoints, o.granted.tierPoints, o.granted.clippedBasePoints);
        t.append(" campaigns");
        for (int i = 0; i < o.granted.count; i++) {
            add(t, o.granted.campaign[i], o.granted.points[i], o.granted.clipped[i], o.keptPoints[i]);
            t.append(o.granted.clippedBy[i]);
        }
        t.append(" lines");
        final OrderLineBook lines = o.lines;
        for (int i = 0; i < lines.count; i++) {
            add(t, lines.number[i], lines.quantity[i], lines.amountMinor[i], lines.refundedQuantity[i]);
            add(t, lines.refundedMinor[i], lines.rate[i], lines.campaigns[i], lines.wallets[i]);
        }
        return t.toString();
    }

    static String text(final RedemptionDraft r) {
        final StringBuilder t = new StringBuilder();
        add(t, r.memberSlot, r.points, r.valueMinor, r.returnedValueMinor, r.returnedPoints, r.counterpart);
        for (int i = 0; i < r.count; i++) {
            add(t, r.expiryDay[i], r.account[i], r.partPoints[i]);
        }
        return t.toString();
    }

    private static void add(final StringBuilder text, final long... numbers) {
        for (final long number : numbers) {
            text.append(' ').append(number);
        }
    }
}
