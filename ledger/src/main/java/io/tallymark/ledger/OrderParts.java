package io.tallymark.ledger;

import io.tallymark.ledger.program.Expiry;
import io.tallymark.protocol.Clip;

/** The parts of an order's record that are lists, see {@link OrderStore}: most orders have none of them. */
final class OrderParts {
    private static final int IS_CLIPPED = 2;
    private static final int KEPT_DIFFERS = 1;
    private static final Clip[] CLIPS = Clip.values();

    private OrderParts() {}

    static void packCampaigns(final OrderDraft o, final BlobWriter out) {
        final Shares granted = o.granted;
        out.put(granted.count);
        for (int i = 0; i < granted.count; i++) {
            final boolean clipped = granted.clipped[i] != 0;
            final boolean differs = o.keptPoints[i] != granted.points[i];
            out.put((long) granted.campaign[i] << 2 | (clipped ? IS_CLIPPED : 0) | (differs ? KEPT_DIFFERS : 0));
            out.put(granted.points[i]);
            if (clipped) {
                out.put(granted.clipped[i]);
                out.put(granted.clippedBy[i].ordinal());
            }
            if (differs) {
                out.put(o.keptPoints[i]);
            }
        }
    }

    static void unpackCampaigns(final BlobReader in, final OrderDraft o) {
        final Shares granted = o.granted;
        for (int left = in.nextInt(); left > 0; left--) {
            final int campaign = in.nextInt();
            final int i = granted.count;
            granted.add(campaign >>> 2, in.next());
            if ((campaign & IS_CLIPPED) != 0) {
                granted.clipped[i] = in.next();
                granted.clippedBy[i] = CLIPS[in.nextInt()];
            }
            o.keptPoints[i] = (campaign & KEPT_DIFFERS) != 0 ? in.next() : granted.points[i];
        }
    }

    static void packBoards(final BoardLinks boards, final BlobWriter out) {
        out.put(boards.count);
        for (int i = 0; i < boards.count; i++) {
            out.put(boards.board[i]);
            out.put(boards.participant[i]);
        }
    }

    static void unpackBoards(final BlobReader in, final BoardLinks boards) {
        for (int left = in.nextInt(); left > 0; left--) {
            final int board = in.nextInt();
            boards.add(board, in.nextInt());
        }
    }

    static void packWallets(final OrderWallets wallets, final BlobWriter out) {
        out.put(wallets.count);
        for (int i = 0; i < wallets.count; i++) {
            out.put(wallets.wallet[i]);
            out.put(wallets.grantedPoints[i]);
            out.put(wallets.retainedPoints[i]);
            out.putDay(wallets.activationDay[i], OrderDraft.FULFILMENT_DAY);
            out.putDay(wallets.expiryDay[i], Expiry.NEVER_DAY);
        }
    }

    static void unpackWallets(final BlobReader in, final OrderWallets wallets) {
        for (int left = in.nextInt(); left > 0; left--) {
            final int wallet = in.nextInt();
            final long granted = in.next();
            final long retained = in.next();
            final int activationDay = in.nextDay(OrderDraft.FULFILMENT_DAY);
            wallets.add(wallet, granted, retained, activationDay, in.nextDay(Expiry.NEVER_DAY));
        }
    }
}
