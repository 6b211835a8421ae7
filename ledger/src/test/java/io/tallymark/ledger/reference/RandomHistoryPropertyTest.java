package io.tallymark.ledger.reference;

import io.tallymark.protocol.CommandType;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * The ledger against the reference over random histories: the same answer to every command, books that balance, and the
 * same state after a replay. A failure prints its seed and the shortest history that still goes wrong;
 * {@code -Dtallymark.seed=N} runs that one alone, {@code -Dtallymark.enabled=plain} or a list of operations narrows down.
 */
final class RandomHistoryPropertyTest {
    private static final int COMMANDS = 400;
    private static final Set<CommandType> ENABLED = Enabled.of(System.getProperty("tallymark.enabled", "all"));
    private static final boolean RICH = !Boolean.getBoolean("tallymark.plainPrograms");

    @Property(
            tries = 2_500,
            seed = "20261122",
            edgeCases = EdgeCasesMode.NONE,
            shrinking = ShrinkingMode.OFF,
            afterFailure = AfterFailureMode.RANDOM_SEED)
    void everyAnswerIsThatOfTheReference(@ForAll("seeds") final long seed) {
        run(Long.getLong("tallymark.seed", seed));
    }

    @Tag("long")
    @Property(
            tries = 100_000,
            edgeCases = EdgeCasesMode.NONE,
            shrinking = ShrinkingMode.OFF,
            afterFailure = AfterFailureMode.RANDOM_SEED)
    void andSoItIsForLong(@ForAll("seeds") final long seed) {
        run(seed);
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.randomValue(Random::nextLong);
    }

    private static void run(final long seed) {
        final HistoryMaker.Made made = HistoryMaker.make(seed, COMMANDS, ENABLED, RICH);
        try {
            History.compare(made.steps(), made.answers());
        } catch (final History.Difference e) {
            throw new AssertionError(explain(seed, made.steps(), e), e);
        }
    }

    private static String explain(final long seed, final List<History.Step> steps, final History.Difference e) {
        final List<History.Step> cut = History.cut(steps, e);
        String what = e.getMessage();
        try {
            History.compare(cut);
        } catch (final History.Difference shorter) {
            what = shorter.getMessage();
        }
        return "seed " + seed + ", step " + e.step + ": " + what + "\nafter these " + cut.size() + " commands:\n"
                + History.script(cut);
    }
}
