package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.EarnCaps;
import io.tallymark.protocol.Clip;
import java.util.ArrayList;
import java.util.List;

/** Cuts shares down to what caps and budgets leave, and uses those up. */
final class Caps {
    /** What is granted of each share, and which cap cut it last. */
    static final class Granted {
        long base;
        long tier;
        long clipped;
        final List<Long> campaigns = new ArrayList<>();
        final List<Long> clippedOf = new ArrayList<>();
        final List<Clip> clippedBy = new ArrayList<>();

        long campaignSum() {
            return campaigns.stream().mapToLong(Long::longValue).sum();
        }

        long all() {
            return base + tier + campaignSum();
        }
    }

    private final Program program;
    private final Member member;
    private final Order order;
    private final Granted g = new Granted();

    private Caps(final Program program, final Member member, final Order order) {
        this.program = program;
        this.member = member;
        this.order = order;
    }

    static Granted clip(final Program program, final Member member, final Order order, final Earning.Shares shares) {
        return new Caps(program, member, order).clip(shares);
    }

    private static boolean isSet(final long cap) {
        return cap != CompiledProgram.UNLIMITED;
    }

    private static String memberUse(final Campaign c) {
        return "campaign " + c.id();
    }

    private static String memberDayUse(final Campaign c, final long day) {
        return "campaign " + c.id() + " day " + day;
    }

    private static String dayUse(final long day) {
        return "day " + day;
    }

    private Granted clip(final Earning.Shares shares) {
        g.base = shares.base.longValueExact();
        g.tier = shares.tier.longValueExact();
        for (int i = 0; i < shares.campaigns.size(); i++) {
            g.campaigns.add(shares.campaigns.get(i).longValueExact());
            g.clippedOf.add(0L);
            g.clippedBy.add(Clip.NONE);
        }
        final long unclipped = g.all();
        for (int i = 0; i < g.campaigns.size(); i++) {
            final Campaign c = order.applied.get(i).campaign;
            bound(i, c.orderCap(), 0, Clip.CAMPAIGN_ORDER);
            bound(i, c.memberCap(), member.usedOf(memberUse(c)), Clip.CAMPAIGN_MEMBER);
            bound(i, c.memberDayCap(), member.usedOf(memberDayUse(c, order.eventDay)), Clip.CAMPAIGN_MEMBER_DAY);
        }
        final EarnCaps caps = order.rules.caps();
        boundAll(caps.order(), 0, caps.orderAppliesToAll(), Clip.ORDER);
        boundAll(caps.day(), member.usedOf(dayUse(order.eventDay)), caps.dayAppliesToAll(), Clip.DAY);
        for (int i = 0; i < g.campaigns.size(); i++) {
            final Campaign c = order.applied.get(i).campaign;
            bound(i, c.budget(), program.budgetUsed.getOrDefault(c.id(), 0L), Clip.BUDGET);
        }
        g.clipped = unclipped - g.all();
        return g;
    }

    private void bound(final int share, final long cap, final long used, final Clip by) {
        if (isSet(cap)) {
            cut(share, Math.max(0, g.campaigns.get(share) - Math.max(0, cap - used)), by);
        }
    }

    private void cut(final int share, final long points, final Clip by) {
        if (points > 0) {
            g.campaigns.set(share, g.campaigns.get(share) - points);
            g.clippedOf.set(share, g.clippedOf.get(share) + points);
            g.clippedBy.set(share, by);
        }
    }

    private void boundAll(final long cap, final long used, final boolean appliesToAll, final Clip by) {
        if (!isSet(cap)) {
            return;
        }
        final long counted = appliesToAll ? g.all() : g.campaignSum();
        long excess = Math.max(0, counted - Math.max(0, cap - used));
        for (int i = g.campaigns.size() - 1; i >= 0; i--) {
            final long cut = Math.min(excess, g.campaigns.get(i));
            cut(i, cut, by);
            excess -= cut;
        }
        if (appliesToAll) {
            final long fromTier = Math.min(excess, Math.max(0, g.tier));
            g.tier -= fromTier;
            g.base -= excess - fromTier;
        }
    }

    /** The caps and budgets are used up by what was granted. */
    static void use(final Program program, final Member member, final Order order, final Granted g) {
        for (int i = 0; i < g.campaigns.size(); i++) {
            final Campaign c = order.applied.get(i).campaign;
            final long points = g.campaigns.get(i);
            program.budgetUsed.merge(c.id(), points, Math::addExact);
            if (isSet(c.memberCap())) {
                member.use(memberUse(c), points);
            }
            if (isSet(c.memberDayCap())) {
                member.use(memberDayUse(c, order.eventDay), points);
            }
        }
        if (isSet(order.rules.caps().day())) {
            member.use(dayUse(order.eventDay), order.rules.caps().dayAppliesToAll() ? g.all() : g.campaignSum());
        }
    }
}
