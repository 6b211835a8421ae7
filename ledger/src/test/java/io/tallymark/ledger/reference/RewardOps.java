package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Price;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What points are redeemed for; also what packs and draws have in common with it. */
final class RewardOps {
    private static final long MOST_RESTOCKED = 1_000_000_000;

    /**
     * A unit of a reward or a pack that a member has, with what can be given back.
     *
     * @param version what was offered then
     */
    record Taken(Catalogue version, Reward reward, String stock, Counted counted, long cashMinor) {
        /** The unit goes back, in its period also one of the limit. */
        void giveBack(final Program p, final Member m, final long today) {
            p.shelf.take(stock, -1);
            Counted.giveBack(p, m, counted, today);
        }
    }

    private RewardOps() {}

    static Reward named(final Request r) {
        return Shelf.reward(r.p.rules.catalogue(), r.text(VarField.RULE_ID));
    }

    static String what(final Reward reward) {
        return "reward " + reward.id();
    }

    static Price priceFor(final Request r, final Member m, final Offer offer) {
        final String tier = r.p.tiers.tierId(m);
        return offer.byTier().stream()
                .filter(one -> one.tier().equals(tier))
                .map(Offer.TierPrice::price)
                .findFirst()
                .orElse(offer.price());
    }

    /** Whether redemptions are open to a member at all. */
    static ResultCode open(final Request r, final Member m) {
        if (m == null || m.closed) {
            return m == null ? ResultCode.UNKNOWN_MEMBER : ResultCode.MEMBER_CLOSED;
        }
        if (m.frozen) {
            return ResultCode.MEMBER_FROZEN;
        }
        return r.p.paused.contains(SpendingOps.REDEMPTIONS) ? ResultCode.PAUSED : ResultCode.ACCEPTED;
    }

    /**
     * What stands against having it, behind {@link #open}; leaves the price in the answer.
     *
     * @param offer null: there is no such thing
     */
    static ResultCode check(
            final Request r, final Member m, final Offer offer, final String limited, final String stocked) {
        if (offer == null || !Earning.holds(offer.when(), r.facts(m))) {
            return ResultCode.NOT_OFFERED;
        }
        final Price price = priceFor(r, m, offer);
        if (price == null) {
            return ResultCode.NOT_OFFERED;
        }
        if (!offer.fromTier().isEmpty() && r.p.tiers.level(m) < r.p.level(offer.fromTier())) {
            return ResultCode.TIER_REQUIRED;
        }
        if (Counted.isReached(r.p, m, limited, offer.limit(), r.today)) {
            return ResultCode.RULE_LIMIT_REACHED;
        }
        if (offer.stock() != CompiledProgram.UNLIMITED && r.p.shelf.left(stocked, offer.stock()) <= 0) {
            return ResultCode.OUT_OF_STOCK;
        }
        final Account account = m.in(offer.wallet());
        if (account.debt > 0) {
            return ResultCode.IN_DEBT;
        }
        if (account.available() < price.points()) {
            return ResultCode.INSUFFICIENT_POINTS;
        }
        r.wallet = price.points() == 0 ? Account.POINTS : offer.wallet();
        r.o.points = -price.points();
        r.o.cashMinor = price.cashMinor();
        return ResultCode.ACCEPTED;
    }

    /** Of a redemption, hold or preview that names a reward. */
    static ResultCode check(final Request r, final Member m) {
        final Reward reward = named(r);
        if (reward == null) {
            return ResultCode.NOT_OFFERED;
        }
        final ResultCode code = check(r, m, reward.offer(), what(reward), reward.id());
        if (code != ResultCode.ACCEPTED) {
            return code;
        }
        // A hold grants nothing yet.
        return r.c.type() != CommandType.HOLD && bringsTooMuch(r, m, r.p.rules.catalogue(), reward)
                ? ResultCode.LIMIT_EXCEEDED
                : code;
    }

    /** Coupons or a gift. */
    static boolean bringsTooMuch(final Request r, final Member m, final Catalogue version, final Reward reward) {
        return tooMany(r, m, version, reward.grants())
                || ValueOps.tooMuchGift(r.p, m, reward.wallet(), reward.giftMinor());
    }

    static boolean tooMany(final Request r, final Member m, final Catalogue version, final List<CouponGrant> grants) {
        return CouponOps.tooMany(m, CouponOps.giving(version, grants, r.today).size());
    }

    /** Takes a unit from stock and limit. */
    static Taken take(final Request r, final Member m) {
        final Reward reward = named(r);
        final Counted counted = Counted.count(r, m, what(reward), reward.offer().limit());
        r.p.shelf.take(reward.id(), 1);
        return new Taken(r.p.rules.catalogue(), reward, reward.id(), counted, r.o.cashMinor);
    }

    static ResultCode restock(final Request r) {
        final String what = r.text(VarField.RULE_ID);
        final long stock = Shelf.stockOf(r.p.rules.catalogue(), what);
        if (stock == CompiledProgram.UNLIMITED) {
            return ResultCode.NOT_OFFERED;
        }
        final long quantity = r.c.quantity();
        final long sum = r.p.shelf.restockedOf(what) + quantity;
        if (Math.abs(sum) > MOST_RESTOCKED || quantity < 0 && r.p.shelf.left(what, stock) + quantity < 0) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        r.p.shelf.restocked.put(what, sum);
        return ResultCode.ACCEPTED;
    }

    static ResultCode query(final Request r) {
        final String what = r.text(VarField.RULE_ID);
        if (!r.p.shelf.everStocked.contains(what)) {
            return ResultCode.ORIGINAL_NOT_FOUND;
        }
        final long stock = Shelf.stockOf(r.p.rules.catalogue(), what);
        final boolean kept = stock != CompiledProgram.UNLIMITED;
        r.o.rows.begin(RowKind.REWARD);
        r.o.rows.add(
                what.getBytes(StandardCharsets.UTF_8),
                kept ? stock : -1,
                kept ? Math.max(0, r.p.shelf.left(what, stock)) : -1,
                r.p.shelf.takenOf(what),
                kept ? r.p.shelf.restockedOf(what) : -1,
                0,
                0);
        return ResultCode.ACCEPTED;
    }
}
