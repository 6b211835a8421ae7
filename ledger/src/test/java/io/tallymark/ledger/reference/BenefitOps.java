package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Benefit;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/** Rights that tiers and the ways into them bring. */
final class BenefitOps {
    /** A benefit, by how much it counts: level first, then the way. */
    private record Had(Benefit benefit, int level) {
        boolean isOver(final Had other) {
            return level != other.level ? level > other.level : benefit.way().compareTo(other.benefit.way()) > 0;
        }
    }

    private BenefitOps() {}

    /** By id; of several of one id the one that counts. */
    static TreeMap<String, Benefit> of(final Program p, final Member m) {
        final TreeMap<String, Had> had = new TreeMap<>();
        if (m.lifetimeTier != null) {
            add(p, had, p.level(m.lifetimeTier), Grant.Way.EARNED);
        }
        m.grants.values().forEach(grant -> add(p, had, p.level(grant.tier), grant.way));
        final TreeMap<String, Benefit> benefits = new TreeMap<>();
        had.forEach((id, one) -> benefits.put(id, one.benefit));
        return benefits;
    }

    private static void add(final Program p, final TreeMap<String, Had> had, final int level, final Grant.Way way) {
        if (level == 0) {
            return;
        }
        for (final Benefit benefit : p.tier(level).benefits()) {
            if (benefit.way() == Benefit.Way.ANY || benefit.way().name().equals(way.name())) {
                final Had one = new Had(benefit, level);
                had.merge(benefit.id(), one, (a, b) -> b.isOver(a) ? b : a);
            }
        }
    }

    private static String what(final Benefit benefit) {
        return "benefit " + benefit.id();
    }

    static ResultCode use(final Request r) {
        final Member m = r.named();
        if (m == null || m.closed) {
            return m == null ? ResultCode.UNKNOWN_MEMBER : ResultCode.MEMBER_CLOSED;
        }
        if (m.frozen) {
            return ResultCode.MEMBER_FROZEN;
        }
        final Benefit benefit = of(r.p, m).get(r.text(VarField.RULE_ID));
        if (benefit == null) {
            return ResultCode.NOT_OFFERED;
        }
        if (Counted.isReached(r.p, m, what(benefit), benefit.limit(), r.today)) {
            return ResultCode.RULE_LIMIT_REACHED;
        }
        final Counted counted = Counted.count(r, m, what(benefit), benefit.limit());
        r.p.shelf.usedBenefits.put(r.name(), new CouponOps.Use(m.id, null, 0, counted, r.recordEnd()));
        return ResultCode.ACCEPTED;
    }

    static void rows(final Request r, final Member m) {
        r.o.rows.begin(RowKind.BENEFITS);
        of(r.p, m).forEach((id, benefit) -> {
            final boolean limited = benefit.limit().isLimited();
            final long used = limited ? Counted.count(r.p, m, what(benefit), benefit.limit(), r.today) : 0;
            r.o.rows.add(
                    id.getBytes(StandardCharsets.UTF_8),
                    limited ? benefit.limit().times() : -1,
                    limited ? Math.max(0, benefit.limit().times() - used) : -1,
                    benefit.discountMicros(),
                    0,
                    0,
                    0);
        });
    }
}
