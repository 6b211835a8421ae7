package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.PointsWallet;
import io.tallymark.ledger.program.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A program with all that happened in it. */
final class Program {
    /** What a document of a source is called by. */
    record Name(String source, String documentId) {}

    /** An outside identity as it is linked. */
    record Identity(String channel, String keyedHash) {}

    CompiledProgram rules;
    int version;
    Days days;
    final List<CompiledProgram> versions = new ArrayList<>();
    final Map<Long, Member> members = new LinkedHashMap<>();

    /** Of merged ids: the id that stands for each; never a merged one itself. */
    final Map<Long, Long> redirects = new HashMap<>();

    final Map<Identity, Long> identities = new LinkedHashMap<>();
    long highestId;
    final Map<Name, Order> orders = new HashMap<>();
    final Map<Name, Hold> holds = new HashMap<>();
    final Map<Name, Spent> redemptions = new HashMap<>();
    final Map<Name, Spent> captures = new HashMap<>();
    final Set<String> paused = new HashSet<>();

    final Shelf shelf = new Shelf();

    /** By campaign: granted less what refunds gave back. */
    final Map<String, Long> budgetUsed = new HashMap<>();

    /** Every tier that any version listed, as it was. */
    final Map<String, Tier> everListed = new LinkedHashMap<>();

    /** Campaigns of all versions. */
    final Set<String> everCampaigns = new HashSet<>();

    /** Some version had a use for join days. */
    boolean keepsJoinDays;

    final ValueOps values = new ValueOps();
    final IssuerOps issuers = new IssuerOps();
    final BoardOps boards = new BoardOps(this);

    /** Further wallets of points, in the order of first listing. */
    final List<String> wallets = new ArrayList<>();

    private final Map<String, Purse> purses = new HashMap<>();
    final Tiers tiers = new Tiers(this);
    final DueEvents due = new DueEvents(this);

    void enact(final CompiledProgram next) {
        rules = next;
        days = new Days(next);
        versions.add(next);
        version = versions.size();
        next.tiers().forEach(tier -> everListed.putIfAbsent(tier.id(), tier));
        next.campaigns().forEach(c -> everCampaigns.add(c.id()));
        next.catalogue().moneyWallets().forEach(w -> values.wallets.putIfAbsent(w.id(), new ValueOps.Books()));
        next.catalogue().pointsWallets().stream()
                .map(PointsWallet::id)
                .filter(id -> !wallets.contains(id))
                .forEach(wallets::add);
        issuers.enact(next.catalogue());
        boards.enact(next.catalogue());
        shelf.enact(next.catalogue());
        keepsJoinDays |= next.claimDays() >= 0 || next.tiers().stream().anyMatch(Program::needsYears);
    }

    /** The member that an id means now; null: none. */
    Member member(final long id) {
        return members.get(redirects.getOrDefault(id, id));
    }

    void add(final Member member) {
        members.put(member.id, member);
        highestId = Math.max(highestId, member.id);
    }

    /** Of the wallet {@code points}. */
    Purse purse() {
        return purse(Account.POINTS);
    }

    Purse purse(final String wallet) {
        return purses.computeIfAbsent(wallet, id -> new Purse(this, id));
    }

    /** {@code points} and the further ones. */
    List<String> allWallets() {
        final List<String> all = new ArrayList<>(wallets);
        all.add(0, Account.POINTS);
        return all;
    }

    /** A further wallet as the version in force has it; null: there is none. */
    PointsWallet wallet(final String id) {
        return wallet(rules, id);
    }

    static PointsWallet wallet(final CompiledProgram version, final String id) {
        return version.catalogue().pointsWallets().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The wallet whose points count for tiers. */
    static String qualifying(final CompiledProgram version) {
        return version.catalogue().pointsWallets().stream()
                .filter(PointsWallet::qualifying)
                .map(PointsWallet::id)
                .findFirst()
                .orElse(Account.POINTS);
    }

    /** Whether a version goes on with all wallets, each of its kind. */
    boolean walletsFollow(final CompiledProgram next) {
        return wallets.stream().allMatch(id -> wallet(next, id) != null)
                && next.catalogue().pointsWallets().stream().noneMatch(one -> values.wallets.containsKey(one.id()));
    }

    void check() {
        allWallets().forEach(id -> purse(id).totals.check(id, members.values()));
        values.check(members.values());
    }

    /** What counts for tiers, under the version in force: buckets are kept where it has a use for them. */
    void count(
            final Member m,
            final long eventDay,
            final long spend,
            final long visits,
            final long points,
            final long orders) {
        final Counters counters = m.counters;
        counters.lifetime.add(spend, visits, points, orders);
        if (rules.tiers().stream().anyMatch(Program::needsMonths)) {
            final int month = Days.monthOf(java.time.LocalDate.ofEpochDay(eventDay));
            Counters.bucket(counters.months, month).add(spend, visits, points, orders);
        }
        if (rules.tiers().stream().anyMatch(Program::needsYears)) {
            final int year = Math.max(0, Days.yearSince(m.joinDay, eventDay));
            Counters.bucket(counters.years, year).add(spend, visits, points, orders);
        }
    }

    private static boolean needsMonths(final Tier tier) {
        return tier.earned() != null
                && (tier.window() == Tier.Window.CALENDAR_YEAR
                        || tier.window() == Tier.Window.ROLLING_MONTHS
                        || tier.earned().months() > 0
                        || tier.retention().months() > 0);
    }

    private static boolean needsYears(final Tier tier) {
        return tier.earned() != null && tier.window() == Tier.Window.ANNIVERSARY;
    }

    /** Level of a listed tier, from 1; 0: none. */
    int listedLevel(final String tierId) {
        for (int i = 0; i < rules.tiers().size(); i++) {
            if (rules.tiers().get(i).id().equals(tierId)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Level of a tier or of the one that stands for it now, from 1; 0: none. */
    int level(final String tierId) {
        final int listed = listedLevel(tierId);
        return listed > 0 || tierId == null
                ? listed
                : listedLevel(rules.retiredTiers().get(tierId));
    }

    /** Place in the order of first listing. */
    int listingOrder(final String tierId) {
        return new ArrayList<>(everListed.keySet()).indexOf(tierId);
    }

    Tier tier(final int level) {
        return rules.tiers().get(level - 1);
    }

    Campaign campaign(final String id) {
        return rules.campaigns().stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The first day on which a record of today is gone. */
    static long recordEnd(final long nowMs, final int lifeDays) {
        return lifeDays < 0 ? Long.MAX_VALUE : utcDay(nowMs) + lifeDays + 1;
    }

    static long utcDay(final long timeMs) {
        return Math.floorDiv(timeMs, CompiledProgram.DAY_MS);
    }
}
