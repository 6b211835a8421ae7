package io.tallymark.bench.http;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The yardstick in a process of its own, with this process's JVM flags. */
final class BareChild implements AutoCloseable {
    private final Process process;
    private final InetSocketAddress address;

    private BareChild(final Process process, final InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    static BareChild start(final List<String> jvmArguments) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BareHttpServer.class.getName()));
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final String line = new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if (line == null) {
            throw new IOException("the bare server ended before it was ready");
        }
        final int port =
                Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).strip());
        return new BareChild(process, new InetSocketAddress("127.0.0.1", port));
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
