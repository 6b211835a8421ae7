package io.tallymark.server.program;

import java.util.List;
import java.util.stream.Collectors;

/** A program file has mistakes. The message lists all of them, one a line, each with file, line and column. */
public final class ProgramFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ProgramError> errors;

    /** @param file the name that precedes each mistake */
    ProgramFileException(final String file, final List<ProgramError> errors) {
        super(errors.stream().map(e -> file + ":" + e).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    /** A failure of several files, or of none in particular. */
    ProgramFileException(final String message) {
        super(message);
        this.errors = List.of();
    }

    /** The mistakes of one file in the order of the file. */
    public List<ProgramError> errors() {
        return errors;
    }
}
