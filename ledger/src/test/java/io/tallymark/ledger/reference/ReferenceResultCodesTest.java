package io.tallymark.ledger.reference;

/** The table of codes for the reference. */
final class ReferenceResultCodesTest extends ResultCodeTable {
    @Override
    Book book() {
        return Book.reference();
    }
}
