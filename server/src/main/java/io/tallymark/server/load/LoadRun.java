package io.tallymark.server.load;

import io.tallymark.client.ClientException;
import io.tallymark.client.ClientOptions;
import io.tallymark.client.ProgramsResult;
import io.tallymark.client.RefusedException;
import io.tallymark.client.ReplyHandler;
import io.tallymark.client.TallymarkClient;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ProgramSummary;
import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import io.tallymark.server.HostPort;
import io.tallymark.server.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends the orders of one file over one connection: this thread reads and submits, the client's thread counts the
 * answers. What has no answer is held by the client's window alone, so memory does not grow with the file.
 */
final class LoadRun {
    private static final int WINDOW = 8_192;
    private static final long REQUEST_TIMEOUT_MS = 60_000;
    private static final int BUSY_RETRIES = 100;
    private static final int PROGRESS_EVERY = 256;
    private static final long MIB = 1 << 20;

    private final HostPort server;
    private final String program;
    private final String source;
    private final OrdersFile file;
    private final UnusableRows unusable;
    private final LoadTally tally = new LoadTally();
    private final MembersInFlight inFlight = new MembersInFlight();
    private final Order order = new Order();
    private final Command command = new Command();
    private long submitted;
    private String broken;

    LoadRun(
            final HostPort server,
            final String program,
            final String source,
            final OrdersFile file,
            final UnusableRows unusable) {
        this.server = server;
        this.program = program;
        this.source = source;
        this.file = file;
        this.unusable = unusable;
        command.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
    }

    /**
     * Runs, and prints the summary also where it broke off.
     *
     * @throws CommandFailure if not every usable order was decided
     */
    int run(final PrintWriter out) throws IOException {
        final long startNs;
        try (InputStream in = Files.newInputStream(file.path())) {
            final OrderReader reader = openReader(in);
            try (TallymarkClient client = connect()) {
                checkProgram(client);
                startNs = System.nanoTime();
                send(reader, client);
            }
            // The client has closed: every order has its answer, counted by a thread that has ended.
            tally.print(out, reader.rowsRead(), unusable, file.returns(), startNs);
        }
        if (broken != null) {
            throw new CommandFailure(ExitCode.FAILED, broken + "; load the same file again to go on");
        }
        final long undecided = submitted - tally.decided();
        if (undecided > 0) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    undecided + " of " + submitted
                            + " orders were not decided, see the codes above; load the same file "
                            + "again: what was decided is only replayed");
        }
        return ExitCode.DONE;
    }

    private OrderReader openReader(final InputStream in) throws IOException {
        try {
            return new OrderReader(in, file.delimiter(), file.mapping(), file.times(), file.returns(), unusable);
        } catch (final IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.FAILED, file.path() + ": " + e.getMessage(), e);
        }
    }

    private TallymarkClient connect() throws IOException {
        return TallymarkClient.connect(ClientOptions.to(server.host(), server.port())
                .withWindow(WINDOW)
                .withRequestTimeoutMs(REQUEST_TIMEOUT_MS)
                .withBusyRetries(BUSY_RETRIES));
    }

    /** Says at once what would otherwise be a rejection of every order. */
    private void checkProgram(final TallymarkClient client) {
        final List<String> programs;
        try {
            final ProgramsResult result = client.programs().join();
            programs = result.programs().stream().map(ProgramSummary::program).toList();
        } catch (final CompletionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw new CommandFailure(
                        ExitCode.FAILED, server + " does not say which programs it has: " + refused.getMessage(), e);
            }
            throw e;
        }
        if (!programs.contains(program)) {
            throw new CommandFailure(
                    ExitCode.FAILED, server + " has no program " + program + ", only: " + String.join(", ", programs));
        }
    }

    private void send(final OrderReader reader, final TallymarkClient client) throws IOException {
        // Made once: the time of sending travels as the context.
        final ReplyHandler handler = (reply, sentNs) -> tally.addOrder(reply, sentNs, System.nanoTime());
        final boolean hasReturns = file.returns() == Returns.UNREFERENCED;
        try (Progress progress = Progress.begin("load", Files.size(file.path()), " MiB", MIB)) {
            while (reader.next(order)) {
                client.submit(
                        order.fill(command, program, source),
                        hasReturns ? inMembersOrder() : handler,
                        System.nanoTime());
                submitted++;
                if (submitted % PROGRESS_EVERY == 0) {
                    progress.update(reader.bytesRead(), submitted + " orders");
                }
            }
            progress.update(reader.bytesRead(), submitted + " orders");
        } catch (final ClientException e) {
            broken = "broke off at line " + order.firstLineNumber() + ", order " + order.orderId() + ": "
                    + e.getMessage();
        }
    }

    /** Waits until a member's return and its purchases cannot overtake each other, and says what hears the reply. */
    private ReplyHandler inMembersOrder() {
        final long memberId = order.memberId();
        if (order.isReturn()) {
            inFlight.beginReturn(memberId);
            return (reply, sentNs) -> {
                tally.addReturn(reply, sentNs, System.nanoTime());
                inFlight.endReturn(memberId);
            };
        }
        inFlight.beginPurchase(memberId);
        return (reply, sentNs) -> {
            tally.addOrder(reply, sentNs, System.nanoTime());
            inFlight.endPurchase(memberId);
        };
    }
}
