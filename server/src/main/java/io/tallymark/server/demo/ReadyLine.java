package io.tallymark.server.demo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a server's ready line. */
record ReadyLine(String line) {
    /** A word's value. */
    String text(final String name) {
        final Matcher matcher = Pattern.compile("(?:^| )" + name + "=([^ ]+)").matcher(line);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in: " + line);
        }
        return matcher.group(1);
    }

    /** A word's value as a number. */
    long number(final String name) {
        return Long.parseLong(text(name));
    }
}
