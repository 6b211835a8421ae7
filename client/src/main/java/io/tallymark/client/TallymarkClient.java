package io.tallymark.client;

import io.netty.channel.ChannelFuture;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ExternalIdentity;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An asynchronous client of the binary port. Thread-safe.
 *
 * <p>Requests are pipelined over one connection, at most {@link ClientOptions#window} without an answer; what gathers
 * while the network is busy travels in one frame. A broken connection is opened again and what is unanswered is sent
 * again in order: a request takes effect once, whatever happens, because the server knows its key. Requests that the
 * server was too busy for are sent again after those behind them may have been taken.
 *
 * <p>Two ways to ask: {@link #submit} with a {@link Command} that the caller reuses, which allocates nothing for each
 * request; and the methods that return futures, for everyday use.
 */
public final class TallymarkClient implements AutoCloseable {
    private final ClientOptions options;
    private final MultiThreadIoEventLoopGroup group;
    private final RequestWindow window;
    private final ClientConnection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closed;

    private TallymarkClient(final ClientOptions options) {
        this.options = options;
        final boolean epoll = options.nativeTransport() && Epoll.isAvailable();
        final IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("tallymark-client", true), handlers);
        this.window = new RequestWindow(options.window());
        this.connection = new ClientConnection(options, group.next(), window, epoll);
    }

    /**
     * Connects and is ready.
     *
     * @throws IOException if the server cannot be reached; the message names it
     */
    public static TallymarkClient connect(final ClientOptions options) throws IOException {
        final TallymarkClient client = new TallymarkClient(options);
        final ChannelFuture opened = client.connection.open().awaitUninterruptibly();
        if (!opened.isSuccess()) {
            client.close();
            throw new IOException(
                    "cannot connect to " + options.host() + ":" + options.port() + ": "
                            + opened.cause().getMessage(),
                    opened.cause());
        }
        return client;
    }

    /**
     * Sends a request; waits for room in the window if there is none.
     *
     * @param command encoded before this method returns, so the caller may reuse it at once; its correlation id is
     *                the context that the handler gets
     * @throws ClientException          if the client is closed, or there was no room within the request time-out, or
     *                                  the thread was interrupted while waiting
     * @throws IllegalArgumentException if the command is no request
     * @throws IllegalStateException    if called by a handler while the window is full: that would wait for itself
     */
    public void submit(final Command command, final ReplyHandler handler) {
        submit(command, handler, command.correlationId());
    }

    /** As {@link #submit(Command, ReplyHandler)}, with a context of its own. */
    public void submit(final Command command, final ReplyHandler handler, final long context) {
        submit(command, null, handler, context);
    }

    /**
     * As {@link #submit(Command, ReplyHandler, long)}, for a member as known outside.
     *
     * @param identity who is meant; encoded before this method returns; null: nobody
     */
    public void submit(
            final Command command, final ExternalIdentity identity, final ReplyHandler handler, final long context) {
        if (trySubmit(command, identity, handler, context)) {
            return;
        }
        final long deadlineNs = connection.roomDeadlineNs();
        // Waits without the lock: a handler that needs it would hold up the very answers that make room.
        do {
            if (connection.isOwnThread()) {
                throw new IllegalStateException("the window is full; a handler must not wait for room");
            }
            if (!closed && !connection.waitForRoom(deadlineNs)) {
                throw new ClientException("no room in the window within the time-out: nothing was sent");
            }
        } while (!trySubmit(command, identity, handler, context));
    }

    /** As {@link #submit(Command, ReplyHandler, long)}, but false at once, and nothing sent, if the window is full. */
    public boolean trySubmit(final Command command, final ReplyHandler handler, final long context) {
        return trySubmit(command, null, handler, context);
    }

    /** As {@link #submit(Command, ExternalIdentity, ReplyHandler, long)}, but false at once where the window is full. */
    public boolean trySubmit(
            final Command command, final ExternalIdentity identity, final ReplyHandler handler, final long context) {
        lock.lock();
        try {
            if (closed) {
                throw new ClientException("the client is closed: nothing was sent");
            }
            if (window.isFull()) {
                return false;
            }
            window.add(command, identity, handler, context, connection.nowNs());
        } finally {
            lock.unlock();
        }
        connection.wake();
        return true;
    }

    /** How many requests have no answer yet. */
    public int outstanding() {
        return window.outstanding();
    }

    /** An order earns points. Completes exceptionally with {@link RefusedException} where no outcome is known. */
    public CompletableFuture<CommandResult> accrue(final AccrueRequest request) {
        return command(request.toCommand());
    }

    /** A member spends points, all or nothing; as {@link #accrue}. */
    public CompletableFuture<CommandResult> redeem(final RedeemRequest request) {
        return command(request.toCommand());
    }

    /** An operator corrects a balance; as {@link #accrue}. */
    public CompletableFuture<CommandResult> adjust(final AdjustRequest request) {
        return command(request.toCommand());
    }

    /** A program, or its next version, comes into force; as {@link #accrue}. */
    public CompletableFuture<CommandResult> publishProgram(final PublishRequest request) {
        return command(request.toCommand());
    }

    /**
     * Any request whose answer is an outcome; as {@link #accrue}.
     *
     * @throws IllegalArgumentException if it asks for a member or for the programs, whose answers are others: see
     *                                  {@link #member} and {@link #programs}
     */
    public CompletableFuture<CommandResult> send(final Request request) {
        if (request.type() == CommandType.QUERY_MEMBER || request.type() == CommandType.LIST_PROGRAMS) {
            throw new IllegalArgumentException("the answer to " + request.type() + " is no outcome");
        }
        return command(request.toCommand(), request.identity());
    }

    /** Balances, tier and counters of one member; as {@link #accrue}. */
    public CompletableFuture<MemberResult> member(final String program, final long memberId) {
        return member(Request.of(CommandType.QUERY_MEMBER).program(program).member(memberId));
    }

    /** Balances, tier and counters of the member who has this identity; as {@link #accrue}. */
    public CompletableFuture<MemberResult> member(final String program, final String channel, final String externalId) {
        return member(Request.of(CommandType.QUERY_MEMBER).program(program).identity(channel, externalId));
    }

    private CompletableFuture<MemberResult> member(final Request request) {
        final CompletableFuture<MemberResult> future = new CompletableFuture<>();
        final ReplyHandler handler = (reply, context) -> {
            switch (reply.kind) {
                case MEMBER -> future.complete(MemberResult.of(reply));
                default -> future.completeExceptionally(new RefusedException(reply));
            }
        };
        submit(request.toCommand(), request.identity(), handler, 0);
        return future;
    }

    /** The programs in force; as {@link #accrue}. */
    public CompletableFuture<ProgramsResult> programs() {
        final CompletableFuture<ProgramsResult> future = new CompletableFuture<>();
        submit(Requests.programs(), (reply, context) -> {
            switch (reply.kind) {
                case PROGRAMS ->
                    future.complete(new ProgramsResult(reply.programs, reply.asOfSequence, reply.durability));
                default -> future.completeExceptionally(new RefusedException(reply));
            }
        });
        return future;
    }

    /**
     * Waits, at most the request time-out, until what was submitted is answered, then closes; what still has no answer
     * is reported as DISCONNECTED. Not to be called by a handler.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(options.requestTimeoutMs());
        while (window.outstanding() > 0 && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
        group.next().submit(() -> connection.end(ResultCode.DISCONNECTED)).syncUninterruptibly();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private CompletableFuture<CommandResult> command(final Command command) {
        return command(command, null);
    }

    private CompletableFuture<CommandResult> command(final Command command, final ExternalIdentity identity) {
        final CompletableFuture<CommandResult> future = new CompletableFuture<>();
        final ReplyHandler handler = (reply, context) -> {
            switch (reply.kind) {
                case COMMAND -> future.complete(CommandResult.of(reply));
                default -> future.completeExceptionally(new RefusedException(reply));
            }
        };
        submit(command, identity, handler, 0);
        return future;
    }
}
