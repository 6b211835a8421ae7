package io.tallymark.bench.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A closed loop over several connections on one event loop: each keeps {@code depth} requests under way and sends the
 * next ones when their replies have come. It reads of a reply its status and its length, no more, so that the generator
 * costs the server on the same cores as little as it can.
 */
final class HttpLoad {
    private static final long MAX_LATENCY_NS = TimeUnit.MINUTES.toNanos(1);

    private final AccrualRequests requests;
    private final int depth;
    private final Histogram latencies = new Histogram(MAX_LATENCY_NS, 3);
    private long measureFromNs;
    private long endNs;
    private long measured;
    private long ok;
    private long others;

    HttpLoad(final AccrualRequests requests, final int depth) {
        this.requests = requests;
        this.depth = depth;
    }

    /** Runs to the end; blocks. */
    void run(final InetSocketAddress server, final int connections, final long warmUpNs, final long runNs)
            throws IOException, InterruptedException {
        final boolean epoll = Epoll.isAvailable();
        final EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        measureFromNs = System.nanoTime() + warmUpNs;
        endNs = measureFromNs + runNs;
        try {
            final List<Channel> channels = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                channels.add(new Bootstrap()
                        .group(group)
                        .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                        .handler(new Connection())
                        .connect(server)
                        .sync()
                        .channel());
            }
            for (final Channel channel : channels) {
                channel.closeFuture().sync();
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
        if (others > 0) {
            throw new IOException(others + " replies were not 200");
        }
    }

    /** Replies with status 200 over the whole run. */
    long ok() {
        return ok;
    }

    /** Replies within the measured time. */
    long measured() {
        return measured;
    }

    Histogram latencies() {
        return latencies;
    }

    /** One connection; all of them on the one event loop. */
    private final class Connection extends ChannelInboundHandlerAdapter {
        private final ReplyScanner scanner = new ReplyScanner();
        private final long[] sentNs = new long[depth];
        private ByteBuf input;
        private int sent;
        private int received;

        @Override
        public void channelActive(final ChannelHandlerContext context) {
            input = context.alloc().buffer(64 * 1024);
            send(context, depth);
        }

        @Override
        public void channelInactive(final ChannelHandlerContext context) {
            input.release();
        }

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object message) {
            final ByteBuf bytes = (ByteBuf) message;
            input.writeBytes(bytes);
            bytes.release();
            final long nowNs = System.nanoTime();
            int replies = 0;
            int status = scanner.next(input);
            while (status != 0) {
                onReply(status, nowNs);
                replies++;
                status = scanner.next(input);
            }
            input.discardReadBytes();
            if (nowNs < endNs) {
                send(context, replies);
            } else if (received == sent) {
                context.close();
            }
        }

        private void onReply(final int status, final long nowNs) {
            final long fromNs = sentNs[received++ % depth];
            if (status == 200) {
                ok++;
            } else {
                others++;
            }
            if (fromNs >= measureFromNs && nowNs <= endNs) {
                measured++;
                latencies.recordValue(Math.min(MAX_LATENCY_NS, nowNs - fromNs));
            }
        }

        private void send(final ChannelHandlerContext context, final int count) {
            if (count == 0) {
                return;
            }
            final long nowNs = System.nanoTime();
            final ByteBuf out = context.alloc().buffer(count * 256);
            for (int i = 0; i < count; i++) {
                requests.write(out);
                sentNs[sent++ % depth] = nowNs;
            }
            context.writeAndFlush(out);
        }
    }
}
