package io.tallymark.protocol;

/** Checks the variable fields of one request after the other, and copies them when all of it has been found good. */
final class VarChecks {
    static final int MAX_COMPILED_BYTES = 64 * 1024;
    static final int MAX_SOURCE_TEXT_BYTES = 60 * 1024;

    private static final String[] TEXT_FORMS = new String[VarField.COUNT];
    private static final String[] REQUIRED = new String[VarField.COUNT];

    static {
        for (final VarField field : VarField.values()) {
            TEXT_FORMS[field.ordinal()] = field.wireName() + ": " + form(field);
            REQUIRED[field.ordinal()] = field.wireName() + ": required";
        }
    }

    private final WireCursor cursor;
    private final int[] offsets = new int[VarField.COUNT];
    private final int[] lengths = new int[VarField.COUNT];
    private String detail = "";

    VarChecks(final WireCursor cursor) {
        this.cursor = cursor;
    }

    /** Moves over all variable fields of a shape but the identity; false if one is malformed. */
    boolean check(final CommandShape shape) {
        for (int i = 0; i < shape.varCount(); i++) {
            final VarField field = shape.varField(i);
            final int at = field.ordinal();
            if (!isOfItsForm(field)) {
                detail = TEXT_FORMS[at];
                return false;
            }
            offsets[at] = cursor.dataOffset();
            lengths[at] = cursor.dataLength();
            if (lengths[at] == 0 && shape.requires(field)) {
                detail = isAlwaysText(field) ? REQUIRED[at] : TEXT_FORMS[at];
                return false;
            }
        }
        leaveOutTheOwnSource(shape);
        leaveOutPointsWallet(shape);
        return true;
    }

    /**
     * Naming the own source as the original's is the same request as naming none, and has to stay the same content
     * where it is sent again through a port or client that spells it the other way.
     */
    private void leaveOutTheOwnSource(final CommandShape shape) {
        final int own = VarField.SOURCE.ordinal();
        final int original = VarField.ORIGINAL_SOURCE.ordinal();
        if (shape.isKeyed()
                && (shape.varMask() & 1 << original) != 0
                && lengths[original] == lengths[own]
                && cursor.isSame(offsets[own], offsets[original], lengths[own])) {
            lengths[original] = 0;
        }
    }

    /** Naming the wallet {@code points} is the same request as naming none, as above. */
    private void leaveOutPointsWallet(final CommandShape shape) {
        final int wallet = VarField.WALLET_ID.ordinal();
        if ((shape.varMask() & 1 << wallet) != 0
                && Texts.isPointsWallet(cursor.buffer(), offsets[wallet], lengths[wallet])) {
            lengths[wallet] = 0;
        }
    }

    /** The sentence of the last refusal. */
    String detail() {
        return detail;
    }

    /** Where a field that was checked stands in the message. */
    int offset(final VarField field) {
        return offsets[field.ordinal()];
    }

    /** Length of a field that was checked. */
    int length(final VarField field) {
        return lengths[field.ordinal()];
    }

    /** Puts a checked field into a command; false, and nothing put, if it does not fit. */
    boolean copyTo(final VarField field, final Command into) {
        final int length = lengths[field.ordinal()];
        if (length == 0) {
            return true;
        }
        if (length > into.bytes().capacity() - into.bytesLength()) {
            return false;
        }
        into.put(field, cursor.buffer(), offsets[field.ordinal()], length);
        return true;
    }

    private boolean isOfItsForm(final VarField field) {
        return switch (field) {
            case PROGRAM ->
                cursor.nextText(0, Limits.MAX_PROGRAM_BYTES)
                        && Texts.isProgramName(cursor.buffer(), cursor.dataOffset(), cursor.dataLength());
            case SOURCE, ORIGINAL_SOURCE ->
                cursor.nextText(0, Limits.MAX_SOURCE_BYTES)
                        && Texts.isVisibleAscii(cursor.buffer(), cursor.dataOffset(), cursor.dataLength());
            case DOCUMENT_ID, ORIGINAL_DOCUMENT_ID ->
                cursor.nextText(0, Limits.MAX_DOCUMENT_ID_BYTES)
                        && Texts.isVisibleAscii(cursor.buffer(), cursor.dataOffset(), cursor.dataLength());
            case COMPILED_PROGRAM -> cursor.nextBytes(0, MAX_COMPILED_BYTES);
            case SOURCE_TEXT ->
                cursor.nextBytes(0, MAX_SOURCE_TEXT_BYTES)
                        && Texts.isUtf8Lines(cursor.buffer(), cursor.dataOffset(), cursor.dataLength());
            default ->
                cursor.nextText(0, Limits.MAX_TEXT_BYTES)
                        && Texts.isPlainUtf8(cursor.buffer(), cursor.dataOffset(), cursor.dataLength());
        };
    }

    private static boolean isAlwaysText(final VarField field) {
        return switch (field) {
            case REASON, OPERATOR_ID, RULE_ID, WAY -> true;
            default -> false;
        };
    }

    private static String form(final VarField field) {
        return switch (field) {
            case PROGRAM -> "not 1 to 32 characters a-z, 0-9, hyphen";
            case SOURCE, ORIGINAL_SOURCE -> "not 1 to 32 bytes 0x21 to 0x7E";
            case DOCUMENT_ID, ORIGINAL_DOCUMENT_ID -> "not 1 to 64 bytes 0x21 to 0x7E";
            case COMPILED_PROGRAM -> "not 1 to 65536 bytes";
            case SOURCE_TEXT -> "not at most 61440 bytes of UTF-8 text";
            default -> "not at most 64 bytes of UTF-8 without control characters";
        };
    }
}
