package io.tallymark.server.demo;

import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import java.util.ArrayList;
import java.util.List;

/** Collects what is not as it must be: all are counted, the first few are named. */
final class Mismatches {
    private static final int NAMED = 5;

    private final List<String> named = new ArrayList<>();
    private long count;

    void add(final String sentence) {
        count++;
        if (named.size() < NAMED) {
            named.add(sentence);
        }
    }

    void expect(final String what, final Object expected, final Object found) {
        if (!expected.equals(found)) {
            add(what + ": " + expected + " expected, " + found + " found");
        }
    }

    boolean none() {
        return count == 0;
    }

    /**
     * Goes on if there are none.
     *
     * @param heading what was compared
     * @throws CommandFailure that names them
     */
    void orFail(final String heading) {
        if (count > 0) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "MISMATCH, " + heading + ": " + count + "\n  " + String.join("\n  ", named)
                            + (count > named.size() ? "\n  …" : ""));
        }
    }
}
