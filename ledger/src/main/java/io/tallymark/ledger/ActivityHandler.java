package io.tallymark.ledger;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Limit;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/**
 * Points without an order: a member does something, buys points, brings them from a partner or has them on a card. The
 * rule says how much and how often.
 */
final class ActivityHandler implements Handler {
    private static final int PERIODS = Activity.Per.values().length;

    private final Admission admission;
    private final TierEngine tiers;

    ActivityHandler(final Admission admission, final TierEngine tiers) {
        this.admission = admission;
        this.tiers = tiers;
    }

    @Override
    public ResultCode check(final Command c) {
        return CommandForm.ofOptionalValue(c.points());
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!admission.credit(c, e)) {
            return;
        }
        final ActivityRule rule = e.program
                .current()
                .activityRules
                .find(c.bytes(), c.offset(VarField.RULE_ID), c.length(VarField.RULE_ID));
        if (rule == null || rule.isImport() != (c.points() != 0)) {
            e.reject(ResultCode.NOT_OFFERED);
            return;
        }
        final long points = rule.credit(c.points());
        if (points == EarnRules.TOO_MANY) {
            e.reject(ResultCode.LIMIT_EXCEEDED);
            return;
        }
        final boolean tooOften = isTooOften(rule.limit(), rule.number(), e);
        final MemberDraft d = e.member;
        d.lastActivityDay = e.program.expiresByInactivity() ? e.localDay : 0;
        final int account = rule.account();
        final int wallet = Account.wallet(account);
        final int expiryDay = e.program.expiryDay(e.localDay, account);
        d.issue(points, activationDay(rule, d), expiryDay, account, e.localDay, e.movement);
        e.wallets.subject = wallet;
        final boolean counts = wallet == e.program.current().walletRules.qualifying;
        tiers.count(d, e.eventDay, 0, counts ? points : 0, 0, 0);
        admission.upgrade(e);
        e.points = points;
        e.cashMinor = rule.cashMinor();
        Admission.acceptWithinLimits(e);
        if (e.accepted && (tooOften || points == 0)) {
            e.reject(tooOften ? ResultCode.RULE_LIMIT_REACHED : ResultCode.BELOW_MINIMUM);
        }
    }

    /** What is on a card waits for the first purchase of a member who had none. */
    private static int activationDay(final ActivityRule rule, final MemberDraft d) {
        return rule.kind() == ActivityRule.Kind.PRECREDIT && !d.ordered ? OrderDraft.FIRST_PURCHASE_DAY : 0;
    }

    /** Whether the limit of the event's period was used up before; uses it. */
    private static boolean isTooOften(final Limit limit, final int rule, final Effect e) {
        if (!limit.isLimited()) {
            return false;
        }
        // Counted apart by the kind of period: a Monday is a day too.
        final int number = rule * PERIODS + limit.per().ordinal();
        final int period = Periods.startOf(limit.per(), e.eventDay);
        final MemberUsage usage = e.member.usage;
        final boolean tooOften = usage.get(MemberUsage.ACTIVITY, number, period) >= limit.times();
        usage.add(MemberUsage.ACTIVITY, number, period, 1);
        return tooOften;
    }
}
