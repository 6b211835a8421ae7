package io.tallymark.ledger.reference;

/** The reference by the numbers of further wallets. */
final class ReferenceWalletEarningNumbersTest extends WalletEarningNumbers {
    @Override
    Book book() {
        return Book.reference();
    }
}
