package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/** Money is paid into a wallet, paid with, or paid out again. */
final class ValueHandler implements Handler {
    private final Admission admission;

    ValueHandler(final Admission admission) {
        this.admission = admission;
    }

    @Override
    public ResultCode check(final Command c) {
        return CommandForm.ofValue(c.amountMinor());
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (c.type() == CommandType.TOP_UP ? !mayTopUp(c, e) : !admission.debit(c, e)) {
            return;
        }
        final int wallet =
                e.program.current().valueRules.find(c.bytes(), c.offset(VarField.RULE_ID), c.length(VarField.RULE_ID));
        if (wallet < 0) {
            e.reject(ResultCode.NOT_OFFERED);
            return;
        }
        final ResultCode code = switch (c.type()) {
            case TOP_UP -> topUp(c, e, wallet);
            case SPEND_VALUE -> spend(c, e, wallet);
            default -> refund(c, e, wallet);
        };
        if (code != ResultCode.ACCEPTED) {
            e.reject(code);
            return;
        }
        e.valueMinor = c.amountMinor();
        StoredValue.tell(e, wallet);
        Admission.acceptWithinLimits(e);
    }

    /** As a credit, which may come right later; but money enrols nobody. */
    private boolean mayTopUp(final Command c, final Effect e) {
        e.happened(c);
        if (!e.hasMember) {
            e.answer(ResultCode.UNKNOWN_MEMBER);
            return false;
        }
        return admission.isOpen(e);
    }

    private static ResultCode topUp(final Command c, final Effect e, final int wallet) {
        final long gift = e.program.current().valueRules.giftMinor(wallet, c.amountMinor());
        StoredValue.topUp(e, wallet, c.amountMinor(), gift);
        return ResultCode.ACCEPTED;
    }

    private static ResultCode spend(final Command c, final Effect e, final int wallet) {
        final long principal = Math.min(c.amountMinor(), e.member.value.principalMinor(wallet));
        final long gift = c.amountMinor() - principal;
        if (gift > e.member.value.giftMinor(wallet)) {
            return ResultCode.INSUFFICIENT_VALUE;
        }
        final ValueDraft spending = e.spending;
        spending.clear();
        spending.memberSlot = e.member.slot;
        spending.wallet = wallet;
        spending.principalMinor = principal;
        spending.giftMinor = gift;
        e.hasSpending = true;
        StoredValue.spend(e, wallet, principal, gift);
        return ResultCode.ACCEPTED;
    }

    private static ResultCode refund(final Command c, final Effect e, final int wallet) {
        final long principal = e.member.value.principalMinor(wallet);
        final long amount = c.amountMinor();
        if (amount > principal) {
            return ResultCode.REFUND_EXCEEDS_ORIGINAL;
        }
        final long gift = EarnRules.floorOfProduct(e.member.value.giftMinor(wallet), amount, principal);
        StoredValue.refund(e, wallet, amount, gift);
        return ResultCode.ACCEPTED;
    }
}
