package io.tallymark.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;

/**
 * Puts the requests of one connection together from what the decoder says, and finds what is wrong with them as HTTP.
 * Used on the connection's event loop.
 */
final class RequestIntake {
    private static final int FIRST_BODY_BYTES = 4 * 1024;
    private static final int MAX_DETAIL_CHARS = 160;
    private static final int MAX_REMEMBERED_BYTES = 128;

    private final Requests requests;
    private final RequestTarget target = new RequestTarget();
    private final byte[] plainTarget = new byte[MAX_REMEMBERED_BYTES];
    private Route route = Route.NOWHERE;
    private int flags;
    private HttpFault fault;
    private boolean open;
    private boolean awaitsContinue;
    private int bodyBytes;
    private ByteBuf body;
    private int plainTargetLength;
    private Route plainRoute;
    private Route.Method plainMethod;

    RequestIntake(final Requests requests) {
        this.requests = requests;
    }

    /** Where requests go. */
    interface Requests {
        /** A whole request without fault; the content is valid during the call. */
        void request(Route route, int flags, RequestTarget target, byte[] content, int offset, int length);

        /** Room for the longest body, to put together there what {@link #request} gets. */
        byte[] bodyRoom();

        /** A request with a fault; the flags say whether the connection goes on. */
        void refuse(Route route, int flags, HttpFault fault, String detail);

        /** The client sends the body only when it is asked to. */
        void awaitsContinue();

        ByteBufAllocator allocator();
    }

    /** Takes what the decoder emitted; the caller releases it. */
    void take(final HttpObject message) {
        if (message.decoderResult().isFailure()) {
            broken(message.decoderResult().cause());
            return;
        }
        if (message instanceof HttpRequest request) {
            begin(request);
        }
        if (open && message instanceof HttpContent content) {
            content(content);
        }
    }

    /**
     * Takes the request that begins at {@code from} if it is plain and whole.
     *
     * @return where the next one begins; {@code from}: nothing was taken, since the decoder has to look at it
     */
    int takePlain(final PlainHead head, final byte[] bytes, final int from, final int to) {
        final int content = head.scan(bytes, from, to);
        final int length = head.contentLength();
        if (content == PlainHead.NOT_PLAIN || length > to - content || !isFor(head)) {
            return from;
        }
        requests.request(plainRoute, 0, target, bytes, content, length);
        return content + length;
    }

    /** Takes the target of a plain request apart; false if there is no such route. */
    private boolean isFor(final PlainHead head) {
        // One connection mostly asks for one path again and again: then it is still taken apart.
        if (head.method() != plainMethod || !head.isTarget(plainTarget, plainTargetLength)) {
            plainRoute = target.parse(head.target(), head.method());
            final boolean fits = head.targetLength() <= MAX_REMEMBERED_BYTES;
            plainMethod = fits ? head.method() : null;
            if (fits) {
                plainTargetLength = head.targetLength();
                head.copyTarget(plainTarget);
            }
        }
        return plainRoute.method() == head.method();
    }

    /** Whether the head of a request was read and its body not yet. */
    boolean isWithinBody() {
        return open;
    }

    /** Whether the client waits to be asked for the body; asks once only. */
    boolean pollAwaitsContinue() {
        final boolean waits = open && awaitsContinue;
        awaitsContinue = false;
        return waits;
    }

    /** Gives up a request whose body does not come. */
    void timeOut() {
        refuseAndClose(HttpFault.REQUEST_TIMEOUT, HttpFault.REQUEST_TIMEOUT.meaning());
    }

    void release() {
        open = false;
        if (body != null) {
            body.release();
            body = null;
        }
    }

    private void begin(final HttpRequest request) {
        open = true;
        fault = null;
        awaitsContinue = false;
        bodyBytes = 0;
        plainMethod = null;
        final HttpMethod asked = request.method();
        route = target.parse(request.uri(), methodOf(asked));
        final HttpVersion version = request.protocolVersion();
        flags = flagsOf(request, version);
        final HttpFault fatal = fatalFault(request, version);
        if (fatal != null) {
            refuseAndClose(fatal, fatal.meaning());
            return;
        }
        final HttpHeaders headers = request.headers();
        fault = faultOf(methodOf(asked), headers);
        if (HttpUtil.getContentLength(request, 0L) > HttpFront.MAX_BODY_BYTES) {
            refuseAndClose(HttpFault.CONTENT_TOO_LARGE, HttpFault.CONTENT_TOO_LARGE.meaning());
            return;
        }
        expect(headers.get(HttpHeaderNames.EXPECT), version);
    }

    private static int flagsOf(final HttpRequest request, final HttpVersion version) {
        final int close = HttpUtil.isKeepAlive(request) ? 0 : ResponseQueue.FLAG_CLOSE;
        final int head = HttpMethod.HEAD.equals(request.method()) ? ResponseQueue.FLAG_HEAD : 0;
        return close | head | (HttpVersion.HTTP_1_0.equals(version) ? ResponseQueue.FLAG_HTTP_1_0 : 0);
    }

    /** What leaves no doubt that the rest of the bytes cannot be trusted; null: nothing. */
    private static HttpFault fatalFault(final HttpRequest request, final HttpVersion version) {
        final boolean is11 = HttpVersion.HTTP_1_1.equals(version);
        if (!is11 && !HttpVersion.HTTP_1_0.equals(version)) {
            return HttpFault.VERSION_NOT_SUPPORTED;
        }
        final HttpHeaders headers = request.headers();
        if (is11 && !headers.contains(HttpHeaderNames.HOST)) {
            return HttpFault.BAD_REQUEST;
        }
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            final List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
            if (codings.size() > 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))) {
                return HttpFault.TRANSFER_CODING_UNKNOWN;
            }
        }
        return null;
    }

    /** Null: one that nothing here knows. */
    private static Route.Method methodOf(final HttpMethod method) {
        if (HttpMethod.POST.equals(method)) {
            return Route.Method.POST;
        }
        if (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method)) {
            return Route.Method.GET;
        }
        return HttpMethod.PUT.equals(method) ? Route.Method.PUT : null;
    }

    private HttpFault faultOf(final Route.Method method, final HttpHeaders headers) {
        if (route == Route.NOWHERE) {
            return HttpFault.NOT_FOUND;
        }
        if (method != route.method()) {
            return HttpFault.METHOD_NOT_ALLOWED;
        }
        if (!route.hasBody()) {
            return null;
        }
        final String contentType = headers.get(HttpHeaderNames.CONTENT_TYPE);
        if (!(method == Route.Method.PUT ? MediaTypes.isYaml(contentType) : MediaTypes.isJson(contentType))) {
            return HttpFault.UNSUPPORTED_MEDIA_TYPE;
        }
        if (method == Route.Method.PUT) {
            target.publication(headers.get(HttpHeaderNames.IF_MATCH), headers.get("Idempotency-Key"));
        }
        final String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        if (encoding != null && !HttpHeaderValues.IDENTITY.contentEqualsIgnoreCase(encoding)) {
            return HttpFault.UNSUPPORTED_MEDIA_TYPE;
        }
        final boolean hasBody =
                headers.contains(HttpHeaderNames.CONTENT_LENGTH) || headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
        return hasBody ? null : HttpFault.LENGTH_REQUIRED;
    }

    private void expect(final String expectation, final HttpVersion version) {
        if (expectation == null || HttpVersion.HTTP_1_0.equals(version)) {
            return;
        }
        if (!HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
            refuseAndClose(HttpFault.EXPECTATION_FAILED, HttpFault.EXPECTATION_FAILED.meaning());
        } else if (fault != null) {
            // Whether the body comes all the same is the client's choice, so nothing behind the head can be relied on.
            refuseAndClose(fault, fault.meaning());
        } else {
            awaitsContinue = true;
            requests.awaitsContinue();
        }
    }

    private void content(final HttpContent content) {
        final ByteBuf bytes = content.content();
        final boolean last = content instanceof LastHttpContent;
        awaitsContinue &= !bytes.isReadable() && !last;
        bodyBytes += bytes.readableBytes();
        if (bodyBytes > HttpFront.MAX_BODY_BYTES) {
            refuseAndClose(HttpFault.CONTENT_TOO_LARGE, HttpFault.CONTENT_TOO_LARGE.meaning());
            return;
        }
        final boolean needed = fault == null && route.hasBody();
        if (needed && bytes.isReadable() && (body != null || !last)) {
            if (body == null) {
                body = requests.allocator().directBuffer(Math.max(FIRST_BODY_BYTES, bytes.readableBytes()));
            }
            body.writeBytes(bytes);
        }
        if (!last) {
            return;
        }
        open = false;
        if (fault != null) {
            requests.refuse(route, flags, fault, fault.meaning());
            return;
        }
        final ByteBuf whole = body == null ? bytes : body;
        final int length = needed ? whole.readableBytes() : 0;
        final byte[] room = requests.bodyRoom();
        whole.getBytes(whole.readerIndex(), room, 0, length);
        release();
        requests.request(route, flags, target, room, 0, length);
    }

    private void broken(final Throwable cause) {
        if (cause instanceof PrematureChannelClosureException) {
            // The client has gone; nobody reads an answer.
            release();
            return;
        }
        final boolean withinBody = open;
        if (!withinBody) {
            route = Route.NOWHERE;
            flags = 0;
        }
        final HttpFault what;
        if (cause instanceof TooLongHttpHeaderException) {
            what = HttpFault.HEADER_TOO_LARGE;
        } else {
            what = cause instanceof TooLongHttpLineException && !withinBody
                    ? HttpFault.URI_TOO_LONG
                    : HttpFault.BAD_REQUEST;
        }
        final String message = cause.getMessage() == null ? what.meaning() : cause.getMessage();
        refuseAndClose(what, message.length() <= MAX_DETAIL_CHARS ? message : message.substring(0, MAX_DETAIL_CHARS));
    }

    private void refuseAndClose(final HttpFault what, final String detail) {
        release();
        requests.refuse(route, flags | ResponseQueue.FLAG_CLOSE, what, detail);
    }
}
