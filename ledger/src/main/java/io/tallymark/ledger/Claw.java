package io.tallymark.ledger;

import io.tallymark.ledger.program.RefundPolicy;

/** Takes back points that were granted, as far as the policy of their wallet lets it. */
final class Claw {
    private Claw() {}

    /**
     * Claws points that the effect's order earned in an account's wallet: its pending ones, its own lot, other lots in
     * taking order, debt, the rest is written off.
     *
     * @param retainedBefore what the order retained there before this
     * @param activationDay  of the lot that its points went into, see {@link OrderDraft}
     * @param expiryDay      of that lot
     */
    static void ofOrder(
            final Effect e,
            final long points,
            final long retainedBefore,
            final int account,
            final int activationDay,
            final int expiryDay) {
        final MemberDraft d = e.member;
        final Movement m = e.movement.of(account);
        final int wallet = Account.wallet(account);
        m.clawedBack += points;
        if (d.closed) {
            writeOff(e, wallet, points);
            return;
        }
        long rest = points;
        final int lot = activationDay == 0 ? -1 : d.pending.find(activationDay, expiryDay, account);
        if (lot >= 0) {
            final long taken = Math.min(rest, d.pending.points[lot]);
            d.pending.take(lot, taken);
            m.pending -= taken;
            rest -= taken;
        }
        if (policy(e, wallet).claw() == RefundPolicy.Claw.PENDING_ONLY) {
            writeOff(e, wallet, rest);
            return;
        }
        final long ofOwnLot = Math.min(rest, retainedBefore - (points - rest));
        rest -= d.takeFromLot(expiryDay, account, ofOwnLot, e.movement);
        rest = d.take(wallet, rest, e.settles.with(account), e.movement);
        owe(e, wallet, rest);
    }

    /** Claws points of {@code points} that belong to no order, in taking order. */
    static void plain(final Effect e, final long points) {
        if (begin(e, Account.POINTS, points)) {
            owe(e, Account.POINTS, e.member.take(Account.POINTS, points, atTheHouse(e), e.movement));
        }
    }

    /** Claws points of a wallet that belong to no order, against the taking order. */
    static void reverse(final Effect e, final int wallet, final long points) {
        if (begin(e, wallet, points)) {
            owe(e, wallet, e.member.takeReverse(wallet, points, atTheHouse(e), e.movement));
        }
    }

    /**
     * Claws what a referrer was given, in taking order; the outcome's debt and write-off are not its matter.
     *
     * @param d the referrer's image: the effect's other member, or its member
     */
    static void ofReferrer(final Effect e, final MemberDraft d, final long points) {
        e.movement.clawedBack += points;
        final boolean takesNothing = d.closed || policy(e, Account.POINTS).claw() == RefundPolicy.Claw.PENDING_ONLY;
        final long rest = takesNothing ? points : d.take(Account.POINTS, points, atTheHouse(e), e.movement);
        e.movement.writtenOff += takesNothing ? rest : rest - addDebt(e, d, Account.POINTS, rest);
    }

    /** Books a claw; false: nothing may be taken for it, so all is written off. */
    private static boolean begin(final Effect e, final int wallet, final long points) {
        e.movement.ofWallet(wallet).clawedBack += points;
        final boolean takes = !e.member.closed && policy(e, wallet).claw() != RefundPolicy.Claw.PENDING_ONLY;
        if (!takes) {
            writeOff(e, wallet, points);
        }
        return takes;
    }

    /** What is clawed of no order is as good as spent at the house. */
    private static MemberDraft.Taker atTheHouse(final Effect e) {
        return e.settles.with(LotBook.HOUSE);
    }

    private static void owe(final Effect e, final int wallet, final long points) {
        final long debt = addDebt(e, e.member, wallet, points);
        e.addedDebtPoints += wallet == Account.POINTS ? debt : 0;
        writeOff(e, wallet, points - debt);
    }

    /** Adds to a member's debt as far as policy and limits let it; returns how much. */
    private static long addDebt(final Effect e, final MemberDraft d, final int wallet, final long points) {
        if (points == 0) {
            return 0;
        }
        final RefundPolicy policy = policy(e, wallet);
        final long ofProgram = Totals.MAX - e.program.totals(wallet).debtPoints - e.movement.ofWallet(wallet).debt;
        final long room = Math.max(0, Math.min(ofProgram, policy.debtLimitPoints() - d.debtPoints(wallet)));
        final long debt = policy.claw() == RefundPolicy.Claw.DEBT ? Math.min(points, room) : 0;
        d.owe(wallet, debt, e.movement);
        return debt;
    }

    /** What the outcome tells is that of the wallet {@code points}. */
    private static void writeOff(final Effect e, final int wallet, final long points) {
        e.movement.ofWallet(wallet).writtenOff += points;
        e.writtenOffPoints += wallet == Account.POINTS ? points : 0;
    }

    private static RefundPolicy policy(final Effect e, final int wallet) {
        return e.program.current().walletRules.refund(wallet);
    }
}
