package io.tallymark.engine;

import io.tallymark.journal.JournalOptions;
import io.tallymark.ledger.LedgerOptions;
import java.util.concurrent.TimeUnit;

/**
 * What an engine is built with.
 *
 * @param ledger          sizes of the ledger
 * @param journal         durability and sizes of the journal
 * @param ringSlots       commands that may wait for the writer, a power of two; when they are full callers get BUSY
 * @param replyBlocks     batches that may be on their way from the writer to the event loops
 * @param replyBlockBytes room for the replies of one batch
 * @param largeBuffers    commands above the inline size that may wait at the same time
 * @param maxClockJumpMs  a clock that stands further from the last engine time stops admission
 * @param acceptClockJump whether the first jump, the one since the journal's last engine time, is confirmed
 * @param tickIntervalMs  how far the journal's time may lag behind a running engine before the writer journals a tick
 */
public record EngineOptions(
        LedgerOptions ledger,
        JournalOptions journal,
        int ringSlots,
        int replyBlocks,
        int replyBlockBytes,
        int largeBuffers,
        long maxClockJumpMs,
        boolean acceptClockJump,
        long tickIntervalMs) {

    /** Checks each value and how they fit together. */
    public EngineOptions {
        if (Integer.bitCount(ringSlots) != 1) {
            throw new IllegalArgumentException("ringSlots must be a power of two: " + ringSlots);
        }
        if (replyBlocks < 2) {
            throw new IllegalArgumentException("replyBlocks must be at least 2: " + replyBlocks);
        }
        if (replyBlockBytes < WriterStage.MIN_REPLY_BLOCK_BYTES) {
            throw new IllegalArgumentException(
                    "replyBlockBytes must be at least " + WriterStage.MIN_REPLY_BLOCK_BYTES + ": " + replyBlockBytes);
        }
        if (largeBuffers < 1) {
            throw new IllegalArgumentException("largeBuffers must be at least 1: " + largeBuffers);
        }
        if (maxClockJumpMs < 1 || tickIntervalMs < 1 || tickIntervalMs > maxClockJumpMs) {
            throw new IllegalArgumentException("the tick interval (" + tickIntervalMs
                    + " ms) must lie between 1 ms and the largest clock jump (" + maxClockJumpMs + " ms)");
        }
    }

    /** Sane values around the two that have none. */
    public static EngineOptions of(final LedgerOptions ledger, final JournalOptions journal) {
        return new EngineOptions(
                ledger,
                journal,
                1 << 14,
                8,
                512 * 1024,
                32,
                TimeUnit.HOURS.toMillis(1),
                false,
                TimeUnit.MINUTES.toMillis(1));
    }

    /** The same with the first clock jump confirmed or not. */
    public EngineOptions withAcceptClockJump(final boolean accept) {
        return new EngineOptions(
                ledger,
                journal,
                ringSlots,
                replyBlocks,
                replyBlockBytes,
                largeBuffers,
                maxClockJumpMs,
                accept,
                tickIntervalMs);
    }

    /** The same with another largest clock jump and tick interval. */
    public EngineOptions withClock(final long newMaxClockJumpMs, final long newTickIntervalMs) {
        return new EngineOptions(
                ledger,
                journal,
                ringSlots,
                replyBlocks,
                replyBlockBytes,
                largeBuffers,
                newMaxClockJumpMs,
                acceptClockJump,
                newTickIntervalMs);
    }
}
