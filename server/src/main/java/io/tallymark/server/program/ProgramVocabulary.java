package io.tallymark.server.program;

import static io.tallymark.ledger.program.CompiledProgram.DAY_MS;
import static io.tallymark.ledger.program.CompiledProgram.MAX_DAYS;
import static io.tallymark.ledger.program.CompiledProgram.UNLIMITED;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that may stand in a program file: the keys of the file itself; each section has a class of its own. The compiler,
 * the JSON Schema and the tables of docs/programs.md are made from these.
 */
final class ProgramVocabulary {
    private static final long HOUR_MS = 3_600_000L;
    private static final String DEFAULT_OFFSET = "+08:00";

    private static final Key<String> PROGRAM =
            Key.required("program", Values.id(), "The program's name, by which calls address it.");
    private static final Key<String> CURRENCY = Key.optional(
            "currency",
            Values.text("[A-Z]{3}", "three capital letters such as CNY"),
            "CNY",
            "Of all amounts; amounts have two decimals.");
    private static final Key<String> UTC_OFFSET = Key.optional(
            "utcOffset",
            Values.text(
                    "[+-](0[0-9]|1[0-7]):[0-5][0-9]|[+-]18:00", "an offset from -18:00 to +18:00 such as \"+08:00\""),
            "\"" + DEFAULT_OFFSET + "\"",
            "The offset of the program's days, for ever; named zones are not read.");
    private static final Key<String> UNKNOWN_MEMBER = Key.optional(
            "unknownMember",
            Values.word("enrol", "refuse"),
            "enrol",
            "Whether points for somebody unknown make a member of them.");
    private static final Key<Long> LATE_WINDOW = Key.optional(
            "lateWindow",
            Values.parsed(
                    "unlimited|[0-9]{1,6}[dh]",
                    "unlimited, or days or hours such as 30d or 12h",
                    ProgramVocabulary::lateWindowMs),
            "unlimited",
            "How late an event may come.");
    private static final Key<Fields> RETENTION =
            Key.optional("retention", RetentionSection.SECTION, "all for ever", "How long is remembered what came in.");
    private static final Key<Fields> WALLETS =
            Key.optional("wallets", WalletSection.SECTION, "one wallet of points", "What members hold.");
    private static final Key<Fields> EARN = Key.required("earn", EarnSection.SECTION, "What orders earn.");
    private static final Key<Map<String, Fields>> ACTIVITIES =
            Key.optional("activities", ActivitySection.TYPE, "none", "What earns points without an order.");
    private static final Key<List<Fields>> TIERS =
            Key.optional("tiers", TierSection.TYPE, "none", "The steps, lowest first.");
    private static final Key<Map<String, String>> RETIRED_TIERS = Key.optional(
            "retiredTiers",
            Shapes.mapOf(CompiledProgram.MAX_ENTRIES, Values.id()),
            "none",
            "For ids of tiers that are no longer listed, the tier that takes their place.");
    private static final Key<Fields> BURN =
            Key.optional("burn", BurnSection.SECTION, "points are redeemed by their number", "How points are spent.");
    private static final Key<Long> DAILY_LIMIT =
            Key.required("dailyLimit", Values.points(), "Most points that a member may give away in a day.");
    private static final Key<Fields> TRANSFER = Key.optional(
            "transfer",
            new Section("transfer", "Transfers between members.", DAILY_LIMIT),
            "not offered",
            "Transfers between members.");
    private static final Key<Long> WITHIN_DAYS = Key.required(
            "withinDays", Values.whole(0, MAX_DAYS), "How many days before joining such an order may lie.");
    private static final Key<Fields> CLAIMS = Key.optional(
            "claims",
            new Section("claims", "Points for orders from before joining.", WITHIN_DAYS),
            "not offered",
            "Points for orders from before joining.");

    private static final Key<Map<String, Fields>> REWARDS =
            Key.optional("rewards", RewardSection.TYPE, "none", "What points are redeemed for.");
    private static final Key<Map<String, Fields>> COUPONS =
            Key.optional("coupons", CouponSection.TYPE, "none", "Rights that are granted and used up.");
    private static final Key<Map<String, Fields>> PACKS =
            Key.optional("packs", PackSection.TYPE, "none", "Coupons and tiers that are bought together.");
    private static final Key<Map<String, Fields>> DRAWS =
            Key.optional("draws", DrawSection.TYPE, "none", "Chances for points.");
    private static final Key<Fields> REFERRAL = Key.optional(
            "referral", CommunitySection.REFERRAL, "members have no referrers", "What members are given for friends.");
    private static final Key<Map<String, Fields>> BOARDS =
            Key.optional("boards", CommunitySection.BOARDS, "none", "Rankings.");
    private static final Key<Map<String, Fields>> ISSUERS = Key.optional(
            "issuers",
            IssuerSection.ISSUERS,
            "the house alone",
            "Whose points there are, beside the house's; they stay listed for ever.");
    private static final Key<Map<String, String>> BRANDS =
            Key.optional("brands", IssuerSection.BRANDS, "none", "For brands of orders, whose points they earn.");
    private static final Key<Map<String, Fields>> POINT_SALES =
            Key.optional("pointSales", IssuerSection.SALES, "none", "Points that members buy.");
    private static final Key<Map<String, Fields>> PRECREDIT =
            Key.optional("precredit", IssuerSection.PRECREDITS, "none", "Points on cards that are given away.");

    /** The whole file. */
    static final Section FILE = new Section(
            "file",
            "A loyalty program.",
            PROGRAM,
            CURRENCY,
            UTC_OFFSET,
            UNKNOWN_MEMBER,
            LATE_WINDOW,
            RETENTION,
            WALLETS,
            EARN,
            ACTIVITIES,
            TIERS,
            RETIRED_TIERS,
            BURN,
            TRANSFER,
            CLAIMS,
            REWARDS,
            COUPONS,
            PACKS,
            DRAWS,
            REFERRAL,
            BOARDS,
            ISSUERS,
            BRANDS,
            POINT_SALES,
            PRECREDIT);

    private ProgramVocabulary() {}

    /** Every section once, each behind the one that it is part of. */
    static Set<Section> sections() {
        final Set<Section> sections = new LinkedHashSet<>();
        collect(FILE, sections);
        return sections;
    }

    private static void collect(final Section section, final Set<Section> sections) {
        if (sections.add(section)) {
            section.keys().forEach(key -> key.type().sections().forEach(part -> collect(part, sections)));
            if (section.others() != null) {
                section.others().type().sections().forEach(part -> collect(part, sections));
            }
        }
    }

    /** What the file says; what is wrong in it has a sound value, or none. */
    static CompiledProgram.Builder compile(final Fields file) {
        final int offsetMinutes = minutes(file.get(UTC_OFFSET, DEFAULT_OFFSET));
        final CompiledProgram.Builder builder = CompiledProgram.builder(file.get(PROGRAM, ""))
                .currency(file.get(CURRENCY, "CNY"))
                .utcOffsetMinutes(offsetMinutes)
                .enrolUnknownMembers(file.get(UNKNOWN_MEMBER, "enrol").equals("enrol"))
                .lateWindowMs(file.get(LATE_WINDOW, UNLIMITED));
        RetentionSection.compile(file.get(RETENTION), builder);
        WalletSection.compile(file.get(WALLETS), builder);
        EarnSection.compile(file.get(EARN), offsetMinutes, builder);
        ActivitySection.compile(file.get(ACTIVITIES, Map.of()), builder);
        TierSection.compile(file.get(TIERS, List.of()), builder);
        file.get(RETIRED_TIERS, Map.of()).forEach(builder::retireTier);
        final Fields burn = file.get(BURN);
        if (burn != null) {
            builder.burn(BurnSection.compile(burn, offsetMinutes));
        }
        final Fields transfer = file.get(TRANSFER);
        if (transfer != null) {
            builder.transferDailyLimitPoints(transfer.get(DAILY_LIMIT, UNLIMITED));
        }
        final Fields claims = file.get(CLAIMS);
        if (claims != null) {
            builder.claimDays(
                    claims.get(WITHIN_DAYS, (long) CompiledProgram.FOREVER).intValue());
        }
        return builder.catalogue(catalogue(file, offsetMinutes));
    }

    private static Catalogue catalogue(final Fields file, final int offsetMinutes) {
        final Catalogue.Builder catalogue = Catalogue.builder();
        RewardSection.compile(file.get(REWARDS, Map.of()), offsetMinutes, catalogue);
        CouponSection.compile(file.get(COUPONS, Map.of()), offsetMinutes, catalogue);
        PackSection.compile(file.get(PACKS, Map.of()), offsetMinutes, catalogue);
        DrawSection.compile(file.get(DRAWS, Map.of()), offsetMinutes, catalogue);
        CommunitySection.compileReferral(file.get(REFERRAL), catalogue);
        CommunitySection.compileBoards(file.get(BOARDS, Map.of()), offsetMinutes, catalogue);
        IssuerSection.compileIssuers(file.get(ISSUERS, Map.of()), catalogue);
        file.get(BRANDS, Map.of()).forEach(catalogue::brand);
        IssuerSection.compileSales(file.get(POINT_SALES, Map.of()), catalogue);
        IssuerSection.compilePrecredits(file.get(PRECREDIT, Map.of()), catalogue);
        WalletSection.compileOthers(file.get(WALLETS), offsetMinutes, catalogue);
        return catalogue.build();
    }

    private static int minutes(final String offset) {
        final int minutes = Integer.parseInt(offset.substring(1, 3)) * 60 + Integer.parseInt(offset.substring(4));
        return offset.startsWith("-") ? -minutes : minutes;
    }

    private static Long lateWindowMs(final String text, final Place at) {
        if (text.equals("unlimited")) {
            return UNLIMITED;
        }
        final long count = Long.parseLong(text.substring(0, text.length() - 1));
        final long lengthMs = count * (text.endsWith("d") ? DAY_MS : HOUR_MS);
        if (lengthMs > MAX_DAYS * DAY_MS) {
            at.error("must be at most " + MAX_DAYS + " days, or unlimited");
            return null;
        }
        return lengthMs;
    }
}
