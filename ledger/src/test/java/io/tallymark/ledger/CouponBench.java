package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;

/** A desk for coupons, benefits and packs: commands in one line, answers as text. A point for 100 fen, times at +08:00. */
final class CouponBench {
    /** Engine day of {@link Desk#NOON_MS} at +08:00. */
    static final int TODAY = (int) ((Desk.NOON_MS + 8 * 3_600_000L) / CompiledProgram.DAY_MS);

    final Desk desk = new Desk();
    private int documents;

    static CompiledProgram.Builder program(final Catalogue.Builder catalogue) {
        return CompiledProgram.builder(Commands.PROGRAM)
                .currency("CNY")
                .utcOffsetMinutes(480)
                .enrolUnknownMembers(true)
                .lateWindowMs(CompiledProgram.DAY_MS)
                .keyDays(2)
                .orderDays(1_000)
                .baseRate(1, 100)
                .expiry(Expiry.never())
                .debtLimitPoints(1_000)
                .catalogue(catalogue.build());
    }

    CouponBench publish(final CompiledProgram.Builder program) {
        desk.publish(program.build());
        return this;
    }

    /** A keyed command with a document id of its own. */
    Command keyed(final CommandType type) {
        return Commands.keyed(type, "d" + ++documents);
    }

    /** A keyed command of a member with a rule. */
    Command of(final CommandType type, final long member, final String rule) {
        return keyed(type).memberId(member).put(VarField.RULE_ID, rule);
    }

    /** A command about an earlier document. */
    Command about(final CommandType type, final String original) {
        return keyed(type).put(VarField.ORIGINAL_DOCUMENT_ID, original);
    }

    Outcome apply(final Command c) {
        return desk.apply(c);
    }

    void accepted(final Command c) {
        answers(ResultCode.ACCEPTED, c);
    }

    void answers(final ResultCode code, final Command c) {
        assertEquals(code, apply(c).code, c.type() + " at " + desk.ledger.lastSequence());
    }

    Outcome buy(final String order, final long member, final long amountMinor) {
        final Outcome o = apply(Commands.accrue(order, member, amountMinor));
        assertEquals(ResultCode.ACCEPTED, o.code);
        return o;
    }

    Command grant(final long member, final String coupon) {
        return of(CommandType.GRANT_COUPON, member, coupon);
    }

    Command use(final String document, final long member, final String coupon) {
        return Commands.keyed(CommandType.USE_COUPON, document).memberId(member).put(VarField.RULE_ID, coupon);
    }

    /** Holdings of a member: coupon, sequence, days from TODAY or -, left/uses. */
    String holdings(final long member) {
        return rows(apply(query(CommandType.QUERY_COUPONS).memberId(member)));
    }

    /** Funnel of a coupon: granted, used, returned, revoked, expired, money. */
    String funnel(final String coupon) {
        return rows(apply(query(CommandType.QUERY_COUPON).put(VarField.RULE_ID, coupon)));
    }

    /** Benefits of a member: id, left/uses. */
    String benefits(final long member) {
        return rows(apply(query(CommandType.QUERY_BENEFITS).memberId(member)));
    }

    static Command query(final CommandType type) {
        return new Command().reset(type).put(VarField.PROGRAM, Commands.PROGRAM);
    }

    /** Rows of an answer as text. */
    static String rows(final Outcome o) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < o.rows.count(); i++) {
            text.append(i == 0 ? "" : "; ").append(row(o, i));
        }
        return text.toString();
    }

    private static String row(final Outcome o, final int i) {
        final String id = new String(o.rows.text(i), StandardCharsets.UTF_8);
        final RowKind kind = o.rows.kind();
        return switch (kind) {
            case COUPONS -> {
                final long day = o.rows.value(i, 1);
                yield id + " #" + o.rows.value(i, 0) + " "
                        + (day == Expiry.NEVER_DAY ? "-" : "+" + (day - TODAY)) + " "
                        + o.rows.value(i, 3) + "/" + o.rows.value(i, 2);
            }
            case COUPON -> {
                final StringBuilder columns = new StringBuilder();
                for (int column = 0; column < kind.columnCount(); column++) {
                    columns.append(column == 0 ? "" : " ").append(o.rows.value(i, column));
                }
                yield columns.toString();
            }
            case BENEFITS -> id + " " + o.rows.value(i, 1) + "/" + o.rows.value(i, 0);
            case SHARES -> id + " " + o.rows.value(i, 0) + " coupons " + o.rows.value(i, 3);
            case CONSEQUENCES -> id + " -" + o.rows.value(i, 1) + " lost " + o.rows.value(i, 2);
            default -> throw new IllegalStateException(kind + " has no text");
        };
    }
}
