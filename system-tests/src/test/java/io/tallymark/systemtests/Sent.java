package io.tallymark.systemtests;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;

/**
 * A command as a till sent it, and what it heard about it. The content never changes, so it can be sent again under the
 * same key at any time.
 */
final class Sent {
    private final CommandType type;
    private final long memberId;
    private final long value;
    private final String documentId;
    private final long eventTimeMs;
    private volatile Receipt receipt;

    /** {@code value}: the amount of an accrual in minor units, else points. */
    Sent(final CommandType type, final long memberId, final long value, final String documentId) {
        this(type, memberId, value, documentId, Command.NO_TIME);
    }

    /** As above, with the time of the event in epoch milliseconds, which goes over the binary wire only. */
    Sent(
            final CommandType type,
            final long memberId,
            final long value,
            final String documentId,
            final long eventTimeMs) {
        this.type = type;
        this.memberId = memberId;
        this.value = value;
        this.documentId = documentId;
        this.eventTimeMs = eventTimeMs;
    }

    CommandType type() {
        return type;
    }

    long memberId() {
        return memberId;
    }

    long value() {
        return value;
    }

    /** What the server keys it by, within the one program and source of these tests. */
    String key() {
        return key(type, documentId);
    }

    static String key(final CommandType type, final String documentId) {
        return type.code() + "/" + documentId;
    }

    /** Null: never acknowledged. */
    Receipt receipt() {
        return receipt;
    }

    boolean isAcknowledged() {
        return receipt != null;
    }

    void acknowledge(final Receipt answer) {
        receipt = answer;
    }

    /** Fills the command that goes over the wire. */
    Command fill(final Command into) {
        into.reset(type).memberId(memberId).eventTimeMs(eventTimeMs);
        if (type == CommandType.ACCRUE) {
            into.amountMinor(value);
        } else {
            into.points(value);
        }
        into.put(VarField.PROGRAM, Workload.PROGRAM);
        into.put(VarField.SOURCE, Workload.SOURCE);
        into.put(VarField.DOCUMENT_ID, documentId);
        if (type == CommandType.ADJUST) {
            into.put(VarField.REASON, "goodwill");
            into.put(VarField.OPERATOR_ID, "desk-1");
        }
        return into;
    }

    /** The path and the body of the same command over HTTP. */
    String httpPath() {
        return "/v1/programs/" + Workload.PROGRAM
                + switch (type) {
                    case ACCRUE -> "/accruals";
                    case REDEEM -> "/redemptions";
                    default -> "/adjustments";
                };
    }

    String httpBody() {
        return "{\"source\":\"" + Workload.SOURCE + "\",\"documentId\":\"" + documentId + "\",\"memberId\":" + memberId
                + switch (type) {
                    case ACCRUE -> ",\"amountMinor\":" + value + "}";
                    case REDEEM -> ",\"points\":" + value + "}";
                    default -> ",\"points\":" + value + ",\"reason\":\"goodwill\",\"operatorId\":\"desk-1\"}";
                };
    }

    @Override
    public String toString() {
        return type + " " + documentId + " member=" + memberId + " value=" + value + " -> " + receipt;
    }
}
