package io.tallymark.server.demo;

import io.tallymark.client.ClientOptions;
import io.tallymark.client.ReplyHandler;
import io.tallymark.client.TallymarkClient;
import io.tallymark.protocol.Command;
import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One connection over which much is asked, and the wait until all of it is answered. One thread. */
final class Conversation implements AutoCloseable {
    private static final int WINDOW = 8_192;
    private static final long TIMEOUT_MS = 30_000;

    private final TallymarkClient client;
    private final AtomicInteger answered = new AtomicInteger();
    private int asked;

    private Conversation(final TallymarkClient client) {
        this.client = client;
    }

    /** Connects; a connection that breaks is opened again. */
    static Conversation with(final InetSocketAddress server) throws IOException {
        return new Conversation(TallymarkClient.connect(options(server)));
    }

    /** Connects; when the connection breaks, what has no answer is reported as DISCONNECTED. */
    static Conversation untilItBreaks(final InetSocketAddress server) throws IOException {
        return new Conversation(
                TallymarkClient.connect(options(server).withReconnect(false).withBusyRetries(0)));
    }

    private static ClientOptions options(final InetSocketAddress server) {
        return ClientOptions.to(server.getAddress().getHostAddress(), server.getPort())
                .withWindow(WINDOW)
                .withRequestTimeoutMs(TIMEOUT_MS);
    }

    TallymarkClient client() {
        return client;
    }

    /** Sends a request as soon as there is room for it. */
    void ask(final Command command, final ReplyHandler handler, final int context) {
        asked++;
        client.submit(
                command,
                (reply, i) -> {
                    handler.onReply(reply, i);
                    answered.setRelease(answered.getPlain() + 1);
                },
                context);
    }

    /** How many answers came. */
    int answered() {
        return answered.getAcquire();
    }

    /**
     * Waits for the answer to all that was asked; the handlers have returned then.
     *
     * @throws CommandFailure if one does not come
     */
    void awaitAnswers() {
        // The client itself answers what times out, so this limit is never the first.
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2 * TIMEOUT_MS);
        while (answered() < asked) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new CommandFailure(ExitCode.FAILED, (asked - answered()) + " requests were never answered");
            }
            LockSupport.parkNanos(200_000);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
