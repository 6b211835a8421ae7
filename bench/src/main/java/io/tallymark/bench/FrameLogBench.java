package io.tallymark.bench;

import io.tallymark.journal.FrameLog;
import io.tallymark.journal.FrameLogs;
import io.tallymark.journal.JournalOptions;
import io.tallymark.protocol.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One frame appended and forced, Chronicle's log beside a plain file, in one run. The device decides most of it and
 * shared devices are noisy: compare the two kinds of one run, not runs.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class FrameLogBench {
    private static final long FILE_BYTES = 256L << 20;

    /** Which log. */
    @Param({"CHRONICLE", "PLAIN"})
    public String kind;

    /** Bytes of one frame. */
    @Param({"8192", "65536", "524288"})
    public int frameBytes;

    private Path folder;
    private FrameLog log;
    private UnsafeBuffer frame;

    /** Opens a log in the folder that the system property {@code bench.dir} names, else in the temporary one. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        final String parent = System.getProperty("bench.dir", System.getProperty("java.io.tmpdir"));
        folder = Files.createTempDirectory(Path.of(parent), "frame-log-bench");
        final FrameLogs logs = kind.equals("CHRONICLE") ? FrameLogs.chronicle(folder) : FrameLogs.plainFiles(folder);
        log = logs.create(1, new JournalOptions(Durability.FSYNC, FILE_BYTES, 512 << 10));
        frame = new UnsafeBuffer(ByteBuffer.allocateDirect(512 << 10));
        frame.setMemory(0, frame.capacity(), (byte) 0x5A);
    }

    /** Deletes it. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        log.close();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (final Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }

    /** The copy into the log alone. */
    @Benchmark
    public long append() {
        roll();
        log.append(frame, frameBytes);
        return log.position();
    }

    /** What a group commit costs. */
    @Benchmark
    public long appendAndForce() {
        roll();
        log.append(frame, frameBytes);
        log.force();
        return log.position();
    }

    private void roll() {
        if (log.position() + frameBytes > FILE_BYTES) {
            log.roll();
            log.force();
            log.free(log.file());
        }
    }
}
