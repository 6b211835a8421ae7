package io.tallymark.server.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The types of values in program files that are made of others. */
final class Shapes {
    private Shapes() {}

    /** A word that means a value, or another type. */
    static <T> ValueType<T> either(final Map<String, T> words, final ValueType<? extends T> other) {
        final String all = String.join(" or ", words.keySet());
        return new ValueType<>() {
            @Override
            public T read(final Place at) {
                final boolean scalar = at.node() instanceof YamlNode.Scalar;
                if (scalar && words.containsKey(((YamlNode.Scalar) at.node()).text())) {
                    return words.get(((YamlNode.Scalar) at.node()).text());
                }
                if (scalar && !(((YamlNode.Scalar) at.node()).isWholeNumber())) {
                    at.error("must be " + words() + ", not " + at.node().kind());
                    return null;
                }
                return other.read(at);
            }

            @Override
            public SchemaNode schema(final SchemaDefinitions definitions) {
                return SchemaNode.oneOf(SchemaNode.of("enum", List.copyOf(words.keySet())), other.schema(definitions));
            }

            @Override
            public String words() {
                return all + " or " + other.words();
            }

            @Override
            public List<Section> sections() {
                return other.sections();
            }

            @Override
            public String described() {
                return "`" + String.join("`, `", words.keySet()) + "`, or " + other.described();
            }
        };
    }

    /** One value alone, or a list of different ones. */
    static <T> ValueType<List<T>> oneOrMore(final int most, final ValueType<T> one) {
        return new ValueType<>() {
            @Override
            public List<T> read(final Place at) {
                if (!(at.node() instanceof YamlNode.Sequence list)) {
                    final T alone = one.read(at);
                    return alone == null ? null : List.of(alone);
                }
                if (!isOfSize(at, list, 1, most)) {
                    return null;
                }
                final List<T> values = new ArrayList<>();
                for (int i = 0; i < list.items().size(); i++) {
                    final Place entry = at.entry(i, list.items().get(i));
                    final T value = one.read(entry);
                    if (value != null && values.contains(value)) {
                        entry.error("stands in the list twice");
                    } else if (value != null) {
                        values.add(value);
                    }
                }
                return values.isEmpty() ? null : values;
            }

            @Override
            public SchemaNode schema(final SchemaDefinitions definitions) {
                return SchemaNode.oneOf(
                        one.schema(definitions),
                        SchemaNode.of("type", "array")
                                .with("items", one.schema(definitions))
                                .with("minItems", 1)
                                .with("maxItems", most)
                                .with("uniqueItems", true));
            }

            @Override
            public String words() {
                return one.words() + ", or a list of these";
            }

            @Override
            public List<Section> sections() {
                return one.sections();
            }

            @Override
            public String described() {
                return one.described() + ", or a list of these";
            }
        };
    }

    /** A list; an entry that is wrong is null in it, so that the others keep their places. */
    static <T> ValueType<List<T>> listOf(final int least, final int most, final ValueType<T> one) {
        return new ValueType<>() {
            @Override
            public List<T> read(final Place at) {
                if (!(at.node() instanceof YamlNode.Sequence list)) {
                    at.error("must be a list, not " + at.node().kind());
                    return null;
                }
                if (!isOfSize(at, list, least, most)) {
                    return null;
                }
                final List<T> values = new ArrayList<>();
                for (int i = 0; i < list.items().size(); i++) {
                    values.add(one.read(at.entry(i, list.items().get(i))));
                }
                return values;
            }

            @Override
            public SchemaNode schema(final SchemaDefinitions definitions) {
                return SchemaNode.of("type", "array")
                        .with("items", one.schema(definitions))
                        .with("minItems", least)
                        .with("maxItems", most);
            }

            @Override
            public String words() {
                return "a list";
            }

            @Override
            public List<Section> sections() {
                return one.sections();
            }

            @Override
            public String described() {
                return "list of " + one.described();
            }
        };
    }

    /** A mapping from ids of the file's own; what is wrong is left out. */
    static <T> ValueType<Map<String, T>> mapOf(final int most, final ValueType<T> one) {
        return mapOf(most, "ids", Values.id(), one);
    }

    /**
     * As above, by other texts.
     *
     * @param keys what people call the keys
     */
    static <T> ValueType<Map<String, T>> mapOf(
            final int most, final String keys, final ValueType<String> id, final ValueType<T> one) {
        return new ValueType<>() {
            @Override
            public Map<String, T> read(final Place at) {
                if (!(at.node() instanceof YamlNode.Mapping mapping)) {
                    at.error("must be a mapping of " + keys + ", not "
                            + at.node().kind());
                    return null;
                }
                if (mapping.entries().size() > most) {
                    at.error("must be at most " + most);
                    return null;
                }
                final Map<String, T> values = new LinkedHashMap<>();
                mapping.entries().forEach((key, entry) -> {
                    final YamlNode name = new YamlNode.Scalar(key, false, entry.line(), entry.column());
                    final boolean isId = id.read(at.below(key, name)) != null;
                    final T value = one.read(at.below(key, entry.value()));
                    if (isId && value != null) {
                        values.put(key, value);
                    }
                });
                return values;
            }

            @Override
            public SchemaNode schema(final SchemaDefinitions definitions) {
                return SchemaNode.of("type", "object")
                        .with("propertyNames", id.schema(definitions))
                        .with("additionalProperties", one.schema(definitions))
                        .with("maxProperties", most);
            }

            @Override
            public String words() {
                return "a mapping of " + keys;
            }

            @Override
            public List<Section> sections() {
                return one.sections();
            }

            @Override
            public String described() {
                return "mapping of " + keys + ", each to " + one.described();
            }
        };
    }

    private static boolean isOfSize(final Place at, final YamlNode.Sequence list, final int least, final int most) {
        final int size = list.items().size();
        if (size < least || size > most) {
            at.error(size < least ? "must not be an empty list" : "must be at most " + most);
            return false;
        }
        return true;
    }
}
