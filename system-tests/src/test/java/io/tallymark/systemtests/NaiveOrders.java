package io.tallymark.systemtests;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an orders file holds, calculated straight from its text with exact decimals. */
final class NaiveOrders {
    /** One order: who, and how much in major units. */
    record Order(long memberId, BigDecimal amount) {
        /** One point for each whole unit of money. */
        long points() {
            return amount.setScale(0, RoundingMode.FLOOR).longValueExact();
        }

        long amountMinor() {
            return amount.movePointRight(2).longValueExact();
        }
    }

    private final Map<String, Order> orders = new LinkedHashMap<>();
    private final Map<String, Integer> unusable = new TreeMap<>();

    private NaiveOrders() {}

    /** Customer, date, number of items, amount, parted by blanks; the line number is the order's. */
    static NaiveOrders ofCdnow(final Path file) throws IOException {
        final NaiveOrders naive = new NaiveOrders();
        int lineNumber = 0;
        for (final String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            lineNumber++;
            final String[] columns = line.trim().split(" +");
            naive.row(String.valueOf(lineNumber), columns[0], Integer.parseInt(columns[2]), new BigDecimal(columns[3]));
        }
        return naive;
    }

    /** InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country under a header. */
    static NaiveOrders ofRetail(final Path file) throws IOException {
        final NaiveOrders naive = new NaiveOrders();
        final List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        for (final String line : lines.subList(1, lines.size())) {
            final List<String> columns = quotedColumns(line);
            final int quantity = Integer.parseInt(columns.get(3));
            final BigDecimal amount = new BigDecimal(columns.get(5)).multiply(BigDecimal.valueOf(quantity));
            naive.row(columns.get(0), columns.get(6), quantity, amount);
        }
        return naive;
    }

    private static List<String> quotedColumns(final String line) {
        final List<String> columns = new ArrayList<>();
        final StringBuilder column = new StringBuilder();
        boolean isQuoted = false;
        for (final char c : line.toCharArray()) {
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == ',' && !isQuoted) {
                columns.add(column.toString());
                column.setLength(0);
            } else {
                column.append(c);
            }
        }
        columns.add(column.toString());
        return columns;
    }

    private void row(final String orderId, final String member, final int quantity, final BigDecimal amount) {
        if (member.isEmpty()) {
            unusable.merge("no member", 1, Integer::sum);
        } else if (quantity < 0) {
            unusable.merge("negative quantity", 1, Integer::sum);
        } else if (amount.signum() == 0) {
            unusable.merge("zero amount", 1, Integer::sum);
        } else {
            orders.merge(
                    orderId,
                    new Order(Long.parseLong(member), amount),
                    (order, line) -> new Order(order.memberId(), order.amount().add(line.amount())));
        }
    }

    /** By order id, in order of the file. */
    Map<String, Order> orders() {
        return orders;
    }

    /** Rows by the reason why they cannot be used. */
    Map<String, Integer> unusable() {
        return unusable;
    }

    long points() {
        return orders.values().stream().mapToLong(Order::points).sum();
    }
}
