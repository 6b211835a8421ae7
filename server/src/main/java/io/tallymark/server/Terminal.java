package io.tallymark.server;

import java.io.Console;

/** Whether a person watches. */
public final class Terminal {
    /** Set by the launcher, which can ask about standard error alone. */
    private static final String PROPERTY = "tallymark.terminal";

    private Terminal() {}

    /** Whether standard error is a terminal. */
    public static boolean isErrorTerminal() {
        final String told = System.getProperty(PROPERTY);
        if (told != null) {
            return Boolean.parseBoolean(told);
        }
        // From Java 22 on there is a console also where there is no terminal; without the launcher be quiet there.
        final Console console = System.console();
        return console != null && Runtime.version().feature() < 22;
    }
}
