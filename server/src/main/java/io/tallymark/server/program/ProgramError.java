package io.tallymark.server.program;

/**
 * One mistake in a program file.
 *
 * @param path   of the field, such as {@code tiers[2].when.spend}; empty: the file as a whole
 * @param line   from 1
 * @param column from 1
 * @param reason a sentence without the path
 */
public record ProgramError(String path, int line, int column, String reason) {
    @Override
    public String toString() {
        return line + ":" + column + ": " + (path.isEmpty() ? "" : path + ": ") + reason;
    }
}
