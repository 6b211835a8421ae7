package io.tallymark.gateway.http;

import io.tallymark.gateway.FrameAdmission;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.CommandEncoder;
import io.tallymark.protocol.ExternalIdentity;
import io.tallymark.protocol.Framing;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The commands of one connection that came with one read, as the frame that a client of the binary port would have
 * sent. So both fronts go through one admission and one decoder. Used on one event loop.
 */
final class CommandBatch {
    /** A frame is admitted whole or refused whole, so it is kept shorter than what a full ring may still take. */
    private static final int MAX_COMMANDS = 64;

    private static final int FRAME_BYTES = 512 * 1024;

    private final FrameAdmission admission;
    private final CommandEncoder encoder = new CommandEncoder();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[FRAME_BYTES]);
    private int position = Framing.HEADER_BYTES;
    private int count;

    CommandBatch(final FrameAdmission admission) {
        this.admission = admission;
    }

    /**
     * Appends a command, and admits what has gathered where the batch is full. A command that needs a lent buffer goes
     * alone, so that many large ones do not refuse each other.
     *
     * @param identity who is meant beside the command's member id or instead of it; is cleared
     */
    void add(
            final Command command,
            final ExternalIdentity identity,
            final long replyTo,
            final FrameAdmission.Refusals refusals) {
        if (position + Framing.MESSAGE_LENGTH_BYTES + encoder.maxLength(command, identity) > FRAME_BYTES) {
            admit(replyTo, refusals);
        }
        int length = encode(command, identity);
        final boolean large = CommandDecoder.maxCommandBytes(frame, position + Framing.MESSAGE_LENGTH_BYTES, length)
                > Command.INLINE_BYTES;
        if (large && count > 0) {
            admit(replyTo, refusals);
            length = encode(command, identity);
        }
        position += Framing.MESSAGE_LENGTH_BYTES + length;
        count++;
        if (identity.isPresent()) {
            identity.clear();
        }
        if (large || count == MAX_COMMANDS) {
            admit(replyTo, refusals);
        }
    }

    private int encode(final Command command, final ExternalIdentity identity) {
        final int length = encoder.encode(command, identity, frame, position + Framing.MESSAGE_LENGTH_BYTES);
        Framing.putMessageLength(frame, position, length);
        return length;
    }

    /** Hands on what has gathered. */
    void admit(final long replyTo, final FrameAdmission.Refusals refusals) {
        if (count > 0) {
            Framing.putHeader(frame, 0, position, count);
            clear();
            admission.admit(frame, 0, replyTo, refusals);
        }
    }

    /** Forgets what has gathered. */
    void clear() {
        position = Framing.HEADER_BYTES;
        count = 0;
    }
}
