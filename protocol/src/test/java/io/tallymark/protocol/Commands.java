package io.tallymark.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** Well-formed commands for tests. */
final class Commands {
    static final int MAX_MESSAGE_BYTES = Limits.MAX_FRAME_BYTES;

    private Commands() {}

    /** A command with room for everything that the limits allow. */
    static Command roomy() {
        final Command command = new Command();
        command.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
        return command;
    }

    static Command accrue(final String documentId) {
        return roomy().reset(CommandType.ACCRUE)
                .correlationId(7)
                .memberId(42)
                .amountMinor(12_345)
                .eventTimeMs(1_700_000_000_000L)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "pos")
                .put(VarField.DOCUMENT_ID, documentId);
    }

    static Command publish(final int compiledBytes, final int textBytes) {
        return roomy().reset(CommandType.PUBLISH_PROGRAM)
                .correlationId(9)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "ops")
                .put(VarField.DOCUMENT_ID, "p-1")
                .put(VarField.COMPILED_PROGRAM, new UnsafeBuffer(new byte[compiledBytes]), 0, compiledBytes)
                .put(VarField.SOURCE_TEXT, "x".repeat(textBytes));
    }

    /** Any well-formed request. */
    static Command random(final Random random) {
        final Command command = roomy();
        switch (random.nextInt(6)) {
            case 0, 1 -> randomAccrue(random, command);
            case 2 -> {
                start(random, command, CommandType.REDEEM).points(1 + random.nextInt(1_000));
                texts(random, command, VarField.CHANNEL, VarField.STORE, VarField.STAFF);
            }
            case 3 -> {
                start(random, command, CommandType.ADJUST)
                        .points(random.nextBoolean() ? Limits.MAX_VALUE : -1 - random.nextInt(9))
                        .flags(random.nextBoolean() ? Command.FLAG_MAY_GO_BELOW_ZERO : 0)
                        .put(VarField.REASON, "mistake")
                        .put(VarField.OPERATOR_ID, "op-7");
                texts(random, command, VarField.REFERENCE);
            }
            case 4 ->
                command.reset(CommandType.QUERY_MEMBER)
                        .correlationId(random.nextInt())
                        .memberId(1 + random.nextInt(100))
                        .put(VarField.PROGRAM, "mima");
            default -> {
                command.reset(CommandType.PUBLISH_PROGRAM)
                        .correlationId(random.nextLong() >>> 1)
                        .put(VarField.PROGRAM, "p-" + random.nextInt(100))
                        .put(VarField.SOURCE, "ops")
                        .put(VarField.DOCUMENT_ID, "d" + random.nextInt());
                final byte[] compiled = new byte[1 + random.nextInt(300)];
                random.nextBytes(compiled);
                command.put(VarField.COMPILED_PROGRAM, new UnsafeBuffer(compiled), 0, compiled.length);
                texts(random, command, VarField.SOURCE_TEXT);
            }
        }
        if (command.correlationId() == CommandDecoder.NO_CORRELATION) {
            command.correlationId(1);
        }
        return command;
    }

    private static void randomAccrue(final Random random, final Command command) {
        start(random, command, CommandType.ACCRUE).flags(random.nextInt(2));
        texts(random, command, VarField.CHANNEL, VarField.STORE, VarField.STAFF);
        final int count = random.nextInt(4) == 0 ? random.nextInt(30) : 0;
        command.amountMinor(1 + random.nextLong(Limits.MAX_VALUE));
        if (count > 0) {
            final int at = command.reserve(VarField.LINES, 0);
            int to = at;
            long sum = 0;
            int number = 0;
            for (int i = 0; i < count; i++) {
                final long amount = 1 + random.nextInt(10_000);
                sum += amount;
                number += 1 + random.nextInt(2_000);
                to = OrderLines.putFixed(
                        command.bytes(), to, number, 1 + random.nextInt(1 << 20), amount, random.nextInt(4));
                for (int t = 0; t < 3; t++) {
                    final byte[] text = text(random).getBytes(StandardCharsets.UTF_8);
                    to = OrderLines.putText(command.bytes(), to, new UnsafeBuffer(text), 0, text.length);
                }
            }
            command.commitReserved(VarField.LINES, to - at);
            command.lineCount(count).amountMinor(sum);
        }
    }

    private static Command start(final Random random, final Command command, final CommandType type) {
        return command.reset(type)
                .correlationId(random.nextLong())
                .memberId(1 + random.nextLong(Long.MAX_VALUE - 1))
                .eventTimeMs(random.nextBoolean() ? Command.NO_TIME : random.nextLong(253_402_300_800_000L))
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "pos-" + random.nextInt(10))
                .put(VarField.DOCUMENT_ID, "doc!~" + random.nextLong());
    }

    private static void texts(final Random random, final Command command, final VarField... fields) {
        for (final VarField field : fields) {
            final String text = text(random);
            if (!text.isEmpty()) {
                command.put(field, text);
            }
        }
    }

    private static String text(final Random random) {
        final String[] choices = {"", "web", "上海旗舰店", "x".repeat(64), "é".repeat(32), "😀 shop"};
        return choices[random.nextInt(choices.length)];
    }

    /** All that a request says, for comparison. */
    static String describe(final Command command) {
        final StringBuilder out = new StringBuilder();
        out.append(command.type())
                .append(' ')
                .append(command.correlationId())
                .append(' ')
                .append(command.memberId())
                .append(' ')
                .append(command.amountMinor())
                .append(' ')
                .append(command.points())
                .append(' ')
                .append(command.eventTimeMs())
                .append(' ')
                .append(command.flags())
                .append(' ')
                .append(command.lineCount());
        for (final VarField field : VarField.values()) {
            out.append(' ').append(field).append('=');
            for (int i = 0; i < command.length(field); i++) {
                out.append(String.format("%02x", command.bytes().getByte(command.offset(field) + i)));
            }
        }
        return out.toString();
    }
}
