package io.tallymark.server.serve;

import io.tallymark.engine.Engine;
import io.tallymark.engine.FailStop;
import io.tallymark.engine.Recovery;
import io.tallymark.gateway.Gateway;
import io.tallymark.gateway.IdentityKeys;
import io.tallymark.gateway.http.HttpServices;
import io.tallymark.ledger.StateHash;
import io.tallymark.server.program.ProgramCompiler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A running server: recovered, its programs published, its ports open. Closing it stops in the reverse order. */
public final class TallymarkServer implements AutoCloseable {
    private final Engine engine;
    private final Gateway gateway;
    private final List<String> publishedPrograms;
    private final StateHash recoveredStateHash;
    private final boolean madeIdentityKeys;
    private boolean closed;

    private TallymarkServer(
            final Engine engine,
            final Gateway gateway,
            final List<String> publishedPrograms,
            final StateHash recoveredStateHash,
            final boolean madeIdentityKeys) {
        this.engine = engine;
        this.gateway = gateway;
        this.publishedPrograms = publishedPrograms;
        this.recoveredStateHash = recoveredStateHash;
        this.madeIdentityKeys = madeIdentityKeys;
    }

    /**
     * Starts a server; when it returns the ports are open.
     *
     * @param progress hears of a long recovery
     * @throws IOException if the data folder, the journal, the identity keys, a program file or a port refuses
     */
    public static TallymarkServer start(final ServerOptions options, final Recovery.Progress progress)
            throws IOException, InterruptedException {
        final List<ProgramCompiler.CompiledFile> files =
                options.programsFolder() == null ? List.of() : ProgramCompiler.compileFolder(options.programsFolder());
        final Engine engine =
                Engine.open(options.dataFolder(), options.engine(), System::currentTimeMillis, FailStop.HALT, progress);
        final ReplyRouter router = new ReplyRouter();
        try {
            final boolean keysAreNew = makeIdentityKeys(options);
            final IdentityKeys keys = IdentityKeyFile.load(identityKeysFile(options));
            final var inForce = engine.recoveredPrograms();
            final StateHash stateHash = options.hashRecoveredState() ? engine.recoveredStateHash() : null;
            engine.start(router);
            final List<String> published = new ProgramPublisher(engine, router).publish(files, inForce);
            final Gateway gateway = Gateway.start(
                    options.gateway().withIdentityKeys(keys),
                    new EngineCommandPort(engine),
                    new HttpServices(new EngineMetrics(engine), engine::admission, new UploadCompilation()));
            router.attach(gateway::deliver);
            return new TallymarkServer(engine, gateway, published, stateHash, keysAreNew);
        } catch (final IOException | InterruptedException | RuntimeException | Error e) {
            try {
                // A block that nobody frees would keep the writer from ending.
                router.attach(ReplyRouter::drop);
                engine.close();
            } catch (final IOException | RuntimeException whileClosing) {
                e.addSuppressed(whileClosing);
            }
            throw e;
        }
    }

    private static Path identityKeysFile(final ServerOptions options) {
        return options.identityKeysFile() == null
                ? options.dataFolder().resolve("identity.keys")
                : options.identityKeysFile();
    }

    /** Makes the file of the data folder where it is not there; one that was named is to be there. */
    private static boolean makeIdentityKeys(final ServerOptions options) throws IOException {
        final Path file = identityKeysFile(options);
        final boolean isMade = options.identityKeysFile() == null && Files.notExists(file);
        if (isMade) {
            IdentityKeyFile.create(file);
        }
        return isMade;
    }

    /** Whether this start made the identity keys: identities that the journal holds are not found with them. */
    public boolean madeIdentityKeys() {
        return madeIdentityKeys;
    }

    /** Where the binary port listens. */
    public InetSocketAddress binaryAddress() {
        return gateway.binaryAddress();
    }

    /** Where the HTTP port listens; null: there is none. */
    public InetSocketAddress httpAddress() {
        return gateway.httpAddress();
    }

    /** The engine behind the ports. */
    public Engine engine() {
        return engine;
    }

    /** Programs that the start published, because their files differ from what was in force. */
    public List<String> publishedPrograms() {
        return publishedPrograms;
    }

    /** Hash of the state in memory after recovery; null where the options did not ask for it. */
    public StateHash recoveredStateHash() {
        return recoveredStateHash;
    }

    /** Accepts nothing more, answers what was admitted, closes the connections and then the journal. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (engine) {
            gateway.stopAccepting();
            engine.drain();
            gateway.close();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server was stopping", e);
        }
    }
}
