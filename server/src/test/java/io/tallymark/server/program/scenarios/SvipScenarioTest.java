package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.Test;

/** An invitation tier: 20,000 chosen by head office, never applied for; bank cards without a purchase. */
final class SvipScenarioTest {
    private static final long ANNA = 1;
    private static final int CHOSEN = 20_000;

    private final Scenario chain = Scenario.of("svip", "2026-04-01T09:00+08:00");

    private Step invite(final long member) {
        return chain.step(CommandType.GRANT_TIER)
                .member(member)
                .rule("svip")
                .way("invited")
                .because("chosen by head office");
    }

    @Test
    void twentyThousandAreChosen() {
        for (long member = 1; member <= CHOSEN + 10; member++) {
            chain.step(CommandType.ENROL).member(member).accepted();
        }
        for (long member = 1; member <= CHOSEN; member++) {
            assertEquals(
                    "svip", Scenario.tier(invite(member).reference("list-2026").accepted()));
        }
        chain.tier(CHOSEN, "svip").tier(CHOSEN + 1, "member");
        // Twelve months after April 2026, to month end: a whole list falls due, and nobody has to run anything.
        chain.at("2027-04-30T23:59:59.999+08:00").tier(1, "svip").tier(CHOSEN, "svip");
        chain.at("2027-05-01T00:00+08:00").tier(1, "member").tier(CHOSEN, "member");
    }

    @Test
    void nothingElseLeadsThere() {
        chain.accrue(ANNA, "9999999.00").gives(9_999_999);
        chain.tier(ANNA, "member");
        for (final String way : new String[] {"paid", "earned"}) {
            chain.step(CommandType.GRANT_TIER)
                    .member(ANNA)
                    .rule("svip")
                    .way(way)
                    .refused(ResultCode.NOT_OFFERED);
        }
        final Outcome progress =
                chain.ask(chain.step(CommandType.QUERY_PROGRESS).member(ANNA));
        // The missing spend of a tier that cannot be earned.
        assertEquals("member 0; svip -1", Scenario.rows(progress, 2));
        invite(ANNA).accepted();
        chain.accrue(ANNA, "100.00").gives(200);
    }

    @Test
    void whatTheInvitedHave() {
        chain.step(CommandType.ENROL).member(ANNA).accepted();
        chain.accrue(ANNA, "3000.00").gives(3_000);
        final Step visit = chain.step(CommandType.REDEEM).member(ANNA).rule("factory-visit");
        visit.refused(ResultCode.TIER_REQUIRED);
        assertEquals("", chain.benefits(ANNA));
        invite(ANNA).accepted();
        assertEquals("home-service 4 4 0; personal-adviser -1 -1 0; price -1 -1 120000", chain.benefits(ANNA));
        for (int i = 1; i <= 4; i++) {
            home("h" + i).accepted();
        }
        home("h5").refused(ResultCode.RULE_LIMIT_REACHED);
        chain.step(CommandType.RETURN_USE).about("h4").accepted();
        home("h6").accepted();
        chain.step(CommandType.REDEEM).member(ANNA).rule("factory-visit").gives(-1_000);
        chain.step(CommandType.REDEEM).member(ANNA).rule("factory-visit").refused(ResultCode.RULE_LIMIT_REACHED);
        assertEquals("factory-visit 40 39 1 0", chain.stock("factory-visit"));
        // A new year, and then an invitation that is taken back.
        chain.at("2027-01-01T00:00+08:00");
        home("h7").accepted();
        chain.step(CommandType.REVOKE_TIER)
                .member(ANNA)
                .rule("svip")
                .way("invited")
                .accepted();
        home("h8").refused(ResultCode.NOT_OFFERED);
        chain.has(ANNA, 2_000);
    }

    private Step home(final String document) {
        return chain.step(CommandType.USE_BENEFIT, document).member(ANNA).rule("home-service");
    }

    @Test
    void aBankCardMakesAMemberWithoutAPurchase() {
        final Step card =
                chain.step(CommandType.ACTIVITY).identity("bank", "6222-0001").rule("co-brand-card");
        final Outcome o = card.gives(500);
        assertEquals("1 500 member", o.memberId + " " + o.availablePoints + " " + Scenario.tier(o));
        chain.step(CommandType.ACTIVITY)
                .identity("bank", "6222-0001")
                .rule("co-brand-card")
                .refused(ResultCode.RULE_LIMIT_REACHED);
        assertEquals(0, chain.member(1).lifetimeSpendMinor);
    }
}
