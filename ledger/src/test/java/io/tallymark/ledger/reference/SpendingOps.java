package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Burn;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.math.BigInteger;
import java.util.List;

/** Redemptions, holds, reversals, transfers, adjustments. */
final class SpendingOps {
    static final String REDEMPTIONS = "redemptions";

    private static final long DEFAULT_TTL_MS = 15 * 60_000L;

    private SpendingOps() {}

    static ResultCode redeem(final Request r) {
        final Member m = r.named();
        final ResultCode code = price(r, m);
        if (code != ResultCode.ACCEPTED) {
            return code;
        }
        final long points = -r.o.points;
        final List<Hold.Part> parts = r.p.purse(r.wallet).redeem(m, points, IssuerOps.ofBrand(r));
        m.lastActivityDay = r.today;
        final Spent spent = new Spent(m.id, r.wallet, parts, value(r, points), valueNamed(r), r.recordEnd());
        spent.counterpart = IssuerOps.ofBrand(r);
        r.p.redemptions.put(r.name(), spent);
        if (forReward(r)) {
            bring(r, m, spent, RewardOps.take(r, m));
        }
        return code;
    }

    private static boolean forReward(final Request r) {
        return r.has(VarField.RULE_ID);
    }

    /** The reward's coupons. */
    private static void bring(final Request r, final Member m, final Spent spent, final RewardOps.Taken reward) {
        spent.reward = reward;
        spent.given = CouponOps.give(r, m, reward.version(), reward.reward().grants());
        ValueOps.give(r.p, m, reward.reward().wallet(), reward.reward().giftMinor());
    }

    private static boolean valueNamed(final Request r) {
        return r.c.amountMinor() > 0;
    }

    private static long value(final Request r, final long points) {
        if (forReward(r)) {
            return Math.max(1, points);
        }
        return valueNamed(r) ? r.c.amountMinor() - r.c.cashMinor() : points;
    }

    /** Checks all that stands against spending; leaves price and value in the answer. */
    static ResultCode price(final Request r, final Member m) {
        final ResultCode open = RewardOps.open(r, m);
        if (open != ResultCode.ACCEPTED) {
            return open;
        }
        if (forReward(r)) {
            return RewardOps.check(r, m);
        }
        final String wallet = r.text(VarField.WALLET_ID);
        if (r.has(VarField.WALLET_ID)
                && (valueNamed(r)
                        || r.p.wallet(wallet) == null
                        || !r.p.wallet(wallet).redeemable())) {
            return ResultCode.NOT_OFFERED;
        }
        final Burn burn = r.p.rules.burn();
        final boolean withCash = r.c.cashMinor() > 0;
        if (valueNamed(r) && burn.ratePoints() == 0
                || withCash && burn.minPointsWithCash() == CompiledProgram.UNLIMITED) {
            return ResultCode.NOT_OFFERED;
        }
        final BigInteger points = valueNamed(r) ? priceOf(r, m, burn) : BigInteger.valueOf(r.c.points());
        if (points.compareTo(BigInteger.valueOf(Request.LIMIT)) > 0) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        if (withCash && points.compareTo(BigInteger.valueOf(burn.minPointsWithCash())) < 0) {
            return ResultCode.BELOW_MINIMUM;
        }
        final Account account = m.in(wallet);
        if (account.debt > 0) {
            return ResultCode.IN_DEBT;
        }
        if (points.compareTo(BigInteger.valueOf(account.available())) > 0) {
            return ResultCode.INSUFFICIENT_POINTS;
        }
        r.wallet = wallet;
        r.o.points = -points.longValueExact();
        r.o.valueMinor = valueNamed(r) ? value(r, 0) : 0;
        return ResultCode.ACCEPTED;
    }

    private static BigInteger priceOf(final Request r, final Member m, final Burn burn) {
        final Earning.Facts facts = r.facts(m);
        Exact times = Exact.ONE;
        for (final Burn.BurnCampaign campaign : burn.campaigns()) {
            final Exact multiplier = Exact.ofMicros(campaign.multiplierMicros());
            if (Earning.holds(campaign.when(), facts) && multiplier.compareTo(times) > 0) {
                times = multiplier;
            }
        }
        return Exact.of(r.c.amountMinor() - r.c.cashMinor())
                .times(Exact.of(burn.ratePoints(), burn.rateMinor()))
                .dividedBy(times)
                .ceiling();
    }

    static ResultCode hold(final Request r) {
        final Member m = r.named();
        final ResultCode code = mayHold(r, m);
        if (code != ResultCode.ACCEPTED) {
            return code;
        }
        final long points = -r.o.points;
        final long ttl = r.c.ttlMs() == 0 ? DEFAULT_TTL_MS : r.c.ttlMs();
        final List<Hold.Part> parts = r.p.purse(r.wallet).hold(m, points);
        final Hold hold = new Hold(r.sequence, m.id, r.wallet, r.nowMs + ttl, parts, value(r, points), valueNamed(r));
        hold.recordEnd = Math.max(Program.recordEnd(r.nowMs, r.p.rules.keyDays()), Program.utcDay(hold.deadlineMs) + 1);
        hold.reward = forReward(r) ? RewardOps.take(r, m) : null;
        hold.coupon = r.has(VarField.COUPON_ID) ? CouponOps.take(r, m, r.text(VarField.COUPON_ID)) : null;
        hold.counterpart = IssuerOps.ofBrand(r);
        m.holds.add(hold);
        r.p.holds.put(r.name(), hold);
        return code;
    }

    /** What stands against a hold: of its price and its coupon what comes first. */
    private static ResultCode mayHold(final Request r, final Member m) {
        final boolean couponAlone =
                r.has(VarField.COUPON_ID) && !forReward(r) && r.c.points() == 0 && r.c.amountMinor() == 0;
        final ResultCode open = RewardOps.open(r, m);
        if (open != ResultCode.ACCEPTED && !(couponAlone && open == ResultCode.PAUSED)) {
            return open;
        }
        final ResultCode price = couponAlone ? ResultCode.ACCEPTED : price(r, m);
        final ResultCode coupon =
                r.has(VarField.COUPON_ID) ? CouponOps.usable(r, m, r.text(VarField.COUPON_ID)) : ResultCode.ACCEPTED;
        if (price == ResultCode.ACCEPTED || coupon == ResultCode.ACCEPTED) {
            return price == ResultCode.ACCEPTED ? coupon : price;
        }
        return price.compareTo(coupon) < 0 ? price : coupon;
    }

    private static ResultCode stateOf(final Hold hold) {
        return switch (hold.state) {
            case OPEN -> ResultCode.ACCEPTED;
            case EXPIRED -> ResultCode.HOLD_EXPIRED;
            case CAPTURED -> ResultCode.HOLD_CAPTURED;
            case VOIDED -> ResultCode.HOLD_VOIDED;
        };
    }

    static ResultCode capture(final Request r) {
        final Hold hold = r.hold();
        if (hold == null) {
            return ResultCode.HOLD_NOT_FOUND;
        }
        final Member m = memberOf(r, hold);
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (hold.state != Hold.State.OPEN) {
            return stateOf(hold);
        }
        final long points = r.c.points() == 0 ? hold.points : r.c.points();
        if (points > hold.points) {
            return ResultCode.OVER_CAPTURE;
        }
        if (hold.reward != null) {
            if (points < hold.points) {
                return ResultCode.NOT_OFFERED;
            }
            if (RewardOps.bringsTooMuch(r, m, hold.reward.version(), hold.reward.reward())) {
                return ResultCode.LIMIT_EXCEEDED;
            }
        }
        m.lastActivityDay = r.today;
        m.holds.remove(hold);
        hold.state = Hold.State.CAPTURED;
        final List<Hold.Part> taken = new java.util.ArrayList<>();
        final List<Hold.Part> rest = new java.util.ArrayList<>();
        long left = points;
        for (final Hold.Part part : hold.parts) {
            final long now = Math.min(left, part.points());
            left -= now;
            if (now > 0) {
                taken.add(new Hold.Part(part.lot(), now));
            }
            if (part.points() > now) {
                rest.add(0, new Hold.Part(part.lot(), part.points() - now));
            }
        }
        final Purse purse = r.p.purse(hold.wallet);
        purse.settle(taken, hold.counterpart).forEach(part -> purse.spendHeld(m, part));
        rest.forEach(part -> purse.release(m, part, r.today));
        purse.totals.redeemed = Totals.plus(purse.totals.redeemed, points);
        r.wallet = hold.wallet;
        final long value = points == hold.points ? hold.valueMinor : share(hold.valueMinor, points, hold.points);
        final Spent spent = new Spent(m.id, hold.wallet, taken, value, hold.valueNamed, r.recordEnd());
        spent.counterpart = hold.counterpart;
        r.p.captures.put(r.name(), spent);
        if (hold.coupon != null) {
            r.p.shelf.funnel(hold.coupon.coupon()).used++;
        }
        if (hold.reward != null) {
            bring(r, m, spent, hold.reward);
            r.o.cashMinor = hold.reward.cashMinor();
        }
        r.o.points = -points;
        r.o.valueMinor = hold.valueNamed ? value : 0;
        return ResultCode.ACCEPTED;
    }

    private static Member memberOf(final Request r, final Hold hold) {
        return r.p.member(hold.memberId);
    }

    /** floor(whole × part ÷ of). */
    static long share(final long whole, final long part, final long of) {
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(of))
                .longValueExact();
    }

    static ResultCode voidHold(final Request r) {
        final Hold hold = r.hold();
        if (hold == null) {
            return ResultCode.HOLD_NOT_FOUND;
        }
        final Member m = memberOf(r, hold);
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (hold.state != Hold.State.OPEN) {
            return stateOf(hold);
        }
        hold.state = Hold.State.VOIDED;
        r.p.due.releaseAll(m, hold, r.today);
        r.wallet = hold.wallet;
        r.o.points = hold.points;
        return ResultCode.ACCEPTED;
    }

    static ResultCode reverse(final Request r) {
        final Spent spent = r.spent();
        if (spent == null) {
            final ValueOps.Spending value = r.valueSpent();
            return value == null ? ResultCode.ORIGINAL_NOT_FOUND : ValueOps.reverse(r, value);
        }
        final Member m = r.p.member(spent.memberId);
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        final long rest = spent.valueMinor - spent.reversedMinor;
        final boolean nothingLeft = spent.valueMinor == 0 ? spent.returnedPoints == spent.points : rest == 0;
        if (nothingLeft || r.c.amountMinor() > rest) {
            return ResultCode.REVERSAL_EXCEEDS_ORIGINAL;
        }
        final long value = r.c.amountMinor() == 0 ? rest : r.c.amountMinor();
        final long back = value == rest
                ? spent.points - spent.returnedPoints
                : share(spent.points, spent.reversedMinor + value, spent.valueMinor) - spent.returnedPoints;
        if (tooMuchBack(r, m, spent, back)) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        spent.reversedMinor += value;
        spent.returnedPoints += back;
        giveBack(r, m, spent, back);
        if (spent.reward != null && value == rest) {
            spent.reward.giveBack(r.p, m, r.today);
            CouponOps.revoke(r, m, spent.given);
            final Reward reward = spent.reward.reward();
            ValueOps.takeBack(r.p, m, reward.wallet(), reward.giftMinor());
            r.o.cashMinor = spent.reward.cashMinor();
        }
        r.wallet = spent.wallet;
        r.o.points = back;
        r.o.valueMinor = value;
        return ResultCode.ACCEPTED;
    }

    /** Whether a member would come to have too much by what comes back. */
    static boolean tooMuchBack(final Request r, final Member m, final Spent spent, final long back) {
        final long credited = creditable(r, spent, back);
        final long repaid = m.frozen ? 0 : Math.min(m.in(spent.wallet).debt, credited);
        return m.allPoints() + credited - repaid > Request.LIMIT;
    }

    private static long creditable(final Request r, final Spent spent, final long back) {
        long left = back;
        long sum = 0;
        for (int i = spent.parts.size() - 1; i >= 0 && left > 0; i--) {
            final Hold.Part part = spent.parts.get(i);
            final long now = Math.min(left, part.points());
            left -= now;
            sum += part.expiryDay() > r.today || r.p.rules.burn().graceDays() >= 0 ? now : 0;
        }
        return sum;
    }

    static void giveBack(final Request r, final Member m, final Spent spent, final long back) {
        final int grace = r.p.rules.burn().graceDays();
        long left = back;
        final Purse purse = r.p.purse(spent.wallet);
        purse.totals.redeemed = Totals.plus(purse.totals.redeemed, -back);
        for (int i = spent.parts.size() - 1; i >= 0 && left > 0; i--) {
            final Hold.Part part = spent.parts.get(i);
            final long now = Math.min(left, part.points());
            left -= now;
            spent.parts.set(i, new Hold.Part(part.lot(), part.points() - now));
            purse.settle(part, spent.counterpart, -now);
            if (part.expiryDay() > r.today) {
                purse.credit(m, now, part.lot(), r.today);
            } else if (grace >= 0) {
                purse.credit(
                        m, now, new LotKey((int) r.today + grace + 1, part.lot().issuer()), r.today);
            } else {
                purse.totals.expired = Totals.plus(purse.totals.expired, now);
            }
        }
    }

    static ResultCode transfer(final Request r) {
        final Member from = r.named();
        final Member to = r.p.member(r.c.otherMemberId());
        if (from == null || to == null) {
            return ResultCode.UNKNOWN_MEMBER;
        }
        if (from == to) {
            return ResultCode.SAME_MEMBER;
        }
        if (from.closed || to.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (from.frozen || to.frozen) {
            return ResultCode.MEMBER_FROZEN;
        }
        final long limit = r.p.rules.transferDailyLimitPoints();
        if (limit == CompiledProgram.UNLIMITED) {
            return ResultCode.NOT_OFFERED;
        }
        final long points = r.c.points();
        if (to.allPoints() + points - Math.min(points, to.points().debt) > Request.LIMIT) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        final String use = "transfer " + r.p.days.dayOf(r.eventMs);
        if (from.usedOf(use) + points > limit) {
            return ResultCode.RULE_LIMIT_REACHED;
        }
        if (from.points().debt > 0 || to.points().debt > 0) {
            return ResultCode.IN_DEBT;
        }
        if (from.points().available() < points) {
            return ResultCode.INSUFFICIENT_POINTS;
        }
        from.use(use, points);
        final Purse purse = r.p.purse();
        purse.take(from, points).forEach(part -> purse.credit(to, part.points(), part.lot(), r.today));
        r.o.points = -points;
        return ResultCode.ACCEPTED;
    }

    static ResultCode adjust(final Request r) {
        return r.c.points() > 0 ? adjustUp(r) : adjustDown(r);
    }

    private static boolean isUnknown(final Request r, final String wallet) {
        return !wallet.equals(Account.POINTS) && r.p.wallet(wallet) == null;
    }

    private static ResultCode adjustUp(final Request r) {
        final Member known = r.named();
        if (known != null && known.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        final String wallet = r.text(VarField.WALLET_ID);
        if (isUnknown(r, wallet)) {
            return ResultCode.NOT_OFFERED;
        }
        final Member m = known != null ? known : r.newMember();
        final long points = r.c.points();
        if (m == null
                || m.allPoints() + points + r.enrolBonus - (m.frozen ? 0 : Math.min(points, m.in(wallet).debt))
                        > Request.LIMIT) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        if (known == null) {
            r.enrol(m);
            r.o.memberId = m.id;
        }
        final Purse purse = r.p.purse(wallet);
        purse.issue(m, points, purse.newLot(r.today), r.today);
        r.wallet = wallet;
        r.o.points = points;
        return ResultCode.ACCEPTED;
    }

    private static ResultCode adjustDown(final Request r) {
        final Member m = r.named();
        if (m == null) {
            return ResultCode.UNKNOWN_MEMBER;
        }
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (m.frozen) {
            return ResultCode.MEMBER_FROZEN;
        }
        final String wallet = r.text(VarField.WALLET_ID);
        if (isUnknown(r, wallet)) {
            return ResultCode.NOT_OFFERED;
        }
        final Purse purse = r.p.purse(wallet);
        final long points = -r.c.points();
        final long lacking = Math.max(0, points - purse.of(m).available());
        if (lacking > 0) {
            if ((r.c.flags() & Command.FLAG_MAY_GO_BELOW_ZERO) == 0) {
                return ResultCode.INSUFFICIENT_POINTS;
            }
            if (purse.of(m).debt + lacking > purse.refund().debtLimitPoints()) {
                return ResultCode.LIMIT_EXCEEDED;
            }
        }
        purse.take(m, points - lacking);
        purse.of(m).debt += lacking;
        r.wallet = wallet;
        r.o.addedDebtPoints = lacking;
        purse.totals.adjustedDown = Totals.plus(purse.totals.adjustedDown, points);
        r.o.points = -points;
        return ResultCode.ACCEPTED;
    }
}
