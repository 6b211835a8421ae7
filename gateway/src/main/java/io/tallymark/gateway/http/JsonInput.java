package io.tallymark.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One JSON parser that reads body after body. Jackson's parser that is fed by its caller takes whole documents one
 * behind the other, so that no parser is made per request; only after a fault is it replaced. Not thread-safe.
 */
final class JsonInput {
    private static final int MAX_NAME_CHARS = 256;
    private static final int MAX_DEPTH = 8;

    private final JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME_CHARS)
                    .build())
            .build();

    private JsonParser parser = newParser();
    private ByteArrayFeeder feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();

    /** Begins a document; the bytes must not change until {@link #isAtEnd} or {@link #discard}. */
    JsonParser begin(final byte[] body, final int offset, final int end) throws IOException {
        feeder.feedInput(body, offset, end);
        return parser;
    }

    /** The next token; null where the document ends before it. */
    JsonToken next() throws IOException {
        final JsonToken token = parser.nextToken();
        return token == JsonToken.NOT_AVAILABLE ? null : token;
    }

    /** Whether all bytes were read, right after the token that ends the document. */
    boolean isAtEnd() {
        return feeder.needMoreInput();
    }

    /** Gives up the present document, and the parser with it. */
    void discard() {
        try {
            parser.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("a parser without a source", e);
        }
        parser = newParser();
        feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
    }

    private JsonParser newParser() {
        try {
            return factory.createNonBlockingByteArrayParser();
        } catch (final IOException e) {
            throw new UncheckedIOException("a parser without a source", e);
        }
    }
}
