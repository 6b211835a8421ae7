package io.tallymark.ledger;

import io.tallymark.protocol.ResultCode;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes refunds off an order of the oracle, by the words of docs/rules.md. */
final class RefundOracle {
    private final EarnOracle.Order order;
    private final boolean keepsLines;

    /** Lines of which something was taken by amount. */
    private final Set<Integer> byAmount = new HashSet<>();

    RefundOracle(final EarnOracle.Order order, final boolean keepsLines) {
        this.order = order;
        this.keepsLines = keepsLines;
    }

    ResultCode take(final long amount, final List<EarnBench.Part> parts) {
        final long remaining = order.amount - order.refunded();
        if (!keepsLines) {
            if (parts.stream().anyMatch(p -> p.quantity() > 0)) {
                return ResultCode.NOT_OFFERED;
            }
            final long stated =
                    parts.stream().mapToLong(EarnBench.Part::amountMinor).sum();
            final long wanted = !parts.isEmpty() ? stated : amount > 0 ? amount : remaining;
            if (remaining == 0 || wanted > remaining) {
                return ResultCode.REFUND_EXCEEDS_ORIGINAL;
            }
            order.refundedAmount.merge(1, wanted, Long::sum);
            return ResultCode.ACCEPTED;
        }
        if (remaining == 0 || amount > remaining || parts.stream().anyMatch(p -> !fits(p))) {
            return ResultCode.REFUND_EXCEEDS_ORIGINAL;
        }
        if (parts.isEmpty()) {
            spread(amount > 0 ? amount : remaining, remaining);
        }
        parts.forEach(this::take);
        return ResultCode.ACCEPTED;
    }

    private EarnOracle.Line line(final int number) {
        return order.linesOrOne().stream()
                .filter(l -> l.number() == number)
                .findFirst()
                .orElse(null);
    }

    private long taken(final int number) {
        return order.refundedAmount.getOrDefault(number, 0L);
    }

    private boolean fits(final EarnBench.Part part) {
        final EarnOracle.Line line = line(part.number());
        if (line == null) {
            return false;
        }
        final int before = order.refundedQuantity.getOrDefault(part.number(), 0);
        return part.quantity() > 0
                ? !byAmount.contains(part.number()) && before + (long) part.quantity() <= line.quantity()
                : before == 0 && taken(part.number()) + part.amountMinor() <= line.amount();
    }

    private void take(final EarnBench.Part part) {
        final EarnOracle.Line line = line(part.number());
        if (part.quantity() > 0) {
            final int quantity = order.refundedQuantity.merge(part.number(), part.quantity(), Integer::sum);
            final BigInteger amount = BigInteger.valueOf(line.amount())
                    .multiply(BigInteger.valueOf(quantity))
                    .divide(BigInteger.valueOf(line.quantity()));
            order.refundedAmount.put(part.number(), amount.longValueExact());
        } else {
            byAmount.add(part.number());
            order.refundedAmount.merge(part.number(), part.amountMinor(), Long::sum);
        }
    }

    private void spread(final long amount, final long remaining) {
        long left = amount;
        final long[] shares = new long[order.linesOrOne().size()];
        int i = 0;
        for (final EarnOracle.Line l : order.linesOrOne()) {
            shares[i] = BigInteger.valueOf(amount)
                    .multiply(BigInteger.valueOf(l.amount() - taken(l.number())))
                    .divide(BigInteger.valueOf(remaining))
                    .longValueExact();
            left -= shares[i++];
        }
        i = 0;
        for (final EarnOracle.Line l : order.linesOrOne()) {
            if (left > 0 && taken(l.number()) + shares[i] < l.amount()) {
                shares[i]++;
                left--;
            }
            if (shares[i] > 0) {
                byAmount.add(l.number());
                order.refundedAmount.merge(l.number(), shares[i], Long::sum);
            }
            i++;
        }
    }
}
