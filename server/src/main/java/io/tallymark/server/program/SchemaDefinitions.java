package io.tallymark.server.program;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The named parts of a JSON Schema; each is written once, and referred to. Not thread-safe. */
final class SchemaDefinitions {
    private final Map<String, SchemaNode> byName = new LinkedHashMap<>();

    /** A reference to the part of this name, which is made where it is not there yet. */
    SchemaNode refer(final String name, final Supplier<SchemaNode> part) {
        if (!byName.containsKey(name)) {
            byName.put(name, null);
            byName.put(name, part.get());
        }
        return SchemaNode.of("$ref", "#/$defs/" + name);
    }

    /** All parts. */
    SchemaNode all() {
        final SchemaNode all = new SchemaNode();
        byName.forEach(all::with);
        return all;
    }
}
