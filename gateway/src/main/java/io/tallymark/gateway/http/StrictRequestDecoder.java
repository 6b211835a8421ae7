package io.tallymark.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectDecoder;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.List;

/**
 * Netty's request decoder, made stricter where two readers of one byte stream could come to different requests: a
 * folded header line, a second Content-Length (also in HTTP/1.0) and a second Host are refused. And it decodes no
 * further while its connection is paused, so that one read cannot bring in more requests than may be in flight.
 *
 * <p>At the beginning of a request its reader may take what it understands by itself, see {@link PlainHead}.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
    private static final int MAX_LINE_BYTES = 4_096;
    private static final int MAX_HEADER_BYTES = 8_192;

    private final Reader reader;
    /** The superclass has looked at the beginning of a request, also where it left it in the buffer. */
    private boolean begun;

    private boolean inHead;
    private boolean inBody;
    private boolean broken;
    private int lengthHeaders;
    private int hostHeaders;

    StrictRequestDecoder(final Reader reader, final int maxBodyBytes) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxChunkSize(maxBodyBytes)
                .setAllowDuplicateContentLengths(HttpObjectDecoder.DEFAULT_ALLOW_DUPLICATE_CONTENT_LENGTHS)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true));
        this.reader = reader;
    }

    /** The connection as its decoder sees it. */
    interface Reader {
        /** Whether nothing more is to be decoded for now. */
        boolean isPaused();

        /** Takes whole requests that are plain enough to need no decoder, and leaves the rest. */
        void takePlain(ByteBuf buffer);

        /** Some bytes were read and decoded as far as they go. */
        void afterRead(int bytes);

        /** The client ended its side: what is still undecoded comes now, paused or not. */
        void inputEnds();

        /** Nothing is undecoded any more. */
        void inputEnded();
    }

    /** Whether the bytes so far end within a request. */
    boolean isWithinRequest() {
        return inHead || inBody || actualReadableBytes() > 0;
    }

    /** Goes on after a pause. */
    void resume(final ChannelHandlerContext ctx) throws Exception {
        channelRead(ctx, Unpooled.EMPTY_BUFFER);
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) throws Exception {
        final int bytes = ((ByteBuf) message).readableBytes();
        super.channelRead(ctx, message);
        reader.afterRead(bytes);
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext ctx, final Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            reader.inputEnds();
            super.userEventTriggered(ctx, event);
            reader.inputEnded();
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx) throws Exception {
        if (reader.isPaused()) {
            // The superclass would ask for more bytes, since none of the last ones led to a message.
            ctx.fireChannelReadComplete();
        } else {
            super.channelReadComplete(ctx);
        }
    }

    @Override
    protected void decode(final ChannelHandlerContext ctx, final ByteBuf buffer, final List<Object> out)
            throws Exception {
        if (broken) {
            buffer.skipBytes(buffer.readableBytes());
            return;
        }
        if (!begun && !inBody && !reader.isPaused()) {
            reader.takePlain(buffer);
        }
        if (reader.isPaused() || !buffer.isReadable()) {
            return;
        }
        if (!inBody && hasFoldedLine(buffer)) {
            broken = true;
            buffer.skipBytes(buffer.readableBytes());
            final HttpMessage refused = createInvalidMessage();
            refused.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("a header line is folded")));
            out.add(refused);
            return;
        }
        final int before = buffer.readableBytes();
        super.decode(ctx, buffer, out);
        if (out.isEmpty()) {
            begun |= !inBody;
            inHead |= !inBody && buffer.readableBytes() < before;
            return;
        }
        if (out.get(0) instanceof HttpRequest) {
            begun = false;
            inHead = false;
            inBody = true;
            lengthHeaders = 0;
            hostHeaders = 0;
        }
        inBody &= !(out.get(out.size() - 1) instanceof LastHttpContent);
    }

    @Override
    protected AsciiString splitHeaderName(final byte[] line, final int start, final int length) {
        final AsciiString name = super.splitHeaderName(line, start, length);
        if (HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name) && ++lengthHeaders > 1) {
            throw new IllegalArgumentException("Content-Length comes twice");
        }
        if (HttpHeaderNames.HOST.contentEqualsIgnoreCase(name) && ++hostHeaders > 1) {
            throw new IllegalArgumentException("Host comes twice");
        }
        return name;
    }

    /** Whether a line of the head begins with a blank; looks at what is there of this head only. */
    private boolean hasFoldedLine(final ByteBuf buffer) {
        final int end = buffer.writerIndex();
        int at = buffer.readerIndex();
        if (inHead) {
            if (at < end && isBlank(buffer.getByte(at))) {
                return true;
            }
        } else {
            while (at < end && isLineEnd(buffer.getByte(at))) {
                at++;
            }
        }
        while (at < end) {
            final int lineFeed = buffer.indexOf(at, end, (byte) '\n');
            at = lineFeed + 1;
            if (lineFeed < 0 || at == end || isLineEnd(buffer.getByte(at))) {
                return false;
            }
            if (isBlank(buffer.getByte(at))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBlank(final byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isLineEnd(final byte b) {
        return b == '\r' || b == '\n';
    }
}
