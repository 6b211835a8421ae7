package io.tallymark.ledger;

/**
 * Gives the logical content of images to a {@link StateHasher}: never slots or references, and each list behind its
 * count, so that no two contents run together.
 */
final class RecordHasher {
    private final MemberStore members;
    private final StateHasher into;

    RecordHasher(final MemberStore members, final StateHasher into) {
        this.members = members;
        this.into = into;
    }

    void member(final MemberDraft d) {
        into.word((d.frozen ? 1 : 0) | (d.closed ? 2 : 0) | (d.ordered ? 4 : 0));
        into.word(d.era);
        into.word(d.lifetimeTier);
        into.word(d.spendMinor);
        into.word(d.earnedPoints);
        into.word(d.visits);
        into.word(d.debtPoints);
        debts(d.debts);
        into.word(d.bonusesGiven);
        into.word(d.lifetimeBonuses);
        into.word(d.joinDay);
        into.word(d.lastActivityDay);
        into.word(d.birthday);
        into.word(memberId(d.referrerSlot));
        lots(d.lots);
        pending(d.pending);
        holds(d.holds);
        buckets(d.buckets);
        grants(d.grants);
        usage(d.usage);
        value(d.value);
        coupons(d.coupons);
    }

    private void debts(final DebtBook debts) {
        into.word(debts.count);
        for (int wallet = 1; debts.count > 0 && wallet < Account.WALLETS; wallet++) {
            if (debts.get(wallet) != 0) {
                into.word(wallet);
                into.word(debts.get(wallet));
            }
        }
    }

    private void coupons(final CouponBook coupons) {
        into.word(coupons.count);
        for (int i = 0; i < coupons.count; i++) {
            into.word(coupons.expiryDay[i]);
            into.word(coupons.sequence[i]);
            into.word(coupons.coupon[i]);
            into.word(coupons.uses[i]);
            into.word(coupons.left[i]);
        }
    }

    private void lots(final LotBook lots) {
        into.word(lots.count);
        for (int i = 0; i < lots.count; i++) {
            into.word(lots.expiryDay[i]);
            into.word(lots.account[i]);
            into.word(lots.points[i]);
            into.word(lots.held[i]);
        }
    }

    private void pending(final PendingBook pending) {
        into.word(pending.count);
        for (int i = 0; i < pending.count; i++) {
            into.word(pending.activationDay[i]);
            into.word(pending.expiryDay[i]);
            into.word(pending.account[i]);
            into.word(pending.points[i]);
        }
    }

    private void holds(final HoldBook holds) {
        into.word(holds.count);
        for (int i = 0; i < holds.count; i++) {
            into.word(holds.number[i]);
            into.word(holds.deadlineMs[i]);
            into.word(holds.valueMinor[i]);
            into.word(holds.reward[i]);
            into.word(holds.version[i]);
            into.word(holds.cashMinor[i]);
            into.word(holds.day[i]);
            into.word(holds.coupon[i]);
            into.word(holds.couponSequence[i]);
            into.word(holds.couponDay[i]);
            into.word(holds.couponUses[i]);
            into.word(holds.counterpart[i]);
            into.word(holds.partsEnd[i] - holds.partsStart(i));
            for (int part = holds.partsStart(i); part < holds.partsEnd[i]; part++) {
                into.word(holds.partDay[part]);
                into.word(holds.partAccount[part]);
                into.word(holds.partPoints[part]);
            }
        }
    }

    private void buckets(final BucketBook buckets) {
        into.word(buckets.count);
        for (int i = 0; i < buckets.count; i++) {
            into.word(buckets.bucket[i]);
            into.word(buckets.spendMinor[i]);
            into.word(buckets.visits[i]);
            into.word(buckets.points[i]);
            into.word(buckets.orders[i]);
        }
    }

    private void grants(final GrantBook grants) {
        into.word(grants.count);
        for (int i = 0; i < grants.count; i++) {
            into.word(grants.tier[i]);
            into.word(grants.way[i]);
            into.word(grants.fromMs[i]);
            into.word(grants.untilMs[i]);
            into.word(grants.firstPeriodEndMs[i]);
            into.word(grants.graceEndMs[i]);
            into.word(grants.bonuses[i]);
            into.word(grants.purchase[i]);
        }
    }

    private void usage(final MemberUsage usage) {
        into.word(usage.count);
        for (int i = 0; i < usage.count; i++) {
            into.word(usage.kind[i]);
            into.word(usage.rule[i]);
            into.word(usage.period[i]);
            into.word(usage.used[i]);
        }
    }

    private void value(final ValueBook value) {
        into.word(value.count);
        for (int i = 0; i < value.count; i++) {
            into.word(value.wallet[i]);
            into.word(value.principalMinor[i]);
            into.word(value.giftMinor[i]);
            into.word(value.owedGiftMinor[i]);
        }
    }

    void order(final OrderDraft o) {
        into.word(OrderStore.ORDER);
        member(o.memberSlot);
        into.word(o.version);
        into.word(o.amountMinor);
        into.word(o.refundedMinor);
        into.word(o.tierRank);
        into.word(o.eventDay);
        into.word(o.visit ? 1 : 0);
        into.word(o.retainedPoints);
        into.word(o.activationDay);
        into.word(o.expiryDay);
        into.word(o.issuer);
        into.word(o.granted.basePoints);
        into.word(o.granted.tierPoints);
        into.word(o.granted.clippedBasePoints);
        into.word(o.granted.count);
        for (int i = 0; i < o.granted.count; i++) {
            into.word(o.granted.campaign[i]);
            into.word(o.granted.points[i]);
            into.word(o.granted.clipped[i]);
            into.word(o.granted.clippedBy[i].ordinal());
            into.word(o.keptPoints[i]);
        }
        into.word(o.couponDay);
        into.word(o.revokedCoupons);
        into.word(memberId(o.referrerSlot));
        into.word(o.referrerPoints);
        boards(o.boards);
        wallets(o.wallets);
        lines(o.lines);
    }

    private void wallets(final OrderWallets wallets) {
        into.word(wallets.count);
        for (int i = 0; i < wallets.count; i++) {
            into.word(wallets.wallet[i]);
            into.word(wallets.grantedPoints[i]);
            into.word(wallets.retainedPoints[i]);
            into.word(wallets.activationDay[i]);
            into.word(wallets.expiryDay[i]);
        }
    }

    private void boards(final BoardLinks boards) {
        into.word(boards.count);
        for (int i = 0; i < boards.count; i++) {
            into.word(boards.board[i]);
            into.word(boards.participant[i]);
        }
    }

    private void lines(final OrderLineBook lines) {
        into.word(lines.count);
        for (int i = 0; i < lines.count; i++) {
            into.word(lines.number[i]);
            into.word(lines.quantity[i]);
            into.word(lines.amountMinor[i]);
            into.word(lines.refundedQuantity[i]);
            into.word(lines.refundedMinor[i]);
            into.word(lines.rate[i]);
            into.word(lines.campaigns[i]);
            into.word(lines.wallets[i]);
        }
    }

    void redemption(final RedemptionDraft r) {
        into.word(OrderStore.REDEMPTION);
        member(r.memberSlot);
        into.word(r.points);
        into.word(r.valueMinor);
        into.word(r.returnedValueMinor);
        into.word(r.returnedPoints);
        into.word(r.reward);
        into.word(r.version);
        into.word(r.cashMinor);
        into.word(r.day);
        into.word(r.grantedDay);
        into.word(r.prize);
        into.word(r.counterpart);
        into.word(r.count);
        for (int i = 0; i < r.count; i++) {
            into.word(r.expiryDay[i]);
            into.word(r.account[i]);
            into.word(r.partPoints[i]);
        }
    }

    void spending(final ValueDraft s) {
        into.word(OrderStore.SPENDING);
        member(s.memberSlot);
        into.word(s.wallet);
        into.word(s.principalMinor);
        into.word(s.giftMinor);
        into.word(s.returnedPrincipalMinor);
        into.word(s.returnedGiftMinor);
    }

    void hold(final int memberSlot, final long cashMinor) {
        into.word(OrderStore.HOLD);
        member(memberSlot);
        into.word(cashMinor);
    }

    void use(final UseDraft use) {
        into.word(OrderStore.USE);
        member(use.memberSlot);
        into.word(use.ofBenefit ? 1 : 0);
        into.word(use.returned ? 1 : 0);
        into.word(use.number);
        into.word(use.counted ? 1 : 0);
        into.word(use.period);
        into.word(use.expiryDay);
        into.word(use.sequence);
        into.word(use.uses);
        into.word(use.amountMinor);
    }

    void version(final int version) {
        into.word(OrderStore.PUBLICATION);
        into.word(version);
    }

    /** The member that a command without a record concerned; 0: none. */
    void concerned(final int memberSlot) {
        if (memberSlot != 0) {
            member(memberSlot);
        }
    }

    private long memberId(final int slot) {
        return slot == 0 ? 0 : members.memberId(slot);
    }

    private void member(final int slot) {
        into.word(members.program(slot));
        into.word(members.memberId(slot));
    }
}
