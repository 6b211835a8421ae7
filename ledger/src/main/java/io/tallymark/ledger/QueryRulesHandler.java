package io.tallymark.ledger;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;

/** Answers questions about orders, campaigns and versions of a program; changes nothing. Cold: strings are made. */
final class QueryRulesHandler implements Handler {
    private final Originals originals;

    QueryRulesHandler(final Originals originals) {
        this.originals = originals;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        final boolean found = switch (c.type()) {
            case QUERY_ORDER -> order(c, e);
            case QUERY_COUPON -> coupon(c.text(VarField.RULE_ID), e);
            case QUERY_SETTLEMENT -> settlement(c.text(VarField.RULE_ID), e);
            case QUERY_CAMPAIGN -> campaign(c.text(VarField.RULE_ID), e);
            case QUERY_REWARD -> reward(c.text(VarField.RULE_ID), e);
            default -> version(c.version(), e);
        };
        if (found) {
            e.foresee();
        } else {
            e.answer(ResultCode.ORIGINAL_NOT_FOUND);
        }
    }

    private boolean order(final Command c, final Effect e) {
        final int entry = originals.loadOrder(c, e);
        if (entry == 0) {
            return false;
        }
        final OrderDraft order = e.order;
        final ProgramVersion version = e.program.version(order.version);
        e.rows.begin(RowKind.ORDER);
        e.rows.add(
                ascii("order"),
                order.amountMinor,
                order.refundedMinor,
                order.granted.total(),
                order.retainedPoints,
                originals.sequence(entry),
                order.version);
        e.rows.add(ascii("share/base"), order.granted.basePoints, 0, 0, 0, 0, 0);
        e.rows.add(ascii("share/tier"), order.granted.tierPoints, 0, 0, 0, 0, 0);
        for (int i = 0; i < order.granted.count; i++) {
            final String id =
                    version.compiled.campaigns().get(order.granted.campaign[i]).id();
            e.rows.add(ascii("share/campaign:" + id), order.granted.points[i], order.keptPoints[i], 0, 0, 0, 0);
        }
        final OrderWallets wallets = order.wallets;
        for (int i = 0; i < wallets.count; i++) {
            final byte[] wallet = version.walletRules.label(wallets.wallet[i]);
            e.rows.add(wallet, wallets.grantedPoints[i], wallets.retainedPoints[i], 0, 0, 0, 0);
        }
        final OrderLineBook lines = order.lines;
        for (int i = 0; i < lines.count; i++) {
            e.rows.add(
                    ascii("line"),
                    lines.number[i],
                    lines.quantity[i],
                    lines.amountMinor[i],
                    lines.refundedQuantity[i],
                    lines.refundedMinor[i],
                    0);
        }
        return true;
    }

    private static boolean campaign(final String id, final Effect e) {
        final int number = e.program.campaignNumbers.find(id);
        if (number < 0) {
            return false;
        }
        final long budget = e.program.compiled().campaigns().stream()
                .filter(campaign -> campaign.id().equals(id))
                .mapToLong(Campaign::budget)
                .findFirst()
                .orElse(CompiledProgram.UNLIMITED);
        final long granted = e.program.budgets.granted(number);
        e.rows.begin(RowKind.CAMPAIGN);
        e.rows.add(
                ascii(id),
                budget,
                budget == CompiledProgram.UNLIMITED ? -1 : Math.max(0, budget - granted),
                granted,
                e.program.isCampaignPaused[number] ? 1 : 0,
                0,
                0);
        return true;
    }

    private static boolean coupon(final String id, final Effect e) {
        final int number = e.program.couponNumbers.find(id);
        if (number < 0) {
            return false;
        }
        final CouponTotals totals = e.program.couponTotals;
        e.rows.begin(RowKind.COUPON);
        e.rows.add(
                ascii(id),
                totals.get(number, CouponTotals.GRANTED),
                totals.get(number, CouponTotals.USED),
                totals.get(number, CouponTotals.RETURNED),
                totals.get(number, CouponTotals.REVOKED),
                totals.get(number, CouponTotals.EXPIRED),
                totals.get(number, CouponTotals.AMOUNT));
        return true;
    }

    private static boolean reward(final String id, final Effect e) {
        final int kind = id.indexOf('/') < 0 ? Stocks.REWARDS : Stocks.PRIZES;
        final Stocks stocks = e.program.stocks(kind);
        final int number = stocks.numbers.find(id);
        if (number < 0) {
            return false;
        }
        final long stock = RestockHandler.stockOf(e.program.current(), kind, number);
        final boolean hasStock = stock != CompiledProgram.UNLIMITED;
        e.rows.begin(RowKind.REWARD);
        e.rows.add(
                ascii(id),
                hasStock ? stock : -1,
                hasStock ? Math.max(0, stocks.left(number, stock, e.timeMs)) : -1,
                stocks.taken(number, e.timeMs),
                hasStock ? stocks.restocked(number) : -1,
                0,
                0);
        return true;
    }

    private static boolean settlement(final String id, final Effect e) {
        final int issuer = IssuerRules.number(id, e.program.issuerNumbers);
        if (issuer == LotBook.HOUSE) {
            return false;
        }
        e.program.settlement.tell(issuer, e.program, e.rows);
        return true;
    }

    private static boolean version(final int number, final Effect e) {
        if (number < 1 || number > e.program.version()) {
            return false;
        }
        final StateHash hash = e.program.version(number).canonicalHash;
        e.rows.begin(RowKind.VERSION);
        e.rows.add(null, number, hash.high(), hash.low(), number == e.program.version() ? 1 : 0, 0, 0);
        return true;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
