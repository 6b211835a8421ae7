package io.tallymark.systemtests;

import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Posts a workload over HTTP from several threads, as tills do, and writes down what was acknowledged. */
final class HttpDriver implements AutoCloseable {
    private static final int THREADS = 8;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern CODE = Pattern.compile("\"code\":\"([A-Z_]+)\"");
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":\"(\\d+)\"");
    private static final Pattern POINTS = Pattern.compile("\"points\":(-?\\d+)");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final InetSocketAddress address;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isStopped;
    private volatile String contradiction;

    HttpDriver(final InetSocketAddress address) {
        this.address = address;
    }

    /** Sends until the connection breaks or the driver is closed. */
    void start(final Workload workload) {
        for (int i = 0; i < THREADS; i++) {
            final Thread thread = new Thread(() -> postUntilStopped(workload), "http-driver-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    private void postUntilStopped(final Workload workload) {
        while (!isStopped) {
            final Sent sent;
            synchronized (workload) {
                sent = workload.next();
            }
            try {
                post(sent);
            } catch (final IOException e) {
                // The server is gone: what has no answer stays without.
                isStopped = true;
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                isStopped = true;
            }
        }
    }

    private void post(final Sent sent) throws IOException, InterruptedException {
        final HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(
                                "http://" + address.getHostString() + ":" + address.getPort() + sent.httpPath()))
                        .header("Content-Type", "application/json")
                        .timeout(TIMEOUT)
                        .POST(HttpRequest.BodyPublishers.ofString(sent.httpBody()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        final int status = response.statusCode();
        if (status != 200 && status != 422 && status != 404) {
            contradiction = sent + " was answered with " + status + " " + response.body();
            return;
        }
        final String body = response.body();
        final ResultCode code = ResultCode.valueOf(find(CODE, body));
        final String sequence = find(SEQUENCE, body);
        final Receipt receipt = new Receipt(code, Long.parseLong(sequence), Long.parseLong(find(POINTS, body)));
        synchronized (sent) {
            if (sent.receipt() == null) {
                sent.acknowledge(receipt);
                acknowledged.incrementAndGet();
            } else if (!sent.receipt().equals(receipt)) {
                contradiction = sent + " was now answered with " + body;
            }
        }
    }

    private static String find(final Pattern pattern, final String body) {
        final Matcher matcher = pattern.matcher(body);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + body);
        }
        return matcher.group(1);
    }

    /** Returns once this many commands have been acknowledged. */
    void awaitAcknowledged(final int count) {
        Await.until(
                TIMEOUT,
                () -> acknowledged.get() >= count || contradiction != null,
                () -> "only " + acknowledged.get() + " of " + count + " acknowledged after " + TIMEOUT);
    }

    /** Stops sending; fails if an answer contradicted an earlier one. */
    @Override
    public void close() {
        isStopped = true;
        for (final Thread thread : threads) {
            try {
                thread.join(TIMEOUT.toMillis());
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (contradiction != null) {
            throw new AssertionError(contradiction);
        }
    }
}
