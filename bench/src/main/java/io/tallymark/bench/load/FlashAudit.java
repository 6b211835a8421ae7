package io.tallymark.bench.load;

import io.tallymark.journal.JournalReader;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.file.Path;

/**
 * Reads the journal of a flash sale and holds it against what is right and against what the members were told. Knows
 * nothing of the ledger: everybody has the points for one item and tries once, so the first attempts of the journal are
 * sold, as many as there are items, and all behind them come too late.
 */
final class FlashAudit {
    private final FlashOutcomes outcomes;
    private final int items;
    private final Differences differences;
    private final boolean[] hasAttempt;
    private int orders;
    private int attempts;
    private int sold;
    private long soldPoints;
    private long firstSoldSequence;
    private long lastSoldSequence;
    private long records;

    private FlashAudit(final FlashOutcomes outcomes, final int items, final Differences differences) {
        this.outcomes = outcomes;
        this.items = items;
        this.differences = differences;
        this.hasAttempt = new boolean[outcomes.members()];
    }

    /** Reads the journal of a stopped server; what is not as it must be is added to the differences. */
    static FlashAudit of(
            final Path dataFolder, final FlashOutcomes outcomes, final int items, final Differences differences) {
        final FlashAudit audit = new FlashAudit(outcomes, items, differences);
        final Command command = new Command();
        final Outcome outcome = new Outcome();
        try (JournalReader reader = JournalReader.open(dataFolder)) {
            while (reader.next(command, outcome)) {
                audit.accept(command, outcome, reader.sequence());
            }
            audit.records = reader.sequence();
        }
        audit.finish();
        return audit;
    }

    private void accept(final Command command, final Outcome outcome, final long sequence) {
        switch (command.type()) {
            case ACCRUE -> {
                orders++;
                if (outcome.code != ResultCode.ACCEPTED || outcome.points != FlashProgram.PRICE_POINTS) {
                    differences.add("order at sequence " + sequence + ": " + outcome);
                }
            }
            case REDEEM -> attempt(command, outcome, sequence);
            case PUBLISH_PROGRAM, TICK -> {}
            default -> differences.add("sequence " + sequence + " is a " + command.type());
        }
    }

    private void attempt(final Command command, final Outcome outcome, final long sequence) {
        final long member = FlashProgram.member(command.memberId());
        final String documentId = command.text(VarField.DOCUMENT_ID);
        if (member < 0
                || member >= hasAttempt.length
                || !documentId.equals(FlashProgram.attemptId((int) member))
                || !FlashProgram.REWARD.equals(command.text(VarField.RULE_ID))) {
            differences.add(
                    "sequence " + sequence + ": nobody sent " + documentId + " of member " + command.memberId());
            return;
        }
        if (hasAttempt[(int) member]) {
            differences.add("sequence " + sequence + ": a second outcome of " + documentId);
        }
        hasAttempt[(int) member] = true;
        final ResultCode right = attempts < items ? ResultCode.ACCEPTED : ResultCode.OUT_OF_STOCK;
        attempts++;
        if (outcome.code != right) {
            differences.add("sequence " + sequence + ", attempt " + attempts + ": " + right + " expected, "
                    + outcome.code + " found");
        }
        if (outcome.code == ResultCode.ACCEPTED) {
            sold++;
            soldPoints -= outcome.points;
            firstSoldSequence = firstSoldSequence == 0 ? sequence : firstSoldSequence;
            lastSoldSequence = sequence;
        }
        compare((int) member, outcome.code, sequence);
    }

    private void compare(final int member, final ResultCode code, final long sequence) {
        if (outcomes.code(member) != code || outcomes.sequence(member) != sequence) {
            differences.add("member " + FlashProgram.memberId(member) + " was told " + outcomes.code(member)
                    + " at sequence " + outcomes.sequence(member) + ", the journal has " + code + " at " + sequence);
        }
    }

    private void finish() {
        differences.expect("orders in the journal", outcomes.members(), orders);
        differences.expect("attempts in the journal", outcomes.members(), attempts);
        for (int member = 0; member < hasAttempt.length; member++) {
            if (!hasAttempt[member]) {
                differences.add("member " + FlashProgram.memberId(member) + " was told " + outcomes.code(member)
                        + " at sequence " + outcomes.sequence(member) + ", the journal has nothing");
            }
        }
        differences.expect("sold in the journal", items, sold);
        differences.expect("points for it", items * FlashProgram.PRICE_POINTS, soldPoints);
        differences.expect("acknowledged as sold", items, outcomes.sold());
        differences.expect("members that were answered", outcomes.members(), outcomes.answered());
        differences.expect("answers beyond the first of a member", 0, outcomes.twice());
    }

    int sold() {
        return sold;
    }

    /** Attempts that were refused. */
    int tooLate() {
        return attempts - sold;
    }

    long soldPoints() {
        return soldPoints;
    }

    /** 0: nothing was. */
    long firstSoldSequence() {
        return firstSoldSequence;
    }

    long lastSoldSequence() {
        return lastSoldSequence;
    }

    /** All records of the journal. */
    long records() {
        return records;
    }
}
