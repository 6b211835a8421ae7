package io.tallymark.ledger.reference;

import io.tallymark.protocol.CommandType;
import java.util.Random;
import java.util.function.LongSupplier;

/** Fills commands about stored value, boards, issuers, and points without orders. */
final class CommunityAsker {
    static final CommandType[] COMMANDS = {
        CommandType.TOP_UP,
        CommandType.TOP_UP,
        CommandType.SPEND_VALUE,
        CommandType.SPEND_VALUE,
        CommandType.REFUND_VALUE,
        CommandType.ENROL,
        CommandType.ENROL,
        CommandType.ENROL,
        CommandType.ACTIVITY,
        CommandType.ACTIVITY
    };
    private static final String NONE = "none";

    private final Random random;
    private final LongSupplier amounts;
    private final LongSupplier points;

    CommunityAsker(final Random random, final LongSupplier amounts, final LongSupplier points) {
        this.random = random;
        this.amounts = amounts;
        this.points = points;
    }

    private boolean chance(final int of, final int outOf) {
        return random.nextInt(outOf) < of;
    }

    private String mostly(final String... values) {
        return chance(1, 20) ? NONE : values[random.nextInt(values.length)];
    }

    /** Whether it knows how to. */
    boolean fill(final Ask ask, final CommandType type) {
        switch (type) {
            case TOP_UP -> ask.rule(mostly(CommunityMaker.WALLETS)).amount(amounts.getAsLong());
            case SPEND_VALUE, REFUND_VALUE -> {
                final long amount = amounts.getAsLong();
                ask.rule(mostly(CommunityMaker.WALLETS)).amount(Math.max(1, amount / (1 + random.nextInt(10))));
            }
            case QUERY_BOARD -> ask.rule(mostly(CommunityMaker.BOARDS));
            case QUERY_SETTLEMENT -> ask.rule(mostly(CommunityMaker.ISSUERS));
            default -> {
                return false;
            }
        }
        return true;
    }

    void activity(final Ask ask, final boolean plain) {
        if (plain || chance(1, 3)) {
            ask.rule(mostly(ProgramMaker.ACTIVITIES)).points(chance(1, 20) ? 1 : 0);
        } else {
            final String rule = mostly(CommunityMaker.RULES);
            final boolean imported = rule.startsWith("p") && !chance(1, 10) || chance(1, 20);
            ask.rule(rule).points(imported ? points.getAsLong() : 0);
        }
    }
}
