package io.tallymark.ledger;

import io.tallymark.ledger.program.Activation;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.Varint;

/** What accruals, claims and their previews share: an order earns for a member who may. */
final class Earning {
    private static final int LINE_TEXTS = 3;

    private final TierEngine tiers;
    private final Admission admission;
    private final Referrals referrals;
    private final BoardCounting boards;
    private final EarnEngine engine = new EarnEngine();
    private final WalletEarning wallets = new WalletEarning();
    private final EarnFacts facts = new EarnFacts();
    private final Varint.Reader lines = new Varint.Reader();

    Earning(final TierEngine tiers, final Admission admission, final Referrals referrals, final BoardCounting boards) {
        this.tiers = tiers;
        this.admission = admission;
        this.referrals = referrals;
        this.boards = boards;
    }

    EarnEngine engine() {
        return engine;
    }

    /** The form of an order. */
    ResultCode check(final Command c) {
        final ResultCode amount = CommandForm.ofValue(c.amountMinor());
        return amount == ResultCode.ACCEPTED ? CommandForm.ofLines(c, lines) : amount;
    }

    /** Plans the order in the effect for the member in it. */
    void plan(final Command c, final Effect e) {
        final ProgramVersion version = e.program.current();
        final OrderDraft order = e.order;
        final MemberDraft d = e.member;
        order.clear();
        order.amountMinor = c.amountMinor();
        order.tierRank = tiers.rank(d, e.timeMs);
        final boolean isRanked = version.boardRules.countOrders && !e.claims;
        if (isRanked) {
            about(c, e, order.tierRank, facts);
        }
        final ResultCode earned = reckon(c, e, version);
        if (earned != ResultCode.ACCEPTED) {
            e.reject(earned);
            return;
        }
        final Shares granted = order.granted;
        final long points = granted.total();
        fill(c, e, version);
        final boolean mayReward = d.referrerSlot != 0 && !d.ordered && !e.claims;
        d.lastActivityDay = e.program.expiresByInactivity() ? e.localDay : 0;
        if (!d.ordered) {
            d.ordered = true;
            d.activateFirstPurchase(e.localDay, e.movement);
        }
        d.issue(points, order.activationDay, order.expiryDay, order.issuer, e.localDay, e.movement);
        if (!version.earnPlan.plain) {
            useUp(version, e);
        }
        long counted = points;
        if (version.walletRules.count > 0) {
            wallets.issue(e, version.walletRules);
            counted = wallets.qualifying(version.walletRules, points);
        }
        tiers.count(d, e.eventDay, c.amountMinor(), counted, order.visit ? 1 : 0, 1);
        admission.upgrade(e);
        report(granted, e);
        if (mayReward) {
            referrals.purchased(e);
        }
        if (isRanked) {
            boards.ordered(c, e, facts);
        }
        Admission.acceptWithinLimits(e);
    }

    /** What the order earns in all wallets, none of which is issued yet. */
    private ResultCode reckon(final Command c, final Effect e, final ProgramVersion version) {
        final ResultCode earned = shares(c, e, version);
        if (earned != ResultCode.ACCEPTED || version.walletRules.count == 0) {
            return earned;
        }
        about(c, e, e.order.tierRank, facts);
        final boolean fits = wallets.reckon(c, version.walletRules, facts, e.order);
        return fits ? ResultCode.ACCEPTED : ResultCode.LIMIT_EXCEEDED;
    }

    /** Puts into the order what later commands need to know of it beside its shares. */
    private void fill(final Command c, final Effect e, final ProgramVersion version) {
        final OrderDraft order = e.order;
        order.memberSlot = e.member.slot;
        order.version = version.number;
        order.eventDay = e.eventDay;
        order.visit = (c.flags() & Command.FLAG_NO_VISIT) == 0;
        order.retainedPoints = order.granted.total();
        order.expiryDay = e.program.expiryDay(e.localDay);
        order.issuer = version.issuerRules.ofBrand(c);
        order.activationDay = activationDay(version.compiled.activation(), e);
        if (!version.keepsLines && !hasPaidSample(c)) {
            order.lines.clear();
        }
        e.hasOrder = true;
    }

    /** The day on which points earned now become active; 0: at once. */
    static int activationDay(final Activation activation, final Effect e) {
        if (activation.fulfilment()) {
            return OrderDraft.FULFILMENT_DAY;
        }
        if (activation.afterDays() > 0) {
            return e.localDay + activation.afterDays();
        }
        return e.member.frozen ? e.localDay : 0;
    }

    private ResultCode shares(final Command c, final Effect e, final ProgramVersion version) {
        final EarnPlan plan = version.earnPlan;
        final OrderDraft order = e.order;
        if (plan.plain && !version.walletRules.concernLines && !hasPaidSample(c)) {
            return plain(plan.rules, c.amountMinor(), order);
        }
        about(c, e, order.tierRank, facts);
        engine.readLines(c, plan, facts, order.lines);
        final ResultCode earned = engine.earn(plan, facts, order.lines, order.granted);
        if (earned == ResultCode.ACCEPTED) {
            EarnClips.clip(plan, e.member.usage, e.program.budgets, e.eventDay, order.granted);
        }
        return earned;
    }

    /** Samples earn nothing, also where no rule looks at lines. */
    private boolean hasPaidSample(final Command c) {
        if (c.lineCount() == 0) {
            return false;
        }
        lines.wrap(c.bytes(), c.offset(VarField.LINES), c.length(VarField.LINES));
        for (int i = 0; i < c.lineCount(); i++) {
            lines.next();
            lines.next();
            final long amountMinor = lines.next();
            if ((lines.nextByte() & OrderLines.SAMPLE) != 0 && amountMinor > 0) {
                return true;
            }
            for (int text = 0; text < LINE_TEXTS; text++) {
                lines.skip(lines.nextByte() & 0xFF);
            }
        }
        return false;
    }

    private static ResultCode plain(final EarnRules rules, final long amountMinor, final OrderDraft order) {
        final long base = rules.points(amountMinor, 0);
        final long points = rules.isPlain(order.tierRank) ? base : rules.points(amountMinor, order.tierRank);
        if (base == EarnRules.TOO_MANY || points == EarnRules.TOO_MANY) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        order.granted.basePoints = base;
        order.granted.tierPoints = points - base;
        return ResultCode.ACCEPTED;
    }

    /** What conditions look at beside the lines. */
    static void about(final Command c, final Effect e, final int tierRank, final EarnFacts facts) {
        facts.amountMinor = c.amountMinor();
        facts.at(e.eventMs, e.program.compiled().utcOffsetMinutes());
        facts.tierRank = tierRank;
        facts.firstPurchase = !e.member.ordered;
        facts.birthdayMonth = isBirthdayMonth(e);
        facts.pausedCampaigns = e.program.pausedCampaigns();
        facts.textsOf(c);
    }

    private static boolean isBirthdayMonth(final Effect e) {
        return e.member.birthday != 0
                && e.member.birthday / 100 % 100 == Math.floorMod(CivilDays.monthOf(e.eventDay), 12) + 1;
    }

    private void useUp(final ProgramVersion version, final Effect e) {
        final OrderDraft order = e.order;
        final Shares granted = order.granted;
        EarnClips.countCaps(version.earnPlan, e.member.usage, e.eventDay, granted);
        e.rows.begin(RowKind.SHARES);
        for (int i = 0; i < granted.count; i++) {
            final int number = version.campaignNumbers[granted.campaign[i]];
            order.keptPoints[i] = granted.points[i];
            e.budget(number, granted.points[i]);
            final int coupons = Coupons.grant(e, version.couponRules.ofCampaign(granted.campaign[i]));
            order.couponDay = coupons > 0 ? e.localDay : order.couponDay;
            e.rows.add(
                    e.program.campaignNumbers.id(number),
                    granted.points[i],
                    granted.clipped[i],
                    granted.clippedBy[i].ordinal(),
                    coupons,
                    0,
                    0);
        }
    }

    private static void report(final Shares granted, final Effect e) {
        e.points = granted.total();
        e.basePoints = granted.basePoints;
        e.tierPoints = granted.tierPoints;
        e.campaignPoints = granted.campaignPoints();
        e.clippedPoints = granted.clippedPoints();
    }
}
