package io.tallymark.bench.load;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A line on standard error every two seconds, so that a long phase is seen to go on. One thread. */
final class Progress {
    private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(2);

    private final String what;
    private final long total;
    private long dueNs = System.nanoTime() + EVERY_NS;

    Progress(final String what, final long total) {
        this.what = what;
        this.total = total;
    }

    /** Says how far it is, if it is time to. */
    void show(final long done) {
        final long nowNs = System.nanoTime();
        if (nowNs - dueNs >= 0) {
            dueNs = nowNs + EVERY_NS;
            System.err.printf(Locale.ROOT, "  … %,d of %,d %s%n", done, total, what);
        }
    }
}
