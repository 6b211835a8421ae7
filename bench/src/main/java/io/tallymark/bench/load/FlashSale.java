package io.tallymark.bench.load;

import io.tallymark.client.ClientOptions;
import io.tallymark.client.TallymarkClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Every member's one attempt, in an order given by a seed, over connections that open themselves again and send again
 * what has no answer. One thread submits to all of them.
 */
final class FlashSale implements AutoCloseable {
    /** Longer than any restart: an attempt without an answer for so long fails the run. */
    static final long REQUEST_TIMEOUT_MS = 120_000;

    private static final int BUSY_RETRIES = 100;
    private static final long IDLE_NS = 50_000;

    private final FlashProgram requests = new FlashProgram();
    private final FlashOutcomes outcomes;
    private final Progress progress;
    private final int[] order;
    private final TallymarkClient[] clients;
    private final int[] nextOf;
    private final int[] endOf;

    private FlashSale(final FlashOutcomes outcomes, final int connections, final long seed) {
        this.outcomes = outcomes;
        this.progress = new Progress("attempts", outcomes.members());
        this.order = shuffled(outcomes.members(), seed);
        this.clients = new TallymarkClient[connections];
        this.nextOf = new int[connections];
        this.endOf = new int[connections];
        for (int i = 0; i < connections; i++) {
            nextOf[i] = (int) ((long) order.length * i / connections);
            endOf[i] = (int) ((long) order.length * (i + 1) / connections);
        }
    }

    /** Connects all; {@code window} is the most requests under way on each. */
    static FlashSale connect(
            final InetSocketAddress server,
            final FlashOutcomes outcomes,
            final int connections,
            final int window,
            final long seed)
            throws IOException {
        final FlashSale sale = new FlashSale(outcomes, connections, seed);
        try {
            for (int i = 0; i < connections; i++) {
                sale.clients[i] = TallymarkClient.connect(
                        ClientOptions.to(server.getAddress().getHostAddress(), server.getPort())
                                .withWindow(window)
                                .withRequestTimeoutMs(REQUEST_TIMEOUT_MS)
                                .withBusyRetries(BUSY_RETRIES));
            }
        } catch (final IOException e) {
            sale.close();
            throw e;
        }
        return sale;
    }

    private static int[] shuffled(final int members, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int[] order = new int[members];
        for (int i = 0; i < members; i++) {
            final int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /**
     * Keeps at most {@code underWay} attempts under way on each connection until it is enough, or every attempt is
     * answered.
     */
    void sell(final int underWay, final BooleanSupplier enough) {
        while (!enough.getAsBoolean() && outcomes.answered() < order.length) {
            boolean submitted = false;
            for (int i = 0; i < clients.length; i++) {
                submitted |= submit(i, underWay);
            }
            if (!submitted) {
                LockSupport.parkNanos(IDLE_NS);
            }
            progress.show(outcomes.answered());
        }
    }

    private boolean submit(final int i, final int underWay) {
        final TallymarkClient client = clients[i];
        final int first = nextOf[i];
        while (nextOf[i] < endOf[i] && client.outstanding() < underWay) {
            final int member = order[nextOf[i]];
            if (!client.trySubmit(requests.attempt(member), outcomes, member)) {
                break;
            }
            nextOf[i]++;
        }
        return nextOf[i] > first;
    }

    /** Submits nothing until what is under way is answered. */
    void awaitAnswers() {
        while (underWay() > 0) {
            LockSupport.parkNanos(IDLE_NS);
        }
    }

    /** Attempts without an answer. */
    int underWay() {
        int sum = 0;
        for (final TallymarkClient client : clients) {
            sum += client.outstanding();
        }
        return sum;
    }

    /** Any of the connections. */
    TallymarkClient client() {
        return clients[0];
    }

    @Override
    public void close() {
        for (final TallymarkClient client : clients) {
            if (client != null) {
                client.close();
            }
        }
    }
}
