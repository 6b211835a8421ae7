package io.tallymark.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.sbe.AccrueDecoder;
import io.tallymark.protocol.sbe.AccrueEncoder;
import io.tallymark.protocol.sbe.AdjustDecoder;
import io.tallymark.protocol.sbe.HoldDecoder;
import io.tallymark.protocol.sbe.MessageHeaderDecoder;
import io.tallymark.protocol.sbe.MessageHeaderEncoder;
import io.tallymark.protocol.sbe.PublishProgramDecoder;
import io.tallymark.protocol.sbe.RedeemDecoder;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class CommandCodecTest {
    private static final long SEED = 20_261_122L;
    private static final int AT = 16;

    private final CommandEncoder encoder = new CommandEncoder();
    private final CommandDecoder decoder = new CommandDecoder(RandomRequests.HASHER);
    private final UnsafeBuffer wire = new UnsafeBuffer(new byte[Commands.MAX_MESSAGE_BYTES + AT]);
    private final Command decoded = Commands.roomy();

    @Test
    void everyWellFormedCommandComesBackAsItWas() {
        final Random random = new Random(SEED);
        System.out.println("seed " + SEED);
        final RandomRequests request = new RandomRequests(random);
        for (int round = 0; round < 40_000; round++) {
            request.next();
            final Command command = request.command;
            final int length = encoder.encode(command, request.identity, wire, AT);
            assertTrue(length <= encoder.maxLength(command, request.identity));
            assertEquals(ResultCode.ACCEPTED, decoder.decode(wire, AT, length, decoded), decoder.detail());
            assertEquals(Commands.describe(command), Commands.describe(decoded));
            assertEquals(command.correlationId(), decoder.correlationId());
            final int mostBytes = CommandDecoder.maxCommandBytes(wire, AT, length);
            assertTrue(decoded.bytesLength() <= mostBytes);
            assertTrue(mostBytes <= CommandDecoder.maxCommandBytes(length));
            if (mostBytes <= Command.INLINE_BYTES) {
                assertEquals(ResultCode.ACCEPTED, decoder.decode(wire, AT, length, new Command()), decoder.detail());
            }
        }
    }

    @Test
    void theGeneratedCodecsReadWhatTheEncoderWrites() {
        final Random random = new Random(SEED);
        final RandomRequests request = new RandomRequests(random);
        for (int round = 0; round < 8_000; round++) {
            final Command c = request.next().command;
            encoder.encode(c, request.identity, wire, AT);
            final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(wire, AT);
            switch (c.type()) {
                case ACCRUE -> {
                    final AccrueDecoder d = new AccrueDecoder().wrapAndApplyHeader(wire, AT, header);
                    assertEquals(c.correlationId(), d.correlationId());
                    assertEquals(c.memberId(), d.memberId());
                    assertEquals(c.amountMinor(), d.amountMinor());
                    assertEquals(c.eventTimeMs(), d.eventTimeMs());
                    assertEquals(
                            (c.flags() & Command.FLAG_NO_VISIT) != 0, d.flags().noVisit());
                    long sum = 0;
                    for (final AccrueDecoder.LinesDecoder line : d.lines()) {
                        sum += line.amountMinor();
                        line.skipSku();
                        line.skipCategory();
                        line.skipBrand();
                    }
                    assertEquals(c.lineCount() == 0 ? 0 : c.amountMinor(), sum);
                    assertEquals(c.text(VarField.PROGRAM), d.program());
                    assertEquals(c.text(VarField.SOURCE), d.source());
                    assertEquals(c.text(VarField.DOCUMENT_ID), d.documentId());
                    assertEquals(c.text(VarField.CHANNEL), d.channel());
                    assertEquals(c.text(VarField.STORE), d.store());
                    assertEquals(c.text(VarField.STAFF), d.staff());
                    assertEquals(c.text(VarField.BRAND), d.brand());
                }
                case REDEEM -> {
                    final RedeemDecoder d = new RedeemDecoder().wrapAndApplyHeader(wire, AT, header);
                    assertEquals(c.points(), d.points());
                    assertEquals(c.memberId(), d.memberId());
                }
                case ADJUST -> {
                    final AdjustDecoder d = new AdjustDecoder().wrapAndApplyHeader(wire, AT, header);
                    assertEquals(c.points(), d.points());
                    assertEquals(
                            (c.flags() & Command.FLAG_MAY_GO_BELOW_ZERO) != 0,
                            d.flags().mayGoBelowZero());
                    d.skipProgram();
                    d.skipSource();
                    d.skipDocumentId();
                    assertEquals(c.text(VarField.REASON), d.reason());
                    assertEquals(c.text(VarField.OPERATOR_ID), d.operatorId());
                }
                case PUBLISH_PROGRAM -> {
                    final PublishProgramDecoder d = new PublishProgramDecoder().wrapAndApplyHeader(wire, AT, header);
                    assertEquals(c.text(VarField.PROGRAM), d.program());
                    d.skipSource();
                    d.skipDocumentId();
                    assertEquals(c.length(VarField.COMPILED_PROGRAM), d.compiledLength());
                }
                case HOLD -> {
                    final HoldDecoder d = new HoldDecoder().wrapAndApplyHeader(wire, AT, header);
                    assertEquals(c.memberId(), d.memberId());
                    assertEquals(c.cashMinor(), d.cashMinor());
                    assertEquals(c.ttlMs(), d.ttlMs());
                    d.skipProgram();
                    d.skipSource();
                    d.skipDocumentId();
                    d.skipChannel();
                    d.skipStore();
                    d.skipStaff();
                    assertEquals(c.text(VarField.RULE_ID), d.ruleId());
                    assertEquals(c.text(VarField.BRAND), d.brand());
                    assertEquals(c.text(VarField.COUPON_ID), d.couponId());
                    assertEquals(c.text(VarField.WALLET_ID), d.walletId());
                    assertEquals(c.text(VarField.IDENTITY_CHANNEL), d.identityChannel());
                    assertEquals(c.length(VarField.IDENTITY) == 0, d.externalIdLength() == 0);
                }
                // SchemaShapeTest compares the others with the schema.
                default -> assertEquals(c.type().code(), header.templateId());
            }
        }
    }

    /** One line a fault: the code, the field that the sentence names, and how the request is spoilt. */
    @Test
    void everyFaultHasItsCodeAndNamesItsField() {
        refused(ResultCode.UNSUPPORTED_VERSION, "schemaId", (b, n) -> putShort(b, AT + 4, 7402));
        refused(ResultCode.UNSUPPORTED_VERSION, "version", (b, n) -> putShort(b, AT + 6, 0));
        refused(ResultCode.UNKNOWN_TEMPLATE, "templateId", (b, n) -> putShort(b, AT + 2, 64));
        refused(ResultCode.MALFORMED, "blockLength", (b, n) -> putShort(b, AT, AccrueDecoder.BLOCK_LENGTH - 1));
        refused(ResultCode.MALFORMED, "blockLength", (b, n) -> putShort(b, AT, AccrueDecoder.BLOCK_LENGTH + 1));
        refused(ResultCode.MALFORMED, "blockLength", (b, n) -> putShort(b, AT, 65_535));
        refused(ResultCode.MALFORMED, "memberId", body(8, 0));
        refused(ResultCode.MALFORMED, "memberId", body(8, -5));
        refused(ResultCode.VALUE_OUT_OF_RANGE, "amountMinor", body(16, 0));
        refused(ResultCode.VALUE_OUT_OF_RANGE, "amountMinor", body(16, -1));
        refused(ResultCode.VALUE_OUT_OF_RANGE, "amountMinor", body(16, Limits.MAX_VALUE + 1));
        refused(ResultCode.MALFORMED, "eventTimeMs", body(24, -1));
        refused(ResultCode.MALFORMED, "eventTimeMs", body(24, 253_402_300_800_000L));
        refused(ResultCode.MALFORMED, "correlationId", body(0, CommandDecoder.NO_CORRELATION));
        refused(ResultCode.MALFORMED, "flags", (b, n) -> b.putByte(AT + 8 + 32, (byte) 2));
        refused(ResultCode.MALFORMED, "lines", (b, n) -> putShort(b, AT + 8 + 33, 14));
        refused(ResultCode.MALFORMED, "lines", (b, n) -> putShort(b, AT + 8 + 33 + 2, 9));
    }

    @Test
    void everyTextIsOfItsForm() {
        refused(ResultCode.MALFORMED, "program", texts("Mima", "pos", "d", ""));
        refused(ResultCode.MALFORMED, "program", texts("", "pos", "d", ""));
        refused(ResultCode.MALFORMED, "program", texts("m".repeat(33), "pos", "d", ""));
        accepted(texts("m-0".repeat(10) + "xy", "pos", "d", ""));
        refused(ResultCode.MALFORMED, "source", texts("mima", "", "d", ""));
        refused(ResultCode.MALFORMED, "source", texts("mima", "p os", "d", ""));
        refused(ResultCode.MALFORMED, "source", texts("mima", "s".repeat(33), "d", ""));
        refused(ResultCode.MALFORMED, "documentId", texts("mima", "pos", "", ""));
        refused(ResultCode.MALFORMED, "documentId", texts("mima", "pos", "d".repeat(65), ""));
        accepted(texts("mima", "s".repeat(32), "!~".repeat(32), ""));
        for (int at = 0; at < 17; at++) {
            for (final String bad : new String[] {" ", "\u007f", "\u0000", "é"}) {
                refused(
                        ResultCode.MALFORMED,
                        "documentId",
                        texts("mima", "pos", "d".repeat(at) + bad + "d".repeat(16 - at), ""));
            }
        }
        accepted(texts("mima", "pos", "d", "上海 旗舰店 😀 é ~"));
        refused(ResultCode.MALFORMED, "channel", texts("mima", "pos", "d", "x".repeat(65)));
        for (final String bad : new String[] {"\n", "\u0000", "\u007f", "\u0085"}) {
            refused(ResultCode.MALFORMED, "channel", texts("mima", "pos", "d", "abcdefgh" + bad + "abc"));
        }
    }

    @Test
    void onlyUtf8IsText() {
        final int[][] bad = {
            {0xC0, 0x80},
            {0xC1, 0xBF},
            {0x80},
            {0xC3},
            {0xE0, 0x9F, 0xBF},
            {0xED, 0xA0, 0x80},
            {0xE4, 0xB8},
            {0xF0, 0x8F, 0xBF, 0xBF},
            {0xF4, 0x90, 0x80, 0x80},
            {0xF5, 0x80, 0x80, 0x80},
            {0xFF},
            {0xC3, 0x28}
        };
        for (final int[] bytes : bad) {
            final byte[] text = new byte[bytes.length];
            for (int i = 0; i < text.length; i++) {
                text[i] = (byte) bytes[i];
            }
            assertEquals(false, Texts.isPlainUtf8(new UnsafeBuffer(text), 0, text.length), Arrays.toString(bytes));
        }
        for (final int codePoint :
                new int[] {0x20, 0x7E, 0xA0, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF}) {
            final byte[] text =
                    new String(Character.toChars(codePoint)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            assertTrue(Texts.isPlainUtf8(new UnsafeBuffer(text), 0, text.length), Integer.toHexString(codePoint));
        }
    }

    @Test
    void linesMustFitTheirOrder() {
        lines(ResultCode.ACCEPTED, "", 2, 300, l -> {});
        lines(ResultCode.AMOUNT_MISMATCH, "lines.amountMinor", 2, 301, l -> {});
        lines(ResultCode.MALFORMED, "lines.number", 2, 300, l -> l.number(0));
        lines(ResultCode.MALFORMED, "lines.quantity", 2, 300, l -> l.quantity(0));
        lines(ResultCode.MALFORMED, "lines.quantity", 2, 300, l -> l.quantity(-1));
        lines(ResultCode.VALUE_OUT_OF_RANGE, "lines.amountMinor", 2, 300, l -> l.amountMinor(-1));
        lines(ResultCode.VALUE_OUT_OF_RANGE, "lines.amountMinor", 2, 300, l -> l.amountMinor(Limits.MAX_VALUE + 1));
        lines(ResultCode.MALFORMED, "lines.flags", 2, 300, l -> l.rawFlags(4));
        lines(ResultCode.ACCEPTED, "", 1_000, 150_000, l -> {});
        lines(ResultCode.TOO_MANY_LINES, "lines", 1_001, 150_150, l -> {});
        lines(ResultCode.TOO_MANY_LINES, "lines", 1_001, 1, l -> {});
    }

    @Test
    void aMalformedFieldComesBeforeAValueOutOfRange() {
        refused(ResultCode.MALFORMED, "documentId", (b, n) -> {
            b.putLong(AT + 8 + 16, 0, ByteOrder.LITTLE_ENDIAN);
            b.putByte(AT + 8 + 33 + 4 + 1 + 4 + 1 + 3 + 1, (byte) 1);
        });
    }

    @Test
    void anAdjustmentNeedsAReasonAndAnOperator() {
        final Command command = Commands.roomy();
        command.reset(CommandType.ADJUST).correlationId(1).memberId(1).points(5);
        command.put(VarField.PROGRAM, "p").put(VarField.SOURCE, "s").put(VarField.DOCUMENT_ID, "d");
        assertRefused(ResultCode.MALFORMED, "reason", encoder.encode(command, wire, AT));
        command.put(VarField.REASON, "r");
        assertRefused(ResultCode.MALFORMED, "operatorId", encoder.encode(command, wire, AT));
        command.put(VarField.OPERATOR_ID, "o");
        assertEquals(ResultCode.ACCEPTED, decode(encoder.encode(command, wire, AT)));
        command.points(0);
        assertRefused(ResultCode.VALUE_OUT_OF_RANGE, "points", encoder.encode(command, wire, AT));
        command.points(Long.MIN_VALUE);
        assertRefused(ResultCode.VALUE_OUT_OF_RANGE, "points", encoder.encode(command, wire, AT));
    }

    @Test
    void aPublicationHasItsSizes() {
        assertEquals(ResultCode.ACCEPTED, decode(encoder.encode(Commands.publish(65_536, 61_440), wire, AT)));
        assertRefused(ResultCode.MALFORMED, "compiled", encoder.encode(Commands.publish(0, 1), wire, AT));
        assertRefused(ResultCode.MALFORMED, "compiled", encoder.encode(Commands.publish(65_537, 1), wire, AT));
        assertRefused(ResultCode.MALFORMED, "sourceText", encoder.encode(Commands.publish(1, 61_441), wire, AT));
    }

    @Test
    void whatDoesNotFitTheCommandIsRefusedNotThrown() {
        final int length = encoder.encode(Commands.publish(300, 10), wire, AT);
        assertTrue(CommandDecoder.maxCommandBytes(length) > Command.INLINE_BYTES);
        assertEquals(ResultCode.FRAME_TOO_LARGE, decoder.decode(wire, AT, length, new Command()));
    }

    @Test
    void aLaterVersionMayBeLonger() {
        final int length = encoder.encode(Commands.accrue("d-1"), wire, AT);
        final UnsafeBuffer later = new UnsafeBuffer(new byte[length + 100]);
        final int blockEnd = 8 + AccrueDecoder.BLOCK_LENGTH;
        later.putBytes(0, wire, AT, blockEnd);
        later.putBytes(blockEnd + 10, wire, AT + blockEnd, length - blockEnd);
        putShort(later, 0, AccrueDecoder.BLOCK_LENGTH + 10);
        putShort(later, 6, 2);
        assertEquals(ResultCode.ACCEPTED, decoder.decode(later, 0, length + 10 + 7, decoded), decoder.detail());
        assertEquals("d-1", decoded.text(VarField.DOCUMENT_ID));
        putShort(later, 6, 1);
        assertEquals(ResultCode.MALFORMED, decoder.decode(later, 0, length + 10, decoded));
    }

    @Test
    void aMessageCutAtAnyByteIsMalformed() {
        final Random random = new Random(SEED + 1);
        final RandomRequests request = new RandomRequests(random);
        for (int round = 0; round < 400; round++) {
            request.next();
            final int length = encoder.encode(request.command, request.identity, wire, AT);
            for (int cut = 0; cut < length; cut++) {
                // A buffer of exactly that length: whoever reads beyond the message throws.
                final UnsafeBuffer exact = new UnsafeBuffer(Arrays.copyOfRange(wire.byteArray(), AT, AT + cut));
                assertNotEquals(ResultCode.ACCEPTED, decoder.decode(exact, 0, cut, decoded));
            }
            wire.putByte(AT + length, (byte) 0);
            assertEquals(ResultCode.MALFORMED, decode(length + 1), "a byte too many");
        }
    }

    @Test
    void noBytesMakeItThrow() {
        final Random random = new Random(SEED + 2);
        int refusals = 0;
        final RandomRequests request = new RandomRequests(random);
        for (int round = 0; round < 400_000; round++) {
            request.next();
            final int length = encoder.encode(request.command, request.identity, wire, AT);
            final byte[] bytes = Arrays.copyOfRange(wire.byteArray(), AT, AT + length);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                final int at = random.nextInt(3) == 0 ? random.nextInt(Math.min(50, length)) : random.nextInt(length);
                bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextBoolean() ? 0xFF : 0);
            }
            final Command into = random.nextInt(10) == 0 ? new Command() : decoded;
            final ResultCode code = decoder.decode(new UnsafeBuffer(bytes), 0, length, into);
            if (code != ResultCode.ACCEPTED) {
                refusals++;
                assertEquals(ResultCode.Kind.MALFORMED, code.kind());
                assertNotEquals("", decoder.detail());
            } else {
                assertWithinLimits(into);
            }
        }
        assertTrue(refusals > 50_000, "mutations were refused: " + refusals);
    }

    @Test
    void anAcceptedRequestAllocatesNothing() {
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        final Random random = new Random(SEED + 3);
        final Reply reply = new Reply();
        final ReplyEncoder replyEncoder = new ReplyEncoder();
        final ReplyDecoder replyDecoder = new ReplyDecoder();
        final Outcome outcome = new Outcome();
        outcome.reset();
        outcome.code = ResultCode.ACCEPTED;
        final RandomRequests[] requests = new RandomRequests[100];
        Arrays.setAll(requests, i -> new RandomRequests(random).next());
        long bytes = 0;
        for (int round = 0; round < 2_000; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (final RandomRequests request : requests) {
                final int sent = encoder.encode(request.command, request.identity, wire, AT);
                decoder.decode(wire, AT, sent, decoded);
                final int length = replyEncoder.encodeOutcome(decoded, outcome, Durability.FSYNC, wire, AT);
                replyDecoder.decode(wire, AT, length, reply);
            }
            // The first rounds load classes and warm up.
            bytes += round < 100 ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertTrue(bytes < 10_000, "190,000 commands allocated " + bytes + " bytes");
    }

    private static void assertWithinLimits(final Command c) {
        assertTrue(c.correlationId() != CommandDecoder.NO_CORRELATION);
        assertTrue(c.memberId() >= 0 && c.otherMemberId() >= 0);
        assertTrue(c.amountMinor() >= 0 && c.amountMinor() <= Limits.MAX_VALUE);
        assertTrue(c.cashMinor() == 0 || c.cashMinor() > 0 && c.cashMinor() < c.amountMinor());
        assertTrue(c.ttlMs() >= 0 && c.ttlMs() <= 2_592_000_000L);
        assertTrue((c.flags() & ~c.type().shape().flags()) == 0);
        assertTrue(c.version() >= 0 && c.version() <= 65_535);
        assertEquals(c.length(VarField.IDENTITY) == 0, c.length(VarField.IDENTITY_CHANNEL) == 0);
        if (c.type().shape().identity() == CommandShape.Identity.INSTEAD_OF_MEMBER) {
            assertTrue(c.memberId() > 0 != c.length(VarField.IDENTITY) > 0);
        }
        if (c.type() == CommandType.ACCRUE) {
            assertTrue(c.amountMinor() > 0);
            assertTrue(c.lineCount() <= Limits.MAX_LINES);
        }
        if (c.type() == CommandType.REDEEM) {
            assertTrue(c.points() >= 0 && c.points() <= Limits.MAX_VALUE);
            final boolean[] named = {c.points() > 0, c.amountMinor() > 0, c.length(VarField.RULE_ID) > 0};
            assertTrue(named[0] ^ named[1] ^ named[2] && !(named[0] && named[1] && named[2]));
        }
        if (c.type().changesState()) {
            assertTrue(c.text(VarField.DOCUMENT_ID).matches("[!-~]{1,64}"));
            assertTrue(c.text(VarField.SOURCE).matches("[!-~]{1,32}"));
            assertTrue(c.text(VarField.PROGRAM).matches("[a-z0-9-]{1,32}"));
        }
    }

    private ResultCode decode(final int length) {
        return decoder.decode(wire, AT, length, decoded);
    }

    private void assertRefused(final ResultCode code, final String field, final int length) {
        assertEquals(code, decode(length), decoder.detail());
        assertTrue(decoder.detail().startsWith(field), decoder.detail());
    }

    private void refused(final ResultCode code, final String field, final BiConsumer<UnsafeBuffer, Integer> spoil) {
        final int length = encoder.encode(Commands.accrue("order-1"), wire, AT);
        spoil.accept(wire, length);
        assertRefused(code, field, length);
    }

    private void refused(final ResultCode code, final String field, final Command command) {
        assertRefused(code, field, encoder.encode(command, wire, AT));
    }

    private void accepted(final Command command) {
        assertEquals(ResultCode.ACCEPTED, decode(encoder.encode(command, wire, AT)), decoder.detail());
    }

    private static Command texts(
            final String program, final String source, final String documentId, final String channel) {
        return Commands.roomy()
                .reset(CommandType.ACCRUE)
                .correlationId(1)
                .memberId(1)
                .amountMinor(1)
                .put(VarField.PROGRAM, program)
                .put(VarField.SOURCE, source)
                .put(VarField.DOCUMENT_ID, documentId)
                .put(VarField.CHANNEL, channel);
    }

    /** Lines of 100, 200, 100 … written by the generated encoder; {@code spoil} changes the last one. */
    private void lines(
            final ResultCode expected,
            final String field,
            final int count,
            final long amountMinor,
            final Consumer<Spoilt> spoil) {
        final AccrueEncoder e = new AccrueEncoder()
                .wrapAndApplyHeader(wire, AT, new MessageHeaderEncoder())
                .correlationId(5)
                .memberId(1)
                .amountMinor(amountMinor)
                .eventTimeMs(AccrueEncoder.eventTimeMsNullValue());
        e.flags().clear();
        final AccrueEncoder.LinesEncoder line = e.linesCount(count);
        for (int i = 0; i < count; i++) {
            line.next().number(i + 1).quantity(1).amountMinor(i % 2 == 0 ? 100 : 200);
            line.flags().clear().sample(i == 3);
            if (i == count - 1) {
                spoil.accept(new Spoilt(line));
            }
            line.sku("sku-" + i).category("").brand("b");
        }
        e.program("mima")
                .source("pos")
                .documentId("o-1")
                .channel("")
                .store("")
                .staff("")
                .brand("");
        e.identityChannel("").externalId("");
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + e.encodedLength();
        if (expected == ResultCode.ACCEPTED) {
            assertEquals(expected, decode(length), decoder.detail());
            assertEquals(count, decoded.lineCount());
            assertEquals(amountMinor, decoded.amountMinor());
        } else {
            assertRefused(expected, field, length);
        }
    }

    private static BiConsumer<UnsafeBuffer, Integer> body(final int offset, final long value) {
        return (b, n) -> b.putLong(AT + 8 + offset, value, ByteOrder.LITTLE_ENDIAN);
    }

    private static void putShort(final UnsafeBuffer buffer, final int offset, final int value) {
        buffer.putShort(offset, (short) value, ByteOrder.LITTLE_ENDIAN);
    }

    /** A line that a case may change. */
    private record Spoilt(AccrueEncoder.LinesEncoder line) {
        void number(final int value) {
            line.number(value);
        }

        void quantity(final int value) {
            line.quantity(value);
        }

        void amountMinor(final long value) {
            line.amountMinor(value);
        }

        void rawFlags(final int value) {
            final var flags = line.flags();
            flags.buffer().putByte(flags.offset(), (byte) value);
        }
    }
}
