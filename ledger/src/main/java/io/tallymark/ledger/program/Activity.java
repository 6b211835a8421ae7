package io.tallymark.ledger.program;

/**
 * Something that earns points without an order: a sign-in, a registration.
 *
 * @param id     stable over the program's versions
 * @param points what it earns, at least 1
 * @param per    the period of the limit
 * @param times  how often a member may in one period; {@link CompiledProgram#UNLIMITED}: no limit
 */
public record Activity(String id, long points, Per per, int times) {
    /** Without a limit the period means nothing and is {@link Per#DAY}. */
    public Activity {
        per = times == CompiledProgram.UNLIMITED ? Per.DAY : per;
    }

    /** Periods in the program's days, weeks from Monday; the ordinal is the code in the canonical form. */
    public enum Per {
        DAY,
        WEEK,
        MONTH,
        LIFETIME,
        YEAR
    }
}
