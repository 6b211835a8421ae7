package io.tallymark.gateway.http;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Texts;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The publication of a program as a request with the program's text for its body. It has no members for a key, so its
 * source is {@value #SOURCE} and its document id comes from the header Idempotency-Key; without that, from the version
 * that it replaces and the text, so that the same request sent again is the same publication; without a version either,
 * it is a publication of its own each time, since the same text may come again after another one.
 */
final class ProgramUpload {
    /** The source of all publications that come through this port. */
    static final String SOURCE = "http";

    private static final int HASH_BYTES = 16;

    private ProgramUpload() {}

    /**
     * The version that If-Match names; 0: any, -1: it names none.
     *
     * @param ifMatch null: the header is absent
     */
    static int replacedVersion(final String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return 0;
        }
        return ifMatch.matches("\"[1-9][0-9]{0,4}\"")
                ? Integer.parseInt(ifMatch.substring(1, ifMatch.length() - 1))
                : -1;
    }

    /** What Idempotency-Key says, with or without quotes; null: it is not of a document id's form. */
    static String documentId(final String idempotencyKey) {
        final int last = idempotencyKey.length() - 1;
        final boolean quoted = last > 0 && idempotencyKey.charAt(0) == '"' && idempotencyKey.charAt(last) == '"';
        final byte[] id =
                (quoted ? idempotencyKey.substring(1, last) : idempotencyKey).getBytes(StandardCharsets.UTF_8);
        final boolean isOfForm = id.length > 0
                && id.length <= Limits.MAX_DOCUMENT_ID_BYTES
                && Texts.isVisibleAscii(new UnsafeBuffer(id), 0, id.length);
        return isOfForm ? new String(id, StandardCharsets.US_ASCII) : null;
    }

    /** The document id of a publication without Idempotency-Key. */
    static String documentId(final int version, final byte[] text) {
        if (version == 0) {
            return "any-" + UUID.randomUUID();
        }
        try {
            final byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return "v" + version + "-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Makes the command. */
    static void fill(
            final Command into,
            final String program,
            final int version,
            final String documentId,
            final byte[] compiled,
            final byte[] text) {
        into.reset(CommandType.PUBLISH_PROGRAM)
                .version(version)
                .put(VarField.PROGRAM, program)
                .put(VarField.SOURCE, SOURCE)
                .put(VarField.DOCUMENT_ID, documentId)
                .put(VarField.COMPILED_PROGRAM, new UnsafeBuffer(compiled), 0, compiled.length)
                .put(VarField.SOURCE_TEXT, new UnsafeBuffer(text), 0, text.length);
    }
}
