package io.tallymark.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.tallymark.gateway.FrameAdmission;
import io.tallymark.gateway.Front;
import io.tallymark.gateway.FrontLoop;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/** The HTTP port on one event loop: what all its connections there share because they run on one thread. */
public final class HttpFront implements Front {
    /** Longest body of a request. */
    static final int MAX_BODY_BYTES = 256 * 1024;

    /** Most requests of one connection that wait for their response before it is read no further. */
    private static final int MAX_IN_FLIGHT = 1_024;

    /** Longest stretch of bytes in which requests are looked for that need no decoder. */
    private static final int WINDOW_BYTES = 8 * 1024;

    final FrontLoop loop;
    final HttpServices services;
    final HttpCounters counters;
    final int maxInFlight;
    final CommandBatch batch;
    final JsonRequestReader requestReader = new JsonRequestReader();
    final JsonOutput output = new JsonOutput();
    final ReplyJson json = new ReplyJson(output);
    final ResponseWriter writer;
    final ReplyDecoder replyDecoder = new ReplyDecoder();
    final Reply reply = new Reply();
    final Command command = new Command();
    final byte[] body = new byte[MAX_BODY_BYTES];
    final PlainHead head = new PlainHead();
    final byte[] window = new byte[WINDOW_BYTES];

    /** @param counters shared by the fronts of all loops */
    public HttpFront(final FrontLoop loop, final HttpServices services, final Counters counters) {
        this.loop = loop;
        this.services = services;
        this.counters = counters.http;
        this.maxInFlight = Math.min(MAX_IN_FLIGHT, loop.options().maxInFlight());
        this.batch = new CommandBatch(new FrameAdmission(loop));
        this.writer = new ResponseWriter(counters.http);
        command.lend(new UnsafeBuffer(new byte[JsonRequestReader.COMMAND_BYTES]));
    }

    /** Responses by status, over all loops. */
    public static final class Counters {
        private final HttpCounters http = new HttpCounters();
    }

    @Override
    public void open(final Channel channel) {
        // A client may send its requests, end its side and then read.
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        final HttpConnection connection = new HttpConnection(this);
        channel.pipeline().addLast(connection.decoder(), connection);
    }
}
