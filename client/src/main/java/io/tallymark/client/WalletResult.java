package io.tallymark.client;

import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyWallets;
import io.tallymark.protocol.WalletBalances;
import java.util.ArrayList;
import java.util.List;

/**
 * What a member has in a further wallet of points of its program, one beside {@code points}.
 *
 * @param wallet          its id
 * @param movedPoints     what the request moved there, signed as the balance moved; of a query 0
 * @param availablePoints active and not held
 */
public record WalletResult(
        String wallet, long movedPoints, long availablePoints, long pendingPoints, long heldPoints, long debtPoints) {
    /** Those of a reply, in the order in which the program first listed them. */
    static List<WalletResult> allOf(final Reply reply) {
        final ReplyWallets from = reply.wallets;
        if (from.count() == 0) {
            return List.of();
        }
        final List<WalletResult> wallets = new ArrayList<>(from.count());
        for (int i = 0; i < from.count(); i++) {
            wallets.add(new WalletResult(
                    from.id(i),
                    from.movedPoints(i),
                    from.availablePoints(i),
                    from.pendingPoints(i),
                    from.heldPoints(i),
                    from.debtPoints(i)));
        }
        return List.copyOf(wallets);
    }

    /** The wallet that the points of a reply are of. */
    static String subjectOf(final Reply reply) {
        final int subject = reply.wallets.subject();
        return subject == WalletBalances.NONE ? "points" : reply.wallets.id(subject);
    }
}
