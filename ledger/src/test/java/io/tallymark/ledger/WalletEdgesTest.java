package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.PointsWallet;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.WalletBalances;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Further wallets of points where histories seldom come: bounds, versions, standing, replays. Numbers by hand. */
final class WalletEdgesTest {
    private static final long MAX = Limits.MAX_VALUE;
    private static final RefundPolicy DEBT = new RefundPolicy(RefundPolicy.Claw.DEBT, MAX, true);
    private static final long HOUR_MS = 3_600_000L;

    private final Desk desk = new Desk();
    private int document;

    /** One star for 10.00, valid through the end of the month after the next. */
    private static PointsWallet stars() {
        return wallet("stars", 1, 1_000, Expiry.months(2), Activation.IMMEDIATE, true, false);
    }

    private static PointsWallet wallet(
            final String id,
            final long points,
            final long per,
            final Expiry expiry,
            final Activation activation,
            final boolean redeemable,
            final boolean qualifying) {
        return new PointsWallet(
                id, points, per, Condition.ALWAYS, false, expiry, activation, DEBT, redeemable, qualifying);
    }

    private static CompiledProgram.Builder program(final PointsWallet... wallets) {
        final Catalogue.Builder catalogue = Catalogue.builder();
        for (final PointsWallet wallet : wallets) {
            catalogue.add(wallet);
        }
        return Desk.mima().keyDays(400).refund(DEBT).catalogue(catalogue.build());
    }

    private Outcome accepted(final Command c) {
        return coded(ResultCode.ACCEPTED, c);
    }

    private Outcome coded(final ResultCode code, final Command c) {
        final Outcome o = desk.apply(c);
        assertEquals(code, o.code, o.toString());
        return o;
    }

    private Command keyed(final CommandType type, final long member) {
        return Commands.keyed(type, "d" + ++document).memberId(member);
    }

    private Command original(final CommandType type, final String original) {
        return keyed(type, 0).put(VarField.ORIGINAL_DOCUMENT_ID, original);
    }

    private Command adjust(final long member, final long points, final String wallet) {
        return Commands.adjust("d" + ++document, member, points)
                .flags(points < 0 ? Command.FLAG_MAY_GO_BELOW_ZERO : 0)
                .put(VarField.WALLET_ID, wallet);
    }

    /** Moved, available, pending, held, debt in a wallet. */
    private static void assertWallet(final Outcome o, final String id, final long... expected) {
        final WalletBalances w = o.wallets;
        for (int i = 0; i < w.count(); i++) {
            if (new String(w.id(i), StandardCharsets.US_ASCII).equals(id)) {
                final List<Long> told = List.of(
                        w.movedPoints(i), w.availablePoints(i), w.pendingPoints(i), w.heldPoints(i), w.debtPoints(i));
                assertEquals(java.util.Arrays.stream(expected).boxed().toList(), told, id + " of " + o);
                return;
            }
        }
        throw new AssertionError("no wallet " + id + " in " + o);
    }

    private static String subject(final Outcome o) {
        return o.wallets.subject() == WalletBalances.NONE
                ? "points"
                : new String(o.wallets.id(o.wallets.subject()), StandardCharsets.US_ASCII);
    }

    private PointsWalletTotals books(final int wallet) {
        return desk.ledger.program(0).furtherWallets().get(wallet);
    }

    @Test
    void noMemberOwesMoreThanTheBoundInAWalletByAMerge() {
        desk.publish(program(stars()).build());
        for (int member = 1; member <= 2; member++) {
            accepted(Commands.accrue("o" + member, member, 100));
            accepted(adjust(member, -600_000_000_000_000L, "stars"));
        }
        final Command merge = keyed(CommandType.MERGE, 1).otherMemberId(2);
        final Outcome refused = coded(ResultCode.LIMIT_EXCEEDED, merge);
        assertWallet(refused, "stars", 0, 0, 0, 0, 600_000_000_000_000L);
        // What the one has repays the other: 6 + 6 - 2.5 = 9.5, and now it is within the bound.
        accepted(adjust(2, 250_000_000_000_000L, "stars"));
        final Outcome merged = accepted(keyed(CommandType.MERGE, 1).otherMemberId(2));
        assertWallet(merged, "stars", 0, 0, 0, 0, 950_000_000_000_000L);
        assertEquals(950_000_000_000_000L, books(0).debtPoints());
    }

    @Test
    void theBoundOfAMemberIsOverAllWalletsAndAReversalKeepsIt() {
        desk.publish(program(stars()).build());
        accepted(adjust(1, MAX - 10, "stars"));
        coded(ResultCode.LIMIT_EXCEEDED, Commands.adjust("a1", 1, 11));
        accepted(Commands.adjust("a2", 1, 10));
        accepted(Commands.redeem("r1", 1, 4).put(VarField.WALLET_ID, "stars"));
        accepted(Commands.adjust("a3", 1, 3));
        final Outcome refused = coded(ResultCode.LIMIT_EXCEEDED, original(CommandType.REVERSE, "r1"));
        assertEquals("points", subject(refused));
        assertEquals(0, refused.points);
        final Outcome part = accepted(original(CommandType.REVERSE, "r1").amountMinor(1));
        assertEquals("stars", subject(part));
        assertWallet(part, "stars", 1, MAX - 13, 0, 0, 0);
        assertEquals(3, books(0).redeemedPoints());
    }

    @Test
    void theBoundOfIssuedPointsIsOfEachWallet() {
        final Ledger ledger = new Ledger(new LedgerOptions(10_000, 100_000, 100_000), 1, 2);
        final Outcome o = new Outcome();
        ledger.apply(Commands.publish("p", program(stars()).build()), 1, Desk.NOON_MS, o);
        for (int member = 1; member <= 4_000; member++) {
            ledger.apply(adjust(member, MAX, "stars"), member + 1, Desk.NOON_MS, o);
            assertEquals(ResultCode.ACCEPTED, o.code);
        }
        ledger.apply(adjust(4_001, 1, "stars"), 4_002, Desk.NOON_MS, o);
        assertEquals(ResultCode.LIMIT_EXCEEDED, o.code);
        ledger.apply(Commands.accrue("o1", 4_001, 1_000), 4_003, Desk.NOON_MS, o);
        assertEquals(ResultCode.LIMIT_EXCEEDED, o.code, "it earns a star");
        ledger.apply(Commands.accrue("o2", 4_001, 900), 4_004, Desk.NOON_MS, o);
        assertEquals(ResultCode.ACCEPTED, o.code, "it earns points only");
        assertEquals(9, o.points);
        ledger.verifyZeroSum();
    }

    @Test
    void aWalletOfALaterVersionConcernsNothingOfBefore() {
        desk.publish(program().build());
        accepted(Commands.accrue("o1", 1, 10_000));
        desk.publish(program(stars(), wallet("growth", 1, 100, Expiry.never(), Activation.IMMEDIATE, false, true))
                .build());
        final Outcome second = accepted(Commands.accrue("o2", 1, 20_000));
        assertEquals(200, second.points);
        assertWallet(second, "growth", 200, 200, 0, 0, 0);
        assertWallet(second, "stars", 20, 20, 0, 0, 0);
        // Its id comes first in the file, and it comes last all the same.
        desk.publish(program(
                        stars(),
                        wallet("growth", 1, 100, Expiry.never(), Activation.IMMEDIATE, false, false),
                        wallet("amber", 1, 10, Expiry.never(), Activation.IMMEDIATE, true, true))
                .build());
        final Outcome refunded = accepted(original(CommandType.REFUND, "o1"));
        assertEquals(-100, refunded.points);
        assertWallet(refunded, "growth", 0, 200, 0, 0, 0);
        assertWallet(refunded, "stars", 0, 20, 0, 0, 0);
        assertWallet(refunded, "amber", 0, 0, 0, 0, 0);
        assertEquals("amber", new String(refunded.wallets.id(2), StandardCharsets.US_ASCII));
        // 100 of points, then 200 of growth; of the first order points are taken off.
        assertEquals(200, accepted(Commands.query(1)).lifetimePoints);
        final Outcome third = accepted(Commands.accrue("o3", 1, 1_000));
        assertWallet(third, "amber", 100, 100, 0, 0, 0);
        assertEquals(300, accepted(Commands.query(1)).lifetimePoints);
        final Outcome part = accepted(original(CommandType.REFUND, "o2").amountMinor(5_001));
        // 149.99 remain: 149 of growth, 14 stars.
        assertWallet(part, "growth", -51, 149 + 10, 0, 0, 0);
        assertWallet(part, "stars", -6, 14 + 1, 0, 0, 0);
        assertWallet(part, "amber", 0, 100, 0, 0, 0);
        assertEquals(249, accepted(Commands.query(1)).lifetimePoints, "51 of growth, as its version counted");
    }

    @Test
    void idsNeverChangeBetweenPointsAndMoney() {
        final MoneyWallet purse = new MoneyWallet("purse", List.of());
        desk.publish(Desk.mima()
                .catalogue(Catalogue.builder().add(purse).add(stars()).build())
                .build());
        accepted(Commands.accrue("o1", 1, 5_000));
        final PointsWallet asPoints = wallet("purse", 0, 1, Expiry.never(), Activation.IMMEDIATE, true, false);
        final MoneyWallet asMoney = new MoneyWallet("stars", List.of());
        for (final Catalogue next : List.of(
                Catalogue.builder().add(purse).build(),
                Catalogue.builder().add(asPoints).add(stars()).build(),
                Catalogue.builder().add(purse).add(asMoney).build(),
                Catalogue.builder().add(asMoney).build(),
                Catalogue.EMPTY)) {
            final Outcome o = desk.apply(Commands.publish(
                    "p" + ++document, Desk.mima().catalogue(next).build()));
            assertEquals(ResultCode.PROGRAM_INVALID, o.code, next.toString());
        }
        desk.publish(
                Desk.mima().catalogue(Catalogue.builder().add(stars()).build()).build());
        final Outcome o = desk.apply(Commands.publish(
                "p" + ++document,
                Desk.mima()
                        .catalogue(
                                Catalogue.builder().add(asPoints).add(stars()).build())
                        .build()));
        assertEquals(ResultCode.PROGRAM_INVALID, o.code, "it was money once");
        assertWallet(accepted(Commands.query(1)), "stars", 0, 5, 0, 0, 0);
        assertEquals(1, desk.ledger.program(0).furtherWallets().size());
        coded(ResultCode.NOT_OFFERED, adjust(1, 5, "purse"));
    }

    @Test
    void sevenWalletsAreOwedMergedAndForfeitedEachByItself() {
        final PointsWallet[] seven = new PointsWallet[7];
        for (int i = 0; i < 7; i++) {
            seven[i] = wallet("w" + i, i + 1, 100, Expiry.months(i + 1), Activation.IMMEDIATE, true, false);
        }
        desk.publish(program(seven).build());
        accepted(Commands.accrue("o1", 1, 10_000));
        accepted(Commands.accrue("o2", 2, 100));
        for (int i = 0; i < 7; i++) {
            accepted(adjust(2, -(10 * (i + 1)) - (i + 1), "w" + i));
        }
        coded(ResultCode.IN_DEBT, keyed(CommandType.CLOSE, 2));
        final Outcome merged = accepted(keyed(CommandType.MERGE, 2).otherMemberId(1));
        for (int i = 0; i < 7; i++) {
            // 100 for each of its points, less the debt of 10.
            assertWallet(merged, "w" + i, 0, 90 * (i + 1), 0, 0, 0);
        }
        final Outcome held = accepted(keyed(CommandType.HOLD, 1).points(7).put(VarField.WALLET_ID, "w6"));
        assertWallet(held, "w6", -7, 630 - 7, 0, 7, 0);
        coded(ResultCode.HAS_HOLDS, keyed(CommandType.CLOSE, 1));
        desk.after(HOUR_MS);
        final Outcome closed = accepted(keyed(CommandType.CLOSE, 1));
        assertEquals(-101, closed.points);
        for (int i = 0; i < 7; i++) {
            assertWallet(closed, "w" + i, -90 * (i + 1), 0, 0, 0, 0);
            assertEquals(90 * (i + 1), books(i).forfeitedPoints());
        }
        // Of a closed member all is written off: nothing of it becomes debt.
        final Outcome refunded = accepted(original(CommandType.REFUND, "o1"));
        assertEquals(100, refunded.writtenOffPoints);
        assertWallet(refunded, "w6", -700, 0, 0, 0, 0);
        assertEquals(700, books(6).writtenOffPoints());
    }

    @Test
    void inactivityIsAMatterOfPointsAlone() {
        desk.publish(program(wallet("stars", 1, 1_000, Expiry.never(), Activation.IMMEDIATE, true, false))
                .expiry(Expiry.inactivity(1))
                .build());
        accepted(Commands.accrue("o1", 1, 10_000));
        accepted(Commands.keyed(CommandType.HOLD, "h1")
                .memberId(1)
                .points(4)
                .ttlMs(30 * CompiledProgram.DAY_MS)
                .put(VarField.WALLET_ID, "stars"));
        desk.afterDays(29);
        accepted(Commands.tick(desk.nowMs));
        // Nothing that the member does; the hold runs out on 22 December.
        assertWallet(accepted(Commands.query(1)), "stars", 0, 6, 0, 4, 0);
        desk.afterDays(60);
        final Outcome o = accepted(adjust(1, 1, "stars"));
        assertEquals(0, o.availablePoints, "active in November, expired with December");
        assertWallet(o, "stars", 1, 11, 0, 0, 0);
        assertEquals(0, books(0).expiredPoints());
        // A credit of stars is no activity for points; one of points is.
        desk.afterDays(1);
        final Outcome later = accepted(Commands.adjust("a1", 1, 5));
        assertEquals(5, later.availablePoints);
        final Command expiring = new Command()
                .reset(CommandType.QUERY_EXPIRING)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .memberId(1);
        final Outcome lots = accepted(expiring);
        assertEquals(2, lots.rows.count());
        assertEquals(Expiry.NEVER_DAY, lots.rows.value(1, 0));
        assertEquals("wallet/stars", new String(lots.rows.text(1), StandardCharsets.US_ASCII));
    }

    @Test
    void holdsOfAWalletEndInItAlone() {
        desk.publish(program(stars()).build());
        accepted(Commands.accrue("o1", 1, 10_000));
        accepted(Commands.keyed(CommandType.HOLD, "h1").memberId(1).points(6).put(VarField.WALLET_ID, "stars"));
        accepted(Commands.keyed(CommandType.HOLD, "h2").memberId(1).points(60));
        // 4 are unheld, 6 held: the claw of 10 leaves a debt of 6 stars and of 60 points.
        final Outcome refunded = accepted(original(CommandType.REFUND, "o1"));
        assertEquals(60, refunded.addedDebtPoints);
        assertWallet(refunded, "stars", -10, 0, 0, 6, 6);
        final Outcome captured = accepted(original(CommandType.CAPTURE, "h1").points(2));
        assertEquals("stars", subject(captured));
        assertEquals(-2, captured.points);
        assertEquals(60, captured.debtPoints);
        assertWallet(captured, "stars", -2, 0, 0, 0, 2);
        final Outcome voided = accepted(original(CommandType.VOID, "h2"));
        assertEquals("points", subject(voided));
        assertEquals(60, voided.points);
        assertEquals(0, voided.debtPoints);
        assertWallet(voided, "stars", 0, 0, 0, 0, 2);
        coded(ResultCode.IN_DEBT, keyed(CommandType.HOLD, 1).points(1).put(VarField.WALLET_ID, "stars"));
        final Outcome reversed = accepted(original(CommandType.REVERSE, "d2"));
        assertEquals("stars", subject(reversed));
        assertEquals(2, reversed.points);
        assertWallet(reversed, "stars", 2, 0, 0, 0, 0);
        assertEquals(0, books(0).redeemedPoints());
    }

    @Test
    void aHoldThatOutlivesItsStarsExpiresThemInTheirBooks() {
        desk.publish(program(wallet("stars", 1, 1_000, Expiry.fixed(11, 30, 0), Activation.IMMEDIATE, true, false))
                .build());
        accepted(Commands.accrue("o1", 1, 10_000));
        accepted(Commands.keyed(CommandType.HOLD, "h1")
                .memberId(1)
                .points(7)
                .ttlMs(20 * CompiledProgram.DAY_MS)
                .put(VarField.WALLET_ID, "stars"));
        desk.afterDays(10);
        final Outcome december = accepted(Commands.accrue("o2", 1, 10_000));
        assertWallet(december, "stars", 10, 10, 0, 7, 0);
        assertEquals(3, books(0).expiredPoints());
        desk.afterDays(10);
        accepted(Commands.tick(desk.nowMs));
        final Outcome over = accepted(Commands.query(1));
        assertWallet(over, "stars", 0, 10, 0, 0, 0);
        coded(ResultCode.HOLD_EXPIRED, original(CommandType.CAPTURE, "h1"));
        assertEquals(10, books(0).expiredPoints());
        assertEquals(200, desk.ledger.program(0).availablePoints());
    }

    @Test
    void replaysTellTheWalletOfTheOriginalAndRefusalsNone() {
        desk.publish(program(stars()).build());
        accepted(Commands.accrue("o1", 1, 10_000));
        final Command[] spent = {
            adjust(1, 40, "stars"),
            keyed(CommandType.HOLD, 1).points(5).put(VarField.WALLET_ID, "stars"),
            Commands.redeem("r1", 1, 3).put(VarField.WALLET_ID, "stars"),
            original(CommandType.CAPTURE, "d2").points(2),
            original(CommandType.REVERSE, "r1"),
            adjust(1, -60, "stars"),
        };
        final long[] points = {40, -5, -3, -2, 3, -60};
        final long[] available = {50, 45, 42, 45, 48, 0};
        for (int i = 0; i < spent.length; i++) {
            final Outcome first = accepted(spent[i]);
            assertEquals("stars", subject(first), first.toString());
            assertWallet(first, "stars", points[i], available[i], 0, i == 1 || i == 2 ? 5 : 0, i == 5 ? 12 : 0);
        }
        accepted(keyed(CommandType.MERGE, 1).otherMemberId(accepted(Commands.accrue("o2", 2, 100)).memberId));
        for (int i = 0; i < spent.length; i++) {
            final Outcome again = accepted(spent[i]);
            assertTrue(again.replayed);
            assertEquals(2, again.memberId);
            assertEquals(points[i], again.points);
            assertEquals("stars", subject(again));
            assertWallet(again, "stars", points[i], 0, 0, 0, 12);
        }
        final Outcome conflict = desk.apply(Commands.redeem("r1", 1, 3));
        assertEquals(ResultCode.IDEMPOTENCY_CONFLICT, conflict.code, "the same points of another wallet");
        assertEquals("points", subject(conflict));
        final Command refused = keyed(CommandType.REDEEM, 1).points(3).put(VarField.WALLET_ID, "stars");
        for (int times = 0; times < 2; times++) {
            final Outcome o = coded(ResultCode.IN_DEBT, refused);
            assertEquals("points", subject(o));
            assertWallet(o, "stars", 0, 0, 0, 0, 12);
        }
    }

    @Test
    void noIssuerOwesForStars() {
        final Issuer cafe = new Issuer("cafe", 0, 0, Limit.NONE, 1, 1);
        final Catalogue catalogue = Catalogue.builder()
                .add(stars())
                .add(cafe)
                .brand("bean", "cafe")
                .add(new Reward("mug", Offer.of(2, 0).from("stars"), List.of(), "", 0))
                .add(new Reward("gift", Offer.of(0, 5).from("stars"), List.of(), "", 0))
                .build();
        desk.publish(Desk.mima().refund(DEBT).catalogue(catalogue).build());
        accepted(Commands.accrue("o1", 1, 10_000).put(VarField.BRAND, "bean"));
        accepted(Commands.redeem("r1", 1, 3).put(VarField.BRAND, "bean").put(VarField.WALLET_ID, "stars"));
        accepted(keyed(CommandType.REDEEM, 1).put(VarField.RULE_ID, "mug").put(VarField.BRAND, "bean"));
        accepted(Commands.keyed(CommandType.HOLD, "h1")
                .memberId(1)
                .put(VarField.RULE_ID, "mug")
                .put(VarField.BRAND, "bean"));
        accepted(original(CommandType.CAPTURE, "h1"));
        accepted(original(CommandType.REVERSE, "r1"));
        final Outcome gift = accepted(
                keyed(CommandType.REDEEM, 1).put(VarField.RULE_ID, "gift").put(VarField.BRAND, "bean"));
        assertEquals(5, gift.cashMinor);
        accepted(adjust(1, 1, "stars"));
        // Own ones of the order first, then another: 7 are there, 10 are clawed.
        final Outcome refunded = accepted(original(CommandType.REFUND, "o1"));
        assertWallet(refunded, "stars", -10, 0, 0, 0, 3);
        final Outcome settlement = accepted(new Command()
                .reset(CommandType.QUERY_SETTLEMENT)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .put(VarField.RULE_ID, "cafe"));
        assertEquals(0, settlement.rows.count());
    }

    @Test
    void aRefusalInOneWalletLeavesNoTraceInAnother() {
        desk.publish(program(wallet("stars", 1_000, 1, Expiry.never(), Activation.IMMEDIATE, true, false))
                .build());
        accepted(Commands.accrue("o1", 1, 10_000));
        final Outcome refused = coded(
                ResultCode.LIMIT_EXCEEDED,
                keyed(CommandType.RETURN_UNREFERENCED, 1).amountMinor(MAX / 100));
        assertEquals(0, refused.points);
        assertEquals(0, refused.addedDebtPoints);
        assertEquals(100, refused.availablePoints);
        assertWallet(refused, "stars", 0, 10_000_000, 0, 0, 0);
        final Outcome order = coded(ResultCode.LIMIT_EXCEEDED, Commands.accrue("o2", 2, MAX / 100));
        assertEquals(0, order.memberId);
        assertEquals(0, order.wallets.count());
        assertEquals(1, desk.ledger.program(0).members());
        assertEquals(100, desk.ledger.program(0).issuedPoints());
    }

    @Test
    void aPreviewTellsAndKeepsNothing() {
        desk.publish(program(stars()).build());
        accepted(Commands.accrue("o1", 1, 10_000));
        final StateHash before = desk.ledger.stateHash();
        final Command spending = new Command()
                .reset(CommandType.PREVIEW_REDEEM)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .memberId(1)
                .points(4)
                .put(VarField.WALLET_ID, "stars");
        final Outcome spent = accepted(spending);
        assertEquals("stars", subject(spent));
        assertWallet(spent, "stars", -4, 10, 0, 0, 0);
        final Outcome earned = accepted(new Command()
                .reset(CommandType.PREVIEW_ACCRUE)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .memberId(1)
                .amountMinor(3_000));
        assertEquals(30, earned.points);
        assertWallet(earned, "stars", 3, 10, 0, 0, 0);
        assertFalse(earned.journaled);
        assertEquals(before, desk.ledger.stateHash());
    }

    @Test
    void whatAFrozenMemberEarnsWaitsInItsWallet() {
        desk.publish(program(wallet("stars", 1, 1_000, Expiry.never(), new Activation(true, 2), true, false))
                .build());
        accepted(Commands.accrue("o1", 1, 10_000));
        accepted(adjust(1, -3, "stars"));
        accepted(keyed(CommandType.FREEZE, 1));
        final Outcome waiting = accepted(original(CommandType.ACTIVATE_PENDING, "o1"));
        assertEquals(0, waiting.points, "they were available at once");
        assertWallet(waiting, "stars", 10, 0, 10, 0, 3);
        coded(ResultCode.NOT_PENDING, original(CommandType.ACTIVATE_PENDING, "o1"));
        accepted(adjust(1, 2, "stars"));
        desk.afterDays(3);
        assertWallet(accepted(Commands.query(1)), "stars", 0, 0, 12, 0, 3);
        final Outcome open = accepted(keyed(CommandType.UNFREEZE, 1));
        assertEquals(0, open.points);
        assertWallet(open, "stars", 0, 9, 0, 0, 0);
        coded(ResultCode.NOT_PENDING, original(CommandType.CANCEL_PENDING, "o1"));
        assertEquals(12, books(0).issuedPoints());
    }
}
