package io.tallymark.ledger.program;

/**
 * Something that earns points without an order: a sign-in, a registration.
 *
 * @param id     stable over the program's versions
 * @param points what it earns, at least 1
 * @param per    the period of the limit
 * @param times  how often a member may in one period; {@link CompiledProgram#UNLIMITED}: no limit
 * @param wallet the wallet that its points go into; empty: {@code points}
 */
public record Activity(String id, long points, Per per, int times, String wallet) {
    /** Without a limit the period means nothing and is {@link Per#DAY}. */
    public Activity {
        per = times == CompiledProgram.UNLIMITED ? Per.DAY : per;
    }

    /** Into the wallet {@code points}. */
    public Activity(final String id, final long points, final Per per, final int times) {
        this(id, points, per, times, "");
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
