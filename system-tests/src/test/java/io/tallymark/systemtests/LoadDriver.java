package io.tallymark.systemtests;

import io.tallymark.client.ClientOptions;
import io.tallymark.client.TallymarkClient;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Sends a workload with the Java client, as many commands in flight as its window holds, and writes down what was
 * acknowledged. A reply that contradicts an earlier one to the same document fails the test.
 */
final class LoadDriver implements AutoCloseable {
    private static final int IN_FLIGHT = 1_024;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final TallymarkClient client;
    private final Semaphore permits = new Semaphore(IN_FLIGHT);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final List<String> contradictions = new ArrayList<>();
    private final Command command = new Command();
    private volatile Durability expectedDurability = Durability.FSYNC;
    private volatile boolean isStopped;
    private volatile boolean isDeaf;
    private Thread sender;

    /** With a client that gives up when the connection breaks: what has no answer then stays without. */
    LoadDriver(final InetSocketAddress address) throws IOException {
        this(address, false);
    }

    /** With a client that connects again and sends again. */
    static LoadDriver reconnecting(final InetSocketAddress address) throws IOException {
        return new LoadDriver(address, true);
    }

    private LoadDriver(final InetSocketAddress address, final boolean reconnect) throws IOException {
        client = TallymarkClient.connect(ClientOptions.to(address.getHostString(), address.getPort())
                .withWindow(IN_FLIGHT)
                .withRequestTimeoutMs(TIMEOUT.toMillis())
                .withReconnect(reconnect));
    }

    /** Which durability every reply must name; forced to the device unless told otherwise. */
    LoadDriver expecting(final Durability durability) {
        expectedDurability = durability;
        return this;
    }

    /** Sends until the driver is closed. */
    void start(final Workload workload) {
        start(workload::next);
    }

    /** Sends what this gives until it gives null or the driver is closed. */
    void start(final Supplier<Sent> workload) {
        sender = new Thread(() -> sendUntilStopped(workload), "load-driver");
        sender.start();
    }

    private void sendUntilStopped(final Supplier<Sent> workload) {
        try {
            while (!isStopped) {
                if (permits.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                    final Sent sent = workload.get();
                    if (sent == null) {
                        permits.release();
                        return;
                    }
                    submit(sent);
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends all of these once more and returns when every one has been answered by the ledger. */
    void sendAgain(final List<Sent> commands) {
        for (final Sent sent : commands) {
            permits.acquireUninterruptibly();
            submit(sent);
        }
        awaitIdle();
    }

    private void submit(final Sent sent) {
        client.submit(
                sent.fill(command),
                (reply, context) -> {
                    onReply(sent, reply);
                    permits.release();
                },
                0);
    }

    private void onReply(final Sent sent, final Reply reply) {
        if (reply.kind != Reply.Kind.COMMAND) {
            if (reply.code == ResultCode.DISCONNECTED) {
                // Without a connection there is nothing to be learnt; what has no answer by now stays without.
                isStopped = true;
            } else if (reply.code.kind() == ResultCode.Kind.MALFORMED) {
                contradict(sent + " was called malformed: " + reply);
            }
            return;
        }
        if (isDeaf) {
            return;
        }
        if (reply.durability != expectedDurability) {
            contradict(sent + " was answered with durability " + reply.durability);
        }
        final Receipt receipt = new Receipt(reply.code, reply.sequence, reply.points);
        final Receipt earlier = sent.receipt();
        if (earlier == null) {
            sent.acknowledge(receipt);
            acknowledged.incrementAndGet();
        } else if (!earlier.equals(receipt) || !reply.replayed) {
            contradict(sent + " was now answered with " + reply);
        }
    }

    private void contradict(final String contradiction) {
        synchronized (contradictions) {
            contradictions.add(contradiction);
        }
    }

    /** From now on nothing counts as acknowledged, whatever still comes. */
    void stopListening() {
        isDeaf = true;
    }

    /** Returns once this many commands have been acknowledged to this driver. */
    void awaitAcknowledged(final int count) {
        Await.until(
                TIMEOUT,
                () -> acknowledged.get() >= count,
                () -> "only " + acknowledged.get() + " of " + count + " acknowledged after " + TIMEOUT);
    }

    /** Returns when the sender has nothing more to send and everything sent has its answer. */
    void awaitEnd() {
        try {
            sender.join(TIMEOUT.toMillis());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        awaitIdle();
    }

    /** Stops sending and returns when everything sent has its answer. */
    void finish() {
        stopSending();
        awaitIdle();
    }

    private void awaitIdle() {
        Await.until(
                TIMEOUT,
                () -> permits.availablePermits() == IN_FLIGHT,
                () -> IN_FLIGHT - permits.availablePermits() + " commands unanswered after " + TIMEOUT);
    }

    private void stopSending() {
        isStopped = true;
        try {
            if (sender != null) {
                sender.join(TIMEOUT.toMillis());
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops sending and hangs up. */
    @Override
    public void close() {
        stopSending();
        client.close();
        synchronized (contradictions) {
            if (!contradictions.isEmpty()) {
                throw new AssertionError(
                        contradictions.size() + " contradictions, the first: " + contradictions.get(0));
            }
        }
    }
}
