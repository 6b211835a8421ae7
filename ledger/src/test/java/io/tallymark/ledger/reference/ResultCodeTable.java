package io.tallymark.ledger.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Burn;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A line for each code that a command can be refused with, in order of precedence, and for each keyed command the
 * same key with the same and with other content.
 */
abstract class ResultCodeTable {
    static final long RICH = 1;
    static final long OWES = 2;
    static final long FULL = 3;
    static final long CLOSED = 4;
    static final long FROZEN = 5;
    private static final long HOLDER = 6;
    static final long NOBODY = 99;
    private static final long MAX = Limits.MAX_VALUE;
    private static final long FUTURE = Till.START_MS + 1_000 + Limits.FUTURE_TOLERANCE_MS + 1;
    private static final long OLD = Till.START_MS - CompiledProgram.DAY_MS - 1;
    private static final int NOT_JOURNALED = 0;
    private static final int JOURNALED = 1;

    private record Row(CommandType type, ResultCode code, int journaled, Function<Till, Command> command) {}

    private final List<Row> rows = new ArrayList<>();

    abstract Book book();

    static CompiledProgram.Builder shop() {
        return Till.shop()
                .lateWindowMs(CompiledProgram.DAY_MS)
                .keyDays(2)
                .refund(new RefundPolicy(RefundPolicy.Claw.DEBT, 1_000, true))
                .burn(new Burn(100, 100, 10, -1, List.of()))
                .transferDailyLimitPoints(50)
                .claimDays(30)
                .addCampaign(
                        Till.add("camp", "2", Condition.builder().skus("none").build(), -1))
                .addActivity(new Activity("sign-in", 5, Activity.Per.DAY, 1))
                .addCampaign(CatalogueRows.gift())
                .addTier(CatalogueRows.gold())
                .catalogue(CatalogueRows.catalogue());
    }

    /** A shop where everything has happened, and a second one, {@code plain}, that offers nothing. */
    private Till till() {
        final Till t = new Till(book());
        t.publish(shop());
        t.publish(CompiledProgram.builder("plain").currency("CNY").baseRate(1, 100));
        t.done(t.adjust(RICH, 500));
        t.done(t.adjust(OWES, 10));
        t.done(t.adjust(OWES, -60).with(FixedField.FLAGS, Command.FLAG_MAY_GO_BELOW_ZERO));
        t.done(t.adjust(FULL, MAX));
        t.done(t.order("o", RICH, 10_000));
        t.done(t.order("o-closed", CLOSED, 10_000));
        t.done(t.ask(CommandType.REDEEM, "r-closed").member(CLOSED).points(1));
        t.done(t.hold("h-closed", CLOSED, 1));
        t.done(t.about(CommandType.VOID, "h-closed"));
        CatalogueRows.begin(t, RICH, CLOSED);
        CommunityRows.begin(t, CLOSED);
        WalletRows.begin(t);
        t.done(t.ask(CommandType.CLOSE).member(CLOSED));
        t.done(t.adjust(FROZEN, 100));
        t.done(t.ask(CommandType.FREEZE).member(FROZEN));
        t.done(t.adjust(HOLDER, 100));
        t.done(t.hold("h-open", HOLDER, 10));
        t.done(t.hold("h-captured", HOLDER, 10));
        t.done(t.about(CommandType.CAPTURE, "h-captured"));
        t.done(t.hold("h-voided", HOLDER, 10));
        t.done(t.about(CommandType.VOID, "h-voided"));
        t.done(t.hold("h-expired", HOLDER, 10).with(FixedField.TTL_MS, 1_000));
        t.done(t.ask(CommandType.REDEEM, "r").member(RICH).points(10));
        t.done(t.ask(CommandType.LINK_IDENTITY).member(RICH).identity("card", 1, 1, 1));
        t.done(t.ask(CommandType.ACTIVITY).member(RICH).rule("sign-in"));
        return t.after(1_000);
    }

    // What every command has.

    static Ask some(final Till t, final CommandType type, final long member) {
        return filled(t.ask(type, "new"), type, member);
    }

    /** A command of good form; of members it names this one. */
    private static Ask filled(final Ask ask, final CommandType type, final long member) {
        if (type.shape().has(FixedField.MEMBER_ID)) {
            ask.member(member);
        }
        final Ask ofCatalogue = CatalogueRows.filled(ask, type);
        if (ofCatalogue != null) {
            return ofCatalogue;
        }
        final Ask ofCommunity = CommunityRows.filled(ask, type);
        if (ofCommunity != null) {
            return ofCommunity;
        }
        return switch (type) {
            case ACCRUE, RETURN_UNREFERENCED, PREVIEW_ACCRUE -> ask.amount(100);
            case CLAIM -> ask.amount(100).about("web-1");
            case REDEEM, HOLD, ADJUST, PREVIEW_REDEEM -> ask.points(1);
            case TRANSFER -> ask.points(1).with(FixedField.OTHER_MEMBER_ID, HOLDER);
            case MERGE -> ask.with(FixedField.OTHER_MEMBER_ID, HOLDER);
            case LINK_IDENTITY, UNLINK_IDENTITY -> ask.identity("card", 2, 1, 1);
            case ACTIVITY -> ask.rule("sign-in");
            case GRANT_TIER, REVOKE_TIER -> ask.rule("gold").with(VarField.WAY, "paid");
            case PAUSE, RESUME, QUERY_CAMPAIGN -> ask.rule("camp");
            case CAPTURE, VOID -> ask.about("h-open");
            case REVERSE -> ask.about("r");
            case REFUND, ACTIVATE_PENDING, CANCEL_PENDING -> ask.about("o");
            case QUERY_ORDER -> ask.about("o").with(VarField.ORIGINAL_SOURCE, Ask.SOURCE);
            case QUERY_VERSION -> ask.with(FixedField.VERSION, 1);
            default -> ask;
        };
    }

    private void row(
            final CommandType type, final ResultCode code, final int journaled, final Function<Till, Ask> ask) {
        rows.add(new Row(type, code, journaled, ask.andThen(Ask::make)));
    }

    void row(final CommandType type, final ResultCode code, final Function<Till, Ask> ask) {
        row(type, code, type.shape().isKeyed() ? JOURNALED : NOT_JOURNALED, ask);
    }

    private static Ask elsewhere(final CommandType type, final String program) {
        return filled(Ask.of(type, program, "new"), type, NOBODY);
    }

    private void fill() {
        for (final CommandType type : CommandType.values()) {
            if (type == CommandType.NONE || type == CommandType.LIST_PROGRAMS || type == CommandType.TICK) {
                continue;
            }
            if (type == CommandType.PUBLISH_PROGRAM) {
                rows.add(new Row(
                        type,
                        ResultCode.PROGRAM_INVALID,
                        NOT_JOURNALED,
                        t -> Ask.publish("new", Till.shop().build(), 0)));
                rows.add(new Row(
                        type, ResultCode.VERSION_CONFLICT, NOT_JOURNALED, t -> Ask.publish("new", shop().build(), 7)));
                continue;
            }
            row(type, ResultCode.UNKNOWN_PROGRAM, NOT_JOURNALED, t -> elsewhere(type, "nowhere"));
            times(type);
            members(type);
        }
        spending();
        orders();
        others();
        new CatalogueRows(this).fill();
        new CommunityRows(this).fill();
        new WalletRows(this).fill();
    }

    private void times(final CommandType type) {
        final boolean credit = type == CommandType.ACCRUE
                || type == CommandType.CLAIM
                || type == CommandType.ACTIVITY
                || type == CommandType.ADJUST
                || !type.shape().isKeyed();
        if (type.shape().has(FixedField.EVENT_TIME)) {
            row(
                    type,
                    ResultCode.EVENT_IN_FUTURE,
                    credit ? NOT_JOURNALED : JOURNALED,
                    t -> some(t, type, NOBODY).at(FUTURE));
            row(
                    type,
                    ResultCode.EVENT_TOO_OLD,
                    t -> some(t, type, type == CommandType.CLAIM ? CLOSED : NOBODY)
                            .at(type == CommandType.CLAIM ? OLD - 31 * CompiledProgram.DAY_MS : OLD));
        }
    }

    private void members(final CommandType type) {
        final boolean named = type.shape().has(FixedField.MEMBER_ID) && type != CommandType.ENROL;
        if (!named) {
            return;
        }
        final boolean credit = type == CommandType.ACCRUE
                || type == CommandType.ACTIVITY
                || type == CommandType.ADJUST
                || type == CommandType.PREVIEW_ACCRUE;
        if (credit) {
            row(type, ResultCode.UNKNOWN_MEMBER, NOT_JOURNALED, t -> elsewhere(type, "plain"));
        } else {
            final boolean comesRight = type == CommandType.CLAIM || type == CommandType.TOP_UP;
            final int journaled = comesRight || !type.shape().isKeyed() ? NOT_JOURNALED : JOURNALED;
            row(type, ResultCode.UNKNOWN_MEMBER, journaled, t -> some(t, type, NOBODY));
        }
        final boolean refuses = type.changesState() || type.toString().startsWith("PREVIEW");
        if (refuses
                && type != CommandType.ERASE
                && type != CommandType.RETURN_UNREFERENCED
                && type != CommandType.UNLINK_IDENTITY) {
            row(type, ResultCode.MEMBER_CLOSED, t -> some(t, type, CLOSED));
        }
    }

    private void spending() {
        for (final CommandType type :
                new CommandType[] {CommandType.REDEEM, CommandType.HOLD, CommandType.PREVIEW_REDEEM}) {
            row(type, ResultCode.MEMBER_FROZEN, t -> some(t, type, FROZEN).points(101));
            row(type, ResultCode.PAUSED, t -> {
                t.done(t.ask(CommandType.PAUSE).rule("redemptions"));
                return some(t, type, OWES);
            });
            row(type, ResultCode.NOT_OFFERED, t -> {
                t.done(t.ask(CommandType.RESUME).rule("redemptions"));
                t.publish(shop().burn(Burn.NONE));
                return some(t, type, OWES).points(0).amount(100);
            });
            row(type, ResultCode.LIMIT_EXCEEDED, t -> {
                t.publish(shop().burn(new Burn(1_000, 1, -1, -1, List.of())));
                return some(t, type, OWES).points(0).amount(MAX);
            });
            row(
                    type,
                    ResultCode.BELOW_MINIMUM,
                    t -> some(t, type, OWES).points(0).amount(100).with(FixedField.CASH_MINOR, 91));
            row(type, ResultCode.IN_DEBT, t -> some(t, type, OWES));
            row(type, ResultCode.INSUFFICIENT_POINTS, t -> some(t, type, HOLDER).points(91));
        }
        final CommandType transfer = CommandType.TRANSFER;
        row(transfer, ResultCode.SAME_MEMBER, t -> some(t, transfer, CLOSED).with(FixedField.OTHER_MEMBER_ID, CLOSED));
        row(transfer, ResultCode.MEMBER_FROZEN, t -> some(t, transfer, OWES).with(FixedField.OTHER_MEMBER_ID, FROZEN));
        row(transfer, ResultCode.NOT_OFFERED, t -> {
            t.publish(shop().transferDailyLimitPoints(-1));
            return some(t, transfer, OWES).points(MAX);
        });
        row(
                transfer,
                ResultCode.LIMIT_EXCEEDED,
                t -> some(t, transfer, RICH).points(51).with(FixedField.OTHER_MEMBER_ID, FULL));
        row(
                transfer,
                ResultCode.RULE_LIMIT_REACHED,
                t -> some(t, transfer, OWES).points(51));
        row(transfer, ResultCode.IN_DEBT, t -> some(t, transfer, OWES).points(50));
        row(transfer, ResultCode.INSUFFICIENT_POINTS, t -> {
            t.done(t.adjust(7, 10));
            return some(t, transfer, 7).points(11);
        });
        final CommandType adjust = CommandType.ADJUST;
        row(adjust, ResultCode.MEMBER_FROZEN, t -> some(t, adjust, FROZEN).points(-101));
        row(adjust, ResultCode.LIMIT_EXCEEDED, t -> some(t, adjust, FULL));
        row(
                adjust,
                ResultCode.LIMIT_EXCEEDED,
                t -> some(t, adjust, OWES).points(-951).with(FixedField.FLAGS, Command.FLAG_MAY_GO_BELOW_ZERO));
        row(adjust, ResultCode.INSUFFICIENT_POINTS, t -> some(t, adjust, HOLDER).points(-91));
        for (final CommandType type : new CommandType[] {CommandType.CAPTURE, CommandType.VOID}) {
            row(type, ResultCode.HOLD_NOT_FOUND, t -> some(t, type, 0).about("none"));
            row(type, ResultCode.MEMBER_CLOSED, t -> some(t, type, 0).about("h-closed"));
            row(type, ResultCode.HOLD_EXPIRED, t -> some(t, type, 0).about("h-expired"));
            row(type, ResultCode.HOLD_CAPTURED, t -> some(t, type, 0).about("h-captured"));
            row(type, ResultCode.HOLD_VOIDED, t -> some(t, type, 0).about("h-voided"));
        }
        row(
                CommandType.CAPTURE,
                ResultCode.OVER_CAPTURE,
                t -> some(t, CommandType.CAPTURE, 0).points(11));
        final CommandType reverse = CommandType.REVERSE;
        row(reverse, ResultCode.ORIGINAL_NOT_FOUND, t -> some(t, reverse, 0).about("none"));
        row(reverse, ResultCode.MEMBER_CLOSED, t -> some(t, reverse, 0).about("r-closed"));
        row(reverse, ResultCode.LIMIT_EXCEEDED, t -> {
            t.done(t.ask(CommandType.REDEEM, "r-full").member(FULL).points(10));
            t.done(t.adjust(FULL, 10));
            return some(t, reverse, 0).about("r-full");
        });
        row(
                reverse,
                ResultCode.REVERSAL_EXCEEDS_ORIGINAL,
                t -> some(t, reverse, 0).amount(11));
    }

    private void orders() {
        final CommandType accrue = CommandType.ACCRUE;
        row(accrue, ResultCode.ALREADY_ACCRUED, t -> {
            t.done(t.ask(CommandType.CLAIM).member(FULL).amount(1).about("new"));
            return some(t, accrue, FULL);
        });
        row(accrue, ResultCode.LIMIT_EXCEEDED, t -> some(t, accrue, FULL));
        final CommandType claim = CommandType.CLAIM;
        row(claim, ResultCode.NOT_OFFERED, t -> {
            t.publish(shop().claimDays(-1));
            return some(t, claim, RICH).about("o");
        });
        row(claim, ResultCode.ALREADY_ACCRUED, t -> some(t, claim, FULL).about("o"));
        row(claim, ResultCode.LIMIT_EXCEEDED, t -> some(t, claim, FULL));
        final CommandType activity = CommandType.ACTIVITY;
        row(activity, ResultCode.NOT_OFFERED, t -> some(t, activity, FULL).rule("none"));
        row(activity, ResultCode.LIMIT_EXCEEDED, t -> some(t, activity, FULL));
        row(activity, ResultCode.RULE_LIMIT_REACHED, t -> some(t, activity, RICH));
        row(CommandType.PREVIEW_ACCRUE, ResultCode.LIMIT_EXCEEDED, t -> some(t, CommandType.PREVIEW_ACCRUE, FULL));
        final CommandType refund = CommandType.REFUND;
        row(
                refund,
                ResultCode.ORIGINAL_NOT_FOUND,
                NOT_JOURNALED,
                t -> some(t, refund, 0).about("none"));
        row(refund, ResultCode.REFUND_EXCEEDS_ORIGINAL, t -> some(t, refund, 0).amount(10_001));
        row(refund, ResultCode.NOT_OFFERED, t -> {
            t.publish(new ProgramOfOneRate().build());
            t.done(t.order("plain-order", RICH, 100).line(1, 2, 100));
            return some(t, refund, 0).about("plain-order").line(1, 1, 0);
        });
        final CommandType unreferenced = CommandType.RETURN_UNREFERENCED;
        row(unreferenced, ResultCode.NOT_OFFERED, t -> {
            t.publish(shop().debtLimitPoints(1));
            return some(t, unreferenced, CLOSED);
        });
        row(unreferenced, ResultCode.LIMIT_EXCEEDED, t -> {
            t.publish(shop().baseRate(2, 1));
            return some(t, unreferenced, RICH).amount(MAX);
        });
        for (final CommandType type : new CommandType[] {CommandType.ACTIVATE_PENDING, CommandType.CANCEL_PENDING}) {
            row(type, ResultCode.ORIGINAL_NOT_FOUND, t -> some(t, type, 0).about("none"));
            row(type, ResultCode.MEMBER_CLOSED, t -> some(t, type, 0).about("o-closed"));
            row(type, ResultCode.NOT_PENDING, t -> some(t, type, 0));
        }
        row(
                CommandType.QUERY_ORDER,
                ResultCode.ORIGINAL_NOT_FOUND,
                t -> some(t, CommandType.QUERY_ORDER, 0).about("none"));
        row(
                CommandType.QUERY_CAMPAIGN,
                ResultCode.ORIGINAL_NOT_FOUND,
                t -> some(t, CommandType.QUERY_CAMPAIGN, 0).rule("none"));
    }

    private void others() {
        row(
                CommandType.ENROL,
                ResultCode.MEMBER_EXISTS,
                t -> some(t, CommandType.ENROL, RICH).identity("card", 1, 1, 1));
        row(
                CommandType.ENROL,
                ResultCode.IDENTITY_TAKEN,
                t -> some(t, CommandType.ENROL, NOBODY).identity("card", 1, 1, 1));
        row(
                CommandType.LINK_IDENTITY,
                ResultCode.IDENTITY_TAKEN,
                t -> some(t, CommandType.LINK_IDENTITY, CLOSED).identity("card", 1, 1, 1));
        row(
                CommandType.UNLINK_IDENTITY,
                ResultCode.IDENTITY_UNKNOWN,
                t -> some(t, CommandType.UNLINK_IDENTITY, CLOSED));
        row(CommandType.CLOSE, ResultCode.HAS_HOLDS, t -> some(t, CommandType.CLOSE, HOLDER));
        row(CommandType.CLOSE, ResultCode.IN_DEBT, t -> some(t, CommandType.CLOSE, OWES));
        final CommandType merge = CommandType.MERGE;
        row(merge, ResultCode.SAME_MEMBER, t -> some(t, merge, CLOSED).with(FixedField.OTHER_MEMBER_ID, CLOSED));
        row(merge, ResultCode.MEMBER_FROZEN, t -> some(t, merge, FULL).with(FixedField.OTHER_MEMBER_ID, FROZEN));
        row(merge, ResultCode.LIMIT_EXCEEDED, t -> some(t, merge, FULL));
        row(
                CommandType.GRANT_TIER,
                ResultCode.NOT_OFFERED,
                t -> some(t, CommandType.GRANT_TIER, RICH).rule("none"));
        row(
                CommandType.REVOKE_TIER,
                ResultCode.NOT_OFFERED,
                t -> some(t, CommandType.REVOKE_TIER, RICH).with(VarField.WAY, "earned"));
        row(CommandType.REVOKE_TIER, ResultCode.ORIGINAL_NOT_FOUND, t -> some(t, CommandType.REVOKE_TIER, RICH));
        row(
                CommandType.PAUSE,
                ResultCode.NOT_OFFERED,
                t -> some(t, CommandType.PAUSE, 0).rule("none"));
        row(
                CommandType.RESUME,
                ResultCode.NOT_OFFERED,
                t -> some(t, CommandType.RESUME, 0).rule("none"));
    }

    /** As the shop, but without rules of lines. */
    private static final class ProgramOfOneRate {
        CompiledProgram build() {
            return Till.shop()
                    .lateWindowMs(CompiledProgram.DAY_MS)
                    .keyDays(2)
                    .activation(Activation.IMMEDIATE)
                    .catalogue(CatalogueRows.catalogue())
                    .addTier(
                            new Tier("gold", 1_000_000, null, Tier.Window.LIFETIME, 0, 0, null, 0, 12, 0, 0, List.of()))
                    .build();
        }
    }

    @TestFactory
    List<DynamicTest> everyCodeOfEveryCommand() {
        fill();
        final List<DynamicTest> tests = new ArrayList<>();
        for (final Row row : rows) {
            tests.add(DynamicTest.dynamicTest(row.type + " " + row.code, () -> {
                final Till t = till();
                final Command c = row.command.apply(t);
                final Outcome o = t.send(c);
                assertEquals(row.code, o.code);
                assertEquals(row.journaled == JOURNALED, o.journaled);
                final Outcome again = t.send(c);
                assertEquals(row.code, again.code);
                assertEquals(o.journaled, again.replayed, "the same once more");
            }));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> theSameKeyAgain() {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final CommandType type : CommandType.values()) {
            if (!type.shape().isKeyed() || type == CommandType.PUBLISH_PROGRAM) {
                continue;
            }
            tests.add(DynamicTest.dynamicTest(type.toString(), () -> {
                final Till t = till();
                final Outcome first = t.send(some(t, type, RICH));
                assertTrue(first.journaled, first.toString());
                final Outcome again = t.send(some(t, type, RICH));
                assertTrue(again.replayed && !again.journaled);
                assertEquals(first.code, again.code);
                assertEquals(first.sequence, again.sequence);
                assertEquals(first.points, again.points);
                final boolean named = type.shape().has(FixedField.MEMBER_ID);
                final Ask other = named
                        ? some(t, type, OWES)
                        : type.shape().requires(VarField.RULE_ID)
                                ? some(t, type, 0).rule("other")
                                : some(t, type, 0).about("other");
                assertEquals(ResultCode.IDEMPOTENCY_CONFLICT, t.send(other).code);
                assertTrue(t.send(some(t, type, RICH)).replayed);
            }));
        }
        return tests;
    }

    @Test
    void theSamePublicationAgain() {
        final Till t = till();
        final Command first = Ask.publish("new", shop().debtLimitPoints(3).build(), 0);
        assertEquals(2, t.send(first).programVersion);
        assertTrue(t.send(first).replayed);
        assertEquals(
                ResultCode.IDEMPOTENCY_CONFLICT,
                t.send(Ask.publish("new", shop().debtLimitPoints(4).build(), 0)).code);
    }

    @Test
    void nothingIsLeftOut() {
        fill();
        final Set<CommandType> types = EnumSet.of(CommandType.NONE, CommandType.LIST_PROGRAMS, CommandType.TICK);
        final Set<ResultCode> codes = EnumSet.of(ResultCode.IDEMPOTENCY_CONFLICT);
        for (final Row row : rows) {
            types.add(row.type);
            codes.add(row.code);
        }
        assertEquals(EnumSet.allOf(CommandType.class), types);
        for (final ResultCode code : ResultCode.values()) {
            assertTrue(code.kind() != ResultCode.Kind.REJECTED || codes.contains(code), code.toString());
        }
    }
}
