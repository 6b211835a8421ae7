package io.tallymark.client;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** A program, or its next version, comes into force. */
public final class PublishRequest {
    private final String program;
    private final String source;
    private final String documentId;
    private final byte[] compiled;
    private final String sourceText;

    /**
     * @param source     the calling system
     * @param documentId the document's number there: the same again takes no effect
     * @param compiled   the canonical compiled form
     * @param sourceText the file it was compiled from, for people
     */
    public PublishRequest(
            final String program,
            final String source,
            final String documentId,
            final byte[] compiled,
            final String sourceText) {
        this.program = program;
        this.source = source;
        this.documentId = documentId;
        this.compiled = compiled.clone();
        this.sourceText = sourceText;
    }

    Command toCommand() {
        final int moreBytes = compiled.length + sourceText.getBytes(StandardCharsets.UTF_8).length;
        final Command command = Requests.keyed(CommandType.PUBLISH_PROGRAM, moreBytes, program, source, documentId);
        command.put(VarField.COMPILED_PROGRAM, new UnsafeBuffer(compiled), 0, compiled.length);
        return Requests.text(command, VarField.SOURCE_TEXT, sourceText);
    }
}
