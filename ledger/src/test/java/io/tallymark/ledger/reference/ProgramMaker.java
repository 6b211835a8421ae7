package io.tallymark.ledger.reference;

import static io.tallymark.ledger.program.CompiledProgram.UNLIMITED;

import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Burn;
import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.EarnCaps;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.LineRate;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random programs of one name over the whole vocabulary; each follows the one before, most of the time. */
final class ProgramMaker {
    static final String[] CAMPAIGNS = {"c-add", "c-mul", "c-bonus", "c-unit", "c-first", "c-x1", "c-x2"};
    static final String[] ACTIVITIES = {"sign-in", "follow", "register"};
    static final String[] CHANNELS = {"shop", "app"};
    static final String[] STORES = {"s1", "s2"};
    static final String[] SKUS = {"A", "B", "C"};
    static final String[] CATEGORIES = {"food", "toys"};
    static final String[] BRANDS = {"own", "other"};

    /** A tier that may be listed: its id, whether it can be earned, and over which window. */
    private record Place(String id, boolean earned, Tier.Window window, boolean bonus) {}

    private final CatalogueMaker catalogue;
    private final CommunityMaker community;
    private final WalletMaker wallets;
    private final String name;
    private final Random random;
    private final int offsetMinutes;
    private final boolean inactivity;
    private final List<Place> places = new ArrayList<>();
    private List<String> listed = new ArrayList<>();
    private List<String> current = new ArrayList<>();
    private long[] thresholds = {100, 10_000};

    ProgramMaker(final String name, final Random random) {
        this.name = name;
        this.random = random;
        wallets = new WalletMaker(random, () -> condition(true));
        community = new CommunityMaker(random, this::conditionOfBoards, wallets);
        catalogue = new CatalogueMaker(random, this::conditionOfOffers, community, wallets);
        offsetMinutes = new int[] {480, 0, -1_080, 345}[random.nextInt(4)];
        inactivity = random.nextInt(4) == 0;
        final int count = random.nextInt(5);
        final boolean lifetimeOnly = random.nextInt(3) == 0;
        for (int i = 0; i < count; i++) {
            final Tier.Window window = lifetimeOnly ? Tier.Window.LIFETIME : oneOf(Tier.Window.values());
            final boolean earned = lifetimeOnly || chance(5, 6);
            places.add(new Place("t" + i, earned, earned ? window : Tier.Window.LIFETIME, chance(1, 2)));
        }
    }

    private boolean chance(final int of, final int outOf) {
        return random.nextInt(outOf) < of;
    }

    @SafeVarargs
    private <T> T oneOf(final T... values) {
        return values[random.nextInt(values.length)];
    }

    private long pick(final long... values) {
        return values[random.nextInt(values.length)];
    }

    /** Amounts at which something changes. */
    long[] thresholds() {
        return thresholds;
    }

    /** The id of a tier, mostly of one that is listed. */
    String anyTier() {
        return current.isEmpty() || chance(1, 6)
                ? "t" + random.nextInt(5)
                : current.get(random.nextInt(current.size()));
    }

    /** The program as it was before all that is new. */
    CompiledProgram plain() {
        return CompiledProgram.builder(name)
                .currency("CNY")
                .utcOffsetMinutes(offsetMinutes)
                .enrolUnknownMembers(true)
                .baseRate(1, 100)
                .debtLimitPoints(5_000)
                .build();
    }

    CompiledProgram next() {
        final CompiledProgram.Builder b = CompiledProgram.builder(name)
                .currency("CNY")
                .utcOffsetMinutes(offsetMinutes)
                .enrolUnknownMembers(chance(4, 5))
                .refund(new RefundPolicy(
                        oneOf(
                                RefundPolicy.Claw.DEBT,
                                RefundPolicy.Claw.DEBT,
                                RefundPolicy.Claw.WITHIN_BALANCE,
                                RefundPolicy.Claw.PENDING_ONLY),
                        pick(0, 50, 5_000, Limits.MAX_VALUE),
                        chance(1, 2)));
        keys(b);
        b.expiry(expiry());
        b.activation(chance(1, 2) ? Activation.IMMEDIATE : new Activation(chance(1, 3), (int) pick(0, 1, 3, 40)));
        catalogue.begin();
        tiers(b);
        b.catalogue(catalogue.make(current));
        earning(b);
        b.burn(burn());
        if (chance(2, 3)) {
            b.transferDailyLimitPoints(pick(1, 50, 1_000, Limits.MAX_VALUE));
        }
        if (chance(2, 3)) {
            b.claimDays((int) pick(0, 1, 30));
        }
        final List<io.tallymark.ledger.program.ProgramMistake> mistakes = b.mistakes();
        if (!mistakes.isEmpty()) {
            throw new AssertionError(mistakes.toString());
        }
        return b.build();
    }

    private void keys(final CompiledProgram.Builder b) {
        if (chance(1, 2)) {
            final int late = (int) pick(0, 1, 3, 40);
            b.lateWindowMs(late * CompiledProgram.DAY_MS);
            if (chance(2, 3)) {
                b.keyDays(late + 1 + random.nextInt(5));
                b.orderDays(chance(1, 3) ? CompiledProgram.FOREVER : late + 6 + random.nextInt(60));
            }
        }
    }

    private Expiry expiry() {
        if (inactivity) {
            return Expiry.inactivity(1 + random.nextInt(3));
        }
        return switch (random.nextInt(4)) {
            case 0 -> Expiry.fixed(1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(2));
            case 1 -> Expiry.never();
            default -> Expiry.months(1 + random.nextInt(4));
        };
    }

    // Tiers.

    private void tiers(final CompiledProgram.Builder b) {
        final List<String> now = new ArrayList<>();
        for (final Place place : places) {
            if (listed.isEmpty() ? chance(4, 5) : listed.contains(place.id) ? chance(14, 15) : chance(1, 4)) {
                now.add(place.id);
            }
        }
        current = now;
        boolean follows = true;
        long spend = pick(0, 1, 100, 10_000);
        final List<Long> reached = new ArrayList<>(List.of(100L));
        for (final Place place : places) {
            if (now.contains(place.id)) {
                reached.add(spend);
                b.addTier(tier(place, spend));
                spend += pick(1, 100, 5_000, 100_000);
            } else if (listed.contains(place.id)) {
                // Sometimes nothing stands for it: then the publication is refused.
                final Place standIn = standIn(place, now);
                follows &= standIn != null;
                if (standIn != null) {
                    b.retireTier(place.id, standIn.id);
                }
            }
        }
        if (follows) {
            now.stream().filter(id -> !listed.contains(id)).forEach(listed::add);
        }
        thresholds = reached.stream().mapToLong(Long::longValue).toArray();
    }

    private Place standIn(final Place gone, final List<String> now) {
        if (chance(1, 10)) {
            return null;
        }
        return places.stream()
                .filter(place -> now.contains(place.id) && place.window == gone.window && place.earned == gone.earned)
                .findFirst()
                .orElse(null);
    }

    private Tier tier(final Place place, final long spend) {
        final long multiplier = pick(1_000_000, 1_000_000, 1_500_000, 2_000_000, 1_000_000 + random.nextInt(3_000_000));
        final int paid = (int) pick(0, 1, 12, Tier.FOR_EVER);
        final String pack = paid == 0 || !catalogue.hasPacks() ? "" : catalogue.anyPack();
        final int invited = place.earned ? (int) pick(0, 2, Tier.FOR_EVER) : 1;
        if (!place.earned) {
            return new Tier(
                    place.id,
                    multiplier,
                    null,
                    Tier.Window.LIFETIME,
                    0,
                    0,
                    null,
                    0,
                    paid,
                    invited,
                    0,
                    catalogue.benefits(false, paid != 0, invited != 0),
                    pack);
        }
        final boolean rolling = place.window == Tier.Window.ROLLING_MONTHS;
        final boolean lifetime = place.window == Tier.Window.LIFETIME;
        final Requirement earned = requirement(spend, lifetime);
        final Requirement retention = lifetime || chance(1, 2) ? earned : requirement(pick(0, spend, spend * 2), false);
        return new Tier(
                place.id,
                multiplier,
                earned,
                place.window,
                rolling ? 1 + random.nextInt(3) : 0,
                lifetime ? 0 : (int) pick(0, 0, 1, 2),
                retention,
                lifetime ? 0 : (int) pick(0, 0, 5, 40),
                paid,
                invited,
                place.bonus ? pick(1, 50, 200) : 0,
                catalogue.benefits(true, paid != 0, invited != 0),
                pack);
    }

    private Requirement requirement(final long spend, final boolean lifetime) {
        final int visits = (int) pick(0, 0, 1, 4);
        final int points = (int) pick(0, 0, 100);
        // Months of a lifetime are forgotten where a version does not ask for them.
        final int months = lifetime ? 0 : (int) pick(0, 0, 1, 2);
        return chance(1, 2) || lifetime && spend == 0
                ? Requirement.spend(spend)
                : new Requirement(chance(1, 2), spend, visits, points, months);
    }

    // Earning and burning.

    private void earning(final CompiledProgram.Builder b) {
        switch (random.nextInt(8)) {
            case 0 -> b.baseRate(1 + random.nextInt(1_000_000_000), 1);
            case 1 -> b.baseRate(1 + random.nextInt(50), 1 + random.nextInt(50));
            case 2 -> b.baseRate(1, 1);
            default -> b.baseRate(1, 100);
        }
        if (chance(1, 5)) {
            b.baseWhen(condition(true));
        }
        for (int i = 0; i < 2 && chance(1, 4); i++) {
            b.addLineRate(new LineRate(condition(true), 1 + random.nextInt(5), pick(1, 3, 100)));
        }
        for (int i = 0; i < CAMPAIGNS.length; i++) {
            if (chance(1, 3)) {
                b.addCampaign(campaign(i));
            }
        }
        if (chance(1, 3)) {
            b.caps(new EarnCaps(cap(), chance(1, 2), cap(), chance(1, 2)));
        }
        for (final String id : ACTIVITIES) {
            if (chance(2, 3)) {
                b.addActivity(new Activity(
                        id,
                        pick(1, 5, 100),
                        oneOf(Activity.Per.values()),
                        (int) pick(1, 2, UNLIMITED),
                        wallets.fillable()));
            }
        }
    }

    private long cap() {
        return pick(UNLIMITED, UNLIMITED, 1, 30, 200, 5_000);
    }

    private Campaign campaign(final int i) {
        final boolean bonus = i >= 2 && i <= 4;
        final Campaign.Mode mode = bonus
                ? Campaign.Mode.BONUS
                : i == 0
                        ? Campaign.Mode.ADD
                        : i == 1 ? Campaign.Mode.MULTIPLY : oneOf(Campaign.Mode.ADD, Campaign.Mode.MULTIPLY);
        final List<CouponGrant> grants = chance(1, 3) ? catalogue.grants(2) : List.of();
        final boolean free = bonus && i != 3 && !grants.isEmpty() && chance(1, 2);
        return new Campaign(
                CAMPAIGNS[i],
                random.nextInt(3),
                mode,
                bonus ? 0 : pick(2_000_000, 1_500_000, 3_000_000, 1_000_001, 1_333_333),
                bonus && !free ? pick(1, 50, 300) : 0,
                i == 3,
                i >= 5 || chance(1, 5) ? "group" : "",
                condition(true),
                cap(),
                cap(),
                cap(),
                cap(),
                grants);
    }

    private Condition condition(final boolean ofLines) {
        final Condition.Builder b = Condition.builder();
        if (chance(1, 3)) {
            return b.build();
        }
        switch (random.nextInt(10)) {
            case 0 ->
                b.between(
                        History.START_MS - CompiledProgram.DAY_MS,
                        History.START_MS + random.nextInt(100) * CompiledProgram.DAY_MS);
            case 1 -> b.minutes(random.nextInt(1_440), 1_440);
            case 2 -> b.minutes(1_200, 1 + random.nextInt(600));
            case 3 -> b.weekdays(1 + random.nextInt(127));
            case 4 -> b.monthDays(2 * (1 + random.nextInt(Integer.MAX_VALUE)));
            case 5 -> b.channels(oneOf(CHANNELS));
            case 6 -> b.stores(oneOf(STORES));
            case 7 -> b.firstPurchase();
            case 8 -> b.birthdayMonth();
            default -> b.minOrderMinor(pick(100, 5_000, 10_000));
        }
        if (!current.isEmpty() && chance(1, 6)) {
            b.tiers(current.get(random.nextInt(current.size())));
        }
        if (ofLines && chance(1, 3)) {
            switch (random.nextInt(4)) {
                case 0 -> b.skus(oneOf(SKUS));
                case 1 -> b.categories(oneOf(CATEGORIES));
                case 2 -> b.brands(oneOf(BRANDS));
                default -> b.fullPrice();
            }
        }
        return b.build();
    }

    /** Of what has no order. */
    private Condition conditionOfOffers() {
        while (true) {
            final Condition when = condition(false);
            if (!when.firstPurchase() && when.minOrderMinor() == 0) {
                return when;
            }
        }
    }

    /** Of registrations little is known. */
    private Condition conditionOfBoards(final boolean ofRegistrations) {
        return !ofRegistrations
                ? condition(false)
                : chance(1, 2)
                        ? Condition.builder().stores(oneOf(STORES)).build()
                        : Condition.builder().channels(oneOf(CHANNELS)).build();
    }

    CommunityMaker community() {
        return community;
    }

    CatalogueMaker catalogue() {
        return catalogue;
    }

    WalletMaker wallets() {
        return wallets;
    }

    private Burn burn() {
        final int grace = (int) pick(UNLIMITED, 0, 3);
        if (chance(1, 5)) {
            return new Burn(0, 0, UNLIMITED, grace, List.of());
        }
        final List<Burn.BurnCampaign> campaigns = new ArrayList<>();
        for (int i = 0; i < 2 && chance(1, 3); i++) {
            campaigns.add(new Burn.BurnCampaign("b" + i, pick(2_000_000, 1_500_000, 1_000_001), condition(false)));
        }
        return new Burn(pick(1, 100, 10, 1_000_000_000), pick(1, 100, 3), pick(UNLIMITED, 1, 100), grace, campaigns);
    }
}
