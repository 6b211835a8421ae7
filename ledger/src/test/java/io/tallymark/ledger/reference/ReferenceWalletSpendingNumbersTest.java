package io.tallymark.ledger.reference;

/** The reference by the numbers of further wallets. */
final class ReferenceWalletSpendingNumbersTest extends WalletSpendingNumbers {
    @Override
    Book book() {
        return Book.reference();
    }
}
