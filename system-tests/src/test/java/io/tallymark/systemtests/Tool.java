package io.tallymark.systemtests;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of a command that ends by itself, and what came of it. */
record Tool(int exitCode, List<String> outputLines, List<String> errorLines) {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final Pattern STATE_HASH = Pattern.compile("\\b[0-9a-f]{32}\\b");

    static Tool run(final String... arguments) {
        try (ChildJvm child = ChildJvm.start(SHORT_LIVED, List.of(arguments), line -> {})) {
            final int exitCode = child.awaitExit(TIMEOUT);
            return new Tool(exitCode, child.outputLines(), child.errorLines());
        }
    }

    static Tool verify(final Path dataFolder) {
        return run("journal", "verify", "--data", dataFolder.toString());
    }

    static Tool replay(final Path dataFolder) {
        return run("replay", "--data", dataFolder.toString());
    }

    /** The only 128-bit number in the output. */
    String stateHash() {
        return first(STATE_HASH);
    }

    /** The number behind a label such as {@code "sequence"}. */
    long number(final String label) {
        return number("", label);
    }

    /** The number behind a label, the first one after a heading. */
    long number(final String heading, final String label) {
        final Matcher matcher = Pattern.compile(
                        Pattern.quote(heading) + ".*?" + Pattern.quote(label) + " +([0-9]+)", Pattern.DOTALL)
                .matcher(output());
        if (!matcher.find()) {
            throw new AssertionError("no " + heading + " " + label + " in\n" + transcript());
        }
        return Long.parseLong(matcher.group(1));
    }

    private String first(final Pattern pattern) {
        final Matcher matcher = pattern.matcher(output());
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in\n" + transcript());
        }
        return matcher.group();
    }

    String output() {
        return String.join("\n", outputLines);
    }

    String transcript() {
        return "exit code " + exitCode + "\n" + output() + "\n--- standard error\n" + String.join("\n", errorLines);
    }
}
