package io.tallymark.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What is computed from the whole state by scan: its hash, and whether the books balance. */
final class Audit {
    private static final long PROGRAM = 1;
    private static final long MEMBER = 2;
    private static final long REDIRECT = 3;
    private static final long ENTRY = 4;
    private static final long IDENTITY = 5;
    private static final long BOARD = 20;
    private static final long STOCK_HOLD = 6;

    private final LedgerState state;
    private final MemberDraft member = new MemberDraft();
    private final OrderDraft order = new OrderDraft();
    private final RedemptionDraft redemption = new RedemptionDraft();
    private final ValueDraft spending = new ValueDraft();
    private final UseDraft use = new UseDraft();

    Audit(final LedgerState state) {
        this.state = state;
    }

    /** The hash of all logical records; entries whose life is over are no part of it. */
    StateHash hash(final long key0, final long key1) {
        final SipHash records = new SipHash(key0, key1);
        final StateHasher programs = new StateHasher(records, PROGRAM);
        final StateHasher boards = new StateHasher(records, BOARD);
        final StateHasher stockHolds = new StateHasher(records, STOCK_HOLD);
        for (int i = 0; i < state.programs.count(); i++) {
            hashProgram(state.programs.get(i), programs, stockHolds);
            state.programs.get(i).boards.hash(i, state.members, boards);
        }
        final StateHasher members = new StateHasher(records, MEMBER);
        final StateHasher redirects = new StateHasher(records, REDIRECT);
        hashMembers(members, redirects);
        final StateHasher identities = new StateHasher(records, IDENTITY);
        hashIdentities(identities);
        final StateHasher entries = new StateHasher(records, ENTRY);
        final RecordHasher content = new RecordHasher(state.members, entries);
        state.keys.forEachAlive(state.today(), (entry, endDay) -> {
            entries.begin(endDay);
            state.keys.hash(entry, entries);
            hashRecord(entry, content);
            entries.add();
        });
        final SipHash whole = new SipHash(key0, key1).begin();
        for (final StateHasher kind :
                new StateHasher[] {programs, members, redirects, identities, entries, stockHolds, boards}) {
            whole.word(kind.high()).word(kind.low());
        }
        whole.word(state.sweptSlot == 0 ? 0 : state.members.memberId(state.sweptSlot));
        whole.end();
        return new StateHash(whole.high(), whole.low());
    }

    private void hashProgram(final ProgramState program, final StateHasher into, final StateHasher stockHolds) {
        into.begin(program.number);
        into.word(program.version());
        for (int version = 1; version < program.version(); version++) {
            into.word(program.version(version).canonicalHash.high());
            into.word(program.version(version).canonicalHash.low());
        }
        into.word(program.canonicalHash().high());
        into.word(program.canonicalHash().low());
        for (int wallet = 0; wallet <= program.pointsWalletNumbers.count(); wallet++) {
            program.totals(wallet).hash(into);
        }
        into.word(program.highestMemberId);
        into.word(program.redemptionsPaused ? 1 : 0);
        hashCampaigns(program, into);
        program.valueTotals.hash(into);
        program.couponTotals.hash(into);
        for (int kind = Stocks.REWARDS; kind <= Stocks.PRIZES; kind++) {
            program.stocks(kind).hash(kind, state.engineTimeMs, into);
        }
        program.settlement.hash(into);
        into.add();
        for (int kind = Stocks.REWARDS; kind <= Stocks.PRIZES; kind++) {
            program.stocks(kind).hashHolds(kind, program.number, state.engineTimeMs, stockHolds);
        }
    }

    /** What campaigns granted and which are paused, by stable number; one with neither says nothing. */
    private static void hashCampaigns(final ProgramState program, final StateHasher into) {
        for (int number = 0; number < Budgets.MAX_NUMBERS; number++) {
            final long granted = program.budgets.granted(number);
            final boolean paused = program.isCampaignPaused[number];
            if (granted != 0 || paused) {
                into.word(number);
                into.word(granted);
                into.word(paused ? 1 : 0);
            }
        }
    }

    private void hashMembers(final StateHasher into, final StateHasher redirects) {
        final MemberStore members = state.members;
        final RecordHasher content = new RecordHasher(members, into);
        for (int slot = 1; slot <= members.count(); slot++) {
            if (members.isMerged(slot)) {
                redirects.begin(members.program(slot));
                redirects.word(members.memberId(slot));
                redirects.word(members.memberId(members.current(slot)));
                redirects.add();
            } else {
                load(slot);
                into.begin(members.program(slot));
                into.word(member.memberId);
                content.member(member);
                into.add();
            }
        }
    }

    /** Of each its place in the list of its member, which is the order in which they were linked. */
    private void hashIdentities(final StateHasher into) {
        final IdentityStore identities = state.identities;
        for (int slot = 1; slot <= state.members.count() && identities.count() > 0; slot++) {
            int place = 0;
            for (int i = identities.first(slot); i != 0; i = identities.following(i)) {
                into.begin(state.members.program(slot));
                into.word(state.members.memberId(slot));
                into.word(place++);
                into.word(identities.keyVersion(i));
                into.word(identities.hashHigh(i));
                into.word(identities.hashLow(i));
                for (final byte b : identities.channels().name(identities.program(i), identities.channel(i))) {
                    into.word(b);
                }
                into.add();
            }
        }
    }

    private void hashRecord(final int entry, final RecordHasher into) {
        final OrderStore orders = state.orders;
        switch (orders.kind(entry)) {
            case OrderStore.ORDER -> {
                orders.load(entry, order);
                into.order(order);
            }
            case OrderStore.REDEMPTION -> {
                orders.load(entry, redemption);
                into.redemption(redemption);
            }
            case OrderStore.SPENDING -> {
                orders.load(entry, spending);
                into.spending(spending);
            }
            case OrderStore.HOLD -> into.hold(orders.holdMember(entry), orders.holdCashMinor(entry));
            case OrderStore.USE -> {
                orders.load(entry, use);
                into.use(use);
            }
            case OrderStore.PUBLICATION -> into.version(orders.version(entry));
            default -> into.concerned(state.keys.memberSlot(entry));
        }
    }

    private void load(final int slot) {
        state.members.load(slot, state.programs.get(state.members.program(slot)), member);
    }

    /**
     * Recomputes balances and debts from the members and compares.
     *
     * @throws IllegalStateException naming the program whose books do not balance
     */
    void verifyZeroSum() {
        final Totals[][] sums = new Totals[state.programs.count()][Account.WALLETS];
        final ValueTotals[] values = new ValueTotals[sums.length];
        final long[][] coupons = new long[sums.length][];
        final long[] held = new long[sums.length];
        for (int i = 0; i < sums.length; i++) {
            Arrays.setAll(sums[i], wallet -> new Totals());
            values[i] = new ValueTotals();
            coupons[i] = new long[state.programs.get(i).couponTotals.numbers()];
        }
        for (int slot = 1; slot <= state.members.count(); slot++) {
            final Totals[] sum = sums[state.members.program(slot)];
            sum[Account.POINTS].members++;
            if (!state.members.isMerged(slot)) {
                load(slot);
                checkHolds();
                addCoupons(coupons[state.members.program(slot)]);
                held[member.program.number] += openRewardHolds();
                addPoints(sum);
                addValue(values[state.members.program(slot)]);
            }
        }
        for (int i = 0; i < sums.length; i++) {
            final ProgramState program = state.programs.get(i);
            checkCoupons(program, coupons[i]);
            if (held[i] != program.rewardStocks.openHolds(state.engineTimeMs)) {
                throw new IllegalStateException(
                        "members of " + program.compiled().name() + " hold " + held[i] + " rewards, its stocks say "
                                + program.rewardStocks.openHolds(state.engineTimeMs));
            }
            for (int wallet = 0; wallet < sums[i].length; wallet++) {
                checkPoints(program, wallet, sums[i][wallet]);
            }
            checkValue(program, values[i]);
        }
    }

    private void addPoints(final Totals[] to) {
        for (int wallet = 0; wallet < to.length; wallet++) {
            to[wallet].availablePoints += member.availablePoints(wallet);
            to[wallet].pendingPoints += member.pendingPoints(wallet);
            to[wallet].heldPoints += member.heldPoints(wallet);
            to[wallet].debtPoints += member.debtPoints(wallet);
        }
    }

    /** In a wallet, what members have is what the books say; where the program has no such wallet, nothing. */
    private static void checkPoints(final ProgramState program, final int wallet, final Totals sum) {
        final Totals totals = wallet <= program.pointsWalletNumbers.count() ? program.totals(wallet) : new Totals();
        if (!totals.isZeroSum() || !isSame(totals, sum)) {
            final String name = wallet == Account.POINTS ? "points" : "wallet " + wallet;
            throw new IllegalStateException("the books of " + name + " of "
                    + program.compiled().name()
                    + " do not balance: " + totals + "; its members: " + sum.members + " with available "
                    + sum.availablePoints + ", pending " + sum.pendingPoints + ", held " + sum.heldPoints + ", debt "
                    + sum.debtPoints);
        }
    }

    private void addValue(final ValueTotals to) {
        final ValueBook value = member.value;
        for (int i = 0; i < value.count; i++) {
            to.add(value.wallet[i], ValueTotals.PRINCIPAL, value.principalMinor[i]);
            to.add(value.wallet[i], ValueTotals.GIFT, value.giftMinor[i]);
        }
    }

    /** Wallet by wallet, what members have is what the books say. */
    private static void checkValue(final ProgramState program, final ValueTotals sums) {
        final ValueTotals totals = program.valueTotals;
        for (int wallet = 0; wallet < Math.max(totals.wallets(), sums.wallets()); wallet++) {
            final long principal = sums.get(wallet, ValueTotals.PRINCIPAL);
            final long gift = sums.get(wallet, ValueTotals.GIFT);
            if (!totals.isZeroSum(wallet)
                    || totals.get(wallet, ValueTotals.PRINCIPAL) != principal
                    || totals.get(wallet, ValueTotals.GIFT) != gift) {
                throw new IllegalStateException("the books of wallet "
                        + new String(program.moneyWalletNumbers.id(wallet), StandardCharsets.US_ASCII) + " of "
                        + program.compiled().name() + " do not balance: " + totals.text(wallet)
                        + "; its members: principal " + principal + ", gift " + gift);
            }
        }
    }

    /** What the member has of each coupon, in holdings and reserved. */
    private void addCoupons(final long[] open) {
        final CouponBook book = member.coupons;
        for (int i = 0; i < book.count; i++) {
            open[book.coupon[i]] += book.available(i);
        }
        final HoldBook holds = member.holds;
        for (int i = 0; i < holds.count; i++) {
            if (holds.coupon[i] != 0) {
                open[holds.coupon[i] - 1]++;
            }
        }
    }

    private static void checkCoupons(final ProgramState program, final long[] open) {
        for (int number = 0; number < open.length; number++) {
            if (open[number] != program.couponTotals.open(number)) {
                throw new IllegalStateException("members of "
                        + program.compiled().name() + " have " + open[number] + " uses of a coupon, its funnel says "
                        + program.couponTotals.open(number));
            }
        }
    }

    private static boolean isSame(final Totals totals, final Totals sum) {
        return totals.members == sum.members
                && totals.availablePoints == sum.availablePoints
                && totals.pendingPoints == sum.pendingPoints
                && totals.heldPoints == sum.heldPoints
                && totals.debtPoints == sum.debtPoints;
    }

    /** Holds for rewards that have not timed out, whether or not what did was materialised. */
    private long openRewardHolds() {
        long open = 0;
        for (int i = 0; i < member.holds.count; i++) {
            open += member.holds.reward[i] != 0 && member.holds.deadlineMs[i] > state.engineTimeMs ? 1 : 0;
        }
        return open;
    }

    /** What the member's holds hold is what its lots say is held, lot by lot. */
    private void checkHolds() {
        final LotBook lots = member.lots;
        final HoldBook holds = member.holds;
        long inHolds = 0;
        long heldPoints = 0;
        for (int lot = 0; lot < lots.count; lot++) {
            heldPoints += lots.held[lot];
        }
        for (int part = 0; part < holds.partsCount(); part++) {
            inHolds += holds.partPoints[part];
        }
        if (inHolds != heldPoints) {
            throw new IllegalStateException("member " + member.memberId + " has holds of " + inHolds + " points, its"
                    + " lots say " + heldPoints);
        }
        for (int lot = 0; lot < lots.count; lot++) {
            long held = 0;
            for (int part = 0; part < holds.partsCount(); part++) {
                final boolean isOfLot =
                        holds.partDay[part] == lots.expiryDay[lot] && holds.partAccount[part] == lots.account[lot];
                held += isOfLot ? holds.partPoints[part] : 0;
            }
            if (held != lots.held[lot] || held < 0 || held > lots.points[lot]) {
                throw new IllegalStateException("member " + member.memberId + " of "
                        + member.program.compiled().name() + " holds " + held + " of a lot of " + lots.points[lot]
                        + " with " + lots.held[lot] + " held, day " + lots.expiryDay[lot]);
            }
        }
    }
}
