package io.tallymark.gateway;

import io.tallymark.protocol.Command;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the gateway hands commands to. All methods are called on event loops, several at once where there are several,
 * and none of them may block.
 */
public interface CommandPort {
    /**
     * Reserves consecutive slots for one frame, all or none.
     *
     * @return the first slot, or the negated number of the {@link io.tallymark.protocol.ResultCode} that refuses all
     */
    long tryClaim(int count);

    /** A claimed slot: the caller alone writes to it until it is published. */
    Command slot(long slot);

    /**
     * A buffer of {@link io.tallymark.protocol.Limits#MAX_COMMAND_BYTES} for a command that needs more than its inline
     * bytes, or null if all are lent. It goes into a slot with {@link Command#lend}; whoever reads the slot takes it
     * back.
     */
    UnsafeBuffer tryBorrow();

    /** Returns a borrowed buffer that was not published. */
    void giveBack(UnsafeBuffer buffer);

    /**
     * Hands the slots over. Every claimed slot is published exactly once; one of the type
     * {@link io.tallymark.protocol.CommandType#NONE} carries nothing and gets no reply.
     */
    void publish(long first, int count);
}
