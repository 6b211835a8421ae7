package io.tallymark.server.program;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of one mapping of a program file. All of them are read at once and their mistakes noted, so that a file is
 * validated whole; what was not there, or was wrong, is absent. Not thread-safe.
 */
final class Fields {
    private final Place at;
    private final YamlNode.Mapping mapping;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Fields> others = new LinkedHashMap<>();

    private Fields(final Place at, final YamlNode.Mapping mapping) {
        this.at = at;
        this.mapping = mapping;
    }

    /**
     * Reads all these keys.
     *
     * @param any what stands at keys of the file's own; null: there are none
     */
    static Fields read(final Place at, final YamlNode.Mapping mapping, final List<Key<?>> keys, final Key<Fields> any) {
        final Fields fields = new Fields(at, mapping);
        for (final Key<?> key : keys) {
            if (fields.has(key.name())) {
                fields.values.put(key.name(), key.type().read(at.below(key.name(), fields.node(key.name()))));
            } else if (key.required()) {
                fields.error(key.name(), "missing");
            }
        }
        if (any != null) {
            fields.readOthers(keys.stream().<String>map(Key::name).toList(), any.type());
        }
        return fields;
    }

    private void readOthers(final List<String> known, final ValueType<Fields> type) {
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                final YamlNode name = new YamlNode.Scalar(key, false, entry.line(), entry.column());
                final boolean isId = Values.id().read(at.below(key, name)) != null;
                final Fields value = type.read(at.below(key, entry.value()));
                if (isId && value != null) {
                    others.put(key, value);
                }
            }
        });
    }

    /** The sections at keys of the file's own; what is wrong is left out. */
    Map<String, Fields> others() {
        return others;
    }

    /** Where the mapping stands. */
    Place at() {
        return at;
    }

    /** Whether the key was written, be it with a mistake. */
    boolean has(final String key) {
        return mapping.entries().containsKey(key);
    }

    /** As above. */
    boolean has(final Key<?> key) {
        return has(key.name());
    }

    /** Whether exactly this word stands at the key. */
    boolean writes(final String key, final String word) {
        return has(key) && node(key) instanceof YamlNode.Scalar s && s.text().equals(word);
    }

    /** The value; null where it is absent or wrong. */
    @SuppressWarnings("unchecked") // put there by the key's own type
    <T> T get(final Key<T> key) {
        return (T) values.get(key.name());
    }

    /** The value; the fallback where it is absent or wrong. */
    <T> T get(final Key<T> key, final T fallback) {
        final T value = get(key);
        return value == null ? fallback : value;
    }

    /** Notes a mistake of the whole mapping. */
    void error(final String reason) {
        at.error(reason);
    }

    /** Notes a mistake at the value of a key, at the mapping where there is none. */
    void error(final String key, final String reason) {
        at.below(key, has(key) ? node(key) : mapping).error(reason);
    }

    private YamlNode node(final String key) {
        return mapping.entries().get(key).value();
    }
}
