package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is taken without the decoder must be what the decoder would have made of it, and nothing that it refuses. */
class PlainRequestsTest {
    private static final int STREAMS = 20_000;
    private static final String BODY =
            "{\"source\":\"pos\",\"documentId\":\"d-1\",\"memberId\":7,\"amountMinor\":1250}";
    private static final String[] TARGETS = {
        "/v1/programs/mima/accruals",
        "/v1/programs/mima/accruals?x=1",
        "/v1/programs/mima/redemptions",
        "/v1/programs/lancome/accruals",
        "/v1/programs/mima/holds/s/d%2F1/void",
        "/v1/programs/mima/members/42",
        "/v1/programs/mima/members/x",
        "/v1/programs",
        "/healthz",
        "/nowhere",
        "/v1/programs/" + "x".repeat(200) + "/accruals",
        "http://host/healthz",
        "*"
    };
    private static final String[] HEADERS = {
        "Host: y",
        "HOST:y",
        "Host:",
        "Content-Length: 5",
        "content-length: 0",
        "Content-Length: 0" + BODY.length(),
        "Content-Length: +1",
        "Content-Length: 1,1",
        "Content-Length : 3",
        "Content-Length: 9999999",
        "Transfer-Encoding: chunked",
        "transfer-encoding: identity",
        "Content-Type: text/plain",
        "content-type: application/json; charset=utf-8",
        "Content-Type: application/json",
        "Content-Encoding: gzip",
        "Content-Encoding: identity",
        "Connection: close",
        "Connection: keep-alive",
        "connection: Keep-Alive",
        "Connection: keep-alive, close",
        "Expect: 100-continue",
        "expect: x",
        "User-Agent: some/1.0 (x; y)",
        "Accept: */*",
        "X-Empty:",
        "X-Blanks:   a b  ",
        "X\u00e9: y",
        "X-Y: \u00e9",
        "X_Y: z",
        "X Y: z",
        " folded",
        "\tfolded",
        ": no name",
        "no colon",
        "X: a\rb",
        "X: a\tb",
        "X: a\0b",
        "X: " + "y".repeat(4_000),
        "Idempotency-Key: k",
        "If-Match: *",
        "Upgrade: h2c"
    };

    private final long seed = 9_182;
    private final Random random = new Random(seed);
    private int plain;

    @Test
    void theyAreWhatTheDecoderMakesOfThem() {
        for (int i = 0; i < STREAMS; i++) {
            final StringBuilder text = new StringBuilder();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                text.append(request());
            }
            final byte[] stream = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            final int[] cuts = cuts(stream.length);
            final List<String> expected = read(stream, cuts, false);
            final List<String> actual = read(stream, cuts, true);
            final int number = i;
            assertEquals(expected, actual, () -> "seed " + seed + ", stream " + number + ":\n" + text);
        }
        assertTrue(plain > STREAMS / 10, "taken without the decoder: " + plain);
    }

    @Test
    void behindOneThatTheDecoderFinishedTheyArePlainAgain() {
        final byte[] stream = HttpWire.post(TARGETS[0], BODY).repeat(4).getBytes(StandardCharsets.US_ASCII);
        for (int cut = 1; cut < stream.length / 4; cut++) {
            plain = 0;
            assertEquals(5, read(stream, new int[] {cut}, true).size());
            assertEquals(3, plain, "cut at " + cut);
        }
    }

    private int[] cuts(final int length) {
        return random.ints(random.nextInt(4), 0, length).sorted().toArray();
    }

    private String request() {
        final boolean post = random.nextInt(4) > 0;
        final String method = random.nextInt(20) > 0 ? post ? "POST" : "GET" : pick("HEAD", "PUT", "post", "BREW", "");
        final String target = random.nextBoolean() ? TARGETS[0] : TARGETS[random.nextInt(TARGETS.length)];
        final String version = random.nextInt(20) > 0 ? "HTTP/1.1" : pick("HTTP/1.0", "HTTP/1.2", "http/1.1", "x");
        final List<String> lines = new ArrayList<>();
        lines.add("Host: x");
        if (post) {
            lines.add("Content-Type: application/json");
            lines.add("Content-Length: " + BODY.length());
        }
        for (int n = random.nextInt(3); n > 0; n--) {
            lines.add(random.nextInt(lines.size() + 1), HEADERS[random.nextInt(HEADERS.length)]);
        }
        if (random.nextInt(20) == 0) {
            lines.remove(random.nextInt(lines.size()));
        }
        final String lineEnd = random.nextInt(40) > 0 ? "\r\n" : pick("\n", "\r", "\r\r\n", " \r\n");
        final String head = method + " " + target + " " + version + "\r\n" + String.join(lineEnd, lines) + "\r\n\r\n";
        return mutated(pick("", "", "", "", "", "", "\r\n") + head) + (post ? BODY : "");
    }

    private String mutated(final String head) {
        if (random.nextInt(10) > 0) {
            return head;
        }
        final int at = random.nextInt(head.length());
        final String with = pick("", " ", "\r", "\n", "\r\n", ":", "\0", "x", "\u00ff", "\u007f");
        return head.substring(0, at) + with + head.substring(at + random.nextInt(2));
    }

    private String pick(final String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private List<String> read(final byte[] stream, final int[] cuts, final boolean takesPlain) {
        final Recorder recorder = new Recorder(takesPlain);
        final EmbeddedChannel channel = new EmbeddedChannel(recorder.decoder, recorder);
        int from = 0;
        for (final int cut : cuts) {
            channel.writeInbound(Unpooled.copiedBuffer(stream, from, cut - from));
            from = cut;
        }
        channel.writeInbound(Unpooled.copiedBuffer(stream, from, stream.length - from));
        if (!recorder.closing) {
            recorder.events.add("within " + recorder.decoder.isWithinRequest() + " " + recorder.intake.isWithinBody());
        }
        plain += recorder.plain;
        recorder.intake.release();
        channel.finishAndReleaseAll();
        return recorder.events;
    }

    /** A connection that notes what it would do. */
    private static final class Recorder extends ChannelInboundHandlerAdapter
            implements RequestIntake.Requests, StrictRequestDecoder.Reader {
        private final List<String> events = new ArrayList<>();
        private final StrictRequestDecoder decoder = new StrictRequestDecoder(this, HttpFront.MAX_BODY_BYTES);
        private final RequestIntake intake = new RequestIntake(this);
        private final PlainHead head = new PlainHead();
        private final byte[] room = new byte[HttpFront.MAX_BODY_BYTES];
        private final boolean takesPlain;
        private boolean closing;
        private int plain;

        Recorder(final boolean takesPlain) {
            this.takesPlain = takesPlain;
        }

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object message) {
            if (!closing) {
                intake.take((HttpObject) message);
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void takePlain(final ByteBuf buffer) {
            final byte[] bytes = new byte[buffer.readableBytes()];
            buffer.getBytes(buffer.readerIndex(), bytes);
            int at = 0;
            while (takesPlain && !closing && at < bytes.length) {
                final int behind = intake.takePlain(head, bytes, at, bytes.length);
                if (behind == at) {
                    break;
                }
                plain++;
                at = behind;
            }
            buffer.skipBytes(at);
        }

        @Override
        public void request(
                final Route route,
                final int flags,
                final RequestTarget target,
                final byte[] content,
                final int offset,
                final int length) {
            closing |= (flags & ResponseQueue.FLAG_CLOSE) != 0;
            final StringBuilder texts = new StringBuilder();
            for (final VarField field : VarField.values()) {
                texts.append(target.texts().text(field)).append('|');
            }
            final String body =
                    new String(Arrays.copyOfRange(content, offset, offset + length), StandardCharsets.ISO_8859_1);
            events.add(route + " " + flags + " " + target.fault() + " " + target.memberId() + " "
                    + target.idempotencyKey() + " " + target.ifMatch() + " " + texts + " " + body);
        }

        @Override
        public void refuse(final Route route, final int flags, final HttpFault fault, final String detail) {
            closing |= (flags & ResponseQueue.FLAG_CLOSE) != 0;
            events.add(route + " " + flags + " " + fault + " " + detail);
        }

        @Override
        public byte[] bodyRoom() {
            return room;
        }

        @Override
        public void awaitsContinue() {
            events.add("continue");
        }

        @Override
        public ByteBufAllocator allocator() {
            return ByteBufAllocator.DEFAULT;
        }

        @Override
        public boolean isPaused() {
            return false;
        }

        @Override
        public void afterRead(final int bytes) {
            // Time and auto-read are the connection's.
        }

        @Override
        public void inputEnds() {
            // As above.
        }

        @Override
        public void inputEnded() {
            // As above.
        }
    }
}
