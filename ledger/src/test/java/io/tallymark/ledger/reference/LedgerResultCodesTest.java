package io.tallymark.ledger.reference;

/** The table of codes for the ledger. */
final class LedgerResultCodesTest extends ResultCodeTable {
    @Override
    Book book() {
        return Book.ledger();
    }
}
