package io.tallymark.ledger;

/**
 * Where the stored value of one wallet came from and went to, in minor units: {@code toppedUp + granted = principal + gift
 * + spent + refunded + forfeited}.
 *
 * @param wallet    its id
 * @param toppedUp  paid in by members
 * @param granted   gifts
 * @param principal what members have of what they paid in
 * @param gift      what members have of gifts
 * @param spent     paid with, reversals taken off
 * @param refunded  paid out again
 * @param forfeited gifts that were taken back
 */
public record StoredValueTotals(
        String wallet,
        long toppedUp,
        long granted,
        long principal,
        long gift,
        long spent,
        long refunded,
        long forfeited) {}
