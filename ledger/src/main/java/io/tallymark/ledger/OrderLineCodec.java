package io.tallymark.ledger;

/**
 * Lines of an order in its blob: their count, then of each one byte of bits and what the bits say is not as expected:
 *
 * <pre>
 *  NUMBER     the number is not the one before + 1; it follows, as the difference
 *  QUANTITY   the quantity is not 1; it follows
 *  AMOUNT     the amount is not all that the lines before left of the order's; it follows
 *  REFUNDED   refunded quantity and amount follow
 *  RATE       the rate is not that of the line before (of the first: the base rate); it follows, plus 1
 *  CAMPAIGNS  the campaigns are not those of the line before (of the first: none); their bits follow
 *  WALLETS    the further wallets are not those of the line before (of the first: none); their bits follow
 * </pre>
 */
final class OrderLineCodec {
    private static final int NUMBER = 1;
    private static final int QUANTITY = 1 << 1;
    private static final int AMOUNT = 1 << 2;
    private static final int REFUNDED = 1 << 3;
    private static final int RATE = 1 << 4;
    private static final int CAMPAIGNS = 1 << 5;
    private static final int WALLETS = 1 << 6;

    private OrderLineCodec() {}

    static void pack(final OrderLineBook lines, final long orderMinor, final BlobWriter out) {
        out.put(lines.count);
        int number = 0;
        int rate = OrderLineBook.BASE_RATE;
        long campaigns = 0;
        int wallets = 0;
        long rest = orderMinor;
        for (int i = 0; i < lines.count; i++) {
            final int bits = (lines.number[i] != number + 1 ? NUMBER : 0)
                    | (lines.quantity[i] != 1 ? QUANTITY : 0)
                    | (lines.amountMinor[i] != rest ? AMOUNT : 0)
                    | ((lines.refundedQuantity[i] | lines.refundedMinor[i]) != 0 ? REFUNDED : 0)
                    | (lines.rate[i] != rate ? RATE : 0)
                    | (lines.campaigns[i] != campaigns ? CAMPAIGNS : 0)
                    | (lines.wallets[i] != wallets ? WALLETS : 0);
            out.put(bits);
            if ((bits & NUMBER) != 0) {
                out.putSigned((long) lines.number[i] - number);
            }
            if ((bits & QUANTITY) != 0) {
                out.put(lines.quantity[i]);
            }
            if ((bits & AMOUNT) != 0) {
                out.put(lines.amountMinor[i]);
            }
            if ((bits & REFUNDED) != 0) {
                out.put(lines.refundedQuantity[i]);
                out.put(lines.refundedMinor[i]);
            }
            if ((bits & RATE) != 0) {
                out.put(lines.rate[i] + 1L);
            }
            if ((bits & CAMPAIGNS) != 0) {
                out.put(lines.campaigns[i]);
            }
            if ((bits & WALLETS) != 0) {
                out.put(lines.wallets[i]);
            }
            number = lines.number[i];
            rate = lines.rate[i];
            campaigns = lines.campaigns[i];
            wallets = lines.wallets[i];
            rest -= lines.amountMinor[i];
        }
    }

    static void unpack(final BlobReader in, final long orderMinor, final OrderLineBook lines) {
        int number = 0;
        int rate = OrderLineBook.BASE_RATE;
        long campaigns = 0;
        int wallets = 0;
        long rest = orderMinor;
        for (int left = in.nextInt(); left > 0; left--) {
            final int bits = in.nextInt();
            number = (bits & NUMBER) != 0 ? (int) (number + in.nextSigned()) : number + 1;
            final int quantity = (bits & QUANTITY) != 0 ? in.nextInt() : 1;
            final int i = lines.add(number, quantity, (bits & AMOUNT) != 0 ? in.next() : rest);
            if ((bits & REFUNDED) != 0) {
                lines.refundedQuantity[i] = in.nextInt();
                lines.refundedMinor[i] = in.next();
            }
            rate = (bits & RATE) != 0 ? in.nextInt() - 1 : rate;
            campaigns = (bits & CAMPAIGNS) != 0 ? in.next() : campaigns;
            wallets = (bits & WALLETS) != 0 ? in.nextInt() : wallets;
            lines.rate[i] = rate;
            lines.campaigns[i] = campaigns;
            lines.wallets[i] = wallets;
            rest -= lines.amountMinor[i];
        }
    }
}
