package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;
import org.agrona.concurrent.UnsafeBuffer;

/** Commands for tests, made in one line each. */
final class Commands {
    static final String PROGRAM = "mima";
    static final String SOURCE = "pos";

    private Commands() {}

    static Command keyed(final CommandType type, final String documentId) {
        return keyed(type, PROGRAM, documentId);
    }

    static Command keyed(final CommandType type, final String program, final String documentId) {
        return new Command()
                .reset(type)
                .put(VarField.PROGRAM, program)
                .put(VarField.SOURCE, SOURCE)
                .put(VarField.DOCUMENT_ID, documentId);
    }

    static Command accrue(final String documentId, final long memberId, final long amountMinor) {
        return keyed(CommandType.ACCRUE, documentId).memberId(memberId).amountMinor(amountMinor);
    }

    static Command redeem(final String documentId, final long memberId, final long points) {
        return keyed(CommandType.REDEEM, documentId).memberId(memberId).points(points);
    }

    static Command adjust(final String documentId, final long memberId, final long points) {
        return keyed(CommandType.ADJUST, documentId)
                .memberId(memberId)
                .points(points)
                .put(VarField.REASON, "miscounted")
                .put(VarField.OPERATOR_ID, "op-7");
    }

    static Command query(final long memberId) {
        return new Command()
                .reset(CommandType.QUERY_MEMBER)
                .put(VarField.PROGRAM, PROGRAM)
                .memberId(memberId);
    }

    static Command tick(final long timeMs) {
        return new Command().reset(CommandType.TICK).eventTimeMs(timeMs);
    }

    static Command publish(final String documentId, final CompiledProgram program) {
        return publish(documentId, program.name(), program.encode());
    }

    static Command publish(final String documentId, final String name, final byte[] compiled) {
        final Command c = new Command();
        c.lend(new UnsafeBuffer(new byte[4_096]));
        return c.reset(CommandType.PUBLISH_PROGRAM)
                .put(VarField.PROGRAM, name)
                .put(VarField.SOURCE, SOURCE)
                .put(VarField.DOCUMENT_ID, documentId)
                .put(VarField.COMPILED_PROGRAM, new UnsafeBuffer(compiled), 0, compiled.length)
                .put(VarField.SOURCE_TEXT, "program: " + name);
    }
}
