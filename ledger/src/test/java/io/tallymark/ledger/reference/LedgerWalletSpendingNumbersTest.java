package io.tallymark.ledger.reference;

/** The ledger by the numbers of further wallets. */
final class LedgerWalletSpendingNumbersTest extends WalletSpendingNumbers {
    @Override
    Book book() {
        return Book.ledger();
    }
}
