package io.tallymark.ledger.program;

/**
 * How far a refund claws back.
 *
 * @param claw            how far
 * @param debtLimitPoints most points that a member may come to owe
 * @param unreferenced    whether returns without their order are taken
 */
public record RefundPolicy(Claw claw, long debtLimitPoints, boolean unreferenced) {
    /** The ordinal is the code in the canonical form. */
    public enum Claw {
        PENDING_ONLY,
        WITHIN_BALANCE,
        DEBT
    }
}
