package io.tallymark.ledger;

/**
 * Whether anything was put into a group of parts since they were emptied. Most commands use none of them, and asking
 * each part costs more than it looks: they lie in as many lines of the cache.
 */
final class Mark {
    boolean isSet;
}
