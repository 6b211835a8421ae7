package io.tallymark.server.program.scenarios;

import static io.tallymark.server.program.scenarios.Scenario.moved;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The coffee shop of docs/programs.md: points, growth value that tiers count, stars that buy lattes. */
final class WalletsScenarioTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("tallymark.root"), "docs", "programs.md");
    private static final long ANNA = 1;
    private static final long BEN = 2;

    private Scenario cafe;

    @BeforeEach
    void open() throws IOException {
        final String page = Files.readString(DOCUMENT);
        final int from = page.indexOf("program: star-cafe");
        cafe = Scenario.ofText(page.substring(from, page.indexOf("```", from)), "2026-03-05T10:00+08:00");
    }

    /** ¥120 of drinks and ¥80 of food in the week of the opening, when points are doubled: 40, growth 200, stars 6. */
    private void firstOrder() {
        final Outcome o = cafe.accrue("o1", "200.00")
                .member(ANNA)
                .article(1, 4, "120.00", "latte", "drinks")
                .article(2, 2, "80.00", "cake", "food")
                .gives(40);
        assertEquals("growth 200; stars 6", moved(o));
    }

    private Outcome drinks(final long member, final String amount, final long points) {
        return cafe.accrue(member, amount)
                .article(1, 1, amount, "latte", "drinks")
                .gives(points);
    }

    private Step latte(final CommandType type) {
        return cafe.step(type).member(ANNA).rule("latte");
    }

    @Test
    void eachWalletEarnsSpendsAndIsClawedByItself() {
        firstOrder();
        cafe.tier(ANNA, "green");
        cafe.at("2026-03-10T10:00+08:00");
        // 7.5 stars are 7; growth 350 is gold.
        assertEquals("growth 150; stars 7", moved(drinks(ANNA, "150.00", 15)));
        cafe.tier(ANNA, "gold");
        // Twice 5 points, twice 2.5 stars; growth knows no tier.
        assertEquals("growth 50; stars 5", moved(drinks(ANNA, "50.00", 10)));
        cafe.has(ANNA, 65);
        assertEquals("growth 400 0 0 0; stars 18 0 0 0", cafe.furtherPoints(ANNA));
        assertEquals(400, cafe.member(ANNA).lifetimePoints);

        assertEquals("growth 0; stars -10*", moved(latte(CommandType.REDEEM).gives(-10)));
        assertEquals(
                "growth 0; stars -6*",
                moved(cafe.redeem(ANNA, 6).wallet("stars").gives(-6)));
        assertEquals(
                "growth 0; stars 0",
                moved(cafe.step(CommandType.REDEEM).member(ANNA).rule("mug").gives(-30)));
        cafe.redeem(ANNA, 30).gives(-30);
        cafe.redeem(ANNA, 1).wallet("growth").refused(ResultCode.NOT_OFFERED);
        cafe.redeem(ANNA, 1).wallet("moons").refused(ResultCode.NOT_OFFERED);
        cafe.redeem(ANNA, 3).wallet("stars").refused(ResultCode.INSUFFICIENT_POINTS);
        cafe.has(ANNA, 5);
        assertEquals("growth 400 0 0 0; stars 2 0 0 0", cafe.furtherPoints(ANNA));

        // 40 points are asked back of 5, 6 stars of 2, 200 growth of 400.
        final Outcome refund = cafe.refund("o1").gives(-40);
        assertEquals("0 35", refund.addedDebtPoints + " " + refund.writtenOffPoints);
        assertEquals("growth -200; stars -6", moved(refund));
        cafe.has(ANNA, 0).tier(ANNA, "green");
        assertEquals("growth 200 0 0 0; stars 0 0 0 4", cafe.furtherPoints(ANNA));
        assertEquals(200, cafe.member(ANNA).lifetimePoints);

        // Who owes stars gets no latte, and a mug all the same.
        latte(CommandType.REDEEM).refused(ResultCode.IN_DEBT);
        cafe.step(CommandType.ADJUST)
                .member(ANNA)
                .points(30)
                .because("goodwill")
                .gives(30);
        cafe.step(CommandType.REDEEM).member(ANNA).rule("mug").gives(-30);
        // 15 stars, of which 4 were owed.
        assertEquals("growth 300; stars 15", moved(drinks(ANNA, "300.00", 30)));
        assertEquals("growth 500 0 0 0; stars 11 0 0 0", cafe.furtherPoints(ANNA));
        latte(CommandType.REDEEM).gives(-10);
        cafe.has(ANNA, 30).tier(ANNA, "gold");
    }

    @Test
    void aRefundOfALineTakesWhatTheLineEarned() {
        firstOrder();
        // The cake earned no stars. ¥120 are left: 12 points, doubled.
        assertEquals("growth -80; stars 0", moved(cafe.refund("o1").units(2, 2).gives(-16)));
        // One latte of four: ¥90 are 4.5 stars.
        assertEquals("growth -30; stars -2", moved(cafe.refund("o1").units(1, 1).gives(-6)));
        assertEquals("growth -90; stars -4", moved(cafe.refund("o1").gives(-18)));
        cafe.has(ANNA, 0);
        assertEquals("growth 0 0 0 0; stars 0 0 0 0", cafe.furtherPoints(ANNA));
    }

    @Test
    void starsExpireByThemselves() {
        firstOrder();
        cafe.at("2026-04-10T10:00+08:00");
        final Outcome bought =
                cafe.step(CommandType.ACTIVITY).member(ANNA).rule("five-stars").gives(5, "10.00");
        assertEquals("growth 0; stars 5*", moved(bought));
        cafe.at("2026-06-30T23:59:59.999+08:00");
        assertEquals("growth 200 0 0 0; stars 11 0 0 0", cafe.furtherPoints(ANNA));
        latte(CommandType.HOLD).gives(-10);
        assertEquals("growth 200 0 0 0; stars 1 0 10 0", cafe.furtherPoints(ANNA));
        // March's are gone, 6 of them when the hold gives them back; April's live through July.
        cafe.at("2026-07-01T00:00+08:00");
        assertEquals("growth 200 0 0 0; stars 1 0 10 0", cafe.furtherPoints(ANNA));
        cafe.at("2026-07-02T00:00+08:00");
        assertEquals("growth 200 0 0 0; stars 5 0 0 0", cafe.furtherPoints(ANNA));
        cafe.at("2026-08-01T00:00+08:00");
        assertEquals("growth 200 0 0 0; stars 0 0 0 0", cafe.furtherPoints(ANNA));
        // Two years for points, for ever for growth.
        cafe.has(ANNA, 40);
        cafe.at("2028-04-01T00:00+08:00").has(ANNA, 0);
        assertEquals("growth 200 0 0 0; stars 0 0 0 0", cafe.furtherPoints(ANNA));
    }

    @Test
    void aHeldLatteIsTakenGivenUpOrGivenBackInStars() {
        drinks(ANNA, "200.00", 40);
        cafe.step(CommandType.HOLD, "h1").member(ANNA).rule("latte").gives(-10);
        latte(CommandType.HOLD).refused(ResultCode.INSUFFICIENT_POINTS);
        assertEquals(
                "growth 0; stars 10*",
                moved(cafe.step(CommandType.VOID).about("h1").gives(10)));
        cafe.step(CommandType.HOLD, "h2").member(ANNA).rule("latte").gives(-10);
        cafe.step(CommandType.CAPTURE, "c2").about("h2").gives(-10);
        assertEquals("growth 200 0 0 0; stars 0 0 0 0", cafe.furtherPoints(ANNA));
        cafe.step(CommandType.REVERSE).about("c2").gives(10);
        assertEquals("growth 200 0 0 0; stars 10 0 0 0", cafe.furtherPoints(ANNA));
        cafe.has(ANNA, 40);
    }

    @Test
    void whatNamesAWalletFillsIt() {
        // The card's stars wait for the first order.
        cafe.step(CommandType.ACTIVITY).member(BEN).rule("card-2026").gives(3);
        assertEquals("growth 0 0 0 0; stars 0 3 0 0", cafe.furtherPoints(BEN));
        assertEquals(
                "growth 5*; stars 0",
                moved(cafe.step(CommandType.ACTIVITY)
                        .member(BEN)
                        .rule("sign-in")
                        .gives(5)));
        cafe.step(CommandType.ACTIVITY).member(BEN).rule("survey").gives(2);
        assertEquals("growth 5 0 0 0; stars 2 3 0 0", cafe.furtherPoints(BEN));
        assertEquals(5, cafe.member(BEN).lifetimePoints);
        // ¥290 of food: 29 points, doubled, growth 295.
        cafe.accrue(BEN, "290.00").article(1, 1, "290.00", "cake", "food").gives(58);
        assertEquals("growth 295 0 0 0; stars 5 0 0 0", cafe.furtherPoints(BEN));
        cafe.tier(BEN, "green").at("2026-03-06T10:00+08:00");
        cafe.step(CommandType.ACTIVITY).member(BEN).rule("sign-in").gives(5);
        cafe.tier(BEN, "gold");
        // The wheel costs 2 and gives 5, in stars.
        assertEquals("growth 0; stars 3*", moved(wheel(249_999).gives(3)));
        assertEquals("growth 0; stars -2*", moved(wheel(250_000).gives(-2)));
        cafe.has(BEN, 58);
        assertEquals("growth 300 0 0 0; stars 6 0 0 0", cafe.furtherPoints(BEN));
    }

    private Step wheel(final int millionths) {
        return cafe.step(CommandType.DRAW).member(BEN).rule("wheel").luck(millionths);
    }
}
