package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.PointSale;
import io.tallymark.ledger.program.Precredit;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/** Points without orders: activities, imports, sales, points that wait on cards. */
final class ActivityOps {
    private static final Limit ONCE = new Limit(Activity.Per.LIFETIME, 1);

    /** What a rule says, whichever kind it is of. */
    private record Rule(BigInteger points, Limit limit, long cashMinor, boolean waits, String issuer, String wallet) {}

    private ActivityOps() {}

    static ResultCode activity(final Request r) {
        final Member known = r.named();
        if (known != null && known.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        final Rule rule = rule(r, r.text(VarField.RULE_ID));
        if (rule == null) {
            return ResultCode.NOT_OFFERED;
        }
        final Member m = known != null ? known : r.newMember();
        if (m == null || rule.points.compareTo(BigInteger.valueOf(Request.LIMIT)) > 0) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        final long points = rule.points.longValueExact();
        final boolean waits = rule.waits && !m.hasOrdered;
        final Map<String, Long> granted = Map.of(rule.wallet, points);
        final Map<String, Long> atOnce = waits ? Map.of() : granted;
        if (EarningOps.count(r, m.copyForPreview(), 0, 0, 0, granted, atOnce) != ResultCode.ACCEPTED) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        final String what = "activity " + r.text(VarField.RULE_ID);
        final long eventDay = r.p.days.dayOf(r.eventMs);
        if (Counted.isReached(r.p, m, what, rule.limit, eventDay)) {
            return ResultCode.RULE_LIMIT_REACHED;
        }
        if (points == 0) {
            return ResultCode.BELOW_MINIMUM;
        }
        EarningOps.count(r, m, 0, 0, 0, granted, atOnce);
        Counted.count(r.p, m, what, rule.limit, eventDay, 1);
        m.lastActivityDay = r.today;
        final Purse purse = r.p.purse(rule.wallet);
        final LotKey lot = purse.newLot(r.today).of(r.p.issuers.number(rule.issuer));
        if (waits) {
            purse.issuePending(m, points, Member.FIRST_PURCHASE, lot);
        } else {
            purse.issue(m, points, lot, r.today);
        }
        EarningOps.riseAndCreditBonus(r, m, true);
        r.o.points = points;
        r.wallet = rule.wallet;
        r.o.cashMinor = rule.cashMinor;
        if (known == null) {
            r.enrol(m);
            r.o.memberId = m.id;
        }
        return ResultCode.ACCEPTED;
    }

    /** Null: there is none of that id, or not for what the command says. */
    private static Rule rule(final Request r, final String id) {
        final Catalogue catalogue = r.p.rules.catalogue();
        final long points = r.c.points();
        for (final Issuer issuer : catalogue.issuers()) {
            if (issuer.id().equals(id) && issuer.importPoints() > 0) {
                final BigInteger imported = Exact.of(points)
                        .times(Exact.of(issuer.importPoints(), issuer.importPer()))
                        .floor();
                return points == 0 ? null : new Rule(imported, issuer.importLimit(), 0, false, id, Account.POINTS);
            }
        }
        if (points != 0) {
            return null;
        }
        for (final Activity activity : r.p.rules.activities()) {
            if (activity.id().equals(id)) {
                final Limit limit = new Limit(activity.per(), activity.times());
                return new Rule(BigInteger.valueOf(activity.points()), limit, 0, false, "", activity.wallet());
            }
        }
        for (final PointSale sale : catalogue.sales()) {
            if (sale.id().equals(id)) {
                return new Rule(
                        BigInteger.valueOf(sale.points()), sale.limit(), sale.cashMinor(), false, "", sale.wallet());
            }
        }
        for (final Precredit card : catalogue.precredits()) {
            if (card.id().equals(id)) {
                return new Rule(BigInteger.valueOf(card.points()), ONCE, 0, true, "", card.wallet());
            }
        }
        return null;
    }

    /** Points that wait for the first purchase, by wallet. */
    static Map<String, Long> waiting(final Member m, final Program p) {
        final Map<String, Long> waiting = new HashMap<>();
        for (final String wallet : p.allWallets()) {
            m.in(wallet).pending.forEach((days, points) -> {
                if (days.activationDay() == Member.FIRST_PURCHASE) {
                    waiting.merge(wallet, points, Math::addExact);
                }
            });
        }
        return waiting;
    }

    /** The first purchase has come. */
    static void activate(final Program p, final Member m, final long today) {
        for (final String wallet : p.allWallets()) {
            for (final Member.PendingDays lot :
                    new ArrayList<>(m.in(wallet).pending.keySet())) {
                if (lot.activationDay() == Member.FIRST_PURCHASE) {
                    p.purse(wallet).activate(m, lot, today);
                }
            }
        }
    }
}
