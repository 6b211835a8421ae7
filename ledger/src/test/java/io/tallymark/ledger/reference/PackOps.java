package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Pack;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.ArrayList;
import java.util.List;

/** Coupons and tiers that are bought together. */
final class PackOps {
    /** What was bought, and what it brought. */
    static final class Purchase {
        final Spent spent;
        final RewardOps.Taken taken;
        final Pack pack;
        final List<Holding.Given> given;
        final long sequence;
        boolean refunded;

        Purchase(
                final Spent spent,
                final RewardOps.Taken taken,
                final Pack pack,
                final List<Holding.Given> given,
                final long sequence) {
            this.spent = spent;
            this.taken = taken;
            this.pack = pack;
            this.given = given;
            this.sequence = sequence;
        }
    }

    private PackOps() {}

    static ResultCode buy(final Request r) {
        final Member m = r.named();
        final ResultCode open = RewardOps.open(r, m);
        if (open != ResultCode.ACCEPTED) {
            return open;
        }
        final Pack pack = Shelf.pack(r.p.rules.catalogue(), r.text(VarField.RULE_ID));
        if (pack == null) {
            return ResultCode.NOT_OFFERED;
        }
        for (final CouponGrant grant : pack.grants()) {
            if (!CouponOps.gives(r.p.rules.catalogue(), grant, r.today)) {
                return ResultCode.NOT_OFFERED;
            }
        }
        final String what = Shelf.pack(pack);
        final ResultCode code = RewardOps.check(r, m, pack.offer(), what, what);
        if (code != ResultCode.ACCEPTED) {
            return code;
        }
        if (RewardOps.tooMany(r, m, r.p.rules.catalogue(), pack.grants())) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        m.lastActivityDay = r.today;
        final long points = -r.o.points;
        final List<Hold.Part> parts = r.p.purse(r.wallet).redeem(m, points, IssuerOps.ofBrand(r));
        r.p.shelf.take(what, 1);
        final Counted counted = Counted.count(r, m, what, pack.offer().limit());
        final List<Holding.Given> given = CouponOps.give(r, m, pack.grants());
        for (final Tier tier : r.p.rules.tiers()) {
            if (tier.paidPack().equals(pack.id())) {
                final long until = MemberOps.lasting(r, tier.paidMonths());
                final Grant grant = new Grant(tier.id(), Grant.Way.PAID, r.nowMs, until);
                grant.purchase = r.sequence;
                r.p.tiers.grant(m, grant);
            }
        }
        final Spent spent = new Spent(m.id, r.wallet, parts, points, false, r.recordEnd());
        spent.counterpart = IssuerOps.ofBrand(r);
        r.p.shelf.purchases.put(
                r.name(),
                new Purchase(
                        spent,
                        new RewardOps.Taken(r.p.rules.catalogue(), null, what, counted, r.o.cashMinor),
                        pack,
                        given,
                        r.sequence));
        return ResultCode.ACCEPTED;
    }

    static ResultCode refund(final Request r) {
        final Purchase bought = r.purchase();
        if (bought == null) {
            return ResultCode.ORIGINAL_NOT_FOUND;
        }
        final Member m = r.p.member(bought.spent.memberId);
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (bought.pack.refund() == Pack.Refund.NONE) {
            return ResultCode.NOT_OFFERED;
        }
        if (bought.refunded) {
            return ResultCode.REFUND_EXCEEDS_ORIGINAL;
        }
        long uses = 0;
        long unused = 0;
        for (final Holding.Given one : bought.given) {
            uses += one.uses();
        }
        for (final Holding.Key key :
                bought.given.stream().map(Holding.Given::key).distinct().toList()) {
            unused += key.expiryDay() > r.today ? m.coupons.leftOf(key) : 0;
        }
        final boolean whole = bought.pack.refund() == Pack.Refund.WHOLE || uses == 0;
        final long back = whole ? bought.spent.points : SpendingOps.share(bought.spent.points, unused, uses);
        if (SpendingOps.tooMuchBack(r, m, bought.spent, back)) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        bought.refunded = true;
        r.wallet = bought.spent.wallet;
        SpendingOps.giveBack(r, m, bought.spent, back);
        r.o.points = back;
        r.o.cashMinor = whole ? bought.taken.cashMinor() : SpendingOps.share(bought.taken.cashMinor(), unused, uses);
        if (bought.pack.refund() == Pack.Refund.WHOLE) {
            CouponOps.revoke(r, m, bought.given);
        } else {
            CouponOps.revokeUnused(r, m, bought.given);
        }
        new ArrayList<>(m.grants.values())
                .stream().filter(grant -> grant.purchase == bought.sequence).forEach(grant -> r.p.tiers.end(m, grant));
        if (unused == uses) {
            bought.taken.giveBack(r.p, m, r.today);
        }
        return ResultCode.ACCEPTED;
    }
}
