package io.tallymark.ledger.program;

/**
 * How often a member may.
 *
 * @param per   the period
 * @param times in one period; {@link CompiledProgram#UNLIMITED}: no limit
 */
public record Limit(Activity.Per per, int times) {
    /** As often as the member likes. */
    public static final Limit NONE = new Limit(Activity.Per.DAY, (int) CompiledProgram.UNLIMITED);

    /** Without a limit the period means nothing and is {@link Activity.Per#DAY}. */
    public Limit {
        per = times == CompiledProgram.UNLIMITED ? Activity.Per.DAY : per;
    }

    /** Whether there is one. */
    public boolean isLimited() {
        return times != CompiledProgram.UNLIMITED;
    }
}
