package io.tallymark.protocol;

import io.tallymark.protocol.CommandShape.Identity;
import java.util.Arrays;

/** The identity at the end of a request: checked in passing, and made hashes of when all of the rest is good. */
final class IdentityDecoder {
    private final WireCursor cursor;
    private final IdentityHasher hasher;
    private final byte[] message = new byte[IdentityHasher.MAX_MESSAGE_BYTES];
    private String detail = "";
    private int channelOffset;
    private int channelLength;
    private int externalIdOffset;
    private int externalIdLength;

    IdentityDecoder(final WireCursor cursor, final IdentityHasher hasher) {
        this.cursor = cursor;
        this.hasher = hasher;
    }

    /** Moves over the identity; false if it is malformed, or does not go together with the member id. */
    boolean check(final Identity rule, final long memberId) {
        if (!next(Limits.MAX_TEXT_BYTES)) {
            return fail("identityChannel: not at most 64 bytes of UTF-8 without control characters");
        }
        channelOffset = cursor.dataOffset();
        channelLength = cursor.dataLength();
        if (!next(Limits.MAX_EXTERNAL_ID_BYTES)) {
            return fail("externalId: not at most 128 bytes of UTF-8 without control characters");
        }
        externalIdOffset = cursor.dataOffset();
        externalIdLength = cursor.dataLength();
        if (channelLength == 0 && externalIdLength == 0) {
            return rule == Identity.REQUIRED
                    ? fail("identityChannel: required")
                    : rule == Identity.OPTIONAL || memberId != 0 || fail("memberId: not positive, and no identity");
        }
        if (channelLength == 0 || externalIdLength == 0) {
            return fail(channelLength == 0 ? "identityChannel: required beside externalId" : "externalId: required");
        }
        if (hasher == null) {
            return fail("identity: not taken here");
        }
        return rule != Identity.INSTEAD_OF_MEMBER || memberId == 0 || fail("memberId: not beside an identity");
    }

    /** The sentence of the last refusal. */
    String detail() {
        return detail;
    }

    /** Puts channel and hashes into a command; false if they do not fit. */
    boolean copyTo(final Command into, final int programOffset, final int programLength) {
        if (externalIdLength == 0) {
            return true;
        }
        if (channelLength + IdentityHashes.MAX_BYTES > into.bytes().capacity() - into.bytesLength()) {
            return false;
        }
        into.put(VarField.IDENTITY_CHANNEL, cursor.buffer(), channelOffset, channelLength);
        int length = append(0, programOffset, programLength);
        length = append(length, channelOffset, channelLength);
        length = append(length, externalIdOffset, externalIdLength);
        final int at = into.reserve(VarField.IDENTITY, IdentityHashes.MAX_BYTES);
        into.commitReserved(VarField.IDENTITY, hasher.hash(message, length, into.bytes(), at));
        Arrays.fill(message, 0, length, (byte) 0);
        return true;
    }

    private int append(final int to, final int offset, final int length) {
        message[to] = (byte) length;
        cursor.buffer().getBytes(offset, message, to + 1, length);
        return to + 1 + length;
    }

    private boolean next(final int most) {
        return cursor.nextText(0, most) && Texts.isPlainUtf8(cursor.buffer(), cursor.dataOffset(), cursor.dataLength());
    }

    private boolean fail(final String sentence) {
        detail = sentence;
        return false;
    }
}
