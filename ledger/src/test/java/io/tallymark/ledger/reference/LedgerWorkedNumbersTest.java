package io.tallymark.ledger.reference;

/** The ledger by the numbers of the specification. */
final class LedgerWorkedNumbersTest extends WorkedNumbers {
    @Override
    Book book() {
        return Book.ledger();
    }
}
