package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.protocol.ResultCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Coupons as the rules page tells of them, with lists and maps and everything done at once. */
final class NaiveCoupons {
    /** Coupons of a grant: id, uses, days; 0 days: as the coupon says. */
    record Grant(String coupon, int uses, int days) {}

    /** What a command granted: by which grants, when, with which sequence; of a pack its price. */
    record Granted(long member, List<Grant> grants, int day, long sequence) {}

    private record Use(long member, Holding of, long amountMinor) {}

    private record Hold(long deadlineMs, Holding of) {}

    private static final class Holding {
        String coupon;
        long sequence;
        int day;
        int uses;
        int left;

        String name() {
            return name(coupon, sequence, day);
        }

        static String name(final String coupon, final long sequence, final int day) {
            return coupon + " " + sequence + " " + day;
        }
    }

    private static final class Member {
        boolean closed;
        final List<Holding> holdings = new ArrayList<>();
        final Map<String, Hold> holds = new TreeMap<>();

        /** By holding: uses that a revocation did not find. */
        final Map<String, Integer> missed = new TreeMap<>();

        final Map<Integer, Integer> grantedInWeek = new HashMap<>();
    }

    private final Map<Long, Member> members = new HashMap<>();
    private final Map<Long, Long> mergedInto = new HashMap<>();
    private final Map<String, Use> uses = new HashMap<>();
    private final Map<String, String> ended = new HashMap<>();
    private final Map<String, Long> holders = new HashMap<>();
    private final Map<String, long[]> funnels = new TreeMap<>();
    private final Map<String, Integer> ids;
    private long nowMs;

    /** How often what came back had been missed. */
    int madeUp;

    /** @param ids coupons in the order in which they were listed */
    NaiveCoupons(final List<String> ids) {
        this.ids = new HashMap<>();
        ids.forEach(id -> this.ids.put(id, this.ids.size()));
        ids.forEach(id -> funnels.put(id, new long[6]));
    }

    void add(final long member) {
        members.put(member, new Member());
    }

    long current(final long member) {
        long now = member;
        while (mergedInto.containsKey(now)) {
            now = mergedInto.get(now);
        }
        return now;
    }

    private Member member(final long id) {
        return members.get(current(id));
    }

    boolean isClosed(final long id) {
        return member(id).closed;
    }

    private static int dayOf(final long ms) {
        return (int) Math.floorDiv(ms + 8 * 3_600_000L, CompiledProgram.DAY_MS);
    }

    int today() {
        return dayOf(nowMs);
    }

    /** Hour by hour, so that each day begins and each hold ends when it does. */
    void advanceTo(final long ms) {
        while (nowMs < ms) {
            nowMs = nowMs == 0 ? ms : Math.min(ms, nowMs + 3_600_000L);
            members.values().forEach(this::due);
        }
    }

    private void due(final Member m) {
        m.holds.entrySet().removeIf(hold -> {
            final boolean over = hold.getValue().deadlineMs <= nowMs;
            if (over) {
                ended.put(hold.getKey(), "expired");
                putBack(m, hold.getValue().of);
            }
            return over;
        });
        m.holdings.removeIf(h -> {
            final boolean over = h.day <= today();
            funnels.get(h.coupon)[4] += over ? h.left : 0;
            return over;
        });
    }

    private int expiryDay(final Grant grant, final int day) {
        if (grant.days > 0) {
            return day + grant.days + 1;
        }
        return switch (grant.coupon) {
            case "until" -> CouponHistoryTest.LAST_DAY + 1;
            case "ever" -> Expiry.NEVER_DAY;
            default -> day + 8;
        };
    }

    Granted grant(final long id, final List<Grant> grants, final long sequence) {
        for (final Grant grant : grants) {
            final int day = expiryDay(grant, today());
            if (day <= today()) {
                continue;
            }
            Holding found = find(member(id), grant.coupon, sequence, day);
            if (found == null) {
                found = new Holding();
                found.coupon = grant.coupon;
                found.sequence = sequence;
                found.day = day;
                member(id).holdings.add(found);
            }
            found.uses += grant.uses;
            found.left += grant.uses;
            funnels.get(grant.coupon)[0] += grant.uses;
        }
        return new Granted(id, grants, today(), sequence);
    }

    private static Holding find(final Member m, final String coupon, final long sequence, final int day) {
        return m.holdings.stream()
                .filter(h -> h.coupon.equals(coupon) && h.sequence == sequence && h.day == day)
                .findFirst()
                .orElse(null);
    }

    ResultCode grantByCommand(final long id, final String coupon, final int timesAWeek, final long sequence) {
        if (isClosed(id)) {
            return ResultCode.MEMBER_CLOSED;
        }
        final Grant grant = new Grant(coupon, coupon.equals("ever") ? 3 : 1, 0);
        if (expiryDay(grant, today()) <= today()) {
            return ResultCode.NOT_OFFERED;
        }
        // 1970-01-01 was a Thursday.
        final int week = Math.floorDiv(today() + 3, 7);
        final Map<Integer, Integer> given = member(id).grantedInWeek;
        if (timesAWeek > 0 && given.getOrDefault(week, 0) >= timesAWeek) {
            return ResultCode.RULE_LIMIT_REACHED;
        }
        given.merge(week, timesAWeek > 0 ? 1 : 0, Integer::sum);
        grant(id, List.of(grant), sequence);
        return ResultCode.ACCEPTED;
    }

    /** Takes one use of what expires first; null: there is none. */
    private Holding take(final long id, final String coupon) {
        final Holding first = sorted(id).stream()
                .filter(h -> h.coupon.equals(coupon))
                .findFirst()
                .orElse(null);
        if (first != null && --first.left == 0) {
            member(id).holdings.remove(first);
        }
        return first;
    }

    private List<Holding> sorted(final long id) {
        final List<Holding> sorted = new ArrayList<>(member(id).holdings);
        sorted.sort(Comparator.<Holding>comparingInt(h -> h.day)
                .thenComparingLong(h -> h.sequence)
                .thenComparingInt(h -> ids.get(h.coupon)));
        return sorted;
    }

    ResultCode use(final String document, final long id, final String coupon, final long amountMinor) {
        if (isClosed(id)) {
            return ResultCode.MEMBER_CLOSED;
        }
        final Holding of = take(id, coupon);
        if (of == null) {
            return ResultCode.COUPON_NOT_FOUND;
        }
        uses.put(document, new Use(id, of, amountMinor));
        funnels.get(coupon)[1]++;
        funnels.get(coupon)[5] += amountMinor;
        return ResultCode.ACCEPTED;
    }

    /** Documents of uses that were not returned, of holdings of which a revocation missed some, in order. */
    List<String> ofMissed() {
        return uses.entrySet().stream()
                .filter(use -> !ended.containsKey(use.getKey()))
                .filter(use -> member(use.getValue().member)
                        .missed
                        .containsKey(use.getValue().of.name()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    ResultCode giveBack(final String document) {
        final Use use = uses.get(document);
        if (use == null) {
            return ResultCode.ORIGINAL_NOT_FOUND;
        }
        if (isClosed(use.member)) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (ended.put(document, "returned") != null) {
            return ResultCode.ALREADY_RETURNED;
        }
        final long[] funnel = funnels.get(use.of.coupon);
        funnel[1]--;
        funnel[2]++;
        funnel[5] -= use.amountMinor;
        putBack(member(use.member), use.of);
        return ResultCode.ACCEPTED;
    }

    private void putBack(final Member m, final Holding of) {
        if (of.day <= today()) {
            funnels.get(of.coupon)[4]++;
            return;
        }
        final int missed = m.missed.getOrDefault(of.name(), 0);
        if (missed > 0) {
            m.missed.put(of.name(), missed - 1);
            funnels.get(of.coupon)[3]++;
            madeUp++;
            return;
        }
        Holding found = find(m, of.coupon, of.sequence, of.day);
        if (found == null) {
            found = of;
            found.left = 0;
            m.holdings.add(found);
        }
        found.left++;
    }

    ResultCode hold(final String document, final long id, final String coupon, final long ttlMs) {
        if (isClosed(id)) {
            return ResultCode.MEMBER_CLOSED;
        }
        final Holding of = take(id, coupon);
        if (of == null) {
            return ResultCode.COUPON_NOT_FOUND;
        }
        member(id).holds.put(document, new Hold(nowMs + ttlMs, of));
        holders.put(document, id);
        return ResultCode.ACCEPTED;
    }

    ResultCode endHold(final String document, final boolean captured) {
        if (!holders.containsKey(document)) {
            return ResultCode.HOLD_NOT_FOUND;
        }
        final Member m = member(holders.get(document));
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        final Hold hold = m.holds.remove(document);
        if (hold == null) {
            return switch (ended.get(document)) {
                case "captured" -> ResultCode.HOLD_CAPTURED;
                case "voided" -> ResultCode.HOLD_VOIDED;
                default -> ResultCode.HOLD_EXPIRED;
            };
        }
        ended.put(document, captured ? "captured" : "voided");
        if (captured) {
            funnels.get(hold.of.coupon)[1]++;
        } else {
            putBack(m, hold.of);
        }
        return ResultCode.ACCEPTED;
    }

    /** Uses that are left of what a command granted. */
    long left(final Granted granted) {
        return member(granted.member).holdings.stream()
                .filter(h -> h.sequence == granted.sequence)
                .mapToLong(h -> h.left)
                .sum();
    }

    /** Takes away what is left of grants, and the rest as it comes back; what the reply tells of them. */
    List<String> revoke(final Granted granted, final List<Grant> which) {
        return revoke(granted, which, 1);
    }

    /** Takes away what is left of grants, but not what comes back. */
    List<String> revokeUnused(final Granted granted, final List<Grant> which) {
        return revoke(granted, which, 0);
    }

    private List<String> revoke(final Granted granted, final List<Grant> which, final int missing) {
        final List<String> told = new ArrayList<>();
        final Member m = member(granted.member);
        for (final Grant grant : which) {
            final int day = expiryDay(grant, granted.day);
            if (m.closed || day <= granted.day || day <= today()) {
                continue;
            }
            final Holding h = find(m, grant.coupon, granted.sequence, day);
            final int taken = h == null ? 0 : Math.min(h.left, grant.uses);
            if (taken > 0) {
                h.left -= taken;
                funnels.get(grant.coupon)[3] += taken;
                if (h.left == 0) {
                    m.holdings.remove(h);
                }
            }
            final String name = Holding.name(grant.coupon, granted.sequence, day);
            if ((grant.uses - taken) * missing > 0) {
                m.missed.merge(name, grant.uses - taken, Integer::sum);
            }
            told.add("coupon/" + grant.coupon + " -" + taken + " lost " + (grant.uses - taken));
        }
        return told;
    }

    ResultCode close(final long id) {
        final Member m = member(id);
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (!m.holds.isEmpty()) {
            return ResultCode.HAS_HOLDS;
        }
        m.closed = true;
        m.holdings.forEach(h -> funnels.get(h.coupon)[3] += h.left);
        m.holdings.clear();
        m.missed.clear();
        return ResultCode.ACCEPTED;
    }

    ResultCode merge(final long from, final long into) {
        if (current(from) == current(into)) {
            return ResultCode.SAME_MEMBER;
        }
        if (isClosed(from) || isClosed(into)) {
            return ResultCode.MEMBER_CLOSED;
        }
        final Member gone = member(from);
        final Member stays = member(into);
        stays.holdings.addAll(gone.holdings);
        stays.holds.putAll(gone.holds);
        stays.missed.putAll(gone.missed);
        gone.grantedInWeek.forEach((week, times) -> stays.grantedInWeek.merge(week, times, Integer::sum));
        members.remove(current(from));
        mergedInto.put(current(from), current(into));
        return ResultCode.ACCEPTED;
    }

    /** As {@link CouponBench#holdings}. */
    String holdings(final long id) {
        final List<String> text = new ArrayList<>();
        for (final Holding h : sorted(id)) {
            final String day = h.day == Expiry.NEVER_DAY ? "-" : "+" + (h.day - CouponBench.TODAY);
            text.add(h.coupon + " #" + h.sequence + " " + day + " " + h.left + "/" + h.uses);
        }
        return String.join("; ", text);
    }

    /** As {@link CouponBench#funnel}. */
    String funnel(final String coupon) {
        final List<String> columns = new ArrayList<>();
        for (final long value : funnels.get(coupon)) {
            columns.add(Long.toString(value));
        }
        return String.join(" ", columns);
    }
}
