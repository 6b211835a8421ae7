package io.tallymark.server.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Reads files of real orders and compares with a naive calculation that shares no code with the reader: it holds the
 * whole file in memory and knows nothing but the shape of that one file.
 */
final class RealDataTest {
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    private final Map<String, Long> unusable = new TreeMap<>();

    /** What a file comes to: orders as {@code id member minor date}, points at one per whole yuan. */
    private record Totals(List<String> orders, long points, Map<String, Long> unusable) {}

    @Test
    void cdnow() throws IOException {
        final Path file = data("cdnow_master.txt");
        final Totals naive = naiveCdnow(file);
        final Totals read = read(
                file,
                "blanks",
                "orderId=#line,memberId=1,eventTime=2,amount=4,quantity=3",
                EventTimes.pattern("yyyyMMdd", CHINA));
        assertEquals(naive.unusable(), read.unusable());
        assertEquals(naive.points(), read.points());
        assertEquals(naive.orders(), read.orders());
        assertEquals(69_579, read.orders().size());
        assertEquals(2_453_159, read.points());
        assertEquals(Map.of("zero amount", 80L), read.unusable());
    }

    @Test
    void onlineRetail() throws IOException {
        final Path file = data("online_retail_lines.csv");
        final Totals naive = naiveRetail(file);
        final Totals read = read(
                file,
                ",",
                "orderId=InvoiceNo,memberId=CustomerID,eventTime=InvoiceDate,amount=Quantity*UnitPrice,sku=StockCode,"
                        + "quantity=Quantity",
                EventTimes.pattern("d/M/yyyy", CHINA));
        assertEquals(naive.unusable(), read.unusable());
        assertEquals(naive.points(), read.points());
        assertEquals(naive.orders(), read.orders());
        assertEquals(401, read.orders().size());
        assertEquals(148_016, read.points());
        assertEquals(Map.of("no member", 2_291L, "negative quantity", 100L, "zero amount", 1L), read.unusable());
    }

    private Totals read(final Path file, final String delimiter, final String columns, final EventTimes times)
            throws IOException {
        final List<String> orders = new ArrayList<>();
        long points = 0;
        try (InputStream in = Files.newInputStream(file)) {
            final OrderReader reader = new OrderReader(
                    in,
                    Delimiter.of(delimiter),
                    ColumnMapping.parse(columns),
                    times,
                    Returns.UNUSABLE,
                    (line, reason, detail) -> unusable.merge(reason.label(), 1L, Long::sum));
            final Order order = new Order();
            while (reader.next(order)) {
                orders.add(describe(order.orderId(), order.memberId(), order.amountMinor(), order.eventTimeMs()));
                points += order.amountMinor() / 100;
            }
            assertEquals(Files.size(file), reader.bytesRead());
        }
        return new Totals(orders, points, unusable);
    }

    private static Totals naiveCdnow(final Path file) throws IOException {
        final List<String> orders = new ArrayList<>();
        final Map<String, Long> unusable = new HashMap<>();
        long points = 0;
        final String[] lines = Files.readString(file).split("\r\n");
        for (int i = 0; i < lines.length; i++) {
            final String[] f = lines[i].trim().split(" +");
            final BigDecimal amount = new BigDecimal(f[3]);
            if (amount.signum() == 0) {
                unusable.merge("zero amount", 1L, Long::sum);
                continue;
            }
            points += amount.longValue();
            final LocalDate date = LocalDate.of(
                    Integer.parseInt(f[1].substring(0, 4)),
                    Integer.parseInt(f[1].substring(4, 6)),
                    Integer.parseInt(f[1].substring(6)));
            orders.add(describe("" + (i + 1), Long.parseLong(f[0]), minor(amount), midnightMs(date)));
        }
        return new Totals(orders, points, unusable);
    }

    private static Totals naiveRetail(final Path file) throws IOException {
        final Map<String, BigDecimal> sums = new TreeMap<>();
        final Map<String, String[]> heads = new HashMap<>();
        final List<String> ids = new ArrayList<>();
        final Map<String, Long> unusable = new HashMap<>();
        final String[] lines =
                Files.readString(file, StandardCharsets.ISO_8859_1).split("\r?\n");
        for (int i = 1; i < lines.length; i++) {
            final String[] f = lines[i].split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
            final BigDecimal amount = new BigDecimal(f[3]).multiply(new BigDecimal(f[5]));
            if (f[6].isEmpty()) {
                unusable.merge("no member", 1L, Long::sum);
            } else if (f[3].startsWith("-")) {
                unusable.merge("negative quantity", 1L, Long::sum);
            } else if (amount.signum() == 0) {
                unusable.merge("zero amount", 1L, Long::sum);
            } else {
                if (sums.merge(f[0], amount, BigDecimal::add) == amount) {
                    ids.add(f[0]);
                    heads.put(f[0], f);
                }
            }
        }
        final List<String> orders = new ArrayList<>();
        long points = 0;
        for (final String id : ids) {
            final String[] d = heads.get(id)[4].split("/");
            final LocalDate date = LocalDate.of(Integer.parseInt(d[2]), Integer.parseInt(d[1]), Integer.parseInt(d[0]));
            orders.add(describe(id, Long.parseLong(heads.get(id)[6]), minor(sums.get(id)), midnightMs(date)));
            points += sums.get(id).longValue();
        }
        return new Totals(orders, points, unusable);
    }

    private static long minor(final BigDecimal amount) {
        return amount.movePointRight(2).longValueExact();
    }

    private static long midnightMs(final LocalDate date) {
        return date.atStartOfDay().toInstant(CHINA).toEpochMilli();
    }

    private static String describe(final String id, final long member, final long minor, final long timeMs) {
        return id + " " + member + " " + minor + " " + timeMs;
    }

    /** The folder beside the project, or the one that TALLYMARK_SHARED_DATA names. */
    static Path data(final String name) {
        final String named = System.getenv("TALLYMARK_SHARED_DATA");
        final Path folder =
                named != null ? Path.of(named) : Path.of(System.getProperty("tallymark.root"), "..", "shared", "data");
        final Path file = folder.resolve(name);
        final boolean there = Files.isRegularFile(file);
        assumeTrue(there || "true".equals(System.getenv("CI")), () -> "skipped: there is no " + file.normalize());
        return file;
    }
}
