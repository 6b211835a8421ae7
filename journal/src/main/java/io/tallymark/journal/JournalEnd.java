package io.tallymark.journal;

/**
 * Where a journal validly ends; what the next epoch builds on.
 *
 * @param epoch        the last epoch that has a valid START; 0: the journal is empty
 * @param highestEpoch the last epoch of which there is a folder at all
 * @param file         number of the file of the last valid frame
 * @param position     behind that frame
 * @param fileName     that file, for people
 * @param lastSequence the last valid record's; 0: none
 * @param chain        chain value of the last valid frame
 * @param engineTimeMs engine time of the last valid frame, epoch milliseconds; 0: none
 * @param frames       valid frames, of all kinds and epochs
 * @param bytes        bytes of those frames
 * @param watermark    what is known to have been acknowledged; at most lastSequence
 * @param seedHigh     seed of the ledger's keyed hashes
 * @param seedLow      its lower half
 * @param unprovenFile     file of the last epoch from which on no later frame says that a force succeeded
 * @param unprovenPosition position in that file; behind all of it where the last frame is proven
 * @param ignoredTail  file, position, bytes and reason of what stands behind the end; null: nothing
 */
public record JournalEnd(
        int epoch,
        int highestEpoch,
        int file,
        long position,
        String fileName,
        long lastSequence,
        long chain,
        long engineTimeMs,
        long frames,
        long bytes,
        long watermark,
        long seedHigh,
        long seedLow,
        int unprovenFile,
        long unprovenPosition,
        String ignoredTail) {}
