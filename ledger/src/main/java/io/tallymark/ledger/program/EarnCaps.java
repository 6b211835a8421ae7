package io.tallymark.ledger.program;

/**
 * Caps on what orders earn.
 *
 * @param order           most points of an order; {@link CompiledProgram#UNLIMITED}: no cap
 * @param orderAppliesToAll whether base and tier share count and are clipped too, else campaigns only
 * @param day             most points of a member and day of event time
 * @param dayAppliesToAll as for the order
 */
public record EarnCaps(long order, boolean orderAppliesToAll, long day, boolean dayAppliesToAll) {
    /** What no cap applies to is not said. */
    public EarnCaps {
        orderAppliesToAll &= order != CompiledProgram.UNLIMITED;
        dayAppliesToAll &= day != CompiledProgram.UNLIMITED;
    }

    /** No caps. */
    public static final EarnCaps NONE =
            new EarnCaps(CompiledProgram.UNLIMITED, false, CompiledProgram.UNLIMITED, false);
}
