package io.tallymark.gateway;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Framing;
import io.tallymark.protocol.ResultCode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Brings one whole frame through the command port: all of its messages get their slots at once or none does. Used on
 * one event loop; keeps nothing between frames.
 */
public final class FrameAdmission {
    private final CommandPort port;
    private final CommandDecoder decoder;
    private final DrawBits drawBits;
    private final GatewayOptions options;
    private final GatewayCounters counters;

    /** The admission of one front on this loop. */
    public FrameAdmission(final FrontLoop loop) {
        this.port = loop.port();
        this.decoder = loop.decoder();
        this.drawBits = loop.drawBits();
        this.options = loop.options();
        this.counters = loop.counters();
    }

    /** Where refusals go. */
    public interface Refusals {
        /** Nothing was handed on for the message with this correlation id. */
        void refuse(long correlationId, ResultCode code, int retryAfterMs, String detail);
    }

    /**
     * Admits a frame whose lengths have been checked.
     *
     * @param offset of the frame's header
     * @return how many commands were handed on, each of which will get a reply
     */
    public int admit(final DirectBuffer frame, final int offset, final long replyTo, final Refusals refusals) {
        final int count = Framing.messageCount(frame, offset);
        final long first = port.tryClaim(count);
        if (first < 0) {
            refuseAll(frame, offset, refusalOf(first), refusals);
            return 0;
        }
        boolean decoded = false;
        int admitted = 0;
        try {
            if (lendBuffers(frame, offset, first, count)) {
                admitted = decodeAll(frame, offset, first, count, replyTo, refusals);
            } else {
                discard(first, count);
                refuseAll(frame, offset, ResultCode.BUSY, refusals);
            }
            decoded = true;
        } finally {
            // A slot that stays unpublished would stop the pipeline for everybody.
            if (!decoded) {
                discard(first, count);
            }
            port.publish(first, count);
        }
        counters.commands.add(admitted);
        return admitted;
    }

    /** Refuses each message of a frame with one code. */
    void refuseAll(final DirectBuffer frame, final int offset, final ResultCode code, final Refusals refusals) {
        final int count = Framing.messageCount(frame, offset);
        int at = offset + Framing.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            final int length = Framing.messageLength(frame, at);
            at += Framing.MESSAGE_LENGTH_BYTES;
            refusals.refuse(
                    CommandDecoder.peekCorrelationId(frame, at, length),
                    code,
                    options.busyRetryAfterMs(),
                    code.meaning());
            at += length;
        }
        counters.refused.add(count);
    }

    /** Lends a buffer to each slot whose message needs one; false if there are too few. */
    private boolean lendBuffers(final DirectBuffer frame, final int offset, final long first, final int count) {
        int at = offset + Framing.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            final int length = Framing.messageLength(frame, at);
            final int most = CommandDecoder.maxCommandBytes(frame, at + Framing.MESSAGE_LENGTH_BYTES, length);
            if (most > Command.INLINE_BYTES) {
                final UnsafeBuffer buffer = port.tryBorrow();
                if (buffer == null) {
                    return false;
                }
                port.slot(first + i).lend(buffer);
            }
            at += Framing.MESSAGE_LENGTH_BYTES + length;
        }
        return true;
    }

    private int decodeAll(
            final DirectBuffer frame,
            final int offset,
            final long first,
            final int count,
            final long replyTo,
            final Refusals refusals) {
        int at = offset + Framing.HEADER_BYTES;
        int admitted = 0;
        for (int i = 0; i < count; i++) {
            final int length = Framing.messageLength(frame, at);
            at += Framing.MESSAGE_LENGTH_BYTES;
            final Command slot = port.slot(first + i);
            final ResultCode code = decoder.decode(frame, at, length, slot);
            if (code == ResultCode.ACCEPTED) {
                slot.replyTo(replyTo);
                if (slot.type() == CommandType.DRAW) {
                    slot.randomBits(drawBits.next());
                }
                admitted++;
            } else {
                discard(first + i, 1);
                counters.malformed.increment();
                refusals.refuse(decoder.correlationId(), code, 0, decoder.detail());
            }
            at += length;
        }
        return admitted;
    }

    /** Makes slots carry nothing. */
    private void discard(final long first, final int count) {
        for (int i = 0; i < count; i++) {
            final Command slot = port.slot(first + i);
            final UnsafeBuffer lent = slot.takeBack();
            slot.reset(CommandType.NONE);
            if (lent != null) {
                port.giveBack(lent);
            }
        }
    }

    private static ResultCode refusalOf(final long negated) {
        final ResultCode code = ResultCode.ofNumber((int) -negated);
        return code == null ? ResultCode.BUSY : code;
    }
}
