package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;

/** Fills the part of an outcome that is read from the state after the decision: balances, tier, what was replayed. */
final class Reports {
    private final LedgerState state;
    private final TierEngine tiers;
    private final DueEvents dueEvents;
    private final Movement nowhere = new Movement();
    private final OrderDraft order = new OrderDraft();
    private final RedemptionDraft redemption = new RedemptionDraft();
    private final ValueDraft spending = new ValueDraft();
    private final UseDraft use = new UseDraft();

    Reports(final LedgerState state, final TierEngine tiers, final DueEvents dueEvents) {
        this.state = state;
        this.tiers = tiers;
        this.dueEvents = dueEvents;
    }

    /** The original outcome again. */
    void replay(final Effect e, final Outcome o) {
        final int entry = e.replayOf;
        o.replayed = true;
        o.sequence = state.keys.sequence(entry);
        o.points = state.keys.points(entry);
        e.wallets.subject = state.keys.wallet(entry);
        int member = state.keys.memberSlot(entry);
        if (state.orders.kind(entry) == OrderStore.ORDER) {
            state.orders.load(entry, order);
            o.basePoints = order.granted.basePoints;
            o.tierPoints = order.granted.tierPoints;
            o.campaignPoints = order.granted.campaignPoints();
            for (int i = 0; i < order.wallets.count; i++) {
                e.wallets.add(order.wallets.wallet[i], order.wallets.grantedPoints[i]);
            }
            member = order.memberSlot;
        } else if (state.orders.kind(entry) == OrderStore.REDEMPTION) {
            state.orders.load(entry, redemption);
            o.cashMinor = redemption.cashMinor;
            if (redemption.prize != 0) {
                e.program.version(redemption.version).drawRules.tell(redemption.prize - 1, o.rows);
            }
            member = redemption.memberSlot;
        } else if (state.orders.kind(entry) == OrderStore.SPENDING) {
            state.orders.load(entry, spending);
            member = spending.memberSlot;
        } else if (state.orders.kind(entry) == OrderStore.HOLD) {
            member = state.orders.holdMember(entry);
            o.cashMinor = state.orders.holdCashMinor(entry);
        } else if (state.orders.kind(entry) == OrderStore.USE) {
            state.orders.load(entry, use);
            member = use.memberSlot;
        } else if (state.orders.kind(entry) == OrderStore.PUBLICATION) {
            o.programVersion = state.orders.version(entry);
        }
        e.hasMember = member != 0;
        e.member.slot = member == 0 ? 0 : state.members.current(member);
    }

    /**
     * Balances as of the last journaled engine time, which is this command's own if it was journaled. Where nothing was
     * saved the image is made anew: a plan that was refused may have left its traces in it.
     */
    void member(final Command c, final Effect e, final Outcome o) {
        final MemberDraft d = e.member;
        o.lifetimeSpendMinor = 0;
        o.lifetimePoints = 0;
        o.lifetimeVisits = 0;
        o.wallets.clear();
        if (!e.hasMember || d.slot == 0) {
            o.availablePoints = 0;
            o.pendingPoints = 0;
            o.heldPoints = 0;
            o.debtPoints = 0;
            o.tierRank = 0;
            o.tierId = TierRules.NONE;
            o.memberId = 0;
            if (c.type() == CommandType.PREVIEW_ACCRUE && e.code == ResultCode.ACCEPTED) {
                walletsOfSomebodyNew(e, o);
            }
            return;
        }
        if (!e.accepted) {
            state.members.load(d.slot, e.program, d);
            nowhere.clear();
            dueEvents.advance(d, state.engineTimeMs, nowhere);
        }
        o.availablePoints = d.availablePoints();
        o.pendingPoints = d.pendingPoints(Account.POINTS);
        o.heldPoints = d.heldPoints(Account.POINTS);
        o.debtPoints = d.debtPoints;
        o.tierRank = tiers.rank(d, state.engineTimeMs);
        o.tierId = e.program.tierRules().id(o.tierRank);
        o.memberId = d.memberId;
        if (e.program.current().walletRules.count > 0) {
            wallets(e, o);
        }
        if (c.type() == CommandType.QUERY_MEMBER) {
            o.lifetimeSpendMinor = d.spendMinor;
            o.lifetimePoints = d.earnedPoints;
            o.lifetimeVisits = d.visits;
        }
    }

    /** What an order would bring to who is not known yet. */
    private static void walletsOfSomebodyNew(final Effect e, final Outcome o) {
        final WalletRules rules = e.program.current().walletRules;
        for (int wallet = 1; wallet <= rules.count; wallet++) {
            o.wallets.add(rules.id(wallet), e.wallets.get(wallet), 0, 0, 0, 0);
        }
    }

    private static void wallets(final Effect e, final Outcome o) {
        final MemberDraft d = e.member;
        final WalletRules rules = e.program.current().walletRules;
        for (int wallet = 1; wallet <= rules.count; wallet++) {
            final boolean isSubject = e.wallets.subject == wallet;
            if (isSubject) {
                o.wallets.subject(wallet - 1);
            }
            o.wallets.add(
                    rules.id(wallet),
                    isSubject ? o.points : e.wallets.get(wallet),
                    d.availablePoints(wallet),
                    d.pendingPoints(wallet),
                    d.heldPoints(wallet),
                    d.debtPoints(wallet));
        }
    }
}
