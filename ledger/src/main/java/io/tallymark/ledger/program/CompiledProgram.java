package io.tallymark.ledger.program;

import io.tallymark.ledger.StateHash;
import io.tallymark.protocol.CommandDecoder;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * A program in its compiled form: validated whole, immutable, with exactly one encoding ({@link ProgramEncoder} has its
 * layout). Made outside the ledger from a program file, carried by a publication, kept in the journal. Rates are in
 * lowest terms, and lists whose order means nothing are sorted, however they were given.
 */
public final class CompiledProgram {
    /** {@link Builder#lateWindowMs}: events may come however late. */
    public static final long UNLIMITED = -1;

    /** {@link Builder#keyDays}: keys are kept for ever. */
    public static final int FOREVER = -1;

    /** Most tiers of a program. */
    public static final int MAX_TIERS = 32;

    /** Largest number of points of the base rate. */
    public static final long MAX_RATE_POINTS = 1_000_000_000L;

    /** Largest amount of the base rate, in minor units. */
    public static final long MAX_RATE_MINOR = 1_000_000_000_000L;

    /** A multiplier of 1.0. */
    public static final long ONE_MICROS = 1_000_000L;

    /** Largest multiplier, in millionths: 1,000. */
    public static final long MAX_MULTIPLIER_MICROS = 1_000 * ONE_MICROS;

    /** Most line rates, campaigns, activities, burn campaigns, retired tiers, and texts of one list of a condition. */
    public static final int MAX_ENTRIES = 64;

    /** Most days after which points become active, of grace of a tier and of a reversal. */
    public static final int MAX_GRACE_DAYS = 3_660;

    /** Longest encoding, in bytes. */
    public static final int MAX_ENCODED_BYTES = CommandDecoder.MAX_COMPILED_BYTES;

    /** Longest bounded late window and longest bounded life of keys. */
    public static final int MAX_DAYS = 36_600;

    /** Length of a day. */
    public static final long DAY_MS = 86_400_000L;

    private final String name;
    private final String currency;
    private final int utcOffsetMinutes;
    private final boolean enrolUnknownMembers;
    private final long lateWindowMs;
    private final int keyDays;
    private final long ratePoints;
    private final long ratePerMinor;
    private final Expiry expiry;
    private final int orderDays;
    private final Activation activation;
    private final RefundPolicy refund;
    private final Condition baseWhen;
    private final List<LineRate> lineRates;
    private final List<Campaign> campaigns;
    private final EarnCaps caps;
    private final List<Activity> activities;
    private final Burn burn;
    private final long transferDailyLimitPoints;
    private final int claimDays;
    private final List<Tier> tiers;
    private final Map<String, String> retiredTiers;
    private final Catalogue catalogue;
    private final byte[] encoded;

    private CompiledProgram(final Builder b) {
        name = b.name;
        currency = b.currency;
        utcOffsetMinutes = b.utcOffsetMinutes;
        enrolUnknownMembers = b.enrolUnknownMembers;
        lateWindowMs = b.lateWindowMs;
        keyDays = b.keyDays;
        final long common = Fraction.gcd(b.ratePoints, b.ratePerMinor);
        ratePoints = b.ratePoints / common;
        ratePerMinor = b.ratePerMinor / common;
        expiry = b.expiry;
        orderDays = b.orderDays == Builder.AS_KEYS ? b.keyDays : b.orderDays;
        activation = b.activation;
        refund = b.refund;
        baseWhen = b.baseWhen;
        lineRates = List.copyOf(b.lineRates);
        campaigns = b.campaigns.stream()
                .sorted(Comparator.comparingInt(Campaign::priority).thenComparing(Campaign::id))
                .toList();
        caps = b.caps;
        activities =
                b.activities.stream().sorted(Comparator.comparing(Activity::id)).toList();
        burn = new Burn(
                b.burn.ratePoints(),
                b.burn.rateMinor(),
                b.burn.minPointsWithCash(),
                b.burn.graceDays(),
                b.burn.campaigns().stream()
                        .sorted(Comparator.comparing(Burn.BurnCampaign::id))
                        .toList());
        transferDailyLimitPoints = b.transferDailyLimitPoints;
        claimDays = b.claimDays;
        tiers = List.copyOf(b.tiers);
        retiredTiers = new SortedEntries(b.retiredTiers);
        catalogue = b.catalogue;
        encoded = ProgramEncoder.encode(this);
        if (encoded.length > MAX_ENCODED_BYTES) {
            throw new InvalidProgramException("", "the compiled form is longer than " + MAX_ENCODED_BYTES + " bytes");
        }
    }

    /** Starts a program of this name; everything but currency and base rate has a default, see {@link Builder}. */
    public static Builder builder(final String name) {
        return new Builder(name);
    }

    /** Lower-case letters, digits and hyphens. */
    public String name() {
        return name;
    }

    /** Three capital letters. */
    public String currency() {
        return currency;
    }

    /** The offset that the program's days are in. */
    public int utcOffsetMinutes() {
        return utcOffsetMinutes;
    }

    /** Whether a credit enrols a member not seen before. */
    public boolean enrolUnknownMembers() {
        return enrolUnknownMembers;
    }

    /** How late an event may come, or {@link #UNLIMITED}. */
    public long lateWindowMs() {
        return lateWindowMs;
    }

    /** Days of engine time that keys live, or {@link #FOREVER}. */
    public int keyDays() {
        return keyDays;
    }

    /** Points of the base rate, in lowest terms with {@link #ratePerMinor}. */
    public long ratePoints() {
        return ratePoints;
    }

    /** The amount in minor units that earns {@link #ratePoints}. */
    public long ratePerMinor() {
        return ratePerMinor;
    }

    /** When earned points expire. */
    public Expiry expiry() {
        return expiry;
    }

    /** Days of engine time that records of orders, redemptions live, at least {@link #keyDays}, or {@link #FOREVER}. */
    public int orderDays() {
        return orderDays;
    }

    /** When earned points become available. */
    public Activation activation() {
        return activation;
    }

    /** How far refunds claw back. */
    public RefundPolicy refund() {
        return refund;
    }

    /** Most points that a member may come to owe. */
    public long debtLimitPoints() {
        return refund.debtLimitPoints();
    }

    /** Which orders and lines earn at the base rate, or at one of {@link #lineRates}. */
    public Condition baseWhen() {
        return baseWhen;
    }

    /** Rates of lines before the base rate; the first that matches counts. */
    public List<LineRate> lineRates() {
        return lineRates;
    }

    /** By (priority, id). */
    public List<Campaign> campaigns() {
        return campaigns;
    }

    /** Caps of what orders earn. */
    public EarnCaps caps() {
        return caps;
    }

    /** By id. */
    public List<Activity> activities() {
        return activities;
    }

    /** What points are worth. */
    public Burn burn() {
        return burn;
    }

    /** Most points that a member may transfer in a day, or {@link #UNLIMITED}: transfers are not offered. */
    public long transferDailyLimitPoints() {
        return transferDailyLimitPoints;
    }

    /** How many days before joining an order may lie to be claimed, or {@link #FOREVER} (-1): claims are not offered. */
    public int claimDays() {
        return claimDays;
    }

    /** Ids of tiers that are no longer listed, in their order, with the tier that stands for each. */
    public Map<String, String> retiredTiers() {
        return retiredTiers;
    }

    /** Rewards, coupons and all else that is not earning, burning and tiers. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** Whether refunds need the lines of an order: rules look at single lines. */
    public boolean hasLineRules() {
        return baseWhen.concernsLines()
                || !lineRates.isEmpty()
                || campaigns.stream().anyMatch(c -> c.when().concernsLines() || c.perUnit())
                || catalogue.pointsWallets().stream().anyMatch(w -> w.when().concernsLines());
    }

    /** The tiers, lowest first. */
    public List<Tier> tiers() {
        return tiers;
    }

    /** The canonical bytes; a copy. */
    public byte[] encode() {
        return encoded.clone();
    }

    /** The first 128 bits of the SHA-256 of the canonical bytes. */
    public StateHash canonicalHash() {
        try {
            final ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(encoded));
            return new StateHash(digest.getLong(), digest.getLong());
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads the canonical bytes.
     *
     * @throws InvalidProgramException for any bytes that {@link #encode} does not return
     */
    public static CompiledProgram decode(final DirectBuffer buffer, final int offset, final int length) {
        final CompiledProgram program;
        try {
            program = ProgramDecoder.decode(buffer, offset, length).build();
        } catch (final IndexOutOfBoundsException e) {
            throw new InvalidProgramException("", "the compiled form ends too early");
        }
        final byte[] given = new byte[length];
        buffer.getBytes(offset, given);
        if (!Arrays.equals(given, program.encoded)) {
            throw new InvalidProgramException("", "the compiled form is not canonical");
        }
        return program;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof CompiledProgram that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return name + " " + canonicalHash();
    }

    /**
     * Collects a program. Defaults: offset 0, unknown members are refused, no late window bound, keys for ever, no
     * expiry, no debt, no tiers. Currency and base rate must be given.
     */
    public static final class Builder {
        /** {@link #orderDays}: as long as keys. */
        static final int AS_KEYS = 0;

        final String name;
        String currency = "";
        int utcOffsetMinutes;
        boolean enrolUnknownMembers;
        long lateWindowMs = UNLIMITED;
        int keyDays = FOREVER;
        long ratePoints;
        long ratePerMinor;
        Expiry expiry = Expiry.never();
        int orderDays = AS_KEYS;
        Activation activation = Activation.IMMEDIATE;
        RefundPolicy refund = new RefundPolicy(RefundPolicy.Claw.DEBT, 0, false);
        Condition baseWhen = Condition.ALWAYS;
        final List<LineRate> lineRates = new ArrayList<>();
        final List<Campaign> campaigns = new ArrayList<>();
        EarnCaps caps = EarnCaps.NONE;
        final List<Activity> activities = new ArrayList<>();
        Burn burn = Burn.NONE;
        long transferDailyLimitPoints = UNLIMITED;
        int claimDays = FOREVER;
        final List<Tier> tiers = new ArrayList<>();
        final List<Map.Entry<String, String>> retiredTiers = new ArrayList<>();
        Catalogue catalogue = Catalogue.EMPTY;

        private Builder(final String name) {
            this.name = name;
        }

        /** ISO 4217: three capital letters. */
        public Builder currency(final String value) {
            currency = value;
            return this;
        }

        /** Within 18 hours of UTC. */
        public Builder utcOffsetMinutes(final int value) {
            utcOffsetMinutes = value;
            return this;
        }

        /** Whether a credit enrols a member not seen before; else UNKNOWN_MEMBER. */
        public Builder enrolUnknownMembers(final boolean value) {
            enrolUnknownMembers = value;
            return this;
        }

        /** How late an event may come, or {@link #UNLIMITED}. */
        public Builder lateWindowMs(final long value) {
            lateWindowMs = value;
            return this;
        }

        /** Days of engine time that keys live: more than the late window, or {@link #FOREVER}. */
        public Builder keyDays(final int value) {
            keyDays = value;
            return this;
        }

        /** An amount earns floor(amountMinor × points ÷ perMinor). */
        public Builder baseRate(final long points, final long perMinor) {
            ratePoints = points;
            ratePerMinor = perMinor;
            return this;
        }

        /** When earned points expire. */
        public Builder expiry(final Expiry value) {
            expiry = value;
            return this;
        }

        /** Most points that a member may come to owe; refunds may turn into debt. */
        public Builder debtLimitPoints(final long value) {
            return refund(new RefundPolicy(RefundPolicy.Claw.DEBT, value, false));
        }

        /** How far refunds claw back. */
        public Builder refund(final RefundPolicy value) {
            refund = value;
            return this;
        }

        /** Days that records of orders live: at least the days of keys, or {@link #FOREVER}. Default: those of keys. */
        public Builder orderDays(final int value) {
            orderDays = value;
            return this;
        }

        /** When earned points become available. */
        public Builder activation(final Activation value) {
            activation = value;
            return this;
        }

        /** Which orders and lines earn. */
        public Builder baseWhen(final Condition value) {
            baseWhen = value;
            return this;
        }

        /** Adds a rate of lines; those added first are tried first. */
        public Builder addLineRate(final LineRate value) {
            lineRates.add(value);
            return this;
        }

        /** Adds a campaign. */
        public Builder addCampaign(final Campaign value) {
            campaigns.add(value);
            return this;
        }

        /** Caps of what orders earn. */
        public Builder caps(final EarnCaps value) {
            caps = value;
            return this;
        }

        /** Adds an activity. */
        public Builder addActivity(final Activity value) {
            activities.add(value);
            return this;
        }

        /** What points are worth. */
        public Builder burn(final Burn value) {
            burn = value;
            return this;
        }

        /** Offers transfers, at most this many points a member and day. */
        public Builder transferDailyLimitPoints(final long value) {
            transferDailyLimitPoints = value;
            return this;
        }

        /** Offers claims of orders that lie at most this many days before joining. */
        public Builder claimDays(final int value) {
            claimDays = value;
            return this;
        }

        /** Adds the next higher tier, reached by the spend of a lifetime. */
        public Builder addTier(final String id, final long minLifetimeSpendMinor, final long multiplierMicros) {
            return addTier(Tier.bySpend(id, minLifetimeSpendMinor, multiplierMicros));
        }

        /** Adds the next higher tier. */
        public Builder addTier(final Tier tier) {
            tiers.add(tier);
            return this;
        }

        /** Says which tier stands for one that is no longer listed. */
        public Builder retireTier(final String oldId, final String newId) {
            retiredTiers.add(Map.entry(oldId, newId));
            return this;
        }

        /** Rewards, coupons and all else that is not earning, burning and tiers. */
        public Builder catalogue(final Catalogue value) {
            catalogue = value;
            return this;
        }

        /** Everything that is wrong, in the order of a program file; empty: {@link #build} builds. */
        public List<ProgramMistake> mistakes() {
            return ProgramCheck.mistakes(this);
        }

        /**
         * Validates the whole.
         *
         * @throws InvalidProgramException naming the first field that is wrong
         */
        public CompiledProgram build() {
            final List<ProgramMistake> mistakes = mistakes();
            if (!mistakes.isEmpty()) {
                throw new InvalidProgramException(
                        mistakes.get(0).path(), mistakes.get(0).reason());
            }
            return new CompiledProgram(this);
        }
    }
}
