package io.tallymark.gateway.http;

import java.util.List;
import java.util.Objects;

/**
 * Makes the canonical form of program texts, which the gateway itself knows nothing about. Called on event loops,
 * several at once where there are several: it keeps no state and does nothing but compute.
 */
@FunctionalInterface
public interface ProgramCompilation {
    /** Where there is no compiler: every text is a mistake. */
    ProgramCompilation NONE = (program, text) ->
            Result.of(List.of(new Mistake("", 1, 1, "programs cannot be published through this port")));

    /**
     * Compiles one text.
     *
     * @param program the name that the text is to have as that of its program
     * @param text    as it came, UTF-8 or not
     */
    Result compile(String program, byte[] text);

    /**
     * One mistake in a text.
     *
     * @param path   of the field, such as {@code tiers[2].when.spend}; empty: the text as a whole
     * @param line   from 1
     * @param column from 1
     * @param reason a sentence without the path
     */
    record Mistake(String path, int line, int column, String reason) {}

    /**
     * What became of a text: either its compiled form or its mistakes.
     *
     * @param compiled the canonical form; null: there are mistakes
     * @param mistakes in the order of the text
     */
    record Result(byte[] compiled, List<Mistake> mistakes) {
        /** Refuses both and neither. */
        public Result {
            mistakes = List.copyOf(mistakes);
            if (compiled == null == mistakes.isEmpty()) {
                throw new IllegalArgumentException("compiled, or mistaken");
            }
        }

        /** A text without mistakes. */
        public static Result of(final byte[] compiled) {
            return new Result(Objects.requireNonNull(compiled, "compiled"), List.of());
        }

        /** A text with mistakes. */
        public static Result of(final List<Mistake> mistakes) {
            return new Result(null, mistakes);
        }
    }
}
