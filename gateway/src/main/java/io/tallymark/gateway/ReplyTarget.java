package io.tallymark.gateway;

import org.agrona.DirectBuffer;

/** A connection as the delivery of replies sees it. All methods are called on the connection's event loop. */
public interface ReplyTarget {
    /** One reply: SBE header and body. The bytes are valid during the call only. */
    void onReply(DirectBuffer buffer, int offset, int length);

    /** The replies that have gathered so far go out now. */
    void flush();

    /** Looks after time limits; called about every {@link GatewayOptions#sweepIntervalMs()}. */
    void sweep(long nowNs);

    /** The front stops: what is asked from now on is refused. */
    void stopAccepting();

    /** How many requests still wait for their reply. */
    int inFlight();

    /** Something unforeseen happened while this connection was served: it is closed, the others go on. */
    void fail(Throwable cause);

    /** Sends what has gathered and closes. */
    void closeAfterFlush();
}
