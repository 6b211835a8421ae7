package io.tallymark.server.program;

import static io.tallymark.ledger.program.CompiledProgram.MAX_MULTIPLIER_MICROS;
import static io.tallymark.ledger.program.CompiledProgram.ONE_MICROS;
import static io.tallymark.ledger.program.CompiledProgram.UNLIMITED;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.Condition;

/** {@code earn.campaigns}: rules that add to what orders earn. */
final class CampaignSection {
    private static final long DEFAULT_PRIORITY = 100;
    private static final String NO_CAP = "no cap";

    private static final Key<String> ID =
            Key.required("id", Values.id(), "Stays the same from version to version: budget and caps are kept by it.");
    private static final Key<Long> PRIORITY =
            Key.optional("priority", Values.whole(0, 1_000_000), "100", "Lower ones run first, equal ones by id.");
    private static final Key<Campaign.Mode> MODE = Key.optional(
            "mode",
            Values.constant(Campaign.Mode.values(), "add", "multiply"),
            "add",
            "Whether the multiplier is of the lines' base, or of all that came before.");
    private static final Key<Long> MULTIPLIER = Key.optional(
            "multiplier",
            Values.multiplier(ONE_MICROS + 1, MAX_MULTIPLIER_MICROS),
            "",
            "N times points: it adds N − 1 times.");
    private static final Key<Long> BONUS_POINTS = Key.required("points", Values.points(), "Fixed points.");
    private static final Key<Boolean> PER_UNIT = Key.optional(
            "perUnit", Values.truth(), "false", "Whether each unit of the lines has them, else the order once.");
    private static final Key<Fields> BONUS = Key.optional(
            "bonus",
            new Section("bonus", "Fixed points of a campaign.", BONUS_POINTS, PER_UNIT),
            "",
            "Fixed points in place of a multiplier.");
    private static final Key<String> EXCLUSIVE =
            Key.optional("exclusive", Values.id(), "none", "A group of campaigns of which only the largest applies.");
    private static final Key<Fields> WHEN =
            Key.optional("when", ConditionSection.SECTION, "always", "Which orders and lines it is for.");
    private static final Key<Long> ORDER_CAP =
            Key.optional("order", Values.points(), NO_CAP, "Most points of one order.");
    private static final Key<Long> MEMBER_CAP =
            Key.optional("member", Values.points(), NO_CAP, "Most points of one member.");
    private static final Key<Long> MEMBER_DAY_CAP =
            Key.optional("memberDay", Values.points(), NO_CAP, "Most points of one member and day.");
    private static final Key<Fields> CAPS = Key.optional(
            "caps",
            new Section("campaignCaps", "Caps of one campaign.", ORDER_CAP, MEMBER_CAP, MEMBER_DAY_CAP),
            "no caps",
            "Most points that it grants to one.");
    private static final Key<Long> BUDGET =
            Key.optional("budget", Values.points(), "unlimited", "Most points that it grants to all members together.");

    static final Section SECTION = new Section(
                    "campaign",
                    "A rule that adds to what orders earn: a multiplier, or a bonus, or coupons, or both.",
                    ID,
                    PRIORITY,
                    MODE,
                    MULTIPLIER,
                    BONUS,
                    EXCLUSIVE,
                    WHEN,
                    CAPS,
                    BUDGET,
                    CouponSection.GRANTS)
            .rule(Rule.someOf("multiplier", "bonus", "grants"))
            .rule(Rule.excludes("bonus", "multiplier"))
            .rule(Rule.needs("mode", "multiplier"));

    /** Stands for what is no campaign at all, so that those behind it keep their places. */
    static final Campaign PLACEHOLDER = new Campaign(
            "",
            0,
            Campaign.Mode.ADD,
            ONE_MICROS + 1,
            0,
            false,
            "",
            Condition.ALWAYS,
            UNLIMITED,
            UNLIMITED,
            UNLIMITED,
            UNLIMITED);

    private CampaignSection() {}

    /** The campaign; what is wrong in it has a sound value. */
    static Campaign compile(final Fields campaign, final int offsetMinutes) {
        final Fields bonus = campaign.get(BONUS);
        final Fields caps = campaign.get(CAPS);
        final boolean fixed = !campaign.has(MULTIPLIER);
        final long bonusPoints = bonus == null ? 1 : bonus.get(BONUS_POINTS, 1L);
        return new Campaign(
                campaign.get(ID, ""),
                campaign.get(PRIORITY, DEFAULT_PRIORITY).intValue(),
                fixed ? Campaign.Mode.BONUS : campaign.get(MODE, Campaign.Mode.ADD),
                fixed ? 0 : campaign.get(MULTIPLIER, ONE_MICROS + 1),
                fixed && campaign.has(BONUS) ? bonusPoints : 0,
                fixed && bonus != null && bonus.get(PER_UNIT, false),
                campaign.get(EXCLUSIVE, ""),
                ConditionSection.compile(campaign.get(WHEN), offsetMinutes),
                cap(caps, ORDER_CAP),
                cap(caps, MEMBER_CAP),
                cap(caps, MEMBER_DAY_CAP),
                campaign.get(BUDGET, UNLIMITED),
                CouponSection.grants(campaign));
    }

    private static long cap(final Fields caps, final Key<Long> key) {
        return caps == null ? UNLIMITED : caps.get(key, UNLIMITED);
    }
}
