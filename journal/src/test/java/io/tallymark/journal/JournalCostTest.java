package io.tallymark.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.WalletBalances;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a record costs in bytes, on disk and of the heap, and what fits a frame. */
final class JournalCostTest {
    private static final JournalOptions FULL = JournalOptions.of(Durability.PAGE_CACHE);

    @TempDir
    Path dir;

    private Journal start(final DataFolder folder, final JournalOptions options) {
        try (JournalReader reader = JournalReader.open(dir)) {
            assertFalse(reader.next(new Command(), new Outcome()));
            return Journal.start(folder, options, reader.end(), 1, 2);
        }
    }

    @Test
    void aSimpleAccrualInFullBatchesTakesAtMost96BytesOfTheFiles() throws IOException {
        final int records = 1_000_000;
        try (DataFolder folder = DataFolder.lock(dir);
                Journal journal = start(folder, FULL)) {
            Samples.append(journal, 1, records, Integer.MAX_VALUE);
        }
        long bytes = 0;
        try (Stream<Path> files = Files.walk(dir)) {
            for (final Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                bytes += usedBytes(file);
            }
        }
        System.out.println("bytes per simple accrual: " + (double) bytes / records);
        assertTrue(bytes <= 96L * records, "bytes per record " + (double) bytes / records);
    }

    /** Bytes up to the last one that is not zero: what lies behind it is room taken ahead, not used. */
    private static long usedBytes(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        int used = bytes.length;
        while (used > 0 && bytes[used - 1] == 0) {
            used--;
        }
        return used;
    }

    @Test
    void nothingIsAllocatedPerRecordAfterWarmUp() {
        final Command c = new Command();
        final Outcome o = new Outcome();
        try (DataFolder folder = DataFolder.lock(dir);
                Journal journal = start(folder, FULL)) {
            Samples.append(journal, 1, 400_000, 1_000);
            journal.force();
            final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (long sequence = 400_001; sequence <= 600_000; ) {
                journal.frames().begin(Samples.time(sequence));
                for (int i = 0; i < 1_000; i++) {
                    Samples.accrual(sequence, c, o);
                    journal.frames().add(c, o);
                    sequence++;
                }
                journal.frames().end();
                journal.force();
            }
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            System.out.println("bytes allocated for 200,000 records in 200 frames: " + allocated);
            // Mapping the next block of a file costs some objects; records and frames must not.
            assertTrue(allocated < 64_000, "allocated " + allocated);
        }
    }

    /** Nor where it has wallets, neither written nor read. */
    @Test
    void walletsAreWrittenAndReadWithoutAllocation() {
        final Command c = new Command();
        final Outcome o = new Outcome();
        Samples.accrual(1, c, o);
        for (int i = 0; i < WalletBalances.MAX_WALLETS; i++) {
            o.wallets.add(("wallet-" + i).getBytes(StandardCharsets.US_ASCII), i, 70, -5_000, 0, 1);
        }
        final RecordWriter writer = new RecordWriter();
        final RecordReader reader = new RecordReader();
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[4_096]);
        final Command readCommand = new Command();
        final Outcome read = new Outcome();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int round = 0; round < 40_000; round++) {
            if (round == 20_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            writer.begin(Samples.T0);
            final int end = writer.write(frame, 0, c, o, Samples.T0);
            reader.begin(frame, 0, end, Samples.T0);
            assertNull(reader.read(readCommand, read));
        }
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(o.sameResultAs(read));
        assertTrue(allocated < 20_000, "20,000 records allocated " + allocated + " bytes");
    }

    @Test
    void theLargestCommandAlwaysFitsAnEmptyFrameAndAFullFrameSaysSo() {
        final JournalOptions smallest =
                new JournalOptions(Durability.FSYNC, 1 << 20, JournalOptions.MIN_MAX_FRAME_BYTES);
        final Command large = new Command();
        large.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
        large.reset(CommandType.ACCRUE).memberId(Long.MAX_VALUE).amountMinor(-1).points(Long.MIN_VALUE);
        large.flags(-1)
                .lineCount(-1)
                .eventTimeMs(Long.MAX_VALUE)
                .otherMemberId(-1)
                .cashMinor(-1);
        large.untilMs(Long.MAX_VALUE).ttlMs(-1).birthday(-1).version(-1);
        large.put(VarField.LINES, new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]), 0, Limits.MAX_COMMAND_BYTES);
        final Outcome o = new Outcome();
        Samples.accrual(1, new Command(), o);
        for (int i = 0; i < WalletBalances.MAX_WALLETS; i++) {
            final long most = Long.MIN_VALUE;
            o.wallets.add(new byte[Limits.MAX_TEXT_BYTES], most, most, most, most, most);
        }
        final Command small = new Command();
        try (DataFolder folder = DataFolder.lock(dir);
                Journal journal = start(folder, smallest)) {
            final FrameWriter frames = journal.frames();
            frames.begin(Samples.T0);
            assertTrue(frames.add(large, o));
            final int bytes = frames.bytes();
            Samples.accrual(2, small, o);
            while (frames.add(small, o)) {
                o.sequence++;
            }
            assertTrue(frames.bytes() >= bytes);
            final long last = frames.records();
            assertEquals(last, frames.end());
            journal.force();
            frames.begin(Samples.T0);
            Samples.accrual(last + 1, small, o);
            assertTrue(frames.add(small, o));
            assertEquals(last + 1, frames.end());
        }
        try (JournalReader reader = JournalReader.open(dir)) {
            final Command c = new Command();
            assertTrue(reader.next(c, o));
            assertTrue(Samples.same(large, c));
            long count = 1;
            while (reader.next(c, o)) {
                count++;
                assertEquals(20, c.length(VarField.DOCUMENT_ID));
            }
            assertEquals(count, reader.end().lastSequence());
        }
    }
}
