package io.tallymark.server.program;

import io.tallymark.ledger.program.ProgramMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where in a file the mistakes of its compiled form stand. A mistake at a value that is known to be wrong, or
 * measured by one, is dropped: it may be no mistake at all. Not thread-safe.
 */
final class MistakePlaces {
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([0-9]+)]");
    private static final Pattern EARNED =
            Pattern.compile("(tiers\\[[0-9]+])\\.((?:when|window|keepPeriods|retention|graceDays)(?:\\..*)?)");

    private final YamlNode root;
    private final List<ProgramError> known;
    private final List<ProgramError> added = new ArrayList<>();

    /** @param known mistakes of single values */
    MistakePlaces(final YamlNode root, final List<ProgramError> known) {
        this.root = root;
        this.known = known;
    }

    /** Mistakes that are new. */
    List<ProgramError> added() {
        return added;
    }

    void add(final ProgramMistake mistake) {
        final String path = inFile(mistake.path());
        if (isKnownWrong(path) || mistake.dependsOn().stream().map(this::inFile).anyMatch(this::isKnownWrong)) {
            return;
        }
        final YamlNode node = nearest(path);
        added.add(new ProgramError(path, node.line(), node.column(), mistake.reason()));
    }

    /** The compiled form does not tell the short form of a tier's condition from the long one. */
    private String inFile(final String path) {
        final Matcher matcher = EARNED.matcher(path);
        return matcher.matches() && exists(matcher.group(1) + ".ways")
                ? matcher.group(1) + ".ways.earned." + matcher.group(2)
                : path;
    }

    private boolean isKnownWrong(final String path) {
        return known.stream()
                .map(ProgramError::path)
                .anyMatch(wrong -> path.equals(wrong)
                        || wrong.isEmpty()
                        || path.startsWith(wrong + ".")
                        || path.startsWith(wrong + "["));
    }

    private boolean exists(final String path) {
        final Matcher steps = STEP.matcher(path);
        YamlNode node = root;
        while (node != null && steps.find()) {
            node = step(node, steps);
        }
        return node != null;
    }

    private YamlNode nearest(final String path) {
        final Matcher steps = STEP.matcher(path);
        YamlNode node = root;
        while (steps.find()) {
            final YamlNode next = step(node, steps);
            if (next == null) {
                return node;
            }
            node = next;
        }
        return node;
    }

    /** Null where there is no such step. */
    private static YamlNode step(final YamlNode node, final Matcher step) {
        if (step.group(2) != null) {
            final int index = Integer.parseInt(step.group(2));
            return node instanceof YamlNode.Sequence list
                            && index < list.items().size()
                    ? list.items().get(index)
                    : null;
        }
        final YamlNode.Entry entry =
                node instanceof YamlNode.Mapping mapping ? mapping.entries().get(step.group(1)) : null;
        return entry == null ? null : entry.value();
    }
}
