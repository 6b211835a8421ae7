package io.tallymark.ledger;

/**
 * Sums keyed hashes of logical records mod 2^128, so that neither their order nor where they lie matters. One instance
 * per kind of record; the kind is part of each record's hash.
 */
final class StateHasher {
    private final SipHash hash;
    private final long kind;
    private long high;
    private long low;

    StateHasher(final SipHash hash, final long kind) {
        this.hash = hash;
        this.kind = kind;
    }

    /** Begins a record. */
    void begin(final long firstWord) {
        hash.begin().word(kind).word(firstWord);
    }

    /** The next word of the record. */
    void word(final long word) {
        hash.word(word);
    }

    /** Ends the record and adds its hash. */
    void add() {
        hash.end();
        final long sum = low + hash.low();
        high += hash.high() + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
        low = sum;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }
}
