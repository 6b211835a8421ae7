package io.tallymark.ledger.program;

import java.util.List;

/**
 * One thing that is wrong with a program.
 *
 * @param path      the place, in the names of program files: {@code earn.campaigns[1].multiplier}; empty: the whole
 * @param reason    one clause for people
 * @param dependsOn other places that it was measured by: a reader who knows these to be wrong drops the mistake
 */
public record ProgramMistake(String path, String reason, List<String> dependsOn) {
    /** Copies the list. */
    public ProgramMistake {
        dependsOn = List.copyOf(dependsOn);
    }
}
