package io.tallymark.ledger.reference;

/** The reference proves itself by the numbers of the specification. */
final class ReferenceWorkedNumbersTest extends WorkedNumbers {
    @Override
    Book book() {
        return Book.reference();
    }
}
