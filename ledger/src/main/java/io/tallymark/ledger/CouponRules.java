package io.tallymark.ledger;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Draw;
import io.tallymark.ledger.program.Reward;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The coupons of one program version: what they are, and what grants them. Immutable. */
final class CouponRules {
    private final List<Coupon> listed;
    private final Map<String, Coupon> byId;
    private final RuleNumbers numbers;

    /** By stable number: the place in the list; negative: this version does not list it. */
    private final int[] places;

    private final EarnCondition[] when;
    private final CouponGrants[] own;
    private final UsageLimit[] limits;
    private final CouponGrants[] ofCampaigns;
    private final CouponGrants[] ofRewards;
    private final CouponGrants[][] ofPrizes;

    CouponRules(final CompiledProgram program, final RuleNumbers numbers) {
        this.numbers = numbers;
        listed = program.catalogue().coupons();
        byId = listed.stream().collect(Collectors.toMap(Coupon::id, Function.identity()));
        final int[] stable =
                listed.stream().map(Coupon::id).mapToInt(numbers::open).toArray();
        places = new int[numbers.count()];
        Arrays.fill(places, -1);
        when = new EarnCondition[stable.length];
        own = new CouponGrants[stable.length];
        limits = new UsageLimit[stable.length];
        for (int i = 0; i < stable.length; i++) {
            places[stable[i]] = i;
            when[i] = new EarnCondition(listed.get(i).when(), program);
            limits[i] = new UsageLimit(listed.get(i).limit(), MemberUsage.COUPON, stable[i]);
            own[i] = grants(List.of(new CouponGrant(listed.get(i).id(), 0, 0)));
        }
        ofCampaigns = program.campaigns().stream()
                .map(Campaign::grants)
                .map(this::grants)
                .toArray(CouponGrants[]::new);
        ofRewards = program.catalogue().rewards().stream()
                .map(Reward::grants)
                .map(this::grants)
                .toArray(CouponGrants[]::new);
        ofPrizes = program.catalogue().draws().stream()
                .map(draw -> draw.prizes().stream().map(this::ofPrize).toArray(CouponGrants[]::new))
                .toArray(CouponGrants[][]::new);
    }

    /** What a list of grants of this version comes to. */
    CouponGrants grants(final List<CouponGrant> grants) {
        return grants.isEmpty() ? CouponGrants.NONE : new CouponGrants(grants, byId, numbers);
    }

    /** The place of a coupon in this version's list; negative: it is not listed. */
    int place(final int number) {
        return number >= 0 && number < places.length ? places[number] : -1;
    }

    /** How many a member may be granted by command. */
    UsageLimit limit(final int place) {
        return limits[place];
    }

    /** What it is worth, for people; 0: not said. */
    long valueMinor(final int place) {
        return listed.get(place).valueMinor();
    }

    /** Under which condition it can be used. */
    EarnCondition when(final int place) {
        return when[place];
    }

    /** One of this coupon, as a command grants it. */
    CouponGrants own(final int place) {
        return own[place];
    }

    /** What the campaign at a place in the version's list grants. */
    CouponGrants ofCampaign(final int place) {
        return ofCampaigns[place];
    }

    /** What the reward at a place in the version's list brings. */
    CouponGrants ofReward(final int place) {
        return ofRewards[place];
    }

    /** What a prize of the draw at a place in the version's list is. */
    CouponGrants ofPrize(final int draw, final int prize) {
        return ofPrizes[draw][prize];
    }

    private CouponGrants ofPrize(final Draw.Prize prize) {
        return prize.kind() == Draw.Kind.COUPON
                ? grants(List.of(new CouponGrant(prize.rule(), 0, 0)))
                : CouponGrants.NONE;
    }
}
