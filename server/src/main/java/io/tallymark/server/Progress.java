package io.tallymark.server;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows on standard error how far long work has come: a bar on a terminal, else a plain line every few seconds. Used
 * by one thread.
 */
public final class Progress implements AutoCloseable {
    private static final int BAR_WIDTH = 100;
    private static final int BAR_INTERVAL_MS = 200;
    private static final long LINE_INTERVAL_NS = Duration.ofSeconds(5).toNanos();

    private final PrintStream stream;
    private final String task;
    private final String unit;
    private final long unitSize;
    private final long max;
    private final ProgressBar bar;
    private long lineAtNs = System.nanoTime() + LINE_INTERVAL_NS;

    private Progress(
            final PrintStream stream,
            final boolean terminal,
            final String task,
            final long max,
            final String unit,
            final long unitSize) {
        this.stream = stream;
        this.task = task;
        this.unit = unit;
        this.unitSize = unitSize;
        this.max = max;
        this.bar = terminal
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(max)
                        .setUnit(unit, unitSize)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(BAR_INTERVAL_MS)
                        .setMaxRenderedLength(BAR_WIDTH)
                        .setConsumer(new ConsoleProgressBarConsumer(stream, BAR_WIDTH))
                        .build()
                : null;
    }

    /**
     * Begins.
     *
     * @param max      where the work ends; negative: not known
     * @param unit     what is counted, with a leading blank
     * @param unitSize how many make one unit
     */
    public static Progress begin(final String task, final long max, final String unit, final long unitSize) {
        return new Progress(System.err, Terminal.isErrorTerminal(), task, max, unit, unitSize);
    }

    /** For tests: on a stream of their own. */
    static Progress begin(final PrintStream stream, final boolean terminal, final String task, final long max) {
        return new Progress(stream, terminal, task, max, "", 1);
    }

    /** Says how far the work is; cheap enough for every few hundred steps. */
    public void update(final long done, final String more) {
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(" " + more);
            return;
        }
        final long nowNs = System.nanoTime();
        if (nowNs - lineAtNs >= 0) {
            lineAtNs = nowNs + LINE_INTERVAL_NS;
            final String of = max < 0 ? "" : "/" + max / unitSize;
            stream.println(task + ": " + done / unitSize + of + unit + (more.isEmpty() ? "" : ", " + more));
        }
    }

    /** Ends the bar, also in the middle of the work. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
