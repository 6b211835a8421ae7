package io.tallymark.server.serve;

import io.tallymark.engine.Engine;
import io.tallymark.engine.EngineOptions;
import io.tallymark.engine.Recovery;
import io.tallymark.gateway.GatewayOptions;
import io.tallymark.journal.JournalOptions;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.ResultCode;
import io.tallymark.server.HostPort;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tallymark serve}: recovers, opens the ports, prints a ready line and serves until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves the engine on a data folder until SIGTERM or Ctrl-C, which stop it cleanly.",
        footer = {
            "",
            "On standard output stands one line once the ports are open:",
            "  tallymark ready binary=HOST:PORT [http=HOST:PORT] durability=WORD sequence=N recovered=N ms=N",
            "and, with --state-hash, state=HASH at its end.",
            "",
            "Exit codes: 0 stopped cleanly, 1 could not start, 2 wrong usage, 3 the data folder has a fault,",
            "70 halted by a failure."
        })
public final class ServeCommand implements Callable<Integer> {
    @Spec
    private picocli.CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Data folder; made if it does not exist, owned by this process alone.")
    private Path data;

    @Option(
            names = "--programs",
            paramLabel = "DIR",
            description = "Folder of program files (*.yaml); those that differ from what is in force are published.")
    private Path programs;

    @Option(
            names = "--binary",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7400",
            description = "Address of the binary port; port 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private String binary;

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            description = "Address of the HTTP port, such as 127.0.0.1:7480; without it there is none.")
    private String http;

    @Option(
            names = "--durability",
            paramLabel = "WORD",
            defaultValue = "fsync",
            description = "fsync: forced to the device before the reply; page-cache: survives the process, not the"
                    + " machine (default: ${DEFAULT-VALUE}).")
    private String durability;

    @Option(
            names = "--expected-members",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Members that memory is laid out for at the start (default: ${DEFAULT-VALUE}).")
    private long expectedMembers;

    @Option(
            names = "--max-members",
            paramLabel = "N",
            defaultValue = "100000000",
            description = "Members above which new ones are refused with CAPACITY (default: ${DEFAULT-VALUE}).")
    private long maxMembers;

    @Option(
            names = "--max-keys",
            paramLabel = "N",
            defaultValue = "500000000",
            description =
                    "Idempotency keys above which commands are refused with CAPACITY (default:" + " ${DEFAULT-VALUE}).")
    private long maxKeys;

    @Option(
            names = "--max-clock-jump",
            paramLabel = "DURATION",
            defaultValue = "PT1H",
            description = "A clock further from the last engine time than this stops admission (default:"
                    + " ${DEFAULT-VALUE}).")
    private Duration maxClockJump;

    @Option(
            names = "--accept-clock-jump",
            description = "Confirms that the clock is right although it stands far from the journal's last time.")
    private boolean acceptClockJump;

    @Option(
            names = "--journal-file-size",
            paramLabel = "BYTES",
            defaultValue = "${sys:tallymark.journal.fileBytes:-268435456}",
            description = "Size at which a journal file is rolled (default: ${DEFAULT-VALUE}).")
    private long journalFileBytes;

    @Option(
            names = "--identity-keys",
            paramLabel = "FILE",
            description = "Keys that outside identities are hashed with, one 'VERSION HEX' a line, the newest first"
                    + " (default: DIR/identity.keys, made at the first start).")
    private Path identityKeys;

    @Option(
            names = "--state-hash",
            description = "Scans the state after recovery and puts its hash, that of the sequence in the ready line, at"
                    + " the end of that line.")
    private boolean stateHash;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean starting = true;
    private volatile boolean stoppedCleanly;

    @Override
    public Integer call() throws Exception {
        final ServerOptions options = options();
        final long startNs = System.nanoTime();
        installStopHook();
        try {
            try (TallymarkServer server = TallymarkServer.start(options, ServeCommand::printProgress)) {
                starting = false;
                report(server, startNs);
                stop.await();
            }
            stoppedCleanly = true;
        } finally {
            starting = false;
            stopped.countDown();
        }
        return 0;
    }

    private ServerOptions options() {
        final Durability kind = Durability.ofLabel(durability);
        if (kind == null) {
            throw new ParameterException(
                    spec.commandLine(), "--durability is fsync or page-cache, not '" + durability + "'");
        }
        final GatewayOptions gateway = GatewayOptions.onLoopback().withBinaryAddress(address("--binary", binary));
        return new ServerOptions(
                data,
                programs,
                engineOptions(kind),
                http == null ? gateway : gateway.withHttpAddress(address("--http", http)),
                identityKeys,
                stateHash);
    }

    private EngineOptions engineOptions(final Durability kind) {
        try {
            // Space is laid out for no more members than there may be, so that --max-members needs no second option.
            final LedgerOptions ledger = new LedgerOptions(Math.min(expectedMembers, maxMembers), maxMembers, maxKeys);
            final JournalOptions journal = new JournalOptions(kind, journalFileBytes, 512 * 1024);
            final EngineOptions defaults = EngineOptions.of(ledger, journal);
            final long maxClockJumpMs = maxClockJump.toMillis();
            if (maxClockJumpMs < 1) {
                throw new IllegalArgumentException("--max-clock-jump must be at least a millisecond: " + maxClockJump);
            }
            return defaults.withClock(maxClockJumpMs, Math.min(defaults.tickIntervalMs(), maxClockJumpMs))
                    .withAcceptClockJump(acceptClockJump);
        } catch (final IllegalArgumentException | ArithmeticException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private InetSocketAddress address(final String option, final String text) {
        try {
            final HostPort parsed = HostPort.of(text);
            return new InetSocketAddress(parsed.host(), parsed.port());
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    private static void report(final TallymarkServer server, final long startNs) {
        final Engine engine = server.engine();
        final Recovery.Result recovered = engine.recovered();
        if (recovered.end().ignoredTail() != null) {
            System.err.println("tallymark: ignored behind the journal's valid end: "
                    + recovered.end().ignoredTail());
        }
        if (engine.quarantined() > 0) {
            System.err.println("tallymark: " + engine.quarantined()
                    + " command(s) in quarantine are refused; examine the files and delete them");
        }
        if (engine.admission() == ResultCode.CLOCK_UNCONFIRMED) {
            System.err.println("tallymark: the clock stands " + Duration.ofMillis(engine.clockJumpMs())
                    + " from the journal's last engine time; commands are refused with CLOCK_UNCONFIRMED until it comes"
                    + " back or a start with --accept-clock-jump confirms it");
        }
        if (server.madeIdentityKeys() && recovered.end().lastSequence() > 0) {
            System.err.println("tallymark: made identity.keys anew in the data folder; identities linked before are not"
                    + " found until their keys are put back");
        }
        for (final String program : server.publishedPrograms()) {
            System.err.println("tallymark: published program " + program);
        }
        System.out.printf(
                Locale.ROOT,
                "tallymark ready binary=%s %sdurability=%s sequence=%d recovered=%d ms=%d%s%n",
                text(server.binaryAddress()),
                server.httpAddress() == null ? "" : "http=" + text(server.httpAddress()) + " ",
                engine.durability().label(),
                recovered.end().lastSequence(),
                recovered.records(),
                (System.nanoTime() - startNs) / 1_000_000,
                server.recoveredStateHash() == null
                        ? ""
                        : " state=" + server.recoveredStateHash().toHex());
        System.out.flush();
    }

    private static HostPort text(final InetSocketAddress address) {
        return new HostPort(address.getAddress().getHostAddress(), address.getPort());
    }

    private static void printProgress(final long records) {
        System.err.println("tallymark: recovered " + records + " records");
    }

    /** An orderly stop ends with exit code 0, which a shutdown by signal would not. */
    private void installStopHook() {
        final Thread hook = new Thread(
                () -> {
                    stop.countDown();
                    try {
                        if (starting) {
                            // A recovery may take minutes, and libraries that load now find the JVM closing.
                            // Broken off, it leaves what a crash would, and the next start takes that up.
                            System.err.println("tallymark: told to stop before it served");
                            System.err.flush();
                            Runtime.getRuntime().halt(0);
                        }
                        stopped.await();
                    } catch (final InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                    System.out.flush();
                    System.err.flush();
                    if (stoppedCleanly) {
                        Runtime.getRuntime().halt(0);
                    }
                },
                "tallymark-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }
}
