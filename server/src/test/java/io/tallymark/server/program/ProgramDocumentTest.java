package io.tallymark.server.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * docs/programs.md says what the compiler knows. With {@code -Dtallymark.docs.write=true} its tables are written anew.
 */
final class ProgramDocumentTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("tallymark.root"), "docs", "programs.md");
    private static final String BEGIN = "<!-- tables: begin -->\n";
    private static final String END = "<!-- tables: end -->\n";
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void theTablesAreThoseOfTheVocabulary() throws IOException {
        final String text = Files.readString(DOCUMENT);
        final int from = text.indexOf(BEGIN) + BEGIN.length();
        final int until = text.indexOf(END);
        if (Boolean.getBoolean("tallymark.docs.write")) {
            Files.writeString(DOCUMENT, text.substring(0, from) + tables() + text.substring(until));
            return;
        }
        assertEquals(tables(), text.substring(from, until), "write them with -Dtallymark.docs.write=true");
    }

    private static String tables() {
        final StringBuilder out = new StringBuilder();
        for (final Section section : ProgramVocabulary.sections()) {
            out.append("\n### ").append(section.name()).append('\n');
            out.append(section.sentence()).append("\n\n| key | value | left out | |\n|---|---|---|---|\n");
            section.keys().forEach(key -> row(out, "`" + key.name() + "`", key));
            if (section.others() != null) {
                row(out, section.others().name(), section.others());
            }
        }
        return out.append('\n').toString();
    }

    private static void row(final StringBuilder out, final String name, final Key<?> key) {
        out.append("| ").append(name).append(" | ");
        out.append(key.type().described()).append(" | ");
        out.append(key.required() ? "**needed**" : key.absent()).append(" | ");
        out.append(key.sentence()).append(" |\n");
    }

    static List<String> examples() throws IOException {
        final Matcher matcher = EXAMPLE.matcher(Files.readString(DOCUMENT));
        final List<String> examples = new ArrayList<>();
        while (matcher.find()) {
            examples.add(matcher.group(1));
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExamplesAreSound(final String text) {
        ProgramCompiler.compile("example", text);
    }

    @Test
    void thereAreExamples() throws IOException {
        assertEquals(6, examples().size());
    }
}
