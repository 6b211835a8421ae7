package io.tallymark.server.program;

import io.tallymark.server.Suggestion;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the fields of one mapping of a program file. A mistake is noted and the reading goes on, so that a file is
 * validated whole; a getter that found a mistake, or nothing, returns its fallback. Not thread-safe.
 */
final class Fields {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,20})?");

    private final List<ProgramError> errors;
    private final String path;
    private final YamlNode.Mapping mapping;

    private Fields(final List<ProgramError> errors, final String path, final YamlNode.Mapping mapping) {
        this.errors = errors;
        this.path = path;
        this.mapping = mapping;
    }

    /** A mapping with these keys and no others; null, and a mistake noted, where the node is none. */
    static Fields of(
            final List<ProgramError> errors, final String path, final YamlNode node, final List<String> knownKeys) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            errors.add(new ProgramError(
                    path,
                    node.line(),
                    node.column(),
                    "must be a mapping of " + String.join(", ", knownKeys) + ", not " + node.kind()));
            return null;
        }
        mapping.entries().forEach((key, entry) -> {
            if (!knownKeys.contains(key)) {
                errors.add(new ProgramError(
                        YamlReader.path(path, key),
                        entry.line(),
                        entry.column(),
                        "unknown key" + Suggestion.among(key, knownKeys)));
            }
        });
        return new Fields(errors, path, mapping);
    }

    boolean has(final String key) {
        return mapping.entries().containsKey(key);
    }

    /** The node of a key that must be there; null, and a mistake noted, where it is not. */
    YamlNode required(final String key) {
        if (!has(key)) {
            errors.add(new ProgramError(pathOf(key), mapping.line(), mapping.column(), "missing"));
            return null;
        }
        return node(key);
    }

    /** The node of a key, or null. */
    YamlNode node(final String key) {
        final YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? null : entry.value();
    }

    /** The mapping of a key that must be there, with these keys; null where there is none. */
    Fields mapping(final String key, final String... knownKeys) {
        final YamlNode node = required(key);
        return node == null ? null : of(errors, pathOf(key), node, List.of(knownKeys));
    }

    /** Text of this form; the fallback where the key is absent. */
    String text(final String key, final Pattern form, final String whatItIs, final String fallback) {
        final YamlNode node = node(key);
        if (node == null) {
            return fallback;
        }
        if (node instanceof YamlNode.Scalar s
                && s.isText()
                && form.matcher(s.text()).matches()) {
            return s.text();
        }
        error(key, "must be " + whatItIs + ", not " + node.kind());
        return fallback;
    }

    /** One of these words; the fallback where the key is absent. */
    String choice(final String key, final String fallback, final String... words) {
        final YamlNode node = node(key);
        if (node == null) {
            return fallback;
        }
        final List<String> known = List.of(words);
        if (node instanceof YamlNode.Scalar s && known.contains(s.text())) {
            return s.text();
        }
        final String hint = node instanceof YamlNode.Scalar s ? Suggestion.among(s.text(), known) : "";
        error(key, "must be " + String.join(" or ", known) + ", not " + node.kind() + hint);
        return fallback;
    }

    /** A whole number within bounds; the fallback where the key is absent. */
    long wholeNumber(final String key, final long min, final long max, final long fallback) {
        final YamlNode node = node(key);
        if (node == null) {
            return fallback;
        }
        if (!(node instanceof YamlNode.Scalar s) || !s.isWholeNumber()) {
            error(key, "must be a whole number without quotes, not " + node.kind());
            return fallback;
        }
        final BigDecimal value = new BigDecimal(s.text());
        if (value.compareTo(BigDecimal.valueOf(min)) < 0 || value.compareTo(BigDecimal.valueOf(max)) > 0) {
            error(key, "must be from " + min + " to " + max + ", not " + s.text());
            return fallback;
        }
        return value.longValueExact();
    }

    /** A quoted decimal, scaled up by 10^places, within scaled bounds; the fallback where the key is absent. */
    long decimal(final String key, final int places, final long min, final long max, final long fallback) {
        final YamlNode node = node(key);
        if (node == null) {
            return fallback;
        }
        if (!(node instanceof YamlNode.Scalar s) || !DECIMAL.matcher(s.text()).matches()) {
            error(key, "must be a quoted decimal such as \"1.50\", not " + node.kind());
            return fallback;
        }
        if (s.plain()) {
            error(key, "a decimal is quoted: \"" + s.text() + "\"");
            return fallback;
        }
        final BigDecimal scaled = new BigDecimal(s.text()).movePointRight(places);
        if (scaled.stripTrailingZeros().scale() > 0) {
            error(key, "has more than " + places + " decimals: \"" + s.text() + "\"");
            return fallback;
        }
        if (scaled.compareTo(BigDecimal.valueOf(min)) < 0 || scaled.compareTo(BigDecimal.valueOf(max)) > 0) {
            error(key, "must be from " + plain(min, places) + " to " + plain(max, places) + ", not " + s.text());
            return fallback;
        }
        return scaled.longValueExact();
    }

    /** Notes a mistake at the value of a key. */
    void error(final String key, final String reason) {
        final YamlNode at = has(key) ? node(key) : mapping;
        errors.add(new ProgramError(pathOf(key), at.line(), at.column(), reason));
    }

    String pathOf(final String key) {
        return YamlReader.path(path, key);
    }

    private static String plain(final long scaled, final int places) {
        return BigDecimal.valueOf(scaled, places).toPlainString();
    }
}
