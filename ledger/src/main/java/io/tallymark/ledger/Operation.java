package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandShape;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/** One row of the ledger's table of operations: the shape of its commands and who decides them. */
final class Operation {
    private final Handler handler;
    private final boolean namesProgram;
    private final boolean needsProgram;
    private final boolean concernsMember;
    private final boolean keyed;

    Operation(final CommandType type, final Handler handler) {
        final CommandShape shape = type.shape();
        this.handler = handler;
        this.namesProgram = shape.requires(VarField.PROGRAM);
        this.needsProgram = namesProgram && type != CommandType.PUBLISH_PROGRAM;
        this.concernsMember = shape.identity() != CommandShape.Identity.NONE;
        this.keyed = shape.isKeyed();
    }

    /** Refuses a command that is not of its form; ACCEPTED: it is. */
    ResultCode check(final Command c) {
        final ResultCode form = CommandForm.ofShape(c);
        return form == ResultCode.ACCEPTED ? handler.check(c) : form;
    }

    Handler handler() {
        return handler;
    }

    /** Whether its commands carry the name of a program. */
    boolean namesProgram() {
        return namesProgram;
    }

    /** Whether that program must exist. */
    boolean needsProgram() {
        return needsProgram;
    }

    /** Whether its member is looked up first. */
    boolean concernsMember() {
        return concernsMember;
    }

    /** Whether it carries a source and a document id and happens once. */
    boolean keyed() {
        return keyed;
    }
}
