package io.tallymark.server.program;

import io.tallymark.server.Suggestion;
import java.util.ArrayList;
import java.util.List;

/**
 * A mapping of a program file: its keys, what they ask of each other, and the keys that a later version will know.
 * Immutable.
 */
final class Section implements ValueType<Fields> {
    private static final String LATER = "this version does not know it yet";

    private final String name;
    private final String sentence;
    private final List<Key<?>> keys;
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> laterKeys = new ArrayList<>();
    private boolean allOthersLater;
    private boolean mayBeEmpty = true;

    /**
     * @param name     of the part of the schema and the table of the documentation
     * @param sentence what it is, for people
     */
    Section(final String name, final String sentence, final Key<?>... keys) {
        this.name = name;
        this.sentence = sentence;
        this.keys = List.of(keys);
    }

    Section rule(final Rule rule) {
        rules.add(rule);
        return this;
    }

    /** These keys are refused with a sentence of their own. */
    Section later(final String... names) {
        laterKeys.addAll(List.of(names));
        return this;
    }

    /** All other keys are refused as not known yet. */
    Section othersLater() {
        allOthersLater = true;
        return this;
    }

    /** At least one key must be there. */
    Section notEmpty() {
        mayBeEmpty = false;
        return this;
    }

    String name() {
        return name;
    }

    String sentence() {
        return sentence;
    }

    List<Key<?>> keys() {
        return keys;
    }

    List<String> laterKeys() {
        return laterKeys;
    }

    @Override
    public Fields read(final Place at) {
        if (!(at.node() instanceof YamlNode.Mapping mapping)) {
            at.error("must be " + words() + ", not " + at.node().kind());
            return null;
        }
        final List<String> names = names();
        mapping.entries().forEach((key, entry) -> {
            if (!names.contains(key)) {
                final boolean later = laterKeys.contains(key) || allOthersLater;
                at.errors()
                        .add(new ProgramError(
                                YamlReader.path(at.path(), key),
                                entry.line(),
                                entry.column(),
                                later ? LATER : "unknown key" + Suggestion.among(key, names)));
            }
        });
        if (!mayBeEmpty && mapping.entries().isEmpty()) {
            at.error("must name at least one of " + String.join(", ", names));
        }
        final Fields fields = Fields.read(at, mapping, keys);
        rules.forEach(rule -> rule.check(fields));
        return fields;
    }

    @Override
    public SchemaNode schema(final SchemaDefinitions definitions) {
        return definitions.refer(name, () -> object(definitions));
    }

    /** The schema itself, in place of a reference to it. */
    SchemaNode object(final SchemaDefinitions definitions) {
        final SchemaNode properties = new SchemaNode();
        for (final Key<?> key : keys) {
            final String absent = key.absent().isEmpty() ? "" : " Left out: " + key.absent() + ".";
            properties.with(key.name(), key.type().schema(definitions).with("description", key.sentence() + absent));
        }
        final SchemaNode object = SchemaNode.of("type", "object")
                .with("description", sentence)
                .with("properties", properties)
                .with("additionalProperties", false);
        final List<String> required =
                keys.stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            object.with("required", required);
        }
        if (!mayBeEmpty) {
            object.with("minProperties", 1);
        }
        if (!rules.isEmpty()) {
            object.with("allOf", rules.stream().map(Rule::schema).toList());
        }
        return object;
    }

    @Override
    public String words() {
        return "a mapping of " + String.join(", ", names());
    }

    @Override
    public List<Section> sections() {
        return List.of(this);
    }

    @Override
    public String described() {
        return "[" + name + "](#" + name.toLowerCase(java.util.Locale.ROOT) + ")";
    }

    private List<String> names() {
        return keys.stream().<String>map(Key::name).toList();
    }
}
