package io.tallymark.ledger;

import io.tallymark.ledger.program.Expiry;

/** The sections VALUE, ACCOUNTS and DEBTS of a {@link MemberBlob}: only members of programs with such things have them. */
final class RareSections {
    /** Beside the number of a wallet, which is below {@link ValueTotals#MAX_WALLETS}: the member owes it gift. */
    private static final int OWES = 1 << 8;

    private RareSections() {}

    static void pack(final ValueBook value, final BlobWriter out) {
        out.put(value.count);
        for (int i = 0; i < value.count; i++) {
            final boolean owes = value.owedGiftMinor[i] != 0;
            out.put(value.wallet[i] | (owes ? OWES : 0));
            out.put(value.principalMinor[i]);
            out.put(value.giftMinor[i]);
            if (owes) {
                out.put(value.owedGiftMinor[i]);
            }
        }
    }

    static void unpack(final BlobReader in, final ValueBook value) {
        for (int i = in.nextInt(); i > 0; i--) {
            final int head = in.nextInt();
            final int wallet = head & OWES - 1;
            final long principalMinor = in.next();
            value.add(wallet, principalMinor, in.next());
            if (head != wallet) {
                value.owe(wallet, in.next());
            }
        }
    }

    static void pack(final DebtBook debts, final BlobWriter out) {
        out.put(debts.count);
        for (int wallet = 1; wallet < Account.WALLETS; wallet++) {
            if (debts.get(wallet) != 0) {
                out.put(wallet);
                out.put(debts.get(wallet));
            }
        }
    }

    static void unpack(final BlobReader in, final DebtBook debts) {
        for (int i = in.nextInt(); i > 0; i--) {
            final int wallet = in.nextInt();
            debts.add(wallet, in.next());
        }
    }

    /** What lots, pending ones and holds have of other accounts than the house's. */
    static void packAccounts(final MemberDraft d, final BlobWriter out) {
        packLots(d.lots, out);
        packPending(d.pending, out);
        for (int i = 0; i < d.holds.count; i++) {
            out.put(d.holds.counterpart[i]);
        }
        for (int part = 0; part < d.holds.partsCount(); part++) {
            out.put(d.holds.partAccount[part]);
        }
    }

    private static void packLots(final LotBook lots, final BlobWriter out) {
        out.put(lots.foreign);
        for (int i = 0; i < lots.count; i++) {
            if (lots.account[i] != LotBook.HOUSE) {
                out.putDay(lots.expiryDay[i], Expiry.NEVER_DAY);
                out.put(lots.account[i]);
                out.put(lots.points[i]);
                out.put(lots.held[i]);
            }
        }
    }

    private static void packPending(final PendingBook pending, final BlobWriter out) {
        out.put(pending.foreign);
        for (int i = 0; i < pending.count; i++) {
            if (pending.account[i] != LotBook.HOUSE) {
                out.putDay(pending.activationDay[i], OrderDraft.FULFILMENT_DAY);
                out.putDay(pending.expiryDay[i], Expiry.NEVER_DAY);
                out.put(pending.account[i]);
                out.put(pending.points[i]);
            }
        }
    }

    /** Adds to an image in which the house's lots and the holds are already. */
    static void unpackAccounts(final BlobReader in, final MemberDraft d) {
        for (int left = in.nextInt(); left > 0; left--) {
            final int day = in.nextDay(Expiry.NEVER_DAY);
            final int account = in.nextInt();
            final long points = in.next();
            d.lots.add(day, account, points, in.next());
        }
        for (int left = in.nextInt(); left > 0; left--) {
            final int activationDay = in.nextDay(OrderDraft.FULFILMENT_DAY);
            final int expiryDay = in.nextDay(Expiry.NEVER_DAY);
            final int account = in.nextInt();
            d.pending.add(activationDay, expiryDay, account, in.next());
        }
        for (int i = 0; i < d.holds.count; i++) {
            d.holds.counterpart[i] = in.nextInt();
        }
        for (int part = 0; part < d.holds.partsCount(); part++) {
            d.holds.partAccount[part] = in.nextInt();
        }
    }
}
