package io.tallymark.engine;

/**
 * What happens when the engine must not go on: a journal I/O error or a broken invariant. The process says why and is
 * halted; an ordinary exit would run shutdown hooks that wait for the very threads that failed.
 */
@FunctionalInterface
public interface FailStop {
    /** Exit code of a halted engine. */
    int EXIT_CODE = 70;

    /** Does not return in production; a simulation may record and return, and must then drop the engine. */
    void fail(String message, Throwable cause);

    /** Prints and halts. */
    FailStop HALT = (message, cause) -> {
        try {
            System.err.println("tallymark: FATAL: " + message + ": " + cause);
            cause.printStackTrace(System.err);
            System.err.println("tallymark: nothing unforced was acknowledged; halting with exit code " + EXIT_CODE);
            System.err.flush();
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    };
}
