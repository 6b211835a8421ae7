package io.tallymark.engine;

import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.ProgramView;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Runs a program's history under other rules, beside the {@link Replay} that runs it as it was: each record that the
 * replay found the same is executed once more on a ledger of its own, in which the other rules stand in place of every
 * version of the program. Keys, ids and times are those of the journal.
 *
 * <p>What was refused without a trace, such as a first order where the program did not enrol, is not in the journal and
 * cannot come to life here. A command that the other rules refuse without a trace takes no sequence in the other
 * ledger; the sequences of the report are the journal's. One thread.
 */
public final class WhatIf implements Replay.Listener {
    private final Ledger other;
    private final CompiledProgram rules;
    private final byte[] programName;
    private final int firstChangedLimit;
    private final Outcome outcome = new Outcome();
    private final Command publication = new Command();
    private final Command question = new Command();
    private final LongHashSet memberIds = new LongHashSet();
    private final Map<Kind, Long> changes = new HashMap<>();
    private final List<WhatIfReport.ChangedCommand> firstChanged = new ArrayList<>();
    private final WhatIfWallets wallets = new WhatIfWallets();
    private long commands;
    private boolean isPublished;

    private record Kind(CommandType type, ResultCode before, ResultCode after, boolean replayed) {}

    /**
     * @param other             an empty ledger of the journal's seed
     * @param rules             the rules to try; their name says which program they are for
     * @param firstChangedLimit how many changed commands the report names
     */
    public WhatIf(final Ledger other, final CompiledProgram rules, final int firstChangedLimit) {
        this.other = other;
        this.rules = rules;
        this.programName = rules.name().getBytes(StandardCharsets.UTF_8);
        this.firstChangedLimit = firstChangedLimit;
    }

    /**
     * Executes a record under the other rules.
     *
     * @throws IllegalArgumentException with a sentence for people, if the rules cannot stand in for the published ones
     * @throws ReplayException          if the other ledger fails
     */
    @Override
    public void onRecord(final long sequence, final long engineTimeMs, final Command command, final Outcome journaled) {
        if (!isOfProgram(command)) {
            apply(sequence, engineTimeMs, command);
        } else if (command.type() == CommandType.PUBLISH_PROGRAM) {
            // A refused publication changed nothing and changes nothing here: the rules in force are given.
            if (journaled.code == ResultCode.ACCEPTED) {
                checkSubstitute(command);
                apply(sequence, engineTimeMs, substitute(command));
                if (outcome.code != ResultCode.ACCEPTED) {
                    throw new ReplayException(sequence, "the other rules are refused: " + outcome.code, null);
                }
                isPublished = true;
            }
        } else {
            apply(sequence, engineTimeMs, command);
            commands++;
            compare(sequence, command.type(), journaled);
            remember(journaled.memberId);
            remember(outcome.memberId);
            remember(command.otherMemberId());
        }
    }

    private void apply(final long sequence, final long engineTimeMs, final Command command) {
        try {
            other.apply(command, other.lastSequence() + 1, engineTimeMs, outcome);
        } catch (final RuntimeException e) {
            throw new ReplayException(
                    sequence, command.type() + " makes the ledger under other rules fail: " + e.getMessage(), e);
        }
        if (outcome.code == ResultCode.CAPACITY) {
            throw new ReplayException(sequence, "the ledger under other rules is full: give it more", null);
        }
    }

    private boolean isOfProgram(final Command command) {
        if (command.length(VarField.PROGRAM) != programName.length) {
            return false;
        }
        final int offset = command.offset(VarField.PROGRAM);
        for (int i = 0; i < programName.length; i++) {
            if (command.bytes().getByte(offset + i) != programName[i]) {
                return false;
            }
        }
        return true;
    }

    /** Days and amounts that were booked must keep their meaning. */
    private void checkSubstitute(final Command published) {
        final CompiledProgram program = CompiledProgram.decode(
                published.bytes(),
                published.offset(VarField.COMPILED_PROGRAM),
                published.length(VarField.COMPILED_PROGRAM));
        if (program.utcOffsetMinutes() != rules.utcOffsetMinutes()) {
            throw new IllegalArgumentException("the rules have another utcOffset than program " + rules.name() + ": "
                    + rules.utcOffsetMinutes() + " instead of " + program.utcOffsetMinutes() + " minutes");
        }
        if (!program.currency().equals(rules.currency())) {
            throw new IllegalArgumentException("the rules have another currency than program " + rules.name() + ": "
                    + rules.currency() + " instead of " + program.currency());
        }
    }

    /** The same publication with the other rules; it names no version to replace, for there is but one. */
    private Command substitute(final Command published) {
        final byte[] compiled = rules.encode();
        publication.lend(new UnsafeBuffer(new byte[published.bytesLength() + compiled.length]));
        publication.reset(CommandType.PUBLISH_PROGRAM);
        for (int i = 0; i < VarField.COUNT; i++) {
            final VarField field = VarField.of(i);
            if (field == VarField.COMPILED_PROGRAM) {
                publication.put(field, new UnsafeBuffer(compiled), 0, compiled.length);
            } else if ((published.present() & 1 << i) != 0) {
                publication.put(field, published.bytes(), published.offset(field), published.length(field));
            }
        }
        return publication;
    }

    private void compare(final long sequence, final CommandType type, final Outcome journaled) {
        final long pointsBefore = WhatIfWallets.pointsOf(journaled);
        final long pointsAfter = WhatIfWallets.pointsOf(outcome);
        final List<WhatIfReport.WalletMove> walletMoves = WhatIfWallets.otherMoves(journaled, outcome);
        wallets.add(type, journaled, outcome);
        if (journaled.code == outcome.code
                && pointsBefore == pointsAfter
                && walletMoves.isEmpty()
                && !outcome.replayed) {
            return;
        }
        changes.merge(new Kind(type, journaled.code, outcome.code, outcome.replayed), 1L, Long::sum);
        if (firstChanged.size() < firstChangedLimit) {
            firstChanged.add(new WhatIfReport.ChangedCommand(
                    sequence, type, journaled.code, pointsBefore, outcome.code, pointsAfter, walletMoves));
        }
    }

    private void remember(final long memberId) {
        if (memberId > 0) {
            memberIds.add(memberId);
        }
    }

    /**
     * What came of it, after the replay has ended.
     *
     * @param asWritten the ledger of the replay
     * @throws IllegalArgumentException with a sentence for people, if the program was never published
     * @throws IllegalStateException    if the books of the other ledger do not balance
     */
    public WhatIfReport report(final Ledger asWritten) {
        if (!isPublished) {
            throw new IllegalArgumentException("up to sequence " + asWritten.lastSequence()
                    + " the journal has no program " + rules.name() + "; its programs: " + names(asWritten));
        }
        other.verifyZeroSum();
        return new WhatIfReport(
                rules.name(),
                asWritten.lastSequence(),
                commands,
                changes.entrySet().stream()
                        .map(e -> change(e.getKey(), e.getValue()))
                        .sorted(Comparator.comparingLong(WhatIfReport.Change::commands)
                                .reversed()
                                .thenComparing(WhatIfReport.Change::type)
                                .thenComparing(WhatIfReport.Change::before)
                                .thenComparing(WhatIfReport.Change::after)
                                .thenComparing(WhatIfReport.Change::replayed))
                        .toList(),
                List.copyOf(firstChanged),
                totals(asWritten),
                totals(other),
                wallets.totals(),
                tierChanges(asWritten));
    }

    private static WhatIfReport.Change change(final Kind kind, final long count) {
        return new WhatIfReport.Change(kind.type(), kind.before(), kind.after(), kind.replayed(), count);
    }

    private static String names(final Ledger ledger) {
        final StringBuilder names = new StringBuilder();
        for (int i = 0; i < ledger.programCount(); i++) {
            names.append(i == 0 ? "" : ", ").append(ledger.program(i).id());
        }
        return names.isEmpty() ? "none" : names.toString();
    }

    private WhatIfReport.Totals totals(final Ledger ledger) {
        int i = 0;
        while (!ledger.program(i).id().equals(rules.name())) {
            i++;
        }
        final ProgramView p = ledger.program(i);
        return new WhatIfReport.Totals(
                p.members(),
                p.issuedPoints(),
                p.redeemedPoints(),
                p.expiredPoints(),
                p.forfeitedPoints(),
                p.cancelledPoints(),
                p.clawedBackPoints(),
                p.adjustedDownPoints(),
                p.writtenOffPoints(),
                p.debtPoints(),
                p.availablePoints(),
                p.pendingPoints(),
                p.heldPoints());
    }

    private List<WhatIfReport.TierChange> tierChanges(final Ledger asWritten) {
        record Tiers(String before, String after) {}
        final Map<Tiers, Long> counts = new HashMap<>();
        final LongHashSet.LongIterator ids = memberIds.iterator();
        while (ids.hasNext()) {
            final long memberId = ids.nextValue();
            final String before = tier(asWritten, memberId);
            final String after = tier(other, memberId);
            if (before == null ? after != null : !before.equals(after)) {
                counts.merge(new Tiers(before, after), 1L, Long::sum);
            }
        }
        return counts.entrySet().stream()
                .map(e -> new WhatIfReport.TierChange(
                        e.getKey().before(), e.getKey().after(), e.getValue()))
                .sorted(Comparator.comparingLong(WhatIfReport.TierChange::members)
                        .reversed()
                        .thenComparing(t -> String.valueOf(t.before()))
                        .thenComparing(t -> String.valueOf(t.after())))
                .toList();
    }

    /** The tier of a member; null where there is no such member of its own. */
    private String tier(final Ledger ledger, final long memberId) {
        question.lend(new UnsafeBuffer(new byte[Limits.MAX_PROGRAM_BYTES]));
        question.reset(CommandType.QUERY_MEMBER).memberId(memberId).put(VarField.PROGRAM, rules.name());
        ledger.apply(question, ledger.lastSequence() + 1, ledger.engineTimeMs(), outcome);
        // A merged id answers with the member that it now means, which is asked for itself.
        return outcome.memberId == memberId ? new String(outcome.tierId, StandardCharsets.UTF_8) : null;
    }
}
