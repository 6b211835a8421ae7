package io.tallymark.gateway.http;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;

/** The members of a request body, with the operations that know them and those that need them. */
enum JsonField {
    SOURCE("source", VarField.SOURCE, Operations.ALL, Operations.ALL),
    DOCUMENT_ID("documentId", VarField.DOCUMENT_ID, Operations.ALL, Operations.ALL),
    MEMBER_ID("memberId", null, Operations.ALL, Operations.ALL),
    AMOUNT_MINOR("amountMinor", null, Operations.ACCRUE, Operations.ACCRUE),
    POINTS("points", null, Operations.REDEEM | Operations.ADJUST, Operations.REDEEM | Operations.ADJUST),
    EVENT_TIME("eventTime", null, Operations.ALL, 0),
    CHANNEL("channel", VarField.CHANNEL, Operations.ACCRUE | Operations.REDEEM, 0),
    STORE("store", VarField.STORE, Operations.ACCRUE | Operations.REDEEM, 0),
    STAFF("staff", VarField.STAFF, Operations.ACCRUE | Operations.REDEEM, 0),
    VISIT("visit", null, Operations.ACCRUE, 0),
    LINES("lines", null, Operations.ACCRUE, 0),
    REASON("reason", VarField.REASON, Operations.ADJUST, Operations.ADJUST),
    OPERATOR_ID("operatorId", VarField.OPERATOR_ID, Operations.ADJUST, Operations.ADJUST),
    REFERENCE("reference", VarField.REFERENCE, Operations.ADJUST, 0),
    MAY_GO_BELOW_ZERO("mayGoBelowZero", null, Operations.ADJUST, 0);

    private static final JsonField[] ALL = values();

    private final String memberName;
    private final VarField text;
    private final int known;
    private final int required;

    JsonField(final String memberName, final VarField text, final int known, final int required) {
        this.memberName = memberName;
        this.text = text;
        this.known = known;
        this.required = required;
    }

    /** The member of this name in a body of this operation, or null. */
    static JsonField of(final String name, final CommandType type) {
        final JsonField field = switch (name) {
            case "source" -> SOURCE;
            case "documentId" -> DOCUMENT_ID;
            case "memberId" -> MEMBER_ID;
            case "amountMinor" -> AMOUNT_MINOR;
            case "points" -> POINTS;
            case "eventTime" -> EVENT_TIME;
            case "channel" -> CHANNEL;
            case "store" -> STORE;
            case "staff" -> STAFF;
            case "visit" -> VISIT;
            case "lines" -> LINES;
            case "reason" -> REASON;
            case "operatorId" -> OPERATOR_ID;
            case "reference" -> REFERENCE;
            case "mayGoBelowZero" -> MAY_GO_BELOW_ZERO;
            default -> null;
        };
        return field != null && (field.known & Operations.bit(type)) != 0 ? field : null;
    }

    /** The first member that a body of this operation needs and that is not among the seen ones; null: none. */
    static JsonField firstMissing(final CommandType type, final int seen) {
        final int operation = Operations.bit(type);
        for (final JsonField field : ALL) {
            if ((field.required & operation) != 0 && (seen & field.bit()) == 0) {
                return field;
            }
        }
        return null;
    }

    String memberName() {
        return memberName;
    }

    /** The command's text that this member fills; null where it is no text. */
    VarField text() {
        return text;
    }

    int bit() {
        return 1 << ordinal();
    }

    /** Bits of the operations that have a body. */
    private static final class Operations {
        static final int ACCRUE = 1;
        static final int REDEEM = 2;
        static final int ADJUST = 4;
        static final int ALL = ACCRUE | REDEEM | ADJUST;

        static int bit(final CommandType type) {
            return switch (type) {
                case ACCRUE -> ACCRUE;
                case REDEEM -> REDEEM;
                case ADJUST -> ADJUST;
                default -> throw new IllegalArgumentException(type + " has no body");
            };
        }
    }
}
