package io.tallymark.server.program;

import static io.tallymark.ledger.program.CompiledProgram.MAX_GRACE_DAYS;

import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.InvalidProgramException;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.protocol.Limits;
import java.util.Map;

/** What every wallet of points says: when its points become available, when they expire, how they are taken back. */
final class WalletLife {
    private static final ValueType<Long> MONTHS = Values.whole(1, Expiry.MAX_MONTHS);
    private static final Key<int[]> FIXED = Key.optional(
            "fixed",
            Values.parsed(
                    "[0-9]{2}-[0-9]{2}",
                    "a day of the year such as \"12-31\"", (text, at) ->
                            new int[] {Integer.parseInt(text.substring(0, 2)), Integer.parseInt(text.substring(3))}),
            "",
            "Points are valid through this month and day.");
    private static final Key<Long> YEARS_AHEAD = Key.optional(
            "yearsAhead",
            Values.whole(0, Expiry.MAX_YEARS_AHEAD),
            "",
            "With fixed: of the year that lies this many after the year of earning.");
    private static final Key<Long> EXPIRY_MONTHS =
            Key.optional("months", MONTHS, "", "Points are valid this many months after the month of earning.");
    private static final Key<Long> INACTIVITY_MONTHS = Key.optional(
            "inactivityMonths",
            MONTHS,
            "",
            "All points are valid this many months after the month of the member's last activity; of points alone.");
    private static final Key<String> ROUND_TO = Key.optional(
            "roundTo",
            Values.word("monthEnd"),
            "",
            "With months and inactivityMonths: through the last day of that month.");
    private static final Section EXPIRY_SECTION = new Section(
                    "expiry",
                    "When points expire, in one of three ways.",
                    FIXED,
                    YEARS_AHEAD,
                    EXPIRY_MONTHS,
                    INACTIVITY_MONTHS,
                    ROUND_TO)
            .rule(Rule.exactlyOneOf("fixed", "months", "inactivityMonths"))
            .rule(Rule.needs("fixed", "yearsAhead"))
            .rule(Rule.needs("months", "roundTo"))
            .rule(Rule.needs("inactivityMonths", "roundTo"))
            .rule(Rule.excludes("fixed", "roundTo"))
            .rule(Rule.excludes("months", "yearsAhead"))
            .rule(Rule.excludes("inactivityMonths", "yearsAhead"));

    private static final Key<String> AT = Key.optional(
            "at",
            Values.word("earning", "fulfilment"),
            "earning",
            "What starts the days: the earning, or the command that reports the order fulfilled.");
    private static final Key<Long> AFTER_DAYS = Key.optional(
            "afterDays", Values.whole(0, MAX_GRACE_DAYS), "0", "Days from then until points become available.");
    private static final Section ACTIVATION_SECTION =
            new Section("activation", "When earned points become available.", AT, AFTER_DAYS);

    private static final Key<RefundPolicy.Claw> POLICY = Key.required(
            "policy",
            Values.constant(RefundPolicy.Claw.values(), "pendingOnly", "withinBalance", "debt"),
            "How far a refund takes points back: pending ones of the order only, what the balance has, or into debt.");
    private static final Key<Long> LIMIT = Key.optional(
            "limit",
            Values.whole(0, Limits.MAX_VALUE),
            "0",
            "Most points that a member may come to owe; needed with debt.");
    private static final Key<Boolean> UNREFERENCED =
            Key.optional("unreferenced", Values.truth(), "false", "Whether returns are taken that name no order.");
    private static final Section REFUND_SECTION = new Section(
                    "refund", "How refunds take points back.", POLICY, LIMIT, UNREFERENCED)
            .rule(Rule.needsWhere("policy", "debt", "limit"));

    /** When points expire. */
    static final Key<Object> EXPIRY = Key.optional(
            "expiry", Shapes.<Object>either(Map.of("never", "never"), EXPIRY_SECTION), "never", "When points expire.");

    /** When what is earned becomes available. */
    static final Key<Fields> ACTIVATION =
            Key.optional("activation", ACTIVATION_SECTION, "at once", "When earned points become available.");

    /** How refunds take back. */
    static final Key<Fields> REFUND = Key.optional(
            "refund",
            REFUND_SECTION,
            "policy withinBalance, returns with their order only",
            "How refunds take points back.");

    private WalletLife() {}

    /** @param wallet null: all defaults */
    static Expiry expiry(final Fields wallet) {
        return wallet != null && wallet.get(EXPIRY) instanceof Fields expiry ? expiryOf(expiry) : Expiry.never();
    }

    /** @param wallet null: all defaults */
    static Activation activation(final Fields wallet) {
        final Fields activation = wallet == null ? null : wallet.get(ACTIVATION);
        return activation == null
                ? Activation.IMMEDIATE
                : new Activation(
                        activation.get(AT, "earning").equals("fulfilment"),
                        activation.get(AFTER_DAYS, 0L).intValue());
    }

    /** @param wallet null: all defaults */
    static RefundPolicy refund(final Fields wallet) {
        final Fields refund = wallet == null ? null : wallet.get(REFUND);
        return refund == null
                ? new RefundPolicy(RefundPolicy.Claw.WITHIN_BALANCE, 0, false)
                : new RefundPolicy(
                        refund.get(POLICY, RefundPolicy.Claw.WITHIN_BALANCE),
                        refund.get(LIMIT, 0L),
                        refund.get(UNREFERENCED, false));
    }

    private static Expiry expiryOf(final Fields expiry) {
        final int[] date = expiry.get(FIXED);
        if (date != null) {
            try {
                return Expiry.fixed(
                        date[0], date[1], expiry.get(YEARS_AHEAD, 0L).intValue());
            } catch (final InvalidProgramException e) {
                expiry.error("fixed", e.reason());
                return Expiry.never();
            }
        }
        final Long inactivity = expiry.get(INACTIVITY_MONTHS);
        if (inactivity != null) {
            return Expiry.inactivity(inactivity.intValue());
        }
        final Long months = expiry.get(EXPIRY_MONTHS);
        return months == null ? Expiry.never() : Expiry.months(months.intValue());
    }
}
