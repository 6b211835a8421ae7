package io.tallymark.server.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema says what the compiler says, as far as a schema can: about single values, not about their relations. */
final class ProgramSchemaTest {
    private static final Path PROGRAMS = Path.of(System.getProperty("tallymark.root"), "programs");
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final JsonSchema SCHEMA = FACTORY.getSchema(ProgramSchema.json());

    @Test
    void isASchemaItself() throws IOException {
        final JsonSchema meta = FACTORY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertEquals(Set.of(), meta.validate(new ObjectMapper().readTree(ProgramSchema.json())));
    }

    static Stream<String> sound() throws IOException {
        final List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            for (final Path file : files.sorted().toList()) {
                texts.add(Files.readString(file));
            }
        }
        texts.add(ProgramTexts.SHORT);
        texts.add(ProgramTexts.FULL);
        return texts.stream();
    }

    @ParameterizedTest
    @MethodSource("sound")
    void soundFilesPass(final String text) {
        ProgramCompiler.compile("sound", text);
        assertEquals(Set.of(), validate(text));
    }

    static Stream<ProgramTexts.Wrong> wrong() {
        return ProgramTexts.wrong().filter(ProgramTexts.Wrong::schemaSees);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongFilesDoNot(final ProgramTexts.Wrong wrong) {
        assertFalse(validate(wrong.text()).isEmpty(), wrong.text());
    }

    private static Set<ValidationMessage> validate(final String yaml) {
        final List<ProgramError> errors = new ArrayList<>();
        final JsonNode json = json(YamlReader.read(yaml, errors));
        assertEquals(List.of(), errors);
        return SCHEMA.validate(json);
    }

    /** By the core schema of YAML 1.2, as editors read it. */
    private static JsonNode json(final YamlNode node) {
        final JsonNodeFactory json = JsonNodeFactory.instance;
        if (node instanceof YamlNode.Mapping mapping) {
            final ObjectNode object = json.objectNode();
            mapping.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
            return object;
        }
        if (node instanceof YamlNode.Sequence list) {
            final ArrayNode array = json.arrayNode();
            list.items().forEach(item -> array.add(json(item)));
            return array;
        }
        final YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        if (scalar.isWholeNumber()) {
            return json.numberNode(new BigInteger(scalar.text()));
        }
        if (scalar.isText()) {
            return json.textNode(scalar.text());
        }
        return scalar.text().matches("true|false")
                ? json.booleanNode(scalar.text().equals("true"))
                : scalar.text().isEmpty() ? json.nullNode() : json.numberNode(Double.parseDouble(scalar.text()));
    }
}
