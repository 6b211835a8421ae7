package io.tallymark.ledger.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tallymark.ledger.StateHash;
import java.util.Arrays;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompiledProgramTest {
    private static CompiledProgram.Builder mima() {
        return CompiledProgram.builder("mima")
                .currency("CNY")
                .utcOffsetMinutes(480)
                .enrolUnknownMembers(true)
                .baseRate(1, 100)
                .debtLimitPoints(100_000)
                .addTier("normal", 100, 1_000_000)
                .addTier("senior", 100_000, 1_200_000)
                .addTier("supreme", 500_000, 1_500_000);
    }

    private static CompiledProgram bounded() {
        return CompiledProgram.builder("v-world")
                .currency("USD")
                .utcOffsetMinutes(-330)
                .lateWindowMs(3 * CompiledProgram.DAY_MS)
                .keyDays(4)
                .baseRate(3, 7)
                .expiry(Expiry.fixed(12, 31, 1))
                .build();
    }

    private static CompiledProgram decode(final byte[] bytes) {
        return CompiledProgram.decode(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    @Test
    void comesBackFromItsBytes() {
        final CompiledProgram monthly = mima().expiry(Expiry.months(12)).build();
        for (final CompiledProgram program : new CompiledProgram[] {mima().build(), bounded(), monthly}) {
            final CompiledProgram back = decode(program.encode());
            assertEquals(program, back);
            assertEquals(program.name(), back.name());
            assertEquals(program.currency(), back.currency());
            assertEquals(program.utcOffsetMinutes(), back.utcOffsetMinutes());
            assertEquals(program.enrolUnknownMembers(), back.enrolUnknownMembers());
            assertEquals(program.lateWindowMs(), back.lateWindowMs());
            assertEquals(program.keyDays(), back.keyDays());
            assertEquals(program.ratePoints(), back.ratePoints());
            assertEquals(program.ratePerMinor(), back.ratePerMinor());
            assertEquals(program.expiry(), back.expiry());
            assertEquals(program.debtLimitPoints(), back.debtLimitPoints());
            assertEquals(program.tiers(), back.tiers());
            assertEquals(program.canonicalHash(), back.canonicalHash());
        }
        assertNotEquals(
                mima().build().canonicalHash(),
                mima().debtLimitPoints(1).build().canonicalHash());
    }

    @Test
    void sameRateInOtherTermsIsTheSameProgram() {
        assertEquals(mima().baseRate(1, 100).build(), mima().baseRate(5, 500).build());
    }

    @Test
    void refusesBytesThatAreCutChangedOrFollowedByMore() {
        final byte[] bytes = bounded().encode();
        for (int length = 0; length < bytes.length; length++) {
            final byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(InvalidProgramException.class, () -> decode(cut), "cut at " + length);
        }
        assertThrows(InvalidProgramException.class, () -> decode(Arrays.copyOf(bytes, bytes.length + 1)));
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                final byte[] changed = bytes.clone();
                changed[i] ^= (byte) (1 << bit);
                decodesToItselfOrIsRefused(changed);
            }
        }
    }

    private static void decodesToItselfOrIsRefused(final byte[] bytes) {
        final CompiledProgram program;
        try {
            program = decode(bytes);
        } catch (final InvalidProgramException refused) {
            return;
        }
        assertEquals(Arrays.toString(bytes), Arrays.toString(program.encode()));
    }

    @Test
    void namesTheFieldThatIsWrong() {
        refused("program", CompiledProgram.builder("Mima").currency("CNY").baseRate(1, 1)::build);
        refused("currency", mima().currency("cny")::build);
        refused("utcOffset", mima().utcOffsetMinutes(18 * 60 + 1)::build);
        refused("lateWindow", mima().lateWindowMs(-2)::build);
        refused("retention.keyDays", mima().keyDays(10)::build);
        refused("retention.keyDays", mima().lateWindowMs(CompiledProgram.DAY_MS).keyDays(1)::build);
        refused("retention.keyDays", mima().lateWindowMs(0).keyDays(0)::build);
        refused("earn.base.points", mima().baseRate(0, 1)::build);
        refused("earn.base.per", mima().baseRate(1, 0)::build);
        refused("wallets.points.refund.limit", mima().debtLimitPoints(-1)::build);
        refused("tiers[3].id", mima().addTier("normal", 900_000, 1)::build);
        refused("tiers[3].when.spend", mima().addTier("top", 500_000, 1_000_000)::build);
        refused("tiers[3].multiplier", mima().addTier("top", 500_001, 0)::build);
        refused("expiry.fixed", () -> Expiry.fixed(2, 30, 1));
        refused("expiry.yearsAhead", () -> Expiry.fixed(2, 28, -1));
        refused("expiry.months", () -> Expiry.months(0));
        refused("tiers", () -> {
            final CompiledProgram.Builder b = mima();
            final Consumer<Integer> add = i -> b.addTier("t" + i, 500_000L + i, 1_000_000);
            for (int i = 1; i <= 30; i++) {
                add.accept(i);
            }
            b.build();
        });
    }

    private static void refused(final String path, final org.junit.jupiter.api.function.Executable build) {
        assertEquals(path, assertThrows(InvalidProgramException.class, build).path());
    }

    @ParameterizedTest
    @CsvSource({
        // kind, a, b, c, earned, last valid day
        "fixed, 12, 31, 1, 2026-01-01, 2027-12-31",
        "fixed, 12, 31, 1, 2026-12-31, 2027-12-31",
        "fixed, 12, 31, 0, 2026-12-31, 2026-12-31",
        "fixed, 6, 30, 0, 2026-06-30, 2026-06-30",
        "fixed, 6, 30, 0, 2026-07-01, 2027-06-30",
        "fixed, 6, 30, 1, 2026-07-01, 2027-06-30",
        "fixed, 2, 29, 1, 2026-05-05, 2027-02-28",
        "fixed, 2, 29, 2, 2026-05-05, 2028-02-29",
        "months, 12, 0, 0, 2026-01-31, 2027-01-31",
        "months, 1, 0, 0, 2027-01-31, 2027-02-28",
        "months, 1, 0, 0, 2028-01-31, 2028-02-29",
        "months, 6, 0, 0, 2026-08-15, 2027-02-28",
    })
    void pointsAreValidThroughTheirLastDay(
            final String kind,
            final int a,
            final int b,
            final int c,
            final java.time.LocalDate earned,
            final java.time.LocalDate last) {
        final Expiry expiry = "fixed".equals(kind) ? Expiry.fixed(a, b, c) : Expiry.months(a);
        assertEquals(last.toEpochDay() + 1, expiry.expiryDay(earned.toEpochDay()));
        assertEquals(Expiry.NEVER_DAY, Expiry.never().expiryDay(earned.toEpochDay()));
    }

    @Test
    void hashesReadAsHex() {
        final StateHash hash = new StateHash(0x0123456789abcdefL, -2);
        assertEquals("0123456789abcdeffffffffffffffffe", hash.toHex());
        assertEquals(hash, StateHash.ofHex(hash.toHex()));
    }
}
