package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Draw;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Chance for points. */
final class DrawOps {
    private static final BigInteger ALL = BigInteger.TWO.pow(64);

    private DrawOps() {}

    static ResultCode draw(final Request r) {
        final Member m = r.named();
        final ResultCode open = RewardOps.open(r, m);
        if (open != ResultCode.ACCEPTED) {
            return open;
        }
        final Draw draw = Shelf.draw(r.p.rules.catalogue(), r.text(VarField.RULE_ID));
        final String what = "draw " + r.text(VarField.RULE_ID);
        final ResultCode code = RewardOps.check(r, m, draw == null ? null : draw.offer(), what, what);
        if (code != ResultCode.ACCEPTED) {
            return code;
        }
        final long price = -r.o.points;
        r.wallet = draw.offer().wallet();
        final int place = place(r, draw);
        final Draw.Prize prize = place == 0 ? null : draw.prizes().get(place - 1);
        final boolean coupon = prize != null && prize.kind() == Draw.Kind.COUPON;
        final List<CouponGrant> grants = coupon ? List.of(new CouponGrant(prize.rule(), 0, 0)) : List.of();
        final long points = prize == null ? 0 : prize.points();
        if (m.allPoints() - price + points > Request.LIMIT || RewardOps.tooMany(r, m, r.p.rules.catalogue(), grants)) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        m.lastActivityDay = r.today;
        r.p.purse(r.wallet).redeem(m, price, IssuerOps.ofBrand(r));
        Counted.count(r, m, what, draw.offer().limit());
        r.o.points = points - price;
        if (prize != null) {
            win(r, m, draw, place, CouponOps.give(r, m, grants));
        }
        return ResultCode.ACCEPTED;
    }

    private static void win(
            final Request r, final Member m, final Draw draw, final int place, final List<Holding.Given> given) {
        final Draw.Prize prize = draw.prizes().get(place - 1);
        if (prize.kind() == Draw.Kind.COUPON && given.isEmpty()) {
            return;
        }
        r.p.shelf.take(Shelf.prize(draw, place), 1);
        final Purse purse = r.p.purse(r.wallet);
        purse.issue(m, prize.points(), purse.newLot(r.today), r.today);
        final String text = switch (prize.kind()) {
            case POINTS -> "points";
            case COUPON -> "coupon/" + prize.rule();
            case REWARD -> "reward/" + prize.rule();
        };
        r.o.rows.begin(RowKind.PRIZE);
        r.o.rows.add(text.getBytes(StandardCharsets.UTF_8), place, prize.points(), 0, 0, 0, 0);
    }

    /** Place of the prize that the random bits hit, if there is one left; 0: none. */
    private static int place(final Request r, final Draw draw) {
        final Exact hit = new Exact(new BigInteger(Long.toUnsignedString(r.c.randomBits())), ALL);
        Exact sum = Exact.ZERO;
        for (int place = 1; place <= draw.prizes().size(); place++) {
            final Draw.Prize prize = draw.prizes().get(place - 1);
            sum = sum.plus(Exact.of(prize.oddsNumerator(), prize.oddsDenominator()));
            if (hit.compareTo(sum) < 0) {
                final boolean left = prize.stock() == CompiledProgram.UNLIMITED
                        || r.p.shelf.left(Shelf.prize(draw, place), prize.stock()) > 0;
                return left ? place : 0;
            }
        }
        return 0;
    }
}
