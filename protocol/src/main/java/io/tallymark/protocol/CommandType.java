package io.tallymark.protocol;

/** The operations. The code is the template id on the wire and the type byte in the journal; never reused. */
public enum CommandType {
    /** A slot of the pipeline that carries nothing: skipped by the writer. */
    NONE(0, false),
    ACCRUE(1, true),
    REDEEM(2, true),
    ADJUST(3, true),
    QUERY_MEMBER(4, false),
    PUBLISH_PROGRAM(5, true),
    LIST_PROGRAMS(6, false),
    /** Advances engine time while nothing else does; made by the writer only. */
    TICK(63, true);

    private static final CommandType[] BY_CODE = new CommandType[64];

    static {
        for (final CommandType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final boolean changesState;

    CommandType(final int code, final boolean changesState) {
        this.code = code;
        this.changesState = changesState;
    }

    /** The stable number of this operation. */
    public int code() {
        return code;
    }

    /** Whether an accepted command of this type changes the ledger and so is journaled. */
    public boolean changesState() {
        return changesState;
    }

    /** The operation of a code, or null where there is none. */
    public static CommandType ofCode(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
