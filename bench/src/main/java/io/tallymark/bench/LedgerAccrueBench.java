package io.tallymark.bench;

import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Accruals of random members through the ledger alone, on one thread: unique documents of 20 characters, keys in a
 * steady state where each accrual brings one and one goes. A full circle of keys is made before measuring starts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-Xms6g",
            "-Xmx6g",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseTransparentHugePages",
            "-XX:+UseParallelGC"
        })
public class LedgerAccrueBench {
    /** As many as the engine's writer touches ahead. */
    private static final int BATCH = 64;

    private static final int DOCUMENT_BYTES = 20;
    private static final long START_MS = 1_790_000_000_000L;
    private static final int KEY_DAYS = 1;

    /** Keys live whole days and so 1 to 2 of them with {@link #KEY_DAYS}: two days bring all keys in memory at most. */
    private static final int CIRCLE_DAYS = 2;

    /** Members, each with a balance. */
    @Param({"1000000", "10000000"})
    public int members;

    /** Keys in memory, living or waiting for deletion. */
    @Param("10000000")
    public int keys;

    /** Whether a batch is touched before it is applied. */
    @Param({"true", "false"})
    public boolean touch;

    /** Which rules the orders earn by, in lower case: {@code mima}, {@code campaigns}, {@code rolling}. */
    @Param("mima")
    public String rules;

    private final Command[] batch = new Command[BATCH];
    private final Outcome outcome = new Outcome();
    private final UnsafeBuffer lines = new UnsafeBuffer(new byte[256]);
    private BenchRules kind;
    private Ledger ledger;
    private long sequence;
    private final UnsafeBuffer document = new UnsafeBuffer("ORDER-00000000000000".getBytes(StandardCharsets.US_ASCII));
    private long random = 0x9E3779B97F4A7C15L;
    private long timeMs = START_MS;
    private double msPerCommand;
    private double timeFraction;

    /** Enrols the members and brings the keys into their steady state. */
    @Setup(Level.Trial)
    public void fill() {
        kind = BenchRules.valueOf(rules.toUpperCase(Locale.ROOT));
        ledger = new Ledger(new LedgerOptions(members, members, 200_000_000L), 1, 2);
        msPerCommand = (double) CIRCLE_DAYS * CompiledProgram.DAY_MS / keys;
        publish();
        for (int i = 0; i < BATCH; i++) {
            batch[i] = new Command();
        }
        for (int first = 0; first < members; first += BATCH) {
            for (int i = 0; i < BATCH; i++) {
                prepare(batch[i], 1 + (first + i) % members);
            }
            applyBatch();
        }
        for (int i = 0; i < 2 * keys / BATCH; i++) {
            accrue();
        }
    }

    private void publish() {
        final byte[] compiled = kind.program(KEY_DAYS).encode();
        final Command publication = new Command();
        publication.lend(new UnsafeBuffer(new byte[Command.INLINE_BYTES + compiled.length]));
        publication
                .reset(CommandType.PUBLISH_PROGRAM)
                .put(VarField.PROGRAM, BenchRules.PROGRAM)
                .put(VarField.SOURCE, "bench")
                .put(VarField.DOCUMENT_ID, "p1")
                .put(VarField.COMPILED_PROGRAM, new UnsafeBuffer(compiled), 0, compiled.length);
        ledger.apply(publication, ++sequence, timeMs, outcome);
        check();
    }

    /** One batch of accruals. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long accrue() {
        for (int i = 0; i < BATCH; i++) {
            random ^= random << 13;
            random ^= random >>> 7;
            random ^= random << 17;
            prepare(batch[i], 1 + Math.multiplyHigh(random >>> 1, 2L * members));
        }
        return applyBatch();
    }

    private long applyBatch() {
        timeFraction += BATCH * msPerCommand;
        final long wholeMs = (long) timeFraction;
        timeFraction -= wholeMs;
        timeMs += wholeMs;
        if (touch) {
            for (int i = 0; i < BATCH; i++) {
                ledger.touch(batch[i]);
            }
        }
        long points = 0;
        for (int i = 0; i < BATCH; i++) {
            ledger.apply(batch[i], ++sequence, timeMs, outcome);
            check();
            points += outcome.points;
        }
        return points;
    }

    private void check() {
        if (outcome.code != ResultCode.ACCEPTED || !outcome.journaled) {
            throw new IllegalStateException(outcome.toString());
        }
    }

    /** Amounts follow the member; those of orders with lines were laid down with the lines, once for each slot. */
    private void prepare(final Command c, final long memberId) {
        if (c.type() != CommandType.ACCRUE) {
            lay(c, memberId);
        }
        c.memberId(memberId).eventTimeMs(timeMs);
        if (!kind.hasLines()) {
            c.amountMinor(100 + (memberId & 0xFFF));
        }
        nextDocument();
        c.bytes().putBytes(c.offset(VarField.DOCUMENT_ID), document, 0, DOCUMENT_BYTES);
    }

    private void lay(final Command c, final long memberId) {
        c.reset(CommandType.ACCRUE)
                .put(VarField.PROGRAM, BenchRules.PROGRAM)
                .put(VarField.SOURCE, "pos-0001")
                .put(VarField.DOCUMENT_ID, "ORDER-00000000000000");
        if (kind.hasLines()) {
            final long amountMinor = 400 + 61 * (memberId % BATCH);
            c.amountMinor(amountMinor);
            c.put(VarField.LINES, lines, 0, BenchRules.putLines(lines, amountMinor))
                    .lineCount(BenchRules.LINES);
        }
    }

    /** Counts in place, so that making a document id costs next to nothing beside what is measured. */
    private void nextDocument() {
        int at = DOCUMENT_BYTES - 1;
        while (document.getByte(at) == '9') {
            document.putByte(at--, (byte) '0');
        }
        document.putByte(at, (byte) (document.getByte(at) + 1));
    }
}
