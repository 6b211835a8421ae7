package io.tallymark.systemtests;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Bytes that must not be accepted, and the codes that may be answered. Made from right messages by changing one thing
 * at a place that the schema fixes.
 */
record BadBytes(String name, byte[] bytes, List<ResultCode> codes) {
    /** Correlation id of {@link #query}. */
    static final long QUERY_ID = 0x7777_7777L;

    private static final int TEMPLATE_ID = 2;
    private static final int SCHEMA_ID = 4;
    private static final int MEMBER_ID = 16;
    private static final int AMOUNT_OF_AN_ORDER = 24;
    private static final int AMOUNT_OF_A_REDEMPTION = 24;
    private static final int POINTS_OF_A_REDEMPTION = 40;
    private static final int POINTS_OF_AN_ADJUSTMENT = 24;
    private static final int ACCRUE_BLOCK_BYTES = 33;
    private static final int LINE_COUNT = 8 + ACCRUE_BLOCK_BYTES + 2;
    private static final int PROGRAM_LENGTH = LINE_COUNT + 2;

    /** Messages in a right frame. */
    static List<BadBytes> messages() {
        final List<BadBytes> all = new ArrayList<>();
        headers(all);
        values(all);
        texts(all);
        return all;
    }

    private static void headers(final List<BadBytes> all) {
        final byte[] right = accrue("right");
        add(all, "unknown template 60", ResultCode.UNKNOWN_TEMPLATE, patched(b -> b.putShort(TEMPLATE_ID, (short) 60)));
        add(all, "template of a tick", ResultCode.UNKNOWN_TEMPLATE, patched(b -> b.putShort(TEMPLATE_ID, (short) 63)));
        add(all, "template of a reply", ResultCode.UNKNOWN_TEMPLATE, patched(b -> b.putShort(TEMPLATE_ID, (short) 64)));
        add(all, "schema 999", ResultCode.UNSUPPORTED_VERSION, patched(b -> b.putShort(SCHEMA_ID, (short) 999)));
        add(all, "version 0", ResultCode.UNSUPPORTED_VERSION, patched(b -> b.putShort(SCHEMA_ID + 2, (short) 0)));
        add(all, "a block length of 8", ResultCode.MALFORMED, patched(b -> b.putShort(0, (short) 8)));
        add(all, "a block length of 65535", ResultCode.MALFORMED, patched(b -> b.putShort(0, (short) -1)));
        add(all, "ends in its header", ResultCode.MALFORMED, Arrays.copyOf(right, 8));
        for (int length = 9; length < right.length; length += 7) {
            add(all, "cut after " + length + " bytes", ResultCode.MALFORMED, Arrays.copyOf(right, length));
        }
        add(all, "bytes behind its end", ResultCode.MALFORMED, Arrays.copyOf(right, right.length + 5));
        all.add(new BadBytes(
                "65535 lines, none there",
                patched(b -> b.putShort(LINE_COUNT, (short) -1)),
                List.of(ResultCode.MALFORMED, ResultCode.TOO_MANY_LINES)));
        add(
                all,
                "a text longer than the message",
                ResultCode.MALFORMED,
                patched(b -> b.put(PROGRAM_LENGTH, (byte) 254)));
    }

    private static void values(final List<BadBytes> all) {
        for (final long amount : new long[] {-1, 0, Limits.MAX_VALUE + 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            add(
                    all,
                    "amount " + amount,
                    ResultCode.VALUE_OUT_OF_RANGE,
                    patched(b -> b.putLong(AMOUNT_OF_AN_ORDER, amount)));
        }
        for (final long memberId : new long[] {0, -5, Long.MIN_VALUE}) {
            all.add(new BadBytes(
                    "member " + memberId,
                    patched(b -> b.putLong(MEMBER_ID, memberId)),
                    List.of(ResultCode.MALFORMED, ResultCode.VALUE_OUT_OF_RANGE)));
        }
        final byte[] redeem = message(CommandType.REDEEM, "bad-redeem");
        for (final long points : new long[] {-1, Limits.MAX_VALUE + 1, Long.MAX_VALUE}) {
            add(
                    all,
                    "redeem " + points,
                    ResultCode.VALUE_OUT_OF_RANGE,
                    patched(redeem, b -> b.putLong(POINTS_OF_A_REDEMPTION, points)));
        }
        add(all, "redeem nothing", ResultCode.MALFORMED, patched(redeem, b -> b.putLong(POINTS_OF_A_REDEMPTION, 0)));
        add(
                all,
                "redeem points and an amount",
                ResultCode.MALFORMED,
                patched(redeem, b -> b.putLong(AMOUNT_OF_A_REDEMPTION, 100)));
        final byte[] adjust = message(CommandType.ADJUST, "bad-adjust");
        for (final long points : new long[] {0, Limits.MAX_VALUE + 1, -Limits.MAX_VALUE - 1, Long.MIN_VALUE}) {
            add(
                    all,
                    "adjust " + points,
                    ResultCode.VALUE_OUT_OF_RANGE,
                    patched(adjust, b -> b.putLong(POINTS_OF_AN_ADJUSTMENT, points)));
        }
    }

    private static void texts(final List<BadBytes> all) {
        add(all, "unknown program", ResultCode.UNKNOWN_PROGRAM, accrue("nowhere", "till", "d-1"));
        add(all, "no program", ResultCode.MALFORMED, accrue("", "till", "d-2"));
        add(all, "program in capitals", ResultCode.MALFORMED, accrue("MIMA", "till", "d-3"));
        add(all, "no source", ResultCode.MALFORMED, accrue("mima", "", "d-4"));
        add(all, "source too long", ResultCode.MALFORMED, accrue("mima", "s".repeat(33), "d-5"));
        add(all, "no document id", ResultCode.MALFORMED, accrue("mima", "till", ""));
        add(all, "document id too long", ResultCode.MALFORMED, accrue("mima", "till", "d".repeat(65)));
        add(all, "document id with a blank", ResultCode.MALFORMED, accrue("mima", "till", "d 6"));
        add(all, "document id in Chinese", ResultCode.MALFORMED, accrue("mima", "till", "订单"));
    }

    /** Whole frames whose own bytes are wrong; after them the connection cannot be trusted. */
    static List<BadBytes> frames() {
        final byte[] message = accrue("in-a-bad-frame");
        final byte[] right = RawConnection.frame(message);
        final List<BadBytes> all = new ArrayList<>();
        for (final int length : new int[] {0, 1, 7, 8, 19, -1, Integer.MIN_VALUE}) {
            addFrame(all, "frame length " + length, patched(right, b -> b.putInt(0, length)));
        }
        addFrame(all, "oversized frame", patched(right, b -> b.putInt(0, Limits.MAX_FRAME_BYTES + 1)));
        addFrame(all, "frame of 2 GiB", patched(right, b -> b.putInt(0, Integer.MAX_VALUE)));
        addFrame(all, "no message", patched(right, b -> b.putShort(4, (short) 0)));
        addFrame(all, "too many messages", patched(right, b -> b.putShort(4, (short) (Limits.MAX_FRAME_MESSAGES + 1))));
        addFrame(all, "one message more than there is", patched(right, b -> b.putShort(4, (short) 2)));
        addFrame(all, "reserved bytes in use", patched(right, b -> b.putShort(6, (short) 1)));
        addFrame(all, "message longer than its frame", patched(right, b -> b.putInt(8, message.length + 1)));
        addFrame(all, "message shorter than its frame", patched(right, b -> b.putInt(8, message.length - 1)));
        addFrame(all, "negative message length", patched(right, b -> b.putInt(8, -1)));
        final byte[] two = RawConnection.frame(message, accrue("in-a-bad-frame-2"));
        addFrame(all, "the second message is cut", patched(two, b -> b.putInt(12 + message.length, 1 << 20)));
        return all;
    }

    static Command query(final long memberId) {
        return new Command()
                .reset(CommandType.QUERY_MEMBER)
                .correlationId(QUERY_ID)
                .memberId(memberId)
                .put(VarField.PROGRAM, Workload.PROGRAM);
    }

    private static void add(final List<BadBytes> all, final String name, final ResultCode code, final byte[] bytes) {
        all.add(new BadBytes(name, bytes, List.of(code)));
    }

    private static void addFrame(final List<BadBytes> all, final String name, final byte[] bytes) {
        all.add(new BadBytes(name, bytes, List.of(ResultCode.MALFORMED, ResultCode.FRAME_TOO_LARGE)));
    }

    private static byte[] accrue(final String documentId) {
        return message(CommandType.ACCRUE, documentId);
    }

    private static byte[] accrue(final String program, final String source, final String documentId) {
        return RawConnection.message(new Command()
                .reset(CommandType.ACCRUE)
                .correlationId(1)
                .memberId(1)
                .amountMinor(500)
                .put(VarField.PROGRAM, program)
                .put(VarField.SOURCE, source)
                .put(VarField.DOCUMENT_ID, documentId));
    }

    private static byte[] message(final CommandType type, final String documentId) {
        return RawConnection.message(
                new Sent(type, 1, 500, documentId).fill(new Command()).correlationId(1));
    }

    private static byte[] patched(final Consumer<ByteBuffer> change) {
        return patched(accrue("patched"), change);
    }

    private static byte[] patched(final byte[] bytes, final Consumer<ByteBuffer> change) {
        final byte[] copy = bytes.clone();
        change.accept(ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN));
        return copy;
    }

    @Override
    public String toString() {
        return name;
    }
}
