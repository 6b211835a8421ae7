package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One program: its versions with the rules made from them, its totals, budgets and switches. */
final class ProgramState {
    private static final long MINUTE_MS = 60_000L;

    /** Of all versions together, before one more version: they are told apart by search. */
    private static final int MAX_ACTIVITIES = 4_096;

    /** As {@link #MAX_ACTIVITIES}, of other kinds. */
    private static final int MAX_RULES = 4_096;

    /** For the case that a later version has a longer late window. */
    private static final int DAYS_KEPT_LONGER = 100;

    /** Its number in the order of first publication, from 0. */
    final int number;

    final byte[] name;

    /** The first 8 bytes of the name, little-endian, and which of them there are. */
    final long nameStart;

    final long nameStartMask;

    /** Of the wallet {@code points}. */
    final Totals totals = new Totals();

    /** By number of the further wallet, from 1; null: there is none. */
    private final Totals[] furtherTotals = new Totals[Account.WALLETS];

    /** Of further wallets of points, from 0; their own numbers are these plus 1. */
    final RuleNumbers pointsWalletNumbers = new RuleNumbers("wallet/");

    final Budgets budgets = new Budgets();
    final Boards boards = new Boards();

    /** Of wallets of stored value, from 0. */
    final RuleNumbers moneyWalletNumbers = new RuleNumbers();

    final ValueTotals valueTotals = new ValueTotals();
    final RuleNumbers campaignNumbers = new RuleNumbers("campaign/");
    final RuleNumbers activityNumbers = new RuleNumbers();
    final RuleNumbers couponNumbers = new RuleNumbers("coupon/");
    final RuleNumbers benefitNumbers = new RuleNumbers();
    final CouponTotals couponTotals = new CouponTotals();
    final Stocks rewardStocks = new Stocks();
    final Stocks packStocks = new Stocks();
    final Stocks prizeStocks = new Stocks();
    final RuleNumbers drawNumbers = new RuleNumbers();

    /** Of issuers, from 0; their own numbers are these plus 1: 0 is the house. */
    final RuleNumbers issuerNumbers = new RuleNumbers();

    final Settlement settlement = new Settlement();

    /** By stable number of the campaign. */
    final boolean[] isCampaignPaused = new boolean[Budgets.MAX_NUMBERS];

    boolean redemptionsPaused;

    /** The highest member id given so far. */
    long highestMemberId;

    private final List<ProgramVersion> versions = new ArrayList<>();
    private final List<ProgramVersion> eras = new ArrayList<>();
    private long[] eraStartsMs = new long[0];
    private ProgramVersion current;
    private CompiledProgram compiled;
    private TierRules tierRules;
    private long offsetMs;
    private boolean expiresByInactivity;
    private long pausedCampaigns;
    private boolean keepsJoinDays;

    private long expiryKnownForDay = Long.MIN_VALUE;
    private int expiryDay;
    private long furtherExpiryKnownForDay = Long.MIN_VALUE;
    private final int[] furtherExpiryDay = new int[Account.WALLETS];

    ProgramState(final int number, final CompiledProgram first) {
        this.number = number;
        this.name = first.name().getBytes(StandardCharsets.US_ASCII);
        long start = 0;
        for (int i = Math.min(name.length, Long.BYTES) - 1; i >= 0; i--) {
            start = start << Byte.SIZE | name[i] & 0xFF;
        }
        this.nameStart = start;
        this.nameStartMask = name.length >= Long.BYTES ? -1 : (1L << Byte.SIZE * name.length) - 1;
        replace(first, Long.MIN_VALUE);
    }

    /** Puts the next version in force. */
    void replace(final CompiledProgram next, final long timeMs) {
        current = new ProgramVersion(next, versions.size() + 1, current, this);
        boards.replace(next, timeMs);
        couponTotals.prepare(couponNumbers.count());
        rewardStocks.ready();
        packStocks.ready();
        prizeStocks.ready();
        settlement.ensure(issuerNumbers.count());
        for (int wallet = 1; wallet <= pointsWalletNumbers.count(); wallet++) {
            furtherTotals[wallet] = furtherTotals[wallet] == null ? new Totals() : furtherTotals[wallet];
        }
        versions.add(current);
        keepsJoinDays |= current.keepsJoinDay();
        if (eras.isEmpty() || !eras.get(eras.size() - 1).fallsDueLike(current)) {
            eras.add(current);
            eraStartsMs = Arrays.copyOf(eraStartsMs, eras.size());
            eraStartsMs[eras.size() - 1] = timeMs;
        }
        compiled = next;
        tierRules = current.tierRules;
        offsetMs = next.utcOffsetMinutes() * MINUTE_MS;
        expiresByInactivity = next.expiry().kind() == Expiry.Kind.INACTIVITY;
        expiryKnownForDay = Long.MIN_VALUE;
        furtherExpiryKnownForDay = Long.MIN_VALUE;
        pausesChanged();
    }

    /** Books what a command moves. */
    void apply(final Movement m) {
        totals.apply(m);
        if (m.hasFurther()) {
            for (int wallet = 1; wallet <= pointsWalletNumbers.count(); wallet++) {
                if (m.hasFurther(wallet)) {
                    furtherTotals[wallet].apply(m.ofWallet(wallet));
                }
            }
        }
        if (m.coupons.count > 0) {
            couponTotals.apply(m.coupons);
        }
    }

    /** The totals of a wallet. */
    Totals totals(final int wallet) {
        return wallet == Account.POINTS ? totals : furtherTotals[wallet];
    }

    /** To be called when {@link #isCampaignPaused} was written to. */
    void pausesChanged() {
        pausedCampaigns = 0;
        for (int i = 0; i < current.campaignNumbers.length; i++) {
            pausedCampaigns |= isCampaignPaused[current.campaignNumbers[i]] ? 1L << i : 0;
        }
    }

    /** Bit i: the i-th campaign of the version in force is paused. */
    long pausedCampaigns() {
        return pausedCampaigns;
    }

    /** Whether another version can be kept apart: its time, and the campaigns that no version named before. */
    boolean hasRoomFor(final CompiledProgram next) {
        final long unknown = next.campaigns().stream()
                .filter(campaign -> campaignNumbers.find(campaign.id()) < 0)
                .count();
        return eras.size() <= MemberStore.MAX_ERA
                && campaignNumbers.count() + unknown <= Budgets.MAX_NUMBERS
                && boards.haveRoomFor(next.catalogue())
                && activityNumbers.count() < MAX_ACTIVITIES
                && moneyWalletNumbers.count() + unknownMoneyWallets(next) <= ValueTotals.MAX_WALLETS
                && couponNumbers.count() < MAX_RULES
                && benefitNumbers.count() < MAX_RULES
                && rewardStocks.numbers.count() < MAX_RULES
                && packStocks.numbers.count() < MAX_RULES
                && prizeStocks.numbers.count() < MAX_RULES
                && drawNumbers.count() < MAX_RULES;
    }

    /** Whether each issuer that was ever listed is in a version that is to follow. */
    boolean allIssuersIn(final CompiledProgram next) {
        final long known = next.catalogue().issuers().stream()
                .filter(issuer -> issuerNumbers.find(issuer.id()) >= 0)
                .count();
        return known == issuerNumbers.count();
    }

    /** Whether each further wallet that was ever listed is one of points in a version that is to follow, and no other is. */
    boolean allWalletsIn(final CompiledProgram next) {
        final long known = next.catalogue().pointsWallets().stream()
                .filter(wallet -> pointsWalletNumbers.find(wallet.id()) >= 0)
                .count();
        return known == pointsWalletNumbers.count()
                && next.catalogue().pointsWallets().stream()
                        .allMatch(wallet -> moneyWalletNumbers.find(wallet.id()) < 0)
                && next.catalogue().moneyWallets().stream()
                        .allMatch(wallet -> pointsWalletNumbers.find(wallet.id()) < 0);
    }

    /** What tells an account: the id of the issuer, or of the further wallet behind {@code wallet/}; null: it is the house. */
    byte[] accountLabel(final int account) {
        if (Account.isFurther(account)) {
            return pointsWalletNumbers.label(Account.wallet(account) - 1);
        }
        return account == LotBook.HOUSE ? null : issuerNumbers.id(account - 1);
    }

    /** The expiry day of points credited to an account on a day of the program. */
    int expiryDay(final int localDay, final int account) {
        if (!Account.isFurther(account)) {
            return expiryDay(localDay);
        }
        if (localDay != furtherExpiryKnownForDay) {
            for (int wallet = 1; wallet <= current.walletRules.count; wallet++) {
                furtherExpiryDay[wallet] = current.walletRules.expiryDay(wallet, localDay);
            }
            furtherExpiryKnownForDay = localDay;
        }
        return furtherExpiryDay[Account.wallet(account)];
    }

    private long unknownMoneyWallets(final CompiledProgram next) {
        return next.catalogue().moneyWallets().stream()
                .filter(wallet -> moneyWalletNumbers.find(wallet.id()) < 0)
                .count();
    }

    /** What was taken of the rules of a kind of {@link Stocks}. */
    Stocks stocks(final int kind) {
        return switch (kind) {
            case Stocks.REWARDS -> rewardStocks;
            case Stocks.PACKS -> packStocks;
            case Stocks.PRIZES -> prizeStocks;
            default -> throw new IllegalArgumentException("no stocks of kind " + kind);
        };
    }

    /** How many times there were under which things fell due by other rules. */
    int eraCount() {
        return eras.size();
    }

    /** The first version of such a time. */
    ProgramVersion era(final int i) {
        return eras.get(i);
    }

    /** When it began, epoch milliseconds; the first has always been. */
    long eraStartMs(final int i) {
        return eraStartsMs[i];
    }

    /** The version in force. */
    ProgramVersion current() {
        return current;
    }

    /** A version that was in force once, from 1. */
    ProgramVersion version(final int which) {
        return versions.get(which - 1);
    }

    CompiledProgram compiled() {
        return compiled;
    }

    StateHash canonicalHash() {
        return current.canonicalHash;
    }

    /** Number of the version in force, from 1. */
    int version() {
        return versions.size();
    }

    TierRules tierRules() {
        return tierRules;
    }

    /** The program's day of an engine time. */
    int localDay(final long timeMs) {
        return (int) Math.floorDiv(timeMs + offsetMs, CompiledProgram.DAY_MS);
    }

    /** Whether some version so far asked when members joined. */
    boolean keepsJoinDays() {
        return keepsJoinDays;
    }

    /** Drops counters of days so old that no event of them is taken any more, and hardly would be by a later version. */
    void forgetOldDays(final MemberUsage usage, final long timeMs) {
        final int firstDay = compiled.lateWindowMs() == CompiledProgram.UNLIMITED
                ? Integer.MIN_VALUE
                : localDay(timeMs - compiled.lateWindowMs()) - DAYS_KEPT_LONGER;
        usage.forget(firstDay, localDay(timeMs));
    }

    /** When a day of the program begins, epoch milliseconds. */
    long startOfDayMs(final long localDay) {
        return localDay * CompiledProgram.DAY_MS - offsetMs;
    }

    /** Whether points without an expiry day expire when the member has not been active for long. */
    boolean expiresByInactivity() {
        return expiresByInactivity;
    }

    /** The expiry day of points credited on a day of the program. */
    int expiryDay(final long localDay) {
        if (localDay != expiryKnownForDay) {
            expiryDay = compiled.expiry().expiryDay(localDay);
            expiryKnownForDay = localDay;
        }
        return expiryDay;
    }

    /** The first UTC day on which a key made at an engine time is gone: it lives whole days, never less. */
    int keyEndDay(final long timeMs) {
        return endDay(timeMs, compiled.keyDays());
    }

    /** The first UTC day on which the record of an order or a redemption made at an engine time is gone. */
    int recordEndDay(final long timeMs) {
        return endDay(timeMs, compiled.orderDays());
    }

    private static int endDay(final long timeMs, final int days) {
        return days == CompiledProgram.FOREVER
                ? KeyStore.FOREVER_DAY
                : (int) (timeMs / CompiledProgram.DAY_MS) + days + 1;
    }
}
