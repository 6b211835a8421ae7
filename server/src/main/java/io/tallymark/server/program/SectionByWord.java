package io.tallymark.server.program;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A mapping of a program file that is one of several sections; a word at one of its keys says which. */
final class SectionByWord implements ValueType<Fields> {
    private final String key;
    private final List<String> words;
    private final List<Section> sections;
    private final ValueType<String> word;

    /**
     * @param key      where the word stands; each section has this key, needed and with its own word
     * @param words    of each section, in their order
     * @param sections one of these it is
     */
    SectionByWord(final String key, final List<String> words, final List<Section> sections) {
        this.key = key;
        this.words = words;
        this.sections = sections;
        this.word = Values.word(words.toArray(String[]::new));
    }

    @Override
    public Fields read(final Place at) {
        if (!(at.node() instanceof YamlNode.Mapping mapping)) {
            at.error("must be " + words() + ", not " + at.node().kind());
            return null;
        }
        final YamlNode.Entry entry = mapping.entries().get(key);
        if (entry == null) {
            at.below(key, mapping).error("missing: " + word.words());
            return null;
        }
        final String given = word.read(at.below(key, entry.value()));
        return given == null ? null : sections.get(words.indexOf(given)).read(at);
    }

    @Override
    public SchemaNode schema(final SchemaDefinitions definitions) {
        return SchemaNode.oneOf(
                sections.stream().map(section -> section.schema(definitions)).toArray(SchemaNode[]::new));
    }

    @Override
    public String words() {
        return "a mapping whose " + key + " is " + word.words();
    }

    @Override
    public List<Section> sections() {
        return sections;
    }

    @Override
    public String described() {
        return IntStream.range(0, words.size())
                .mapToObj(i -> "of " + key + " `" + words.get(i) + "` "
                        + sections.get(i).described())
                .collect(Collectors.joining(", "));
    }
}
