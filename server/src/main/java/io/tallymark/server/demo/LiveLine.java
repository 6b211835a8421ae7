package io.tallymark.server.demo;

import io.tallymark.server.Terminal;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How far the posting is, on standard error: one line that is written over on a terminal, else a plain line every few
 * seconds. At most 79 columns. One thread.
 */
final class LiveLine implements AutoCloseable {
    private static final int BAR_WIDTH = 28;
    private static final int WIDTH = 79;
    private static final long TERMINAL_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long PLAIN_EVERY_NS = TimeUnit.SECONDS.toNanos(2);

    private final PrintStream stream;
    private final boolean terminal;
    private final long everyNs;
    private final long total;
    private long atNs;
    private long lastNs;
    private long lastDone;

    private LiveLine(final PrintStream stream, final boolean terminal, final long total, final long nowNs) {
        this.stream = stream;
        this.terminal = terminal;
        this.total = total;
        this.everyNs = terminal ? TERMINAL_EVERY_NS : PLAIN_EVERY_NS;
        this.lastNs = nowNs;
        this.atNs = nowNs + everyNs;
    }

    static LiveLine begin(final long total, final long nowNs) {
        return new LiveLine(System.err, Terminal.isErrorTerminal(), total, nowNs);
    }

    /** For tests: on a stream of their own. */
    static LiveLine begin(final PrintStream stream, final boolean terminal, final long total, final long nowNs) {
        return new LiveLine(stream, terminal, total, nowNs);
    }

    /** Whether it is time for {@link #show}. */
    boolean isDue(final long nowNs) {
        return nowNs - atNs >= 0;
    }

    /** Shows the state; the rate is that since the line before. */
    void show(final long done, final double p99Ms, final boolean peak, final long nowNs) {
        final double rate = (done - lastDone) * 1e9 / Math.max(1, nowNs - lastNs);
        lastDone = done;
        lastNs = nowNs;
        atNs = nowNs + everyNs;
        final String line = String.format(
                Locale.ROOT,
                "  [%s] %3d %% %,9.0f/s  p99 %8.2f ms  %s",
                bar(done),
                done * 100 / total,
                rate,
                p99Ms,
                peak ? "PEAK" : "");
        if (terminal) {
            stream.print("\r" + pad(line));
            stream.flush();
        } else {
            stream.println(line.stripTrailing());
        }
    }

    private String bar(final long done) {
        final int full = (int) (done * BAR_WIDTH / total);
        return "#".repeat(full) + ".".repeat(BAR_WIDTH - full);
    }

    private static String pad(final String line) {
        return line + " ".repeat(Math.max(0, WIDTH - line.length()));
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (terminal) {
            stream.print("\r" + " ".repeat(WIDTH) + "\r");
            stream.flush();
        }
    }
}
