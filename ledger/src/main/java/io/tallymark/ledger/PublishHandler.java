package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.InvalidProgramException;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/** A program, or its next version, comes into force. */
final class PublishHandler implements Handler {
    private static final int MAX_VERSION = 65_535;

    private final ProgramRegistry programs;
    private CompiledProgram decoded;

    PublishHandler(final ProgramRegistry programs) {
        this.programs = programs;
    }

    @Override
    public ResultCode check(final Command c) {
        try {
            decoded = CompiledProgram.decode(
                    c.bytes(), c.offset(VarField.COMPILED_PROGRAM), c.length(VarField.COMPILED_PROGRAM));
        } catch (final InvalidProgramException unreadable) {
            return ResultCode.PROGRAM_INVALID;
        }
        return decoded.name().equals(c.text(VarField.PROGRAM)) ? ResultCode.ACCEPTED : ResultCode.PROGRAM_INVALID;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        final ProgramState program = e.program;
        if (c.version() != 0 && c.version() != (program == null ? 0 : program.version())) {
            e.answer(ResultCode.VERSION_CONFLICT);
        } else if (program == null) {
            planVersion(e, 1, programs.count() < ProgramRegistry.MAX_PROGRAMS);
        } else if (program.compiled().equals(decoded)) {
            e.programVersion = program.version();
            e.accept();
        } else if (follows(program, e.timeMs)) {
            planVersion(e, program.version() + 1, program.version() < MAX_VERSION && program.hasRoomFor(decoded));
        } else {
            e.answer(ResultCode.PROGRAM_INVALID);
        }
    }

    private void planVersion(final Effect e, final int version, final boolean hasRoom) {
        if (hasRoom) {
            e.publication = decoded;
            e.programVersion = version;
            e.accept();
        } else {
            e.answer(ResultCode.CAPACITY);
        }
    }

    /** Days and amounts already booked keep their meaning, and no member loses a tier. */
    private boolean follows(final ProgramState program, final long timeMs) {
        final CompiledProgram current = program.compiled();
        return current.utcOffsetMinutes() == decoded.utcOffsetMinutes()
                && current.currency().equals(decoded.currency())
                && (current.expiry().kind() == Expiry.Kind.INACTIVITY)
                        == (decoded.expiry().kind() == Expiry.Kind.INACTIVITY)
                && program.tierRules().allIn(decoded)
                && program.allIssuersIn(decoded)
                && program.allWalletsIn(decoded)
                && program.boards.allow(decoded.catalogue(), timeMs)
                && keepsWindows(current);
    }

    /** No tier is given another window, and none can be earned from now on, or no longer. */
    private boolean keepsWindows(final CompiledProgram current) {
        for (final Tier before : current.tiers()) {
            for (final Tier after : decoded.tiers()) {
                if (before.id().equals(after.id())
                        && (before.window() != after.window()
                                || (before.earned() == null) != (after.earned() == null))) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void commit(final Command c, final Effect e, final int entry) {
        if (e.publication == null) {
            return;
        }
        if (e.program == null) {
            e.program = programs.add(e.publication);
        } else {
            e.program.replace(e.publication, e.timeMs);
        }
    }
}
