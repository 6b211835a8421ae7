package io.tallymark.ledger.reference;

/** Active points of one expiry day. */
final class Lot {
    long points;
    long held;

    long unheld() {
        return points - held;
    }
}
