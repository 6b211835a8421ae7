package io.tallymark.server.program;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** The JSON Schema (draft 2020-12) of program files, for editors. */
public final class ProgramSchema {
    private ProgramSchema() {}

    /** The schema as JSON, the same for every run. */
    public static String json() {
        final SchemaDefinitions definitions = new SchemaDefinitions();
        final SchemaNode file = ProgramVocabulary.FILE.object(definitions);
        final SchemaNode schema = SchemaNode.of("$schema", "https://json-schema.org/draft/2020-12/schema")
                .with("title", "Tallymark program");
        file.members().forEach(schema::with);
        schema.with("$defs", definitions.all());
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            final DefaultIndenter lines = new DefaultIndenter("  ", "\n");
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
            write(json, schema);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(final JsonGenerator json, final Object value) throws IOException {
        if (value instanceof SchemaNode node) {
            json.writeStartObject();
            for (final var member : node.members().entrySet()) {
                json.writeFieldName(member.getKey());
                write(json, member.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (final Object entry : list) {
                write(json, entry);
            }
            json.writeEndArray();
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else {
            json.writeString((String) value);
        }
    }
}
