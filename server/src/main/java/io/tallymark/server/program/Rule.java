package io.tallymark.server.program;

import java.util.Arrays;
import java.util.List;

/** What the keys of one section ask of each other. */
interface Rule {
    /** Notes a mistake where it is broken. */
    void check(Fields fields);

    /** The same in the words of JSON Schema. */
    SchemaNode schema();

    /** Exactly one of these is there. */
    static Rule exactlyOneOf(final String... keys) {
        return new Rule() {
            @Override
            public void check(final Fields fields) {
                if (Arrays.stream(keys).filter(fields::has).count() != 1) {
                    fields.error("must have exactly one of " + String.join(", ", keys));
                }
            }

            @Override
            public SchemaNode schema() {
                return SchemaNode.oneOf(
                        Arrays.stream(keys).map(SchemaNode::required).toArray(SchemaNode[]::new));
            }
        };
    }

    /** At least one of these is there. */
    static Rule someOf(final String... keys) {
        return new Rule() {
            @Override
            public void check(final Fields fields) {
                if (Arrays.stream(keys).noneMatch(fields::has)) {
                    fields.error("must have at least one of " + String.join(", ", keys));
                }
            }

            @Override
            public SchemaNode schema() {
                return SchemaNode.of(
                        "anyOf", Arrays.stream(keys).map(SchemaNode::required).toList());
            }
        };
    }

    /** Where the first is, the second is not. */
    static Rule excludes(final String key, final String other) {
        return new Rule() {
            @Override
            public void check(final Fields fields) {
                if (fields.has(key) && fields.has(other)) {
                    fields.error(other, "does not go with " + key);
                }
            }

            @Override
            public SchemaNode schema() {
                return SchemaNode.of("not", SchemaNode.required(key, other));
            }
        };
    }

    /** Where the first is, the second is too. */
    static Rule needs(final String key, final String other) {
        return new Rule() {
            @Override
            public void check(final Fields fields) {
                if (fields.has(key) && !fields.has(other)) {
                    fields.error(other, "missing");
                }
            }

            @Override
            public SchemaNode schema() {
                return SchemaNode.of("dependentRequired", SchemaNode.of(key, List.of(other)));
            }
        };
    }

    /** Where a key has this word, another key is there. */
    static Rule needsWhere(final String key, final String word, final String other) {
        return new Rule() {
            @Override
            public void check(final Fields fields) {
                if (fields.writes(key, word) && !fields.has(other)) {
                    fields.error(other, "missing");
                }
            }

            @Override
            public SchemaNode schema() {
                return SchemaNode.of(
                                "if",
                                SchemaNode.of("properties", SchemaNode.of(key, SchemaNode.of("const", word)))
                                        .with("required", List.of(key)))
                        .with("then", SchemaNode.required(other));
            }
        };
    }
}
