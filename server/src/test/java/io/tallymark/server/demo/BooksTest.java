package io.tallymark.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.ResultCode;
import io.tallymark.server.program.ProgramCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Numbers worked by hand. */
class BooksTest {
    private static final long MEMBER = 1_000_001;

    private final Books books = new Books();

    @Test
    void eachOrderEarnsByTheTierThatTheOrdersBeforeItGave() {
        assertEquals(0, books.order(MEMBER, 99), "99 cents are no whole yuan");
        assertEquals("", books.account(MEMBER).tier());
        assertEquals(379, books.order(MEMBER, 379_00));
        assertEquals("normal", books.account(MEMBER).tier(), "379.99 yuan");
        assertEquals(100, books.order(MEMBER, 100_00), "the order that lifts to senior earns at 1.0");
        assertEquals("senior", books.account(MEMBER).tier());
        assertEquals(11, books.order(MEMBER, 10_90), "10.90 x 1.1 = 11.99");
        assertEquals(1_659, books.order(MEMBER, 1_509_09), "1,509.09 x 1.1 = 1,659.999");
        assertEquals(110, books.order(MEMBER, 100_00), "still senior: 1,999.98 + 100.00 comes after");
    }

    @Test
    void multipliersOfTheUpperTiersRoundDown() {
        books.order(MEMBER, 2_000_00);
        assertEquals("vip", books.account(MEMBER).tier());
        assertEquals(124, books.order(MEMBER, 99_99), "99.99 x 1.25 = 124.9875");
        books.order(MEMBER, 2_900_01);
        assertEquals("supreme", books.account(MEMBER).tier(), "exactly 5,000.00");
        assertEquals(1, books.order(MEMBER, 1_33), "1.33 x 1.5 = 1.995");
    }

    @Test
    void redeemsAllOrNothing() {
        assertEquals(ResultCode.UNKNOWN_MEMBER, books.redeem(MEMBER, 1));
        books.order(MEMBER, 300_00);
        assertEquals(ResultCode.INSUFFICIENT_POINTS, books.redeem(MEMBER, 301));
        assertEquals(ResultCode.ACCEPTED, books.redeem(MEMBER, 200));
        assertEquals(ResultCode.INSUFFICIENT_POINTS, books.redeem(MEMBER, 101));
        assertEquals(100, books.account(MEMBER).availablePoints());
        assertEquals(300, books.issuedPoints());
        assertEquals(200, books.redeemedPoints());
        assertEquals(100, books.availablePoints());
        assertNull(books.account(MEMBER + 1));
        assertEquals(1, books.members());
    }

    @Test
    void sellsOneEachWhileThereAreSome() {
        assertEquals(ResultCode.UNKNOWN_MEMBER, books.buy(MEMBER));
        books.order(MEMBER, 99_00);
        assertEquals(ResultCode.INSUFFICIENT_POINTS, books.buy(MEMBER));
        for (int i = 1; i <= 100; i++) {
            books.order(MEMBER + i, 200_00);
            assertEquals(ResultCode.ACCEPTED, books.buy(MEMBER + i));
        }
        assertEquals(ResultCode.OUT_OF_STOCK, books.buy(MEMBER), "the stock is looked at before the points");
        assertEquals(ResultCode.RULE_LIMIT_REACHED, books.buy(MEMBER + 1), "and one's own limit before the stock");
        assertEquals(ResultCode.UNKNOWN_MEMBER, books.buy(MEMBER + 101));
        assertEquals(100, books.soldItems());
        assertEquals(100 * 100, books.redeemedPoints());
        assertEquals(100, books.account(MEMBER + 100).availablePoints());
    }

    @Test
    void theProgramFileSaysTheSameTiersAndItems() throws IOException {
        final String text;
        try (InputStream in = DemoRun.class.getResourceAsStream("mima.yaml")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        final CompiledProgram program =
                ProgramCompiler.compile("mima.yaml", text).program();
        assertEquals(Books.Tier.values().length, program.tiers().size());
        for (final Books.Tier tier : Books.Tier.values()) {
            final var compiled = program.tiers().get(tier.ordinal());
            assertEquals(tier.id, compiled.id());
            assertEquals(tier.fromSpendMinor, compiled.earned().spendMinor());
            assertEquals(tier.multiplier.movePointRight(6).longValueExact(), compiled.multiplierMicros());
        }
        final var item = program.catalogue().rewards().get(0);
        assertEquals(StoryCommands.ITEM, item.id());
        assertEquals(Books.ITEMS, item.offer().stock());
        assertEquals(Books.ITEM_POINTS, item.offer().price().points());
    }
}
