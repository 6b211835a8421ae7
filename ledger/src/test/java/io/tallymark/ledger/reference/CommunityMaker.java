package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Board;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.PointSale;
import io.tallymark.ledger.program.Precredit;
import io.tallymark.ledger.program.Referral;
import io.tallymark.protocol.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Random wallets, referral rules and boards, and what members do with them. */
final class CommunityMaker {
    static final String[] WALLETS = {"card", "purse"};
    static final String[] BOARDS = {"b-member", "b-orders", "b-points", "b-staff", "b-store", "b-bring", "b-new"};
    static final String[] SALES = {"buy", "buy-big"};
    static final String[] BRANDS = {"tea", "cake", "inn", "none"};
    static final String[] ISSUERS = {"p1", "p2", "p3"};
    static final String[] CARDS = {"gift-card", "welcome"};

    /** All that an activity can name beside activities. */
    static final String[] RULES = {"buy", "buy-big", "gift-card", "welcome", "p1", "p2"};

    static final String[] STAFF = {"ann", "bob", "cat"};

    private static final Board.By[] BY = {
        Board.By.MEMBER,
        Board.By.MEMBER,
        Board.By.MEMBER,
        Board.By.STAFF,
        Board.By.STORE,
        Board.By.REFERRER,
        Board.By.REFERRER
    };

    private final Random random;

    /** Of orders, and of orders where nothing but time, channel and store is known. */
    private final Function<Boolean, Condition> conditions;

    private final long[] from = new long[BOARDS.length];
    private final Board.Score[] scores = new Board.Score[BOARDS.length];
    private final long[] until = new long[BOARDS.length];
    private List<String> wallets = List.of();
    private List<String> listed = List.of();

    /** Whether members use much of it. */
    final boolean busy;

    private final WalletMaker points;

    CommunityMaker(final Random random, final Function<Boolean, Condition> conditions, final WalletMaker points) {
        this.random = random;
        this.points = points;
        this.conditions = conditions;
        busy = random.nextInt(2) == 0;
        for (int i = 0; i < BOARDS.length; i++) {
            from[i] = History.START_MS + pick(-40, -1, 0, 0, 2) * CompiledProgram.DAY_MS;
            until[i] = from[i] + pick(1, 3, 45, 400) * CompiledProgram.DAY_MS;
            scores[i] = i == 6
                    ? Board.Score.REGISTRATIONS
                    : new Board.Score[] {Board.Score.SPEND, Board.Score.POINTS, Board.Score.ORDERS}
                            [(i + random.nextInt(3)) % 3];
        }
    }

    private boolean chance(final int of, final int outOf) {
        return random.nextInt(outOf) < of;
    }

    private long pick(final long... values) {
        return values[random.nextInt(values.length)];
    }

    /** Moments around which boards settle. */
    long moment(final int index) {
        return until[index % BOARDS.length];
    }

    /** Draws what the next version lists, before rewards are made. */
    void begin() {
        final List<String> some = new ArrayList<>(List.of(WALLETS));
        some.removeIf(id -> chance(1, 4));
        points.begin(some);
        wallets = some;
    }

    /** A wallet that a reward fills, or none. */
    String anyWallet() {
        return wallets.isEmpty() || chance(1, 2) ? "" : wallets.get(random.nextInt(wallets.size()));
    }

    void add(final Catalogue.Builder b) {
        wallets.forEach(id -> b.add(wallet(id)));
        points.add(b);
        pointsWithoutOrders(b);
        issuers(b);
        final boolean referral = chance(4, 5);
        if (referral) {
            b.referral(referral());
        }
        for (int i = 0; i < BOARDS.length; i++) {
            if (chance(2, 3) && (referral || BY[i] != Board.By.REFERRER)) {
                b.add(board(i));
            }
        }
    }

    /** Whom a version listed stays, most of the time. */
    private void issuers(final Catalogue.Builder b) {
        final List<String> now = new ArrayList<>();
        for (final String id : ISSUERS) {
            if (listed.contains(id) ? chance(40, 41) : chance(1, busy ? 2 : 6)) {
                final boolean imports = chance(2, 3);
                final boolean settles = chance(2, 3);
                b.add(new Issuer(
                        id,
                        imports ? pick(1, 2, 3) : 0,
                        imports ? pick(1, 3, 10) : 0,
                        imports ? limit() : Limit.NONE,
                        settles ? pick(1, 3, 100) : 0,
                        settles ? pick(1, 7, 50) : 0));
                now.add(id);
            }
        }
        if (now.containsAll(listed)) {
            listed = now;
        }
        for (final String brand : BRANDS) {
            if (!now.isEmpty() && !brand.equals("none") && chance(2, 3)) {
                b.brand(brand, now.get(random.nextInt(now.size())));
            }
        }
    }

    private void pointsWithoutOrders(final Catalogue.Builder b) {
        for (final String id : SALES) {
            if (chance(2, 3)) {
                b.add(new PointSale(id, pick(1, 50, 300), pick(1, 990), limit(), points.fillable()));
            }
        }
        for (final String id : CARDS) {
            if (chance(2, 3)) {
                b.add(new Precredit(id, pick(1, 50, 300), points.fillable()));
            }
        }
    }

    private MoneyWallet wallet(final String id) {
        final List<MoneyWallet.TopUp> steps = new ArrayList<>();
        long fromMinor = 1 + random.nextInt(3_000);
        for (int i = random.nextInt(3); i > 0; i--) {
            steps.add(new MoneyWallet.TopUp(fromMinor, pick(1, 77, 1_000, chance(1, 20) ? Limits.MAX_VALUE : 500)));
            fromMinor += 1 + random.nextInt(10_000);
        }
        return new MoneyWallet(id, steps);
    }

    private Referral referral() {
        final boolean registration = chance(1, 3);
        return new Referral(
                registration ? Referral.On.REGISTRATION : Referral.On.FIRST_PURCHASE,
                pick(1, 20, 100, chance(1, 20) ? Limits.MAX_VALUE : 50),
                registration ? 0 : pick(0, 50, 1_000, 5_000),
                limit());
    }

    Limit limit() {
        final Activity.Per[] pers = Activity.Per.values();
        return chance(1, 2) ? Limit.NONE : new Limit(pers[random.nextInt(pers.length)], 1 + random.nextInt(2));
    }

    private Board board(final int i) {
        if (chance(1, 25)) {
            until[i] = from[i] + pick(1, 2, 3, 40, 400) * CompiledProgram.DAY_MS + pick(0, 1, 999);
        }
        final boolean registrations = scores[i] == Board.Score.REGISTRATIONS;
        final Condition when = chance(2, 3) ? Condition.ALWAYS : conditions.apply(registrations);
        return new Board(BOARDS[i], BY[i], scores[i], from[i], until[i], when, 1 + random.nextInt(5));
    }
}
