package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.EarnCaps;
import io.tallymark.protocol.Clip;

/** Caps and budgets: takes off what is too much, and counts what was granted. Stateless. */
final class EarnClips {
    private EarnClips() {}

    /**
     * Clips unclipped shares to what the caps leave, in their order: the campaign's order, member and member-day cap, the
     * program's order and day cap, the budget. Changes nothing but the shares.
     *
     * @param eventDay the program's day of the event
     */
    static void clip(
            final EarnPlan plan,
            final MemberUsage usage,
            final Budgets budgets,
            final int eventDay,
            final Shares shares) {
        if (plan.plain) {
            return;
        }
        for (int i = 0; i < shares.count; i++) {
            final EarnCampaign campaign = plan.campaigns[shares.campaign[i]];
            limit(shares, i, campaign.orderCap, 0, Clip.CAMPAIGN_ORDER);
            if (campaign.memberCap != CompiledProgram.UNLIMITED) {
                final long used = usage.get(MemberUsage.CAMPAIGN, campaign.number, 0);
                limit(shares, i, campaign.memberCap, used, Clip.CAMPAIGN_MEMBER);
            }
            if (campaign.memberDayCap != CompiledProgram.UNLIMITED) {
                final long used = usage.get(MemberUsage.CAMPAIGN_DAY, campaign.number, eventDay);
                limit(shares, i, campaign.memberDayCap, used, Clip.CAMPAIGN_MEMBER_DAY);
            }
        }
        final EarnCaps caps = plan.caps;
        if (caps.order() != CompiledProgram.UNLIMITED) {
            limitAll(shares, caps.order(), caps.orderAppliesToAll(), Clip.ORDER);
        }
        if (caps.day() != CompiledProgram.UNLIMITED) {
            final long left = caps.day() - usage.get(MemberUsage.DAY, 0, eventDay);
            limitAll(shares, left, caps.dayAppliesToAll(), Clip.DAY);
        }
        for (int i = 0; i < shares.count; i++) {
            final EarnCampaign campaign = plan.campaigns[shares.campaign[i]];
            limit(shares, i, campaign.budget, budgets.granted(campaign.number), Clip.BUDGET);
        }
    }

    /** Counts granted shares against the member's caps that there are. */
    static void countCaps(final EarnPlan plan, final MemberUsage usage, final int eventDay, final Shares shares) {
        for (int i = 0; i < shares.count; i++) {
            final EarnCampaign campaign = plan.campaigns[shares.campaign[i]];
            final long granted = shares.points[i];
            if (campaign.memberCap != CompiledProgram.UNLIMITED) {
                usage.add(MemberUsage.CAMPAIGN, campaign.number, 0, granted);
            }
            if (campaign.memberDayCap != CompiledProgram.UNLIMITED) {
                usage.add(MemberUsage.CAMPAIGN_DAY, campaign.number, eventDay, granted);
            }
        }
        final EarnCaps caps = plan.caps;
        if (caps.day() != CompiledProgram.UNLIMITED) {
            final long granted = caps.dayAppliesToAll() ? shares.total() : shares.campaignPoints();
            usage.add(MemberUsage.DAY, 0, eventDay, granted);
        }
    }

    private static void limit(final Shares shares, final int i, final long cap, final long used, final Clip by) {
        if (cap != CompiledProgram.UNLIMITED) {
            take(shares, i, shares.points[i] - Math.max(0, cap - used), by);
        }
    }

    private static void limitAll(final Shares shares, final long cap, final boolean all, final Clip by) {
        long excess = (all ? shares.total() : shares.campaignPoints()) - Math.max(0, cap);
        for (int i = shares.count - 1; i >= 0 && excess > 0; i--) {
            excess -= take(shares, i, excess, by);
        }
        if (all && excess > 0) {
            // A multiplier below 1 makes the tier share negative: nothing to take there.
            final long ofTier = Math.min(excess, Math.max(0, shares.tierPoints));
            shares.tierPoints -= ofTier;
            shares.basePoints -= excess - ofTier;
            shares.clippedBasePoints += excess;
        }
    }

    /** Takes at most what there is; returns what was taken. */
    private static long take(final Shares shares, final int i, final long excess, final Clip by) {
        if (excess <= 0) {
            return 0;
        }
        final long taken = Math.min(excess, shares.points[i]);
        if (taken > 0) {
            shares.points[i] -= taken;
            shares.clipped[i] += taken;
            shares.clippedBy[i] = by;
        }
        return taken;
    }
}
