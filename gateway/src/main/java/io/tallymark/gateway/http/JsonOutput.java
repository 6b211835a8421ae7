package io.tallymark.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * One JSON generator that writes document after document into one array, which grows to the longest of them. Not
 * thread-safe.
 */
final class JsonOutput {
    private final Sink sink = new Sink();
    private final JsonFactory factory = new JsonFactory();
    private JsonGenerator generator = newGenerator();

    /** Begins a document and returns what writes it; {@link #end} completes it. */
    JsonGenerator begin() {
        if (!generator.getOutputContext().inRoot()) {
            // The document before was given up within.
            generator = newGenerator();
        }
        sink.length = 0;
        return generator;
    }

    /** Completes the document; returns its bytes. */
    int end() throws IOException {
        generator.flush();
        return sink.length;
    }

    /** The document, from index 0 on; valid until the next one begins. */
    byte[] bytes() {
        return sink.bytes;
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

    private static final class Sink extends OutputStream {
        byte[] bytes = new byte[1_024];
        int length;

        @Override
        public void write(final int b) {
            reserve(1);
            bytes[length++] = (byte) b;
        }

        @Override
        public void write(final byte[] source, final int offset, final int count) {
            reserve(count);
            System.arraycopy(source, offset, bytes, length, count);
            length += count;
        }

        private void reserve(final int count) {
            if (count > bytes.length - length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
            }
        }
    }
}
