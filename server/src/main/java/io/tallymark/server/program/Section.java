package io.tallymark.server.program;

import io.tallymark.server.Suggestion;
import java.util.ArrayList;
import java.util.List;

/** A mapping of a program file: its keys, what they ask of each other, and what any other key may be. */
final class Section implements ValueType<Fields> {
    private final String name;
    private final String sentence;
    private final List<Key<?>> keys;
    private final List<Rule> rules = new ArrayList<>();
    private Key<Fields> others;
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

    /** Other keys are ids of the file's own; what stands at each. The key's name is what tables call them. */
    Section others(final Key<Fields> any) {
        others = any;
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

    /** What other keys are; null: there are none. */
    Key<Fields> others() {
        return others;
    }

    @Override
    public Fields read(final Place at) {
        if (!(at.node() instanceof YamlNode.Mapping mapping)) {
            at.error("must be " + words() + ", not " + at.node().kind());
            return null;
        }
        final List<String> names = names();
        if (others == null) {
            mapping.entries().forEach((key, entry) -> {
                if (!names.contains(key)) {
                    at.errors()
                            .add(new ProgramError(
                                    YamlReader.path(at.path(), key),
                                    entry.line(),
                                    entry.column(),
                                    "unknown key" + Suggestion.among(key, names)));
                }
            });
        }
        if (!mayBeEmpty && mapping.entries().isEmpty()) {
            at.error("must name at least one of " + String.join(", ", names));
        }
        final Fields fields = Fields.read(at, mapping, keys, others);
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
                .with(
                        "additionalProperties",
                        others == null ? false : others.type().schema(definitions));
        if (others != null) {
            object.with("propertyNames", Values.id().schema(definitions));
        }
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
