package io.tallymark.ledger.program;

import io.tallymark.ledger.StateHash;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Varint;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * A program in its compiled form: validated whole, immutable, with exactly one encoding. Made outside the ledger from
 * a program file, carried by a publication, kept in the journal.
 *
 * <pre>
 * form              1 byte, 1
 * name              length byte, characters
 * currency          3 characters
 * utcOffsetMinutes  varint, zigzag
 * flags             1 byte    bit 0 enrol unknown members, bit 1 late window bounded, bit 2 keys go after days
 * lateWindowMs      varint    where bounded
 * keyDays           varint    where keys go
 * base              varint points, varint perMinor, in lowest terms
 * expiry            1 byte kind; fixed: varint month, day, yearsAhead; months: varint months
 * debtLimitPoints   varint
 * tiers             varint count; each: length byte and id, varint minLifetimeSpendMinor, varint multiplierMicros
 * </pre>
 *
 * Varints are those of {@link Varint}.
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

    /** Longest bounded late window and longest bounded life of keys. */
    public static final int MAX_DAYS = 36_600;

    /** Length of a day. */
    public static final long DAY_MS = 86_400_000L;

    private static final int MAX_OFFSET_MINUTES = 18 * 60;
    private static final byte FORM = 1;
    private static final int FLAG_ENROL = 1;
    private static final int FLAG_LATE_BOUNDED = 2;
    private static final int FLAG_KEYS_GO = 4;

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
    private final SortedMap<String, String> retiredTiers;
    private final byte[] encoded;

    private CompiledProgram(final Builder b) {
        name = b.name;
        currency = b.currency;
        utcOffsetMinutes = b.utcOffsetMinutes;
        enrolUnknownMembers = b.enrolUnknownMembers;
        lateWindowMs = b.lateWindowMs;
        keyDays = b.keyDays;
        final long common = gcd(b.ratePoints, b.ratePerMinor);
        ratePoints = b.ratePoints / common;
        ratePerMinor = b.ratePerMinor / common;
        expiry = b.expiry;
        orderDays = b.orderDays == 0 ? b.keyDays : b.orderDays;
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
        burn = b.burn;
        transferDailyLimitPoints = b.transferDailyLimitPoints;
        claimDays = b.claimDays;
        tiers = List.copyOf(b.tiers);
        retiredTiers = Collections.unmodifiableSortedMap(new TreeMap<>(b.retiredTiers));
        encoded = encodeFields();
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

    /** Ids of tiers that are no longer listed, with the tier that stands for each. */
    public SortedMap<String, String> retiredTiers() {
        return retiredTiers;
    }

    /** Whether refunds need the lines of an order: rules look at single lines. */
    public boolean hasLineRules() {
        return baseWhen.concernsLines()
                || !lineRates.isEmpty()
                || campaigns.stream().anyMatch(c -> c.when().concernsLines() || c.perUnit());
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
            program = decodeFields(new Varint.Reader().wrap(buffer, offset, length), buffer);
        } catch (final IndexOutOfBoundsException e) {
            throw new InvalidProgramException("", "the compiled form ends too early");
        }
        if (program.encoded.length != length) {
            throw new InvalidProgramException("", "the compiled form is not canonical");
        }
        for (int i = 0; i < length; i++) {
            if (buffer.getByte(offset + i) != program.encoded[i]) {
                throw new InvalidProgramException("", "the compiled form is not canonical");
            }
        }
        return program;
    }

    private static CompiledProgram decodeFields(final Varint.Reader in, final DirectBuffer buffer) {
        if (in.nextByte() != FORM) {
            throw new InvalidProgramException("", "the compiled form is of another version");
        }
        final Builder b = builder(text(in, buffer, in.nextByte() & 0xFF));
        b.currency(text(in, buffer, 3));
        b.utcOffsetMinutes(intOf("utcOffset", in.nextSigned()));
        final int flags = in.nextByte();
        b.enrolUnknownMembers((flags & FLAG_ENROL) != 0);
        b.lateWindowMs((flags & FLAG_LATE_BOUNDED) != 0 ? in.next() : UNLIMITED);
        b.keyDays((flags & FLAG_KEYS_GO) != 0 ? intOf("keyDays", in.next()) : FOREVER);
        b.baseRate(in.next(), in.next());
        b.expiry(decodeExpiry(in));
        b.debtLimitPoints(in.next());
        final long count = in.next();
        if (count < 0 || count > MAX_TIERS) {
            throw new InvalidProgramException("tiers", "at most " + MAX_TIERS);
        }
        for (int i = 0; i < count; i++) {
            b.addTier(text(in, buffer, in.nextByte() & 0xFF), in.next(), in.next());
        }
        return b.build();
    }

    private static Expiry decodeExpiry(final Varint.Reader in) {
        final int kind = in.nextByte();
        if (kind == Expiry.Kind.FIXED.ordinal()) {
            final int month = intOf("expiry.fixed", in.next());
            final int day = intOf("expiry.fixed", in.next());
            return Expiry.fixed(month, day, intOf("expiry.yearsAhead", in.next()));
        }
        if (kind == Expiry.Kind.MONTHS.ordinal()) {
            return Expiry.months(intOf("expiry.months", in.next()));
        }
        if (kind != Expiry.Kind.NEVER.ordinal()) {
            throw new InvalidProgramException("expiry", "there is no kind " + kind);
        }
        return Expiry.never();
    }

    private static String text(final Varint.Reader in, final DirectBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(in.skip(length), bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static int intOf(final String path, final long value) {
        if (value != (int) value) {
            throw new InvalidProgramException(path, "out of range");
        }
        return (int) value;
    }

    private byte[] encodeFields() {
        final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
        out.putByte(0, FORM);
        int at = putText(out, 1, name);
        at += out.putStringWithoutLengthAscii(at, currency);
        at = Varint.put(out, at, Varint.zigzag(utcOffsetMinutes));
        out.putByte(at++, (byte) ((enrolUnknownMembers ? FLAG_ENROL : 0)
                | (lateWindowMs != UNLIMITED ? FLAG_LATE_BOUNDED : 0)
                | (keyDays != FOREVER ? FLAG_KEYS_GO : 0)));
        if (lateWindowMs != UNLIMITED) {
            at = Varint.put(out, at, lateWindowMs);
        }
        if (keyDays != FOREVER) {
            at = Varint.put(out, at, keyDays);
        }
        at = Varint.put(out, at, ratePoints);
        at = Varint.put(out, at, ratePerMinor);
        out.putByte(at++, (byte) expiry.kind().ordinal());
        if (expiry.kind() == Expiry.Kind.FIXED) {
            at = Varint.put(out, at, expiry.month());
            at = Varint.put(out, at, expiry.day());
        }
        if (expiry.kind() != Expiry.Kind.NEVER) {
            at = Varint.put(out, at, expiry.span());
        }
        at = Varint.put(out, at, refund.debtLimitPoints());
        at = Varint.put(out, at, tiers.size());
        for (final Tier tier : tiers) {
            at = putText(out, at, tier.id());
            at = Varint.put(out, at, tier.earned().spendMinor());
            at = Varint.put(out, at, tier.multiplierMicros());
        }
        return Arrays.copyOf(out.byteArray(), at);
    }

    private static int putText(final ExpandableArrayBuffer out, final int offset, final String text) {
        out.putByte(offset, (byte) text.length());
        return offset + 1 + out.putStringWithoutLengthAscii(offset + 1, text);
    }

    private static long gcd(final long a, final long b) {
        return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).longValueExact();
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
        private final String name;
        private String currency = "";
        private int utcOffsetMinutes;
        private boolean enrolUnknownMembers;
        private long lateWindowMs = UNLIMITED;
        private int keyDays = FOREVER;
        private long ratePoints;
        private long ratePerMinor;
        private Expiry expiry = Expiry.never();
        private int orderDays;
        private Activation activation = Activation.IMMEDIATE;
        private RefundPolicy refund = new RefundPolicy(RefundPolicy.Claw.DEBT, 0, false);
        private Condition baseWhen = Condition.ALWAYS;
        private final List<LineRate> lineRates = new ArrayList<>();
        private final List<Campaign> campaigns = new ArrayList<>();
        private EarnCaps caps = EarnCaps.NONE;
        private final List<Activity> activities = new ArrayList<>();
        private Burn burn = Burn.NONE;
        private long transferDailyLimitPoints = UNLIMITED;
        private int claimDays = -1;
        private final List<Tier> tiers = new ArrayList<>();
        private final Map<String, String> retiredTiers = new TreeMap<>();

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
            retiredTiers.put(oldId, newId);
            return this;
        }

        /**
         * Validates the whole.
         *
         * @throws InvalidProgramException naming the first field that is wrong
         */
        public CompiledProgram build() {
            check(isId(name), "program", "1 to 32 lower-case letters, digits and hyphens");
            check(isCurrency(currency), "currency", "three capital letters");
            check(Math.abs((long) utcOffsetMinutes) <= MAX_OFFSET_MINUTES, "utcOffset", "at most 18 hours");
            check(
                    lateWindowMs == UNLIMITED || within(lateWindowMs, 0, MAX_DAYS * DAY_MS),
                    "lateWindow",
                    "0 to " + MAX_DAYS + " days, or unlimited");
            checkKeyDays();
            check(within(ratePoints, 1, MAX_RATE_POINTS), "earn.base.points", "1 to " + MAX_RATE_POINTS);
            check(within(ratePerMinor, 1, MAX_RATE_MINOR), "earn.base.per", "1 to " + MAX_RATE_MINOR + " minor units");
            check(expiry != null, "expiry", "missing");
            check(within(refund.debtLimitPoints(), 0, Limits.MAX_VALUE), "debtLimit", "0 to " + Limits.MAX_VALUE);
            check(tiers.size() <= MAX_TIERS, "tiers", "at most " + MAX_TIERS);
            for (int i = 0; i < tiers.size(); i++) {
                checkTier(i);
            }
            return new CompiledProgram(this);
        }

        private void checkKeyDays() {
            if (keyDays == FOREVER) {
                return;
            }
            check(within(keyDays, 1, MAX_DAYS), "keyDays", "1 to " + MAX_DAYS + " days, or forever");
            check(lateWindowMs != UNLIMITED, "keyDays", "must be forever where the late window is unlimited");
            check(keyDays * DAY_MS > lateWindowMs, "keyDays", "must be longer than the late window");
        }

        private void checkTier(final int i) {
            final Tier tier = tiers.get(i);
            final String path = "tiers[" + i + "]";
            check(isId(tier.id()), path + ".id", "1 to 32 lower-case letters, digits and hyphens");
            check(within(tier.earned().spendMinor(), 0, Limits.MAX_VALUE), path + ".spend", "0 to 10^15 minor units");
            check(within(tier.multiplierMicros(), 1, MAX_MULTIPLIER_MICROS), path + ".multiplier", "0.000001 to 1000");
            for (int j = 0; j < i; j++) {
                check(!tiers.get(j).id().equals(tier.id()), path + ".id", "given twice: " + tier.id());
            }
            check(
                    i == 0
                            || tier.earned().spendMinor()
                                    > tiers.get(i - 1).earned().spendMinor(),
                    path + ".spend",
                    "must be above that of the tier below");
        }

        private static boolean within(final long value, final long min, final long max) {
            return value >= min && value <= max;
        }

        private static boolean isId(final String id) {
            if (id == null || id.isEmpty() || id.length() > Limits.MAX_PROGRAM_BYTES) {
                return false;
            }
            for (int i = 0; i < id.length(); i++) {
                final char c = id.charAt(i);
                if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isCurrency(final String code) {
            if (code == null || code.length() != 3) {
                return false;
            }
            for (int i = 0; i < 3; i++) {
                if (code.charAt(i) < 'A' || code.charAt(i) > 'Z') {
                    return false;
                }
            }
            return true;
        }

        private static void check(final boolean holds, final String path, final String reason) {
            if (!holds) {
                throw new InvalidProgramException(path, reason);
            }
        }
    }
}
