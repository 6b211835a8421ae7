package io.tallymark.ledger.reference;

import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.Rows;
import io.tallymark.protocol.WalletBalances;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A sequence of commands with their times, that two ledgers can go through again and again. */
final class History {
    /** 2026-03-15 06:00 UTC. */
    static final long START_MS = 1_773_554_400_000L;

    static final LedgerOptions OPTIONS = new LedgerOptions(50, 10_000, 100_000);

    /** Prepared for more, so that the layout is another. */
    static final LedgerOptions OTHER_OPTIONS = new LedgerOptions(5_000, 20_000, 1_000_000);

    private static final int EXPIRED_USES = 4;
    private static final int AUDIT_EVERY = 16;
    private static final long CUTTING_NS = 20_000_000_000L;

    /** A command and the engine time at which it comes. */
    record Step(long nowMs, Command command) {}

    /** What went differently, and behind which step. */
    static final class Difference extends AssertionError {
        private static final long serialVersionUID = 1L;
        final int step;

        Difference(final int step, final String what, final Throwable cause) {
            super(what, cause);
            this.step = step;
        }
    }

    private History() {}

    /** Through the reference and the ledger, command by command. */
    static void compare(final List<Step> steps) {
        compare(steps, answers(steps));
    }

    private static List<String> answers(final List<Step> steps) {
        final ReferenceLedger reference = new ReferenceLedger();
        final List<String> answers = new ArrayList<>();
        boolean tickBefore = false;
        final Outcome o = new Outcome();
        long sequence = 0;
        for (final Step step : steps) {
            reference.apply(step.command, sequence + 1, step.nowMs, o);
            answers.add(text(o, tickBefore));
            tickBefore = step.command.type() == CommandType.TICK;
            sequence += o.journaled ? 1 : 0;
        }
        return answers;
    }

    /** The ledger against answers of the reference, command by command. */
    static void compare(final List<Step> steps, final List<String> answers) {
        final Ledger ledger = new Ledger(OPTIONS, 11, 22);
        final Outcome actual = new Outcome();
        long sequence = 0;
        for (int i = 0; i < steps.size(); i++) {
            final Step step = steps.get(i);
            try {
                ledger.apply(step.command, sequence + 1, step.nowMs, actual);
                if (i % AUDIT_EVERY == 0 || i == steps.size() - 1) {
                    ledger.verifyZeroSum();
                }
            } catch (final RuntimeException | AssertionError e) {
                throw new Difference(i, "the ledger threw " + e, e);
            }
            final String wanted = answers.get(i);
            final boolean tickBefore = i > 0 && steps.get(i - 1).command.type() == CommandType.TICK;
            final String got = text(actual, tickBefore);
            if (!wanted.equals(got)) {
                throw new Difference(i, "the reference says\n  " + wanted + "\nthe ledger says\n  " + got, null);
            }
            sequence += actual.journaled ? 1 : 0;
        }
        replay(steps, ledger);
    }

    /** The journaled ones again in another ledger: the same state in the end. */
    private static void replay(final List<Step> steps, final Ledger first) {
        final Ledger second = new Ledger(OTHER_OPTIONS, 11, 22);
        final Ledger third = new Ledger(OPTIONS, 11, 22);
        final Outcome o = new Outcome();
        long sequence = 0;
        for (final Step step : steps) {
            third.apply(step.command, sequence + 1, step.nowMs, o);
            if (o.journaled) {
                sequence++;
                second.apply(step.command, sequence, step.nowMs, o);
            }
        }
        if (!first.stateHash().equals(second.stateHash())) {
            throw new Difference(steps.size() - 1, "a replay leads to another state", null);
        }
    }

    /**
     * All that both must say. Of a replay only what it repeats. What of a coupon has expired the ledger counts where it
     * comes by, so behind a tick alone.
     */
    static String text(final Outcome o, final boolean tickBefore) {
        final StringBuilder text = new StringBuilder();
        text.append(o.code).append(o.journaled ? " journaled" : "").append(o.replayed ? " replayed" : "");
        text.append(" sequence=").append(o.sequence).append(" points=").append(o.points);
        text.append(" version=").append(o.programVersion).append(" member=").append(o.memberId);
        text.append(" available=").append(o.availablePoints).append(" pending=").append(o.pendingPoints);
        text.append(" held=").append(o.heldPoints).append(" debt=").append(o.debtPoints);
        text.append(" tier=").append(o.tierRank).append(new String(o.tierId, StandardCharsets.UTF_8));
        text.append(" lifetime=").append(o.lifetimeSpendMinor).append('/').append(o.lifetimePoints);
        text.append('/').append(o.lifetimeVisits);
        text.append(" cash=").append(o.cashMinor);
        wallets(text, o.wallets);
        if (o.replayed && o.rows.kind() == RowKind.PRIZE) {
            rows(text, o.rows, tickBefore);
        }
        if (!o.replayed) {
            text.append(" base=").append(o.basePoints).append(" tierShare=").append(o.tierPoints);
            text.append(" campaigns=")
                    .append(o.campaignPoints)
                    .append(" clipped=")
                    .append(o.clippedPoints);
            text.append(" bonus=").append(o.bonusPoints).append(" addedDebt=").append(o.addedDebtPoints);
            text.append(" writtenOff=")
                    .append(o.writtenOffPoints)
                    .append(" value=")
                    .append(o.valueMinor);
            rows(text, o.rows, tickBefore);
        }
        return text.toString();
    }

    private static void wallets(final StringBuilder text, final WalletBalances wallets) {
        if (wallets.subject() != WalletBalances.NONE) {
            text.append(" of=").append(wallets.subject());
        }
        for (int i = 0; i < wallets.count(); i++) {
            text.append(" {").append(new String(wallets.id(i), StandardCharsets.UTF_8));
            text.append(" moved=").append(wallets.movedPoints(i));
            text.append(" available=").append(wallets.availablePoints(i));
            text.append(" pending=").append(wallets.pendingPoints(i));
            text.append(" held=").append(wallets.heldPoints(i));
            text.append(" debt=").append(wallets.debtPoints(i)).append('}');
        }
    }

    private static void rows(final StringBuilder text, final Rows rows, final boolean tickBefore) {
        for (int i = 0; i < rows.count(); i++) {
            if (rows.kind() == RowKind.ORDER && !isOfWallet(rows.text(i))) {
                continue;
            }
            text.append(text.charAt(text.length() - 1) == ']' ? "" : " " + rows.kind())
                    .append(" [");
            text.append(new String(rows.text(i), StandardCharsets.UTF_8));
            for (int column = 0; column < rows.kind().columnCount(); column++) {
                final boolean behind = !tickBefore && rows.kind() == RowKind.COUPON && column == EXPIRED_USES;
                text.append(' ').append(behind ? 0 : rows.value(i, column));
            }
            text.append(']');
        }
    }

    /** Of orders the reference tells what they earned in further wallets, and no more. */
    private static boolean isOfWallet(final byte[] text) {
        return new String(text, StandardCharsets.UTF_8).startsWith(RowKind.WALLET_PREFIX);
    }

    /** The shortest sequence that still goes wrong, found by leaving out. */
    static List<Step> cut(final List<Step> steps, final Difference difference) {
        List<Step> kept = new ArrayList<>(steps.subList(0, difference.step + 1));
        final long end = System.nanoTime() + CUTTING_NS;
        for (int size = kept.size() / 2; size > 0; size /= 2) {
            for (int from = kept.size() - 1 - size; from >= 0 && System.nanoTime() < end; from -= size) {
                final List<Step> shorter = new ArrayList<>(kept);
                shorter.subList(from, from + size).clear();
                if (fails(shorter)) {
                    kept = shorter;
                    from = Math.min(from, kept.size() - 1);
                }
            }
        }
        return kept;
    }

    private static boolean fails(final List<Step> steps) {
        try {
            compare(steps);
            return false;
        } catch (final Difference e) {
            return true;
        }
    }

    /** As a script to read. */
    static String script(final List<Step> steps) {
        final StringBuilder text = new StringBuilder();
        long before = START_MS;
        for (final Step step : steps) {
            text.append(java.time.Instant.ofEpochMilli(step.nowMs))
                    .append(" (+")
                    .append(step.nowMs - before);
            text.append(" ms) ").append(Ask.script(step.command)).append('\n');
            before = step.nowMs;
        }
        return text.toString();
    }
}
