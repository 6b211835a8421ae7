package io.tallymark.ledger;

import static io.tallymark.protocol.CommandType.BUY_PACK;
import static io.tallymark.protocol.CommandType.CAPTURE;
import static io.tallymark.protocol.CommandType.CLOSE;
import static io.tallymark.protocol.CommandType.HOLD;
import static io.tallymark.protocol.CommandType.MERGE;
import static io.tallymark.protocol.CommandType.REFUND;
import static io.tallymark.protocol.CommandType.REFUND_PACK;
import static io.tallymark.protocol.CommandType.RETURN_USE;
import static io.tallymark.protocol.CommandType.VOID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.NaiveCoupons.Grant;
import io.tallymark.ledger.NaiveCoupons.Granted;
import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Pack;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random histories of coupons against {@link NaiveCoupons}: every code, every holding, the funnels. */
final class CouponHistoryTest {
    static final int LAST_DAY = CouponBench.TODAY + 30;

    private static final long SEED = 20_261_122;
    private static final int HISTORIES = 60;
    private static final int STEPS = 250;
    private static final int MEMBERS = 3;
    private static final long BIG_MINOR = 50_000;
    private static final List<String> COUPONS = List.of("ever", "until", "week");
    private static final List<Grant> ANY = List.of(new Grant("week", 1, 0), new Grant("until", 1, 0));
    private static final List<Grant> BIG = List.of(new Grant("week", 2, 7), new Grant("ever", 4, 3));
    private static final List<Grant> SHARE = List.of(new Grant("week", 5, 10), new Grant("ever", 3, 0));
    private static final List<Grant> WHOLE = List.of(new Grant("ever", 2, 5));

    private final Map<String, Order> orders = new HashMap<>();
    private final Map<String, Granted> packs = new HashMap<>();
    private final Map<ResultCode, Integer> seen = new HashMap<>();
    private CouponBench bench;
    private NaiveCoupons naive;
    private Random random;
    private int documents;
    private int madeUp;

    private static final class Order {
        Granted any;
        Granted big;
        long remainingMinor;
    }

    private static List<CouponGrant> grants(final List<Grant> grants) {
        return grants.stream()
                .map(g -> new CouponGrant(g.coupon(), g.uses(), g.days()))
                .toList();
    }

    private static Campaign campaign(final String id, final long fromMinor, final List<Grant> grants) {
        final long none = CompiledProgram.UNLIMITED;
        final Condition when = Condition.builder().minOrderMinor(fromMinor).build();
        return new Campaign(id, 1, Campaign.Mode.BONUS, 0, 0, false, "", when, none, none, none, none, grants(grants));
    }

    private static CompiledProgram.Builder program() {
        final Limit twice = new Limit(Activity.Per.WEEK, 2);
        return CouponBench.program(Catalogue.builder()
                        .add(new Coupon("ever", 0, 3, 0, Expiry.NEVER_DAY, Limit.NONE, Condition.ALWAYS))
                        .add(new Coupon("until", 0, 1, 0, LAST_DAY, twice, Condition.ALWAYS))
                        .add(Coupon.of("week", 0, 7))
                        .add(new Pack("share", Offer.of(100, 1_999), grants(SHARE), Pack.Refund.UNUSED_SHARE))
                        .add(new Pack("whole", Offer.of(7, 0), grants(WHOLE), Pack.Refund.WHOLE)))
                .keyDays(1_000)
                .addCampaign(campaign("any", 0, ANY))
                .addCampaign(campaign("big", BIG_MINOR, BIG));
    }

    @Test
    void everyAnswerIsThatOfTheRules() {
        for (int i = 0; i < HISTORIES; i++) {
            history(SEED + i);
            madeUp += naive.madeUp;
        }
        for (final ResultCode code : List.of(
                ResultCode.ACCEPTED,
                ResultCode.COUPON_NOT_FOUND,
                ResultCode.RULE_LIMIT_REACHED,
                ResultCode.ALREADY_RETURNED,
                ResultCode.HOLD_EXPIRED,
                ResultCode.HAS_HOLDS,
                ResultCode.REFUND_EXCEEDS_ORIGINAL,
                ResultCode.MEMBER_CLOSED)) {
            assertTrue(seen.getOrDefault(code, 0) > 10, code + ": " + seen);
        }
        assertTrue(madeUp > 30, "what was missed hardly came back: " + madeUp);
    }

    private void history(final long seed) {
        random = new Random(seed);
        bench = new CouponBench().publish(program());
        naive = new NaiveCoupons(COUPONS);
        orders.clear();
        packs.clear();
        naive.advanceTo(bench.desk.nowMs);
        for (int member = 1; member <= MEMBERS; member++) {
            bench.accepted(Commands.adjust("rich" + member, member, 1_000_000_000));
            naive.add(member);
        }
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(3) == 0) {
                final int hours = 1 + random.nextInt(random.nextInt(5) == 0 ? 100 : 12);
                bench.desk.after(hours * 3_600_000L);
                naive.advanceTo(bench.desk.nowMs);
            }
            final long member = 1 + random.nextInt(MEMBERS);
            final String where = "seed " + seed + ", step " + step;
            step(member, where);
            if (random.nextInt(20) == 0) {
                bench.accepted(Commands.tick(bench.desk.nowMs));
                for (final String coupon : COUPONS) {
                    assertEquals(naive.funnel(coupon), bench.funnel(coupon), where + ": " + coupon);
                }
                assertEquals(naive.holdings(member), bench.holdings(member), where);
            }
        }
    }

    private void step(final long member, final String where) {
        final long sequence = bench.desk.ledger.lastSequence() + 1;
        final String coupon = COUPONS.get(random.nextInt(COUPONS.size()));
        final String document = "x" + ++documents;
        switch (random.nextInt(40)) {
            case 0 -> {
                final ResultCode code = random.nextInt(4) > 0 ? null : naive.close(member);
                if (code != null) {
                    same(code, bench.keyed(CLOSE).memberId(member), where);
                }
            }
            case 1 -> {
                final long into = 1 + random.nextInt(MEMBERS);
                same(
                        naive.merge(member, into),
                        bench.keyed(MERGE).memberId(member).otherMemberId(into),
                        where);
            }
            case 2, 3, 4, 5 -> buy(document, member, sequence, where);
            case 6, 7, 8, 9 -> refund(document(orders), where);
            case 10, 11 -> buyPack(document, member, sequence, where);
            case 12, 13 -> refundPack(document(packs), where);
            case 14, 15, 16, 17, 18, 19 ->
                same(
                        naive.grantByCommand(member, coupon, coupon.equals("until") ? 2 : 0, sequence),
                        bench.grant(member, coupon),
                        where);
            case 20, 21, 22, 23, 24 -> {
                final List<String> missed = naive.ofMissed();
                final String earlier = missed.isEmpty() || random.nextBoolean()
                        ? earlier()
                        : missed.get(random.nextInt(missed.size()));
                same(naive.giveBack(earlier), bench.about(RETURN_USE, earlier), where);
            }
            case 25, 26, 27 -> {
                final long ttlMs = (1 + random.nextInt(200)) * 3_600_000L;
                final Command hold = Commands.keyed(HOLD, document)
                        .memberId(member)
                        .points(random.nextInt(2))
                        .ttlMs(ttlMs)
                        .put(VarField.COUPON_ID, coupon);
                same(naive.hold(document, member, coupon, ttlMs), hold, where);
            }
            case 28, 29, 30, 31 -> {
                final String earlier = earlier();
                final boolean captured = random.nextBoolean();
                same(naive.endHold(earlier, captured), bench.about(captured ? CAPTURE : VOID, earlier), where);
            }
            default -> {
                final long amountMinor = random.nextInt(5_000);
                same(
                        naive.use(document, member, coupon, amountMinor),
                        bench.use(document, member, coupon).amountMinor(amountMinor),
                        where);
            }
        }
    }

    /** One of the last documents, mostly. */
    private String earlier() {
        return "x" + (documents - random.nextInt(60));
    }

    private String document(final Map<String, ?> of) {
        final List<String> known = new ArrayList<>(of.keySet());
        known.sort(null);
        return known.isEmpty() ? null : known.get(random.nextInt(known.size()));
    }

    private Outcome same(final ResultCode expected, final Command c, final String where) {
        final Outcome o = bench.apply(c);
        assertEquals(expected, o.code, where + ": " + c.type());
        seen.merge(expected, 1, Integer::sum);
        return o;
    }

    private void buy(final String document, final long member, final long sequence, final String where) {
        final boolean closed = naive.isClosed(member);
        final long amountMinor = 1 + random.nextInt((int) BIG_MINOR * 2);
        final Command c = Commands.accrue(document, member, amountMinor);
        same(closed ? ResultCode.MEMBER_CLOSED : ResultCode.ACCEPTED, c, where);
        if (!closed) {
            final Order order = new Order();
            order.any = naive.grant(member, ANY, sequence);
            order.big = amountMinor >= BIG_MINOR ? naive.grant(member, BIG, sequence) : null;
            order.remainingMinor = amountMinor;
            orders.put(document, order);
        }
    }

    private void refund(final String document, final String where) {
        final Order order = document == null ? null : orders.get(document);
        if (order == null) {
            return;
        }
        final long amountMinor = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt((int) BIG_MINOR);
        final Command c = bench.about(REFUND, document).amountMinor(amountMinor);
        if (amountMinor > order.remainingMinor || order.remainingMinor == 0) {
            same(ResultCode.REFUND_EXCEEDS_ORIGINAL, c, where);
            return;
        }
        order.remainingMinor -= amountMinor == 0 ? order.remainingMinor : amountMinor;
        final List<String> told = new ArrayList<>();
        if (order.any != null && order.remainingMinor == 0) {
            told.addAll(naive.revoke(order.any, ANY));
            order.any = null;
        }
        if (order.big != null && order.remainingMinor < BIG_MINOR) {
            told.addAll(naive.revoke(order.big, BIG));
            order.big = null;
        }
        final Outcome o = same(ResultCode.ACCEPTED, c, where);
        assertEquals(String.join("; ", told), CouponBench.rows(o), where);
    }

    private void buyPack(final String document, final long member, final long sequence, final String where) {
        final boolean share = random.nextBoolean();
        final boolean closed = naive.isClosed(member);
        final Command c =
                Commands.keyed(BUY_PACK, document).memberId(member).put(VarField.RULE_ID, share ? "share" : "whole");
        same(closed ? ResultCode.MEMBER_CLOSED : ResultCode.ACCEPTED, c, where);
        if (!closed) {
            packs.put(document, naive.grant(member, share ? SHARE : WHOLE, sequence));
        }
    }

    private void refundPack(final String document, final String where) {
        final Granted pack = document == null ? null : packs.get(document);
        final Command c = bench.about(REFUND_PACK, document == null ? "none" : document);
        if (pack == null) {
            same(ResultCode.ORIGINAL_NOT_FOUND, c, where);
        } else if (naive.isClosed(pack.member())) {
            same(ResultCode.MEMBER_CLOSED, c, where);
        } else {
            final boolean share = pack.grants().equals(SHARE);
            final long left = naive.left(pack);
            final List<String> told =
                    share ? naive.revokeUnused(pack, pack.grants()) : naive.revoke(pack, pack.grants());
            final Outcome o = same(ResultCode.ACCEPTED, c, where);
            assertEquals(share ? 100 * left / 8 : 7, o.points, where);
            assertEquals(share ? 1_999 * left / 8 : 0, o.cashMinor, where);
            assertEquals(String.join("; ", told), CouponBench.rows(o), where);
            packs.remove(document);
        }
    }
}
