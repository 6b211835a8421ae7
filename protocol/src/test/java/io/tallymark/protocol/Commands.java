package io.tallymark.protocol;

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

    /** All that a request says, for comparison. */
    static String describe(final Command command) {
        final StringBuilder out = new StringBuilder();
        out.append(command.type()).append(' ').append(command.correlationId());
        for (final FixedField field : FixedField.values()) {
            out.append(' ').append(field).append('=').append(command.get(field));
        }
        out.append(" lineCount=").append(command.lineCount());
        for (final VarField field : VarField.values()) {
            out.append(' ').append(field).append('=');
            for (int i = 0; i < command.length(field); i++) {
                out.append(String.format("%02x", command.bytes().getByte(command.offset(field) + i)));
            }
        }
        return out.toString();
    }
}
