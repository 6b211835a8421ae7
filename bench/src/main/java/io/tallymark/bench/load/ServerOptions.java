package io.tallymark.bench.load;

import io.tallymark.server.serve.ServerChild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of measurements over the binary port that say where and how their server runs. */
final class ServerOptions {
    @Option(names = "--durability", defaultValue = "fsync", description = "fsync or page-cache.")
    private String durability;

    @Option(names = "--dir", description = "Where the data folder is made and deleted (default: the temporary folder).")
    private Path parent;

    @Option(names = "--server-jvm", description = "A flag for the server's JVM; may be repeated.")
    private List<String> serverJvm = new ArrayList<>();

    String durability() {
        return durability;
    }

    /** Where the data folder is made; null: among the temporary files. */
    Path parent() {
        return parent;
    }

    /**
     * Starts the server and waits until it is ready.
     *
     * @param binary  host and port; port 0: a free one
     * @param members how many it is to expect
     */
    ServerChild start(final BenchFolder folder, final String binary, final long members) throws IOException {
        return ServerChild.start(
                serverJvm, folder.serveArguments(binary, durability, "--expected-members", Long.toString(members)));
    }
}
