package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Joyoung: a challenge ranked by friends who registered, not by what they bought; prizes by rank. */
final class JoyoungScenarioTest {
    private static final long ANNA = 1;
    private static final long BEN = 2;
    private static final long CLARA = 3;

    private Scenario club;
    private long friends = 100;

    @BeforeEach
    void open() {
        club = Scenario.of("joyoung", "2026-07-31T12:00+08:00");
        for (final long member : new long[] {ANNA, BEN, CLARA}) {
            club.step(CommandType.ENROL).member(member).accepted();
        }
    }

    private Step friendOf(final long referrer) {
        return club.step(CommandType.ENROL).member(++friends).referrer(referrer);
    }

    private void friendsOf(final long referrer, final int count) {
        for (int i = 0; i < count; i++) {
            friendOf(referrer).accepted();
        }
    }

    @Test
    void friendsWhoRegisterCountNotWhatTheyBuy() {
        friendOf(ANNA).accepted();
        club.at("2026-08-01T00:00+08:00");
        friendsOf(ANNA, 2);
        friendsOf(BEN, 3);
        friendOf(CLARA).accepted();
        // Clara's friend buys for 5,000: that is Clara's friend's affair.
        club.accrue(friends, "5000.00").gives(5_000);
        assertEquals("1 2 3; 2 1 2; 3 3 1", club.board("challenge"));
        // Anna draws level: who had the score first is ahead.
        friendOf(ANNA).accepted();
        assertEquals("1 2 3; 2 1 3; 3 3 1", club.board("challenge"));
        friendOf(ANNA).accepted();
        assertEquals("1 1 4; 2 2 3; 3 3 1", club.board("challenge"));
    }

    @Test
    void tenPointsAFriendFiveFriendsADay() {
        club.at("2026-08-01T08:00+08:00");
        friendsOf(ANNA, 7);
        // Seven count, five are paid.
        club.has(ANNA, 50);
        assertEquals("1 1 7", club.board("challenge"));
        club.at("2026-08-02T00:00+08:00");
        friendOf(ANNA).accepted();
        club.has(ANNA, 60);
        // A referrer is named at the registration or never, and is somebody else who is known.
        friendOf(4_711).refused(ResultCode.UNKNOWN_MEMBER);
        club.step(CommandType.ENROL).member(9_000).referrer(9_000).refused(ResultCode.UNKNOWN_MEMBER);
        club.step(CommandType.ENROL).member(BEN).referrer(ANNA).refused(ResultCode.MEMBER_EXISTS);
        assertEquals("1 1 8", club.board("challenge"));
    }

    @Test
    void prizesGoByRankWhenItIsSettled() {
        club.at("2026-08-10T23:59:59.999+08:00");
        friendsOf(BEN, 2);
        friendOf(ANNA).accepted();
        club.at("2026-08-11T00:00+08:00");
        friendsOf(ANNA, 2);
        club.at("2026-08-13T00:00+08:00");
        assertEquals("1 2 2; 2 1 1", club.board("challenge"));
        prize(BEN, "soymilk-maker").accepted();
        prize(ANNA, "fifty-off").accepted();
        assertEquals("soymilk-maker 2026-10-12 1/1", club.coupons(BEN));
        club.step(CommandType.USE_COUPON).member(BEN).rule("soymilk-maker").accepted();
        assertEquals("soymilk-maker 1 1 0 0 0 0", club.funnel("soymilk-maker"));
    }

    private Step prize(final long member, final String coupon) {
        return club.step(CommandType.GRANT_COUPON)
                .member(member)
                .rule(coupon)
                .because("rank of the challenge")
                .reference("challenge");
    }

    @Test
    void whoMergesBringsTheFriendsAlong() {
        club.at("2026-08-01T08:00+08:00");
        friendsOf(BEN, 2);
        friendOf(ANNA).accepted();
        club.step(CommandType.MERGE).member(BEN).into(ANNA).accepted();
        assertEquals("1 1 3", club.board("challenge"));
        // A friend who still names Ben is Anna's.
        friendOf(BEN).accepted();
        assertEquals("1 1 4", club.board("challenge"));
        club.has(ANNA, 40);
    }
}
