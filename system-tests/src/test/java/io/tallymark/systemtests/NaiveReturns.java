package io.tallymark.systemtests;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The retail file with its cancellations, calculated document by document in the order of the file: one point for each
 * whole unit of money, a cancellation takes its floor back from what is there and leaves the rest as debt, which the
 * next purchase repays. Who has bought nothing yet is not known.
 */
final class NaiveReturns {
    static final long DEBT_LIMIT = 100_000;

    /** One document: a purchase, or a cancellation, with its amount in major units and above 0. */
    record Document(String id, long memberId, boolean isCancellation, BigDecimal amount) {}

    /** What must come of a document. */
    record Expected(Document document, boolean isKnown, long points, long addedDebt, long writtenOff) {}

    /** A customer. */
    static final class Account {
        long available;
        long debt;
        long earned;
        long visits;
        BigDecimal spend = BigDecimal.ZERO;
    }

    private final Map<Long, Account> accounts = new TreeMap<>();
    private final Map<String, Expected> documents = new LinkedHashMap<>();
    private long clawed;
    private long writtenOff;

    private NaiveReturns() {}

    static NaiveReturns of(final Path file) throws IOException {
        final NaiveReturns naive = new NaiveReturns();
        for (final Document document : read(file)) {
            naive.documents.put(
                    document.id(), document.isCancellation() ? naive.cancel(document) : naive.buy(document));
        }
        return naive;
    }

    /** Rows without a customer are left out, so are purchases of nothing; no document has rows of both signs. */
    private static List<Document> read(final Path file) throws IOException {
        final Map<String, Document> documents = new LinkedHashMap<>();
        final List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        for (final String line : lines.subList(1, lines.size())) {
            final String[] columns = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
            final BigDecimal quantity = new BigDecimal(columns[3]);
            final BigDecimal amount =
                    quantity.multiply(new BigDecimal(columns[5])).abs();
            if (columns[6].isEmpty() || amount.signum() == 0) {
                continue;
            }
            final boolean isCancellation = columns[0].startsWith("C");
            if (isCancellation != quantity.signum() < 0) {
                throw new AssertionError("a row of the other sign: " + line);
            }
            documents.merge(
                    columns[0],
                    new Document(columns[0], Long.parseLong(columns[6]), isCancellation, amount),
                    (sum, row) -> new Document(
                            sum.id(),
                            sum.memberId(),
                            isCancellation,
                            sum.amount().add(row.amount())));
        }
        return new ArrayList<>(documents.values());
    }

    private Expected buy(final Document document) {
        final Account account = accounts.computeIfAbsent(document.memberId(), id -> new Account());
        final long points = wholeUnits(document);
        final long repaid = Math.min(account.debt, points);
        account.debt -= repaid;
        account.available += points - repaid;
        account.earned += points;
        account.visits++;
        account.spend = account.spend.add(document.amount());
        return new Expected(document, true, points, 0, 0);
    }

    private Expected cancel(final Document document) {
        final Account account = accounts.get(document.memberId());
        if (account == null) {
            return new Expected(document, false, 0, 0, 0);
        }
        final long points = wholeUnits(document);
        final long taken = Math.min(account.available, points);
        final long owed = Math.min(points - taken, DEBT_LIMIT - account.debt);
        account.available -= taken;
        account.debt += owed;
        account.earned = Math.max(0, account.earned - points);
        account.spend = account.spend.subtract(document.amount()).max(BigDecimal.ZERO);
        clawed += points;
        writtenOff += points - taken - owed;
        return new Expected(document, true, -points, owed, points - taken - owed);
    }

    private static long wholeUnits(final Document document) {
        return document.amount().setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    /** By document id, in the order of the file. */
    Map<String, Expected> documents() {
        return documents;
    }

    /** Every customer who bought something. */
    Map<Long, Account> accounts() {
        return accounts;
    }

    List<Expected> cancellations() {
        return documents.values().stream()
                .filter(e -> e.document().isCancellation())
                .toList();
    }

    int purchases() {
        return documents.size() - cancellations().size();
    }

    long issued() {
        return documents.values().stream()
                .mapToLong(e -> Math.max(0, e.points()))
                .sum();
    }

    long clawed() {
        return clawed;
    }

    long addedDebt() {
        return documents.values().stream().mapToLong(Expected::addedDebt).sum();
    }

    long writtenOff() {
        return writtenOff;
    }

    long available() {
        return accounts.values().stream().mapToLong(a -> a.available).sum();
    }

    long debt() {
        return accounts.values().stream().mapToLong(a -> a.debt).sum();
    }

    Set<Long> cancellingCustomers() {
        final Set<Long> customers = new HashSet<>();
        cancellations().forEach(e -> customers.add(e.document().memberId()));
        return customers;
    }

    /** Customers whose cancellations of the whole file are worth more than all their purchases in it. */
    Set<Long> cancellingMoreThanBought() {
        final Map<Long, BigDecimal> sums = new HashMap<>();
        for (final Expected e : documents.values()) {
            final BigDecimal amount = e.document().amount();
            sums.merge(
                    e.document().memberId(), e.document().isCancellation() ? amount.negate() : amount, BigDecimal::add);
        }
        final Set<Long> customers = cancellingCustomers();
        customers.removeIf(id -> sums.get(id).signum() >= 0);
        return customers;
    }
}
