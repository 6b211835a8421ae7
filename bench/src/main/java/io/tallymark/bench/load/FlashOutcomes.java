package io.tallymark.bench.load;

import io.tallymark.client.ReplyHandler;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What each member was told about its attempt; the context of a request is the member's number. Written by the clients'
 * threads, each member by one of them; what belongs to an answer is seen by who saw {@link #answered} count it.
 */
final class FlashOutcomes implements ReplyHandler {
    private static final ResultCode[] CODES = ResultCode.values();

    private final short[] codes;
    private final long[] sequences;
    private final AtomicInteger sold = new AtomicInteger();
    private final AtomicInteger replayed = new AtomicInteger();
    private final AtomicInteger twice = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();

    FlashOutcomes(final int members) {
        codes = new short[members];
        sequences = new long[members];
    }

    @Override
    public void onReply(final Reply reply, final long context) {
        final int member = (int) context;
        if (codes[member] != 0) {
            twice.incrementAndGet();
        }
        // A code that is not known here is kept as none, and so found by the audit.
        codes[member] = (short) (reply.code == null ? 0 : 1 + reply.code.ordinal());
        sequences[member] = reply.sequence;
        if (reply.replayed) {
            replayed.incrementAndGet();
        }
        if (reply.code == ResultCode.ACCEPTED) {
            sold.incrementAndGet();
        }
        answered.incrementAndGet();
    }

    int members() {
        return codes.length;
    }

    /** Null: none that is known here. */
    ResultCode code(final int member) {
        return codes[member] == 0 ? null : CODES[codes[member] - 1];
    }

    /** 0: it took none. */
    long sequence(final int member) {
        return sequences[member];
    }

    /** Attempts that were acknowledged as sold. */
    int sold() {
        return sold.get();
    }

    /** Answers that tell an outcome from before: it was journaled, and its first answer never came. */
    int replayed() {
        return replayed.get();
    }

    /** Answers beyond the first of a member. */
    int twice() {
        return twice.get();
    }

    int answered() {
        return answered.get();
    }
}
