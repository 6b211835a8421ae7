package io.tallymark.gateway.http;

import io.tallymark.protocol.CommandType;

/** What a request can ask for. */
enum Route {
    ACCRUALS(CommandType.ACCRUE),
    REDEMPTIONS(CommandType.REDEEM),
    ADJUSTMENTS(CommandType.ADJUST),
    PROGRAMS(CommandType.LIST_PROGRAMS),
    MEMBER(CommandType.QUERY_MEMBER),
    HEALTH(CommandType.NONE),
    READY(CommandType.NONE),
    METRICS(CommandType.NONE),
    /** A path behind which there is nothing. */
    NOWHERE(CommandType.NONE);

    private static final Route[] ALL = values();
    private static final byte[] POST = ResponseWriter.ascii("POST");
    private static final byte[] GET_AND_HEAD = ResponseWriter.ascii("GET, HEAD");

    private final CommandType command;

    Route(final CommandType command) {
        this.command = command;
    }

    static Route of(final int ordinal) {
        return ALL[ordinal];
    }

    /** The command that a request becomes; NONE where the front itself answers. */
    CommandType command() {
        return command;
    }

    /** Whether the request changes something and has a body. */
    boolean isPost() {
        return this == ACCRUALS || this == REDEMPTIONS || this == ADJUSTMENTS;
    }

    /** The methods, as in the header Allow. */
    byte[] allow() {
        return isPost() ? POST : GET_AND_HEAD;
    }
}
