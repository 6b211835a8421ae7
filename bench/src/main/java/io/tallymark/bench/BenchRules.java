package io.tallymark.bench;

import io.tallymark.ledger.program.Benefit;
import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.EarnCaps;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.OrderLines;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Rules of rising cost for one stream of orders. All go by one program name, so that the commands are the same. */
enum BenchRules {
    /** A base rate and tiers by the spend of a lifetime, orders without lines. */
    MIMA(false) {
        @Override
        CompiledProgram.Builder add(final CompiledProgram.Builder program) {
            return program.expiry(Expiry.fixed(12, 31, 50))
                    .addTier("normal", 100, 1_000_000)
                    .addTier("senior", 38_000, 1_200_000)
                    .addTier("supreme", 500_000, 1_500_000);
        }
    },
    /** Three campaigns with every cap and budgets that are never used up, orders of four lines. */
    CAMPAIGNS(true) {
        @Override
        CompiledProgram.Builder add(final CompiledProgram.Builder program) {
            final Condition serum = Condition.builder().categories("serum").build();
            final Condition house =
                    Condition.builder().brands("house").fullPrice().build();
            final Condition gift = Condition.builder().skus("SKU-3").build();
            return MIMA.add(program)
                    .addCampaign(campaign("double", 10, Campaign.Mode.ADD, 2_000_000, 0, serum))
                    .addCampaign(campaign("house-days", 20, Campaign.Mode.MULTIPLY, 1_200_000, 0, house))
                    .addCampaign(campaign("gift", 30, Campaign.Mode.BONUS, 0, 2, gift))
                    .caps(new EarnCaps(10_000, true, 1_000_000_000, false));
        }
    },
    /** A tier by visits and spend of the last twelve months, re-checked month by month; orders without lines. */
    ROLLING(false) {
        @Override
        CompiledProgram.Builder add(final CompiledProgram.Builder program) {
            final Requirement regular = new Requirement(false, 100_000, 4, 0, 0);
            return program.expiry(Expiry.months(12))
                    .addTier(new Tier(
                            "vip",
                            1_000_000,
                            regular,
                            Tier.Window.ROLLING_MONTHS,
                            12,
                            0,
                            regular,
                            0,
                            12,
                            0,
                            0,
                            List.of(Benefit.of("vip-price"))));
        }
    };

    static final String PROGRAM = "mima";
    static final int LINES = 4;
    private static final long UNUSED_UP = 1_000_000_000_000L;

    private final boolean hasLines;

    BenchRules(final boolean hasLines) {
        this.hasLines = hasLines;
    }

    abstract CompiledProgram.Builder add(CompiledProgram.Builder program);

    /** Whether its orders have {@link #LINES} lines. */
    boolean hasLines() {
        return hasLines;
    }

    CompiledProgram program(final int keyDays) {
        return add(CompiledProgram.builder(PROGRAM)
                        .currency("CNY")
                        .utcOffsetMinutes(480)
                        .enrolUnknownMembers(true)
                        .lateWindowMs(CompiledProgram.DAY_MS / 2)
                        .keyDays(keyDays)
                        .baseRate(1, 100)
                        .debtLimitPoints(100_000))
                .build();
    }

    private static Campaign campaign(
            final String id,
            final int priority,
            final Campaign.Mode mode,
            final long multiplierMicros,
            final long bonusPoints,
            final Condition when) {
        return new Campaign(
                id,
                priority,
                mode,
                multiplierMicros,
                bonusPoints,
                mode == Campaign.Mode.BONUS,
                "",
                when,
                1_000,
                1_000_000_000,
                100_000,
                UNUSED_UP);
    }

    /** Writes four lines of which each campaign finds one or two; returns their length. Their sum is the amount. */
    static int putLines(final UnsafeBuffer lines, final long amountMinor) {
        final long part = amountMinor / LINES;
        int at = 0;
        for (int i = 1; i <= LINES; i++) {
            final long minor = i < LINES ? part : amountMinor - part * (LINES - 1);
            at = OrderLines.putFixed(lines, at, i, i, minor, 0);
            at = putText(lines, at, "SKU-" + i);
            at = putText(lines, at, i <= 2 ? "serum" : "cream");
            at = putText(lines, at, i == 1 ? "house" : "guest");
        }
        return at;
    }

    private static int putText(final UnsafeBuffer lines, final int at, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return OrderLines.putText(lines, at, new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
