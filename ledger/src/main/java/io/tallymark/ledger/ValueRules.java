package io.tallymark.ledger;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.Reward;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;

/** The wallets of stored value of one program version. Immutable. */
final class ValueRules {
    private final byte[][] ids;

    /** Stable numbers by the place in {@link Catalogue#moneyWallets}. */
    private final int[] numbers;

    private final long[][] fromMinor;
    private final long[][] giftMinor;

    /** Stable numbers by the place in {@link Catalogue#rewards}; negative: the reward fills no wallet. */
    private final int[] ofReward;

    private final long[] giftOfReward;

    ValueRules(final Catalogue catalogue, final RuleNumbers wallets) {
        final List<MoneyWallet> listed = catalogue.moneyWallets();
        ids = new byte[listed.size()][];
        numbers = new int[ids.length];
        fromMinor = new long[ids.length][];
        giftMinor = new long[ids.length][];
        for (int i = 0; i < ids.length; i++) {
            final MoneyWallet wallet = listed.get(i);
            ids[i] = wallet.id().getBytes(StandardCharsets.US_ASCII);
            numbers[i] = wallets.open(wallet.id());
            fromMinor[i] = wallet.topUps().stream()
                    .mapToLong(MoneyWallet.TopUp::fromMinor)
                    .toArray();
            giftMinor[i] = wallet.topUps().stream()
                    .mapToLong(MoneyWallet.TopUp::giftMinor)
                    .toArray();
        }
        ofReward = catalogue.rewards().stream()
                .mapToInt(reward -> reward.wallet().isEmpty() ? -1 : wallets.find(reward.wallet()))
                .toArray();
        giftOfReward = catalogue.rewards().stream().mapToLong(Reward::giftMinor).toArray();
    }

    /** The stable number of a wallet; negative: this version has none of this id. */
    int find(final DirectBuffer bytes, final int offset, final int length) {
        for (int i = 0; i < ids.length; i++) {
            if (Texts.equal(ids[i], bytes, offset, length)) {
                return numbers[i];
            }
        }
        return -1;
    }

    /** Whether this version lists the wallet of a number. */
    boolean lists(final int number) {
        return placeOf(number) >= 0;
    }

    /** The gift that comes with topping up a wallet that this version lists. */
    long giftMinor(final int number, final long amountMinor) {
        final int place = placeOf(number);
        long gift = 0;
        for (int i = 0; i < fromMinor[place].length && fromMinor[place][i] <= amountMinor; i++) {
            gift = giftMinor[place][i];
        }
        return gift;
    }

    /** The stable number of the wallet that a reward of this version fills; negative: none. */
    int walletOfReward(final int place) {
        return ofReward[place];
    }

    /** By how much, as a gift. */
    long giftOfReward(final int place) {
        return giftOfReward[place];
    }

    private int placeOf(final int number) {
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == number) {
                return i;
            }
        }
        return -1;
    }
}
