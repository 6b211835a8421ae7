package io.tallymark.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tallymark.gateway.http.HttpFront;
import io.tallymark.gateway.http.HttpServices;
import io.tallymark.protocol.ReplyBlock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * The network fronts. Commands go to a {@link CommandPort}, replies come back as {@link ReplyBlock}s.
 *
 * <p>A clean stop: {@link #stopAccepting()}, let the engine finish and deliver, {@link #close()}.
 */
public final class Gateway implements AutoCloseable {
    private final GatewayOptions options;
    private final GatewayCounters counters = new GatewayCounters();
    private final MultiThreadIoEventLoopGroup group;
    private final boolean epoll;
    private final FrontLoop[] loops;
    private final List<Channel> listeners = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final InetSocketAddress binaryAddress;
    private final InetSocketAddress httpAddress;
    private volatile boolean closed;

    private Gateway(final GatewayOptions options, final CommandPort port, final HttpServices services)
            throws IOException {
        this.options = options;
        this.epoll = options.nativeTransport() && Epoll.isAvailable();
        final IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.group = new MultiThreadIoEventLoopGroup(
                options.eventLoops(), new DefaultThreadFactory("tallymark-gateway", true), handlers);
        this.loops = new FrontLoop[options.eventLoops()];
        for (int i = 0; i < loops.length; i++) {
            // A group hands its loops out in turn, so each comes once.
            loops[i] = new FrontLoop(group.next(), i, port, options, counters);
        }
        try {
            this.binaryAddress = listen(options.binaryAddress(), BinaryFront::new);
            this.httpAddress = options.httpAddress() == null ? null : listenForHttp(services);
        } catch (final IOException e) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
        for (final FrontLoop loop : loops) {
            scheduleSweeps(loop);
        }
    }

    /**
     * Binds and serves.
     *
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static Gateway start(final GatewayOptions options, final CommandPort port) throws IOException {
        return start(options, port, HttpServices.NONE);
    }

    /**
     * As {@link #start(GatewayOptions, CommandPort)}.
     *
     * @param services what the HTTP front asks of the process around it
     */
    public static Gateway start(final GatewayOptions options, final CommandPort port, final HttpServices services)
            throws IOException {
        return new Gateway(options, port, services);
    }

    /**
     * Sends the replies of a block to their connections and then releases it. Called by the one thread that knows them
     * to be durable; it does not wait for the network. A block that comes after {@link #close} is released unread.
     */
    public void deliver(final ReplyBlock block) {
        if (closed || block.count() == 0) {
            block.retain(1);
            block.release();
            return;
        }
        block.retain(loops.length);
        for (final FrontLoop loop : loops) {
            loop.offer(block);
        }
    }

    /** Where the binary port listens. */
    public InetSocketAddress binaryAddress() {
        return binaryAddress;
    }

    /** Where the HTTP port listens; null: there is none. */
    public InetSocketAddress httpAddress() {
        return httpAddress;
    }

    /** What has been seen so far. */
    public GatewayCounters counters() {
        return counters;
    }

    /** Takes no new connection, and refuses what is asked on the present ones from now on with SHUTTING_DOWN. */
    public void stopAccepting() {
        for (final Channel listener : listeners) {
            listener.close().syncUninterruptibly();
        }
        for (final FrontLoop loop : loops) {
            loop.eventLoop()
                    .submit(() -> loop.connections().forEach(ReplyTarget::stopAccepting))
                    .syncUninterruptibly();
        }
    }

    /**
     * Waits at most {@link GatewayOptions#drainTimeoutMs} for the replies under way, then closes all connections and
     * ends the threads.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        stopAccepting();
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(options.drainTimeoutMs());
        awaitZero(deadlineNs, Gateway::inFlightOf);
        closed = true;
        for (final FrontLoop loop : loops) {
            loop.eventLoop().execute(() -> loop.connections().forEach(ReplyTarget::closeAfterFlush));
        }
        awaitZero(deadlineNs, Gateway::connectionsOf);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        for (final FrontLoop loop : loops) {
            loop.releaseAll();
        }
    }

    private InetSocketAddress listenForHttp(final HttpServices services) throws IOException {
        final HttpFront.Counters httpCounters = new HttpFront.Counters();
        return listen(options.httpAddress(), loop -> new HttpFront(loop, services, httpCounters));
    }

    /** Makes a front's handler listen at an address; returns the address with the port it got. */
    private InetSocketAddress listen(final InetSocketAddress address, final Function<FrontLoop, Front> fronts)
            throws IOException {
        final Front[] perLoop = new Front[loops.length];
        for (int i = 0; i < loops.length; i++) {
            perLoop[i] = fronts.apply(loops[i]);
        }
        final Class<? extends ServerChannel> type =
                epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        final ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, false)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(1_024, 8_192, 128 * 1024))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(options.outboundHighBytes() / 2, options.outboundHighBytes()))
                .childHandler(new ConnectionInitializer(perLoop));
        final var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        listeners.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    private void scheduleSweeps(final FrontLoop loop) {
        final long intervalMs = options.sweepIntervalMs();
        loop.eventLoop()
                .scheduleWithFixedDelay(
                        () -> {
                            final long nowNs = System.nanoTime();
                            loop.connections().forEach(target -> target.sweep(nowNs));
                        },
                        intervalMs,
                        intervalMs,
                        TimeUnit.MILLISECONDS);
    }

    private void awaitZero(final long deadlineNs, final Function<FrontLoop, Integer> measure) {
        for (final FrontLoop loop : loops) {
            while (loop.eventLoop()
                                    .submit(() -> measure.apply(loop))
                                    .syncUninterruptibly()
                                    .getNow()
                            != 0
                    && System.nanoTime() < deadlineNs) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    private static int inFlightOf(final FrontLoop loop) {
        final int[] sum = new int[1];
        loop.connections().forEach(target -> sum[0] += target.inFlight());
        return sum[0];
    }

    private static int connectionsOf(final FrontLoop loop) {
        final int[] sum = new int[1];
        loop.connections().forEach(target -> sum[0]++);
        return sum[0];
    }

    /** The binary port on one loop. */
    private static final class BinaryFront implements Front {
        private final FrontLoop loop;
        private final FrameAdmission admission;

        BinaryFront(final FrontLoop loop) {
            this.loop = loop;
            this.admission = new FrameAdmission(loop);
        }

        @Override
        public void open(final Channel channel) {
            channel.pipeline().addLast(new BinaryConnection(loop, admission));
        }
    }

    /** Counts connections and hands each to the front of its loop. */
    @ChannelHandler.Sharable
    private final class ConnectionInitializer extends ChannelInitializer<Channel> {
        private final Front[] perLoop;

        ConnectionInitializer(final Front[] perLoop) {
            this.perLoop = perLoop;
        }

        @Override
        protected void initChannel(final Channel channel) {
            if (open.incrementAndGet() > options.maxConnections()) {
                open.decrementAndGet();
                counters.turnedAway.increment();
                channel.close();
                return;
            }
            channel.closeFuture().addListener(future -> open.decrementAndGet());
            perLoop[indexOf(channel.eventLoop())].open(channel);
        }

        private int indexOf(final EventLoop eventLoop) {
            for (int i = 0; i < loops.length; i++) {
                if (loops[i].eventLoop() == eventLoop) {
                    return i;
                }
            }
            throw new IllegalStateException("a loop of another group");
        }
    }
}
