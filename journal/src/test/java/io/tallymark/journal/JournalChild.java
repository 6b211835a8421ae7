package io.tallymark.journal;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/** A process that writes a journal until it is killed and prints what may be acknowledged. */
final class JournalChild {
    private static final long MOST = 200_000;

    private JournalChild() {}

    public static void main(final String[] args) throws Exception {
        final Path dir = Path.of(args[0]);
        final DataFolder folder = DataFolder.lock(dir);
        final JournalEnd end;
        try (JournalReader reader = JournalReader.open(dir)) {
            Samples.readAccruals(reader);
            end = reader.end();
        }
        final Journal journal = Journal.start(folder, Samples.SMALL, end, 1, 2);
        if (args[1].equals("hold")) {
            hold(journal);
        } else {
            run(journal, end.lastSequence());
        }
    }

    private static void hold(final Journal journal) throws Exception {
        Samples.append(journal, 1, 500, 20);
        journal.force();
        System.out.println("forced 500");
        Samples.append(journal, 501, 700, 20);
        System.out.println("unforced 700");
        System.in.read();
        journal.force();
        System.out.println("forced 700");
        Thread.currentThread().join();
    }

    private static void run(final Journal journal, final long last) throws Exception {
        System.out.println("start " + last);
        final AtomicReference<Throwable> failed = new AtomicReference<>();
        final Thread writer = new Thread(() -> {
            for (long sequence = last + 1; sequence < last + MOST; sequence += 100) {
                Samples.append(journal, sequence, sequence + 99, 100);
                // Not faster than the device for long, or the files outgrow the test.
                while (sequence - journal.forcedThrough() > 10_000) {
                    Thread.onSpinWait();
                }
            }
        });
        writer.setUncaughtExceptionHandler((thread, e) -> failed.set(e));
        writer.setDaemon(true);
        writer.start();
        while (failed.get() == null) {
            final long before = journal.forcedThrough();
            journal.force();
            if (journal.forcedThrough() != before) {
                System.out.println("forced " + journal.forcedThrough());
            }
        }
        throw new AssertionError(failed.get());
    }
}
