package io.tallymark.ledger.program;

/**
 * When earned points become available.
 *
 * @param fulfilment only by a command that names the order
 * @param afterDays  days after the earning, or after that command; 0: at once
 */
public record Activation(boolean fulfilment, int afterDays) {
    /** At once. */
    public static final Activation IMMEDIATE = new Activation(false, 0);
}
