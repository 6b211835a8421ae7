package io.tallymark.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A client and a server by hand, and what the tests of the client share. */
abstract class ClientFixture {
    static final FakeServer.Behaviour ACCEPT = (session, commands) -> {
        for (final Command command : commands) {
            session.accept(command);
        }
    };

    final List<String> answers = Collections.synchronizedList(new ArrayList<>());
    final ReplyHandler record = (reply, context) ->
            answers.add(context + " " + reply.code + (reply.kind == Reply.Kind.COMMAND ? " " + reply.points : ""));
    FakeServer server;
    TallymarkClient client;

    @BeforeAll
    static void everyBufferIsTracked() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @AfterEach
    void closeAll() throws Exception {
        client.close();
        server.close();
        await(() -> buffersInUse() == 0);
    }

    /** The threads have ended and given their caches back, so what is still out is a leak. */
    private static long buffersInUse() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }

    void start(final FakeServer.Behaviour behaviour) throws IOException {
        server = new FakeServer(behaviour);
        client = TallymarkClient.connect(server.options());
    }

    void restart(final ClientOptions options) throws IOException {
        client.close();
        client = TallymarkClient.connect(options);
    }

    static void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "the condition did not come true in 20 s");
            Thread.onSpinWait();
        }
    }

    static Command fill(final Command command, final int n) {
        return command.reset(CommandType.ACCRUE)
                .correlationId(n)
                .memberId(n + 1)
                .amountMinor(100)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "pos")
                .put(VarField.DOCUMENT_ID, "d" + n);
    }

    void submit(final int from, final int to) {
        final Command command = new Command();
        for (int n = from; n < to; n++) {
            client.submit(fill(command, n), record);
        }
    }

    static List<String> accepted(final int from, final int to) {
        final List<String> expected = new ArrayList<>();
        for (int n = from; n < to; n++) {
            expected.add(n + " ACCEPTED " + (n + 1));
        }
        return expected;
    }

    static List<String> documents(final int from, final int to) {
        final List<String> expected = new ArrayList<>();
        for (int n = from; n < to; n++) {
            expected.add("d" + n);
        }
        return expected;
    }
}
