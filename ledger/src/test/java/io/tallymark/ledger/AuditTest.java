package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Board;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Condition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The hash sees contents and no layout; the books are recomputed from the members. */
final class AuditTest {
    private static final int TODAY = 20_779;
    private static final int MEMBERS = 400;
    private static final Board BOARD =
            new Board("b", Board.By.MEMBER, Board.Score.SPEND, 0, TODAY * 86_400_000L, Condition.ALWAYS, 10);

    private final MemberDraft d = new MemberDraft();
    private final OrderDraft o = new OrderDraft();
    private final RedemptionDraft r = new RedemptionDraft();
    private final ValueDraft spending = new ValueDraft();
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[64]);

    /** The same members, entries and identities, stored in an order of its own. */
    private LedgerState state(final long layoutSeed, final boolean presized) {
        final LedgerState state =
                new LedgerState(new LedgerOptions(presized ? 10_000 : 0, 100_000, 100_000), presized ? 3 : 4);
        state.engineTimeMs = TODAY * 86_400_000L;
        state.programs.add(
                Desk.mima().catalogue(Catalogue.builder().add(BOARD).build()).build());
        final ProgramState program = state.programs.get(0);
        final Random layout = new Random(layoutSeed);
        final List<Long> ids = new ArrayList<>();
        for (long id = 1; id <= MEMBERS; id++) {
            ids.add(id);
        }
        Collections.shuffle(ids, layout);
        for (final long id : ids) {
            d.clear(program, id);
            if (layout.nextBoolean()) {
                // A member that had something else before: its blob lies elsewhere.
                new RandomImages(layout).fill(d);
                state.members.save(d);
                final int slot = d.slot;
                d.clear(program, id);
                d.slot = slot;
            }
            new RandomImages(new Random(id)).fill(d);
            d.referrerSlot = 0;
            state.members.save(d);
        }
        for (long id = 3; id <= MEMBERS; id += 3) {
            state.members.load(state.members.find(0, id), program, d);
            d.referrerSlot = state.members.find(0, id / 3);
            state.members.save(d);
        }
        for (long id = 1; id <= 40; id++) {
            final int participant = program.boards.participants.open(0, state.members.find(0, id));
            program.boards.participants.change(participant, id, 100 + id);
        }
        Collections.shuffle(ids, layout);
        for (final long id : ids) {
            addEntries(state, id);
        }
        for (long id = 1; id <= MEMBERS; id++) {
            bytes.putByte(0, (byte) (1 + id % 3));
            bytes.putLong(1, id * 77);
            bytes.putByte(40, (byte) ('a' + id % 5));
            final int channel = state.identities.channels().intern(0, bytes, 40, 1);
            state.identities.link(state.members.find(0, 1 + id % 50), 0, channel, bytes, 0);
        }
        for (long id = 1; id <= 20; id++) {
            state.members.merge(state.members.find(0, id), state.members.find(0, id + 1));
        }
        return state;
    }

    private void addEntries(final LedgerState state, final long id) {
        final RandomImages images = new RandomImages(new Random(-id));
        final int slot = state.members.find(0, id);
        for (int kind = 0; kind <= OrderStore.SPENDING; kind++) {
            final int entry =
                    state.keys.add(id * 0x9E3779B97F4A7C15L, kind, TODAY + 2, TODAY + 3 + (int) id % 5, id % 2 == 0);
            state.keys.describe(entry, id, id * 10 + kind, 1, kind);
            switch (kind) {
                case OrderStore.ORDER -> {
                    images.fill(o, slot, 12);
                    o.referrerSlot = o.referrerSlot == 0 ? 0 : state.members.find(0, 1 + id % 90);
                    state.orders.save(entry, o);
                }
                case OrderStore.REDEMPTION -> {
                    images.fill(r, slot);
                    state.orders.save(entry, r);
                }
                case OrderStore.HOLD -> {
                    state.orders.saveHold(entry, slot, 0);
                    state.orders.holdState(entry, 1 + (int) id % 3);
                }
                case OrderStore.SPENDING -> {
                    images.fill(spending, slot);
                    state.orders.save(entry, spending);
                }
                case OrderStore.PUBLICATION -> state.orders.saveVersion(entry, 1 + (int) id);
                case 0 -> state.keys.memberSlot(entry, slot);
                default -> {}
            }
        }
    }

    private static StateHash hash(final LedgerState state) {
        return new Audit(state).hash(1, 2);
    }

    @Test
    void doesNotSeeWhereThingsLie() {
        final StateHash first = hash(state(1, false));
        assertEquals(first, hash(state(2, true)));
        assertEquals(first, hash(state(3, false)));
        final LedgerState other = state(1, false);
        assertNotEquals(first, new Audit(other).hash(1, 3));
    }

    private void change(final LedgerState state, final Consumer<MemberDraft> how) {
        state.members.load(state.members.find(0, 99), state.programs.get(0), d);
        how.accept(d);
        state.members.save(d);
    }

    private void changeOrder(final LedgerState state, final Consumer<OrderDraft> how) {
        state.orders.load(entry(state, OrderStore.ORDER), o);
        how.accept(o);
        state.orders.save(entry(state, OrderStore.ORDER), o);
    }

    private void changeSpending(final LedgerState state, final Consumer<ValueDraft> how) {
        final int entry = entry(state, OrderStore.SPENDING);
        state.orders.load(entry, spending);
        how.accept(spending);
        state.orders.save(entry, spending);
    }

    private static void settle(final ProgramState program, final int issuer, final int counterpart) {
        final SettlementMoves moves = new SettlementMoves();
        moves.add(issuer, counterpart, 5);
        program.settlement.ensure(2);
        program.settlement.apply(moves);
    }

    private int entry(final LedgerState state, final int kind) {
        return state.keys.findRecord(99 * 0x9E3779B97F4A7C15L, kind, TODAY);
    }

    private void redemption(final LedgerState s, final Runnable change) {
        s.orders.load(entry(s, OrderStore.REDEMPTION), r);
        change.run();
        s.orders.save(entry(s, OrderStore.REDEMPTION), r);
    }

    private static void openStocks(final ProgramState program) {
        program.rewardStocks.numbers.open("tote");
        program.rewardStocks.ready();
        program.rewardStocks.take(0, 1);
        program.prizeStocks.numbers.open("wheel/1");
        program.prizeStocks.ready();
    }

    @Test
    void whatWasPoppedOfDueHoldsDoesNotShow() {
        final LedgerState s = state(1, false);
        final ProgramState program = s.programs.get(0);
        openStocks(program);
        program.rewardStocks.hold(0, 5, s.engineTimeMs);
        final StateHash before = hash(s);
        program.rewardStocks.popDue(0, s.engineTimeMs);
        assertEquals(before, hash(s));
        assertEquals(0, program.rewardStocks.taken(0, s.engineTimeMs));
    }

    @Test
    void everyKindOfChangeShows() {
        final LedgerState s = state(1, false);
        final ProgramState program = s.programs.get(0);
        final List<Runnable> changes = List.of(
                () -> change(s, m -> m.debtPoints++),
                () -> change(s, m -> m.debts.add(2, 5)),
                () -> change(s, m -> m.debts.add(3, 5)),
                () -> change(s, m -> m.lots.add(TODAY + 77, Account.of(2), 5, 0)),
                () -> change(s, m -> m.frozen = !m.frozen),
                () -> change(s, m -> m.ordered = !m.ordered),
                () -> change(s, m -> m.lots.add(TODAY + 77, 5, 0)),
                () -> change(s, m -> m.lots.add(TODAY + 77, 0, 5)),
                () -> change(s, m -> m.lots.add(TODAY + 77, 2, 5, 0)),
                () -> change(s, m -> m.lots.add(TODAY + 77, 2, 0, 5)),
                () -> change(s, m -> m.pending.add(TODAY + 3, TODAY + 7, 2, 5)),
                () -> change(s, m -> m.holds.begin(1L << 39, 5, 5)),
                () -> change(s, m -> m.holds.counterpart[m.holds.count - 1]++),
                () -> change(s, m -> m.holds.addPart(TODAY + 77, 2, 5)),
                () -> change(s, m -> m.pending.add(TODAY + 3, TODAY + 7, 5)),
                () -> change(s, m -> m.pending.add(TODAY + 4, TODAY + 7, 5)),
                () -> change(s, m -> m.holds.begin(1L << 40, 5, 5)),
                () -> change(s, m -> m.holds.addPart(TODAY + 77, 5)),
                () -> change(s, m -> m.holds.forReward(1, 0, 0, 0)),
                () -> change(s, m -> m.holds.forReward(1, 1, 0, 0)),
                () -> change(s, m -> m.holds.forReward(1, 1, 1, 0)),
                () -> change(s, m -> m.holds.forReward(1, 1, 1, TODAY)),
                () -> change(s, m -> m.buckets.orders[m.buckets.open(640)]++),
                () -> change(s, m -> m.buckets.spendMinor[m.buckets.open(640)]++),
                () -> change(s, m -> m.buckets.visits[m.buckets.open(640)] += 2),
                () -> change(s, m -> m.buckets.points[m.buckets.open(640)]++),
                () -> change(s, m -> m.grants.open(3, GrantBook.PAID)),
                () -> change(s, m -> m.grants.fromMs[m.grants.open(3, GrantBook.PAID)]++),
                () -> change(s, m -> m.grants.untilMs[m.grants.open(3, GrantBook.PAID)]++),
                () -> change(s, m -> m.grants.firstPeriodEndMs[m.grants.open(3, GrantBook.PAID)]++),
                () -> change(s, m -> m.grants.graceEndMs[m.grants.open(3, GrantBook.PAID)]++),
                () -> change(s, m -> m.holds.deadlineMs[m.holds.count - 1]++),
                () -> change(s, m -> m.holds.valueMinor[m.holds.count - 1]++),
                () -> change(s, m -> m.spendMinor++),
                () -> change(s, m -> m.earnedPoints++),
                () -> change(s, m -> m.visits++),
                () -> change(s, m -> m.lifetimeTier ^= 1),
                () -> change(s, m -> m.usage.add(MemberUsage.DAY, 0, TODAY + 1, 9)),
                () -> change(s, m -> m.value.add(3, 5, 0)),
                () -> change(s, m -> m.value.add(3, 0, 5)),
                () -> change(s, m -> m.value.add(4, 5, 0)),
                () -> change(s, m -> m.value.owe(3, 5)),
                () -> change(s, m -> m.value.owe(5, 5)),
                () -> change(s, m -> m.coupons.miss(TODAY + 9, 7, 3, 1)),
                () -> change(s, m -> m.coupons.miss(TODAY + 9, 7, 3, 2)),
                () -> program.valueTotals.add(3, ValueTotals.TOPPED_UP, 5),
                () -> program.valueTotals.add(3, ValueTotals.SPENT, 5),
                () -> change(s, m -> m.bonusesGiven ^= 2),
                () -> change(s, m -> m.joinDay++),
                () -> change(s, m -> m.lastActivityDay += 3),
                () -> change(s, m -> m.birthday += 1),
                () -> change(s, m -> m.referrerSlot = s.members.find(0, 60)),
                () -> change(s, m -> m.referrerSlot = s.members.find(0, 61)),
                () -> program.boards.participants.open(0, s.members.find(0, 70)),
                () -> program.boards.participants.change(41, 5, 9),
                () -> program.boards.participants.change(41, 0, 10),
                () -> program.boards.participants.open(0, bytes, 0, 3),
                () -> program.boards.participants.open(0, bytes, 1, 3),
                () -> program.boards.participants.merge(0, s.members.find(0, 70), s.members.find(0, 71), 11),
                () -> program.boards.participants.merge(0, s.members.find(0, 71), s.members.find(0, 35), 12),
                () -> program.boards.replace(program.compiled(), Long.MAX_VALUE >>> 1),
                () -> s.orders.holdState(entry(s, OrderStore.HOLD), 9),
                () -> s.orders.saveHold(entry(s, OrderStore.HOLD), s.orders.holdMember(entry(s, OrderStore.HOLD)), 5),
                () -> s.orders.saveVersion(entry(s, OrderStore.PUBLICATION), 999),
                () -> {
                    s.orders.load(entry(s, OrderStore.ORDER), o);
                    o.refundedMinor++;
                    s.orders.save(entry(s, OrderStore.ORDER), o);
                },
                () -> changeOrder(s, order -> order.boards.add(3, 7)),
                () -> changeOrder(s, order -> order.boards.participant[order.boards.count - 1]++),
                () -> changeOrder(s, order -> order.referrerSlot = s.members.find(0, 62)),
                () -> changeOrder(s, order -> order.referrerPoints++),
                () -> changeOrder(s, order -> order.wallets.add(7, 5, 5, 0, TODAY)),
                () -> changeOrder(s, order -> order.wallets.grantedPoints[order.wallets.count - 1]++),
                () -> changeOrder(s, order -> order.wallets.retainedPoints[order.wallets.count - 1]--),
                () -> changeOrder(s, order -> order.wallets.activationDay[order.wallets.count - 1] = TODAY),
                () -> changeOrder(s, order -> order.wallets.expiryDay[order.wallets.count - 1]++),
                () -> {
                    s.orders.load(entry(s, OrderStore.REDEMPTION), r);
                    r.returnedPoints++;
                    s.orders.save(entry(s, OrderStore.REDEMPTION), r);
                },
                () -> {
                    s.orders.load(entry(s, OrderStore.ORDER), o);
                    o.issuer++;
                    s.orders.save(entry(s, OrderStore.ORDER), o);
                },
                () -> {
                    s.orders.load(entry(s, OrderStore.REDEMPTION), r);
                    r.counterpart++;
                    s.orders.save(entry(s, OrderStore.REDEMPTION), r);
                },
                () -> {
                    s.orders.load(entry(s, OrderStore.REDEMPTION), r);
                    r.taken(TODAY, 3, 1);
                    s.orders.save(entry(s, OrderStore.REDEMPTION), r);
                },
                () -> {
                    s.orders.load(entry(s, OrderStore.REDEMPTION), r);
                    r.account[r.count - 1]++;
                    s.orders.save(entry(s, OrderStore.REDEMPTION), r);
                },
                () -> changeSpending(s, value -> value.wallet++),
                () -> changeSpending(s, value -> value.principalMinor++),
                () -> changeSpending(s, value -> value.giftMinor++),
                () -> changeSpending(s, value -> value.returnedPrincipalMinor++),
                () -> changeSpending(s, value -> value.returnedGiftMinor++),
                () -> settle(program, 1, 2),
                () -> settle(program, 2, 1),
                () -> redemption(s, () -> r.reward = 5),
                () -> redemption(s, () -> r.version = 5),
                () -> redemption(s, () -> r.cashMinor = 5),
                () -> redemption(s, () -> r.day = TODAY),
                () -> redemption(s, () -> r.grantedDay = TODAY),
                () -> redemption(s, () -> r.prize = 5),
                () -> openStocks(program),
                () -> program.rewardStocks.take(0, 1),
                () -> program.prizeStocks.take(0, 1),
                () -> program.rewardStocks.restock(0, 1),
                () -> program.rewardStocks.hold(0, 5, 1L << 50),
                () -> program.rewardStocks.hold(0, 6, 1L << 50),
                () -> program.rewardStocks.hold(0, 7, (1L << 50) + 1),
                () -> s.identities.move(s.members.find(0, 40), s.members.find(0, 41)),
                () -> s.identities.unlinkAll(s.members.find(0, 41)),
                () -> s.members.merge(s.members.find(0, 40), s.members.find(0, 41)),
                () -> program.budgets.add(7, 3),
                () -> program.isCampaignPaused[7] = true,
                () -> program.isCampaignPaused[8] = true,
                () -> program.redemptionsPaused = true,
                () -> program.highestMemberId++,
                () -> program.totals.clawedBackPoints++);
        final Set<StateHash> seen = new HashSet<>();
        assertTrue(seen.add(hash(s)));
        for (int i = 0; i < changes.size(); i++) {
            changes.get(i).run();
            assertTrue(seen.add(hash(s)), "change " + i);
        }
    }

    @Test
    void booksAreRecomputedFromTheMembers() {
        final LedgerState s = new LedgerState(new LedgerOptions(10, 100, 100), 1);
        s.programs.add(Desk.mima().build());
        final ProgramState program = s.programs.get(0);
        final Audit audit = new Audit(s);
        final Movement m = new Movement();
        d.clear(program, 1);
        d.issue(1_000, 0, TODAY + 9, TODAY, m);
        d.issue(300, TODAY + 5, TODAY + 9, TODAY, m);
        d.hold(Account.POINTS, 5, 1L << 40, 0, 200, m);
        s.members.save(d);
        d.clear(program, 2);
        d.debtPoints = 70;
        m.debt += 70;
        m.clawedBack += 100;
        m.writtenOff += 30;
        s.members.save(d);
        program.totals.members = 2;
        assertTrue(m.isZeroSum());
        assertThrows(IllegalStateException.class, audit::verifyZeroSum);
        program.totals.apply(m);
        audit.verifyZeroSum();
        program.totals.heldPoints--;
        program.totals.availablePoints++;
        assertThrows(IllegalStateException.class, audit::verifyZeroSum);
        program.totals.heldPoints++;
        program.totals.availablePoints--;
        program.totals.expiredPoints++;
        assertThrows(IllegalStateException.class, audit::verifyZeroSum);
        program.totals.expiredPoints--;
        audit.verifyZeroSum();
        s.members.load(1, program, d);
        d.holds.addPart(TODAY + 9, 1);
        s.members.save(d);
        assertThrows(IllegalStateException.class, audit::verifyZeroSum, "a hold of points that no lot holds");
    }
}
