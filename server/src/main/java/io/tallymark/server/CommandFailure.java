package io.tallymark.server;

/** A command of the command line cannot do its work. The message is one sentence for the person who called it. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** @param exitCode one of {@link ExitCode} */
    public CommandFailure(final int exitCode, final String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** As above, with the cause for {@code --debug}. */
    public CommandFailure(final int exitCode, final String sentence, final Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
