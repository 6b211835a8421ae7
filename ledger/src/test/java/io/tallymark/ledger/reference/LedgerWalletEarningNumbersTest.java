package io.tallymark.ledger.reference;

/** The ledger by the numbers of further wallets. */
final class LedgerWalletEarningNumbersTest extends WalletEarningNumbers {
    @Override
    Book book() {
        return Book.ledger();
    }
}
