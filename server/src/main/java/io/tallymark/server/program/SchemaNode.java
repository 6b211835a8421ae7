package io.tallymark.server.program;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object of a JSON Schema under construction; members keep their order. Not thread-safe. */
final class SchemaNode {
    private final Map<String, Object> members = new LinkedHashMap<>();

    static SchemaNode of(final String name, final Object value) {
        return new SchemaNode().with(name, value);
    }

    /** One of several forms. */
    static SchemaNode oneOf(final SchemaNode... forms) {
        return of("oneOf", List.of(forms));
    }

    /** These members must be there. */
    static SchemaNode required(final String... names) {
        return of("required", List.of(names));
    }

    /** Texts that a pattern matches whole. */
    static SchemaNode text(final String pattern) {
        return of("type", "string").with("pattern", "^(?:" + pattern + ")$");
    }

    /** @param value text, number, truth, a list of these, a node or a list of nodes */
    SchemaNode with(final String name, final Object value) {
        members.put(name, value);
        return this;
    }

    Map<String, Object> members() {
        return members;
    }
}
