package io.tallymark.server.program;

import io.tallymark.protocol.Limits;
import io.tallymark.server.Suggestion;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** The types of single values in program files. */
final class Values {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,20})?");
    private static final Pattern CONTROL = Pattern.compile(".*\\p{Cntrl}.*", Pattern.DOTALL);
    private static final int MONEY_PLACES = 2;
    private static final int MULTIPLIER_PLACES = 6;

    private Values() {}

    /** An id of the program's own. */
    static ValueType<String> id() {
        return text("[a-z0-9-]{1," + Limits.MAX_PROGRAM_BYTES + "}", "1 to 32 lower-case letters, digits and hyphens");
    }

    /** Money in major units with two decimals, read as minor units. */
    static ValueType<Long> money(final long minMinor, final long maxMinor) {
        return decimal(MONEY_PLACES, minMinor, maxMinor);
    }

    /** A factor, read in millionths. */
    static ValueType<Long> multiplier(final long minMicros, final long maxMicros) {
        return decimal(MULTIPLIER_PLACES, minMicros, maxMicros);
    }

    /** Points of a rule. */
    static ValueType<Long> points() {
        return whole(1, Limits.MAX_VALUE);
    }

    /** Text of a form. */
    static ValueType<String> text(final String pattern, final String words) {
        return parsed(pattern, words, (text, at) -> text);
    }

    /** Text of a form that is read as something else; the reader notes its own mistakes and returns null then. */
    static <T> ValueType<T> parsed(
            final String pattern, final String words, final BiFunction<String, Place, T> reader) {
        final Pattern form = Pattern.compile(pattern);
        return new ValueType<>() {
            @Override
            public T read(final Place at) {
                if (at.node() instanceof YamlNode.Scalar s
                        && s.isText()
                        && form.matcher(s.text()).matches()) {
                    return reader.apply(s.text(), at);
                }
                at.error("must be " + words + ", not " + at.node().kind());
                return null;
            }

            @Override
            public SchemaNode schema(final SchemaDefinitions definitions) {
                return SchemaNode.text(pattern);
            }

            @Override
            public String words() {
                return words;
            }
        };
    }

    /** Text that orders carry: a channel, a SKU. */
    static ValueType<String> orderText() {
        final String words = "text of 1 to " + Limits.MAX_TEXT_BYTES + " bytes (digits alone are quoted)";
        return new ValueType<>() {
            @Override
            public String read(final Place at) {
                if (at.node() instanceof YamlNode.Scalar s
                        && s.isText()
                        && !s.text().isEmpty()
                        && s.text().getBytes(StandardCharsets.UTF_8).length <= Limits.MAX_TEXT_BYTES
                        && !CONTROL.matcher(s.text()).matches()) {
                    return s.text();
                }
                at.error("must be " + words + ", not " + at.node().kind());
                return null;
            }

            @Override
            public SchemaNode schema(final SchemaDefinitions definitions) {
                return SchemaNode.of("type", "string").with("minLength", 1).with("maxLength", Limits.MAX_TEXT_BYTES);
            }

            @Override
            public String words() {
                return words;
            }
        };
    }

    /** One of these words. */
    static ValueType<String> word(final String... words) {
        final List<String> known = List.of(words);
        return new ValueType<>() {
            @Override
            public String read(final Place at) {
                if (at.node() instanceof YamlNode.Scalar s && known.contains(s.text())) {
                    return s.text();
                }
                final String hint = at.node() instanceof YamlNode.Scalar s ? Suggestion.among(s.text(), known) : "";
                at.error("must be " + words() + ", not " + at.node().kind() + hint);
                return null;
            }

            @Override
            public SchemaNode schema(final SchemaDefinitions definitions) {
                return SchemaNode.of("enum", known);
            }

            @Override
            public String words() {
                return String.join(" or ", known);
            }

            @Override
            public String described() {
                return "`" + String.join("`, `", known) + "`";
            }
        };
    }

    /** One of the constants of an enum, by these words in their order. */
    static <E extends Enum<E>> ValueType<E> constant(final E[] constants, final String... words) {
        final ValueType<String> word = word(words);
        return new ValueType<>() {
            @Override
            public E read(final Place at) {
                final String text = word.read(at);
                return text == null ? null : constants[Arrays.asList(words).indexOf(text)];
            }

            @Override
            public SchemaNode schema(final SchemaDefinitions definitions) {
                return word.schema(definitions);
            }

            @Override
            public String words() {
                return word.words();
            }

            @Override
            public String described() {
                return word.described();
            }
        };
    }

    /** true or false. */
    static ValueType<Boolean> truth() {
        return new ValueType<>() {
            @Override
            public Boolean read(final Place at) {
                if (at.node() instanceof YamlNode.Scalar s
                        && s.plain()
                        && s.text().matches("true|false")) {
                    return s.text().equals("true");
                }
                at.error("must be " + words() + ", not " + at.node().kind());
                return null;
            }

            @Override
            public SchemaNode schema(final SchemaDefinitions definitions) {
                return SchemaNode.of("type", "boolean");
            }

            @Override
            public String words() {
                return "true or false";
            }
        };
    }

    /** A whole number within bounds. */
    static ValueType<Long> whole(final long min, final long max) {
        return new ValueType<>() {
            @Override
            public Long read(final Place at) {
                if (!(at.node() instanceof YamlNode.Scalar s) || !s.isWholeNumber()) {
                    at.error("must be " + words() + " without quotes, not "
                            + at.node().kind());
                    return null;
                }
                return bounded(at, new BigDecimal(s.text()), min, max, 0);
            }

            @Override
            public SchemaNode schema(final SchemaDefinitions definitions) {
                return SchemaNode.of("type", "integer").with("minimum", min).with("maximum", max);
            }

            @Override
            public String words() {
                return "a whole number";
            }

            @Override
            public String described() {
                return min + " to " + max;
            }
        };
    }

    /** A quoted decimal, read scaled up by 10^places. */
    private static ValueType<Long> decimal(final int places, final long min, final long max) {
        return new ValueType<>() {
            @Override
            public Long read(final Place at) {
                if (!(at.node() instanceof YamlNode.Scalar s)
                        || !DECIMAL.matcher(s.text()).matches()) {
                    at.error("must be " + words() + ", not " + at.node().kind());
                    return null;
                }
                if (s.plain()) {
                    at.error("a decimal is quoted: \"" + s.text() + "\"");
                    return null;
                }
                final BigDecimal scaled = new BigDecimal(s.text()).movePointRight(places);
                if (scaled.stripTrailingZeros().scale() > 0) {
                    at.error("has more than " + places + " decimals: \"" + s.text() + "\"");
                    return null;
                }
                return bounded(at, scaled, min, max, places);
            }

            @Override
            public SchemaNode schema(final SchemaDefinitions definitions) {
                return SchemaNode.text("[0-9]{1,20}(\\.[0-9]{1," + places + "}0*)?");
            }

            @Override
            public String words() {
                return "a quoted decimal such as \"1.50\"";
            }

            @Override
            public String described() {
                return "\"" + plain(min, places) + "\" to \"" + plain(max, places) + "\"";
            }
        };
    }

    private static Long bounded(
            final Place at, final BigDecimal scaled, final long min, final long max, final int places) {
        if (scaled.compareTo(BigDecimal.valueOf(min)) < 0 || scaled.compareTo(BigDecimal.valueOf(max)) > 0) {
            at.error("must be from " + plain(min, places) + " to " + plain(max, places) + ", not "
                    + ((YamlNode.Scalar) at.node()).text());
            return null;
        }
        return scaled.longValueExact();
    }

    private static String plain(final long scaled, final int places) {
        return BigDecimal.valueOf(scaled, places).toPlainString();
    }
}
