package io.tallymark.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One JSON generator that writes document after document into one array, which grows to the longest of them. Not
 * thread-safe.
 */
final class JsonOutput {
    private final JsonSink sink = new JsonSink();
    private final JsonFactory factory = new JsonFactory();
    private JsonGenerator generator = newGenerator();
    private int joint;

    /** Begins a document and returns what writes it; {@link #end} completes it. */
    JsonGenerator begin() {
        if (!generator.getOutputContext().inRoot()) {
            // The document before was given up within.
            generator = newGenerator();
        }
        sink.cut(0);
        return generator;
    }

    /** Completes the document; returns its bytes. */
    int end() throws IOException {
        generator.flush();
        return sink.length();
    }

    /** Completes a document that is an object, and opens it again for members as bytes; {@link #endBytes} closes it. */
    void reopen() throws IOException {
        generator.flush();
        sink.cut(sink.length() - 1);
    }

    /** Closes an object after {@link #reopen}; returns its bytes. */
    int endBytes() {
        sink.write('}');
        return sink.length();
    }

    /**
     * Opens the object that stands in the sink again and returns what writes the members that follow, as an object of
     * their own; {@link #endAppended} makes one of both.
     */
    JsonGenerator append() {
        if (!generator.getOutputContext().inRoot()) {
            generator = newGenerator();
        }
        sink.cut(sink.length() - 1);
        joint = sink.length();
        return generator;
    }

    /** Completes the object after {@link #append}; returns its bytes. */
    int endAppended() throws IOException {
        generator.flush();
        // The brace that opens the second object becomes the comma between the members of both.
        sink.bytes()[joint] = ',';
        return sink.length();
    }

    /** Where the documents are written to. */
    JsonSink sink() {
        return sink;
    }

    /** The document, from index 0 on; valid until the next one begins. */
    byte[] bytes() {
        return sink.bytes();
    }

    /** A name that is encoded once. */
    static SerializedString name(final String name) {
        final SerializedString serialized = new SerializedString(name);
        serialized.asQuotedUTF8();
        return serialized;
    }

    private JsonGenerator newGenerator() {
        try {
            return factory.createGenerator(sink).setRootValueSeparator(null);
        } catch (final IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }
}
