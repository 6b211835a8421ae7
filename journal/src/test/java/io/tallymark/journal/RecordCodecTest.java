package io.tallymark.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.WalletBalances;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Records come back as they were written. */
final class RecordCodecTest {
    private static final VarField[] FIELDS = VarField.values();

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[4 << 20]);
    private final RecordWriter writer = new RecordWriter();
    private final RecordReader reader = new RecordReader();

    private static Command randomCommand(final Random random, final boolean large) {
        final CommandType[] types = CommandType.values();
        final Command c = new Command();
        if (large) {
            c.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
        }
        c.reset(types[random.nextInt(types.length)])
                .correlationId(random.nextLong())
                .replyTo(random.nextLong())
                .lineCount(random.nextInt(3) == 0 ? random.nextInt(1_001) : 0);
        for (final FixedField field : FixedField.values()) {
            if (random.nextInt(3) > 0) {
                final boolean isTime = Command.absent(field) != 0;
                c.set(field, isTime ? Samples.T0 + (Samples.edgy(random) >> 8) : Samples.edgy(random));
            }
        }
        for (final VarField field : FIELDS) {
            if (random.nextInt(3) == 0) {
                // Few texts, so that the numbered ones recur and their table overflows.
                final boolean big = large
                        && (field == VarField.LINES
                                || field == VarField.COMPILED_PROGRAM
                                || field == VarField.SOURCE_TEXT);
                final int length = big ? random.nextInt(40_000) : random.nextInt(12);
                final byte[] text = new byte[length];
                java.util.Arrays.fill(text, (byte) ('a' + random.nextInt(26)));
                c.put(field, new UnsafeBuffer(text), 0, length);
            }
        }
        return c;
    }

    private static Outcome randomOutcome(final Random random, final Command command) {
        final ResultCode[] codes = ResultCode.values();
        final Outcome o = new Outcome();
        o.reset();
        o.code = random.nextBoolean() ? ResultCode.ACCEPTED : codes[random.nextInt(codes.length)];
        o.points = Samples.edgy(random);
        o.basePoints = Samples.edgy(random);
        o.tierPoints = Samples.edgy(random);
        o.availablePoints = Samples.edgy(random);
        o.pendingPoints = random.nextBoolean() ? 0 : Samples.edgy(random);
        o.heldPoints = random.nextBoolean() ? 0 : Samples.edgy(random);
        o.debtPoints = random.nextBoolean() ? 0 : Samples.edgy(random);
        o.tierRank = random.nextInt(10);
        o.programVersion = random.nextBoolean() ? 0 : (int) Samples.edgy(random);
        o.campaignPoints = random.nextBoolean() ? 0 : Samples.edgy(random);
        o.clippedPoints = random.nextBoolean() ? 0 : Samples.edgy(random);
        o.bonusPoints = random.nextBoolean() ? 0 : Samples.edgy(random);
        o.addedDebtPoints = random.nextBoolean() ? 0 : Samples.edgy(random);
        o.writtenOffPoints = random.nextBoolean() ? 0 : Samples.edgy(random);
        o.valueMinor = random.nextBoolean() ? 0 : Samples.edgy(random);
        o.cashMinor = random.nextBoolean() ? 0 : Samples.edgy(random);
        o.memberId = random.nextBoolean() ? command.memberId() : Samples.edgy(random);
        final int wallets = random.nextBoolean() ? 0 : random.nextInt(WalletBalances.MAX_WALLETS + 1);
        for (int i = 0; i < wallets; i++) {
            final byte[] id = new byte[random.nextInt(4) == 0 ? Limits.MAX_TEXT_BYTES : 1 + random.nextInt(3)];
            java.util.Arrays.fill(id, (byte) ('a' + random.nextInt(3)));
            o.wallets.add(
                    id,
                    Samples.edgy(random),
                    Samples.edgy(random),
                    Samples.edgy(random),
                    Samples.edgy(random),
                    Samples.edgy(random));
        }
        o.wallets.subject(random.nextInt(wallets + 1) - 1);
        return o;
    }

    @Test
    void anyCommandAndOutcomeComeBackAsTheyWere() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            final int count = 1 + random.nextInt(60);
            final boolean large = round % 50 == 0;
            final Command[] commands = new Command[large ? 3 : count];
            final Outcome[] outcomes = new Outcome[commands.length];
            final long[] times = new long[commands.length];
            long time = Samples.T0;
            writer.begin(time);
            int at = 0;
            for (int i = 0; i < commands.length; i++) {
                commands[i] = randomCommand(random, large);
                outcomes[i] = randomOutcome(random, commands[i]);
                time += random.nextInt(5) == 0 ? random.nextInt(100_000) : 0;
                times[i] = time;
                final int end = writer.write(frame, at, commands[i], outcomes[i], time);
                assertTrue(end - at <= RecordCodec.maxBytes(commands[i], outcomes[i]), "seed " + seed);
                at = end;
            }
            reader.begin(frame, 0, at, Samples.T0);
            final Command c = new Command();
            final Outcome o = new Outcome();
            for (int i = 0; i < commands.length; i++) {
                assertNull(reader.read(c, o), "seed " + seed);
                assertTrue(Samples.same(commands[i], c), "seed " + seed);
                assertTrue(outcomes[i].sameResultAs(o), "seed " + seed + ": " + outcomes[i] + " / " + o);
                assertEquals(outcomes[i].memberId, o.memberId, "seed " + seed);
                assertEquals(times[i], reader.timeMs(), "seed " + seed);
                assertEquals(times[i], o.engineTimeMs, "seed " + seed);
            }
            assertEquals(0, reader.remaining(), "seed " + seed);
        }
    }

    @Test
    void anyBytesAreReadOrRefusedButNeverThrown() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final Command c = new Command();
        final Outcome o = new Outcome();
        for (int round = 0; round < 200_000; round++) {
            final int length = random.nextInt(40);
            for (int i = 0; i < length; i++) {
                frame.putByte(i, (byte) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(8)));
            }
            reader.begin(frame, 0, length, Samples.T0);
            if (reader.read(c, o) == null) {
                assertNotNull(o.code, "seed " + seed);
            }
        }
    }

    @Test
    void theKeyIdIsReservedAndRefusedUntilItMeansSomething() {
        frame.putByte(0, (byte) CommandType.ACCRUE.code());
        final int end = io.tallymark.protocol.Varint.put(frame, 1, RecordCodec.KEY_ID);
        reader.begin(frame, 0, end + 8, Samples.T0);
        assertEquals("a record with fields that this build does not know", reader.read(new Command(), new Outcome()));
    }

    @Test
    void everyTypeWithEveryFieldAloneComesBack() {
        for (final CommandType type : CommandType.values()) {
            for (int i = 0; i < FixedField.COUNT + VarField.COUNT; i++) {
                final Command c = new Command().reset(type);
                if (i < FixedField.COUNT) {
                    c.set(FixedField.of(i), 77);
                } else {
                    c.put(VarField.of(i - FixedField.COUNT), "field-" + i);
                }
                final Outcome o = new Outcome();
                o.reset();
                o.code = ResultCode.ACCEPTED;
                writer.begin(Samples.T0);
                // Twice: the second time some texts are numbers.
                final int half = writer.write(frame, 0, c, o, Samples.T0);
                final int end = writer.write(frame, half, c, o, Samples.T0);
                reader.begin(frame, 0, end, Samples.T0);
                final Command read = new Command();
                assertNull(reader.read(read, o));
                assertTrue(Samples.same(c, read), type + " field " + i);
                assertNull(reader.read(read, o));
                assertTrue(Samples.same(c, read), type + " field " + i + " again");
                assertEquals(0, reader.remaining());
            }
        }
    }

    private String hexOf(final Command c, final Outcome o) {
        writer.begin(Samples.T0);
        final byte[] bytes = new byte[writer.write(frame, 0, c, o, Samples.T0)];
        frame.getBytes(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** By hand: only where there are wallets do they cost anything, and a third byte of the outcome's bits. */
    @Test
    void walletsStandBehindAllElse() {
        final Command c = new Command().reset(CommandType.VOID);
        final Outcome o = new Outcome();
        o.reset();
        o.code = ResultCode.ACCEPTED;
        // Type 19, nothing of the command; bits 0 and 1: 3 points, 5 available.
        o.points = 3;
        o.basePoints = 3;
        o.availablePoints = 5;
        assertEquals("13" + "00" + "03" + "06" + "0a", hexOf(c, o));
        o.wallets.add("ab".getBytes(StandardCharsets.US_ASCII), -1, 64, 0, 1, 2);
        o.wallets.add("c".getBytes(StandardCharsets.US_ASCII), 3, 0, 0, 0, 0);
        o.wallets.subject(1);
        assertEquals(
                "13" + "00" + "838010" + "06" + "0a" + "02" + "02" + "026162" + "01" + "8001" + "00" + "02" + "04"
                        + "0163" + "06" + "00000000",
                hexOf(c, o));
        o.wallets.clear();
        assertEquals("13" + "00" + "03" + "06" + "0a", hexOf(c, o));
    }

    /** What a reader keeps of a record must not change what was read from one before it. */
    @Test
    void anOutcomeReadBeforeKeepsItsWallets() {
        final Command c = new Command().reset(CommandType.VOID);
        final Outcome[] written = new Outcome[3];
        writer.begin(Samples.T0);
        int at = 0;
        for (int i = 0; i < written.length; i++) {
            written[i] = new Outcome();
            written[i].reset();
            written[i].code = ResultCode.ACCEPTED;
            written[i].wallets.add(new byte[] {(byte) ('a' + i)}, i, 0, 0, 0, 0);
            at = writer.write(frame, at, c, written[i], Samples.T0);
        }
        reader.begin(frame, 0, at, Samples.T0);
        final Outcome[] read = {new Outcome(), new Outcome(), new Outcome()};
        for (final Outcome o : read) {
            assertNull(reader.read(c, o));
        }
        for (int i = 0; i < read.length; i++) {
            assertTrue(written[i].sameResultAs(read[i]), read[i].toString());
            assertEquals(i == 1, written[1].sameResultAs(read[i]));
        }
    }

    @Test
    void walletsThatCannotBeAreRefused() {
        for (final String wrong : new String[] {
            // none, eight, a subject beyond them, a name of 65 bytes
            "00" + "00", "08" + "00", "01" + "02" + "0161" + "0000000000", "01" + "00" + "41" + "61".repeat(65) + "0000"
        }) {
            final byte[] bytes = HexFormat.of().parseHex("13" + "00" + "808010" + wrong + "00".repeat(80));
            frame.putBytes(0, bytes);
            reader.begin(frame, 0, bytes.length, Samples.T0);
            final String why = reader.read(new Command(), new Outcome());
            assertTrue(why != null && why.startsWith("an outcome with "), wrong + ": " + why);
        }
    }

    /** Of the fields that few commands have only the brand, which orders may have, is not behind the key's id. */
    @Test
    void aBrandCostsItsNumberAndNoLongerPresence() {
        final Command c = new Command();
        final Outcome o = new Outcome();
        Samples.accrual(1, c, o);
        writer.begin(Samples.T0);
        final int first = writer.write(frame, 0, c, o, Samples.T0);
        final int plain = writer.write(frame, first, c, o, Samples.T0) - first;
        c.put(VarField.BRAND, "hotel");
        final int third = first + plain;
        final int named = writer.write(frame, third, c, o, Samples.T0);
        final int numbered = writer.write(frame, named, c, o, Samples.T0) - named;
        // The number; and the third byte of the presence, which most orders have for a store and a time of their own.
        assertEquals(2 + 1, numbered - plain);
    }

    @Test
    void theBitsOfADrawAreEightBytesWhateverTheyAre() {
        for (final long bits : new long[] {1, -1, Long.MIN_VALUE, 0x0123_4567_89AB_CDEFL}) {
            final Command c = new Command().reset(CommandType.DRAW).randomBits(bits);
            final Outcome o = new Outcome();
            o.reset();
            o.code = ResultCode.ACCEPTED;
            writer.begin(Samples.T0);
            final int end = writer.write(frame, 0, c, o, Samples.T0);
            assertEquals(1 + 6 + 8 + 1, end);
            reader.begin(frame, 0, end, Samples.T0);
            final Command read = new Command();
            assertNull(reader.read(read, o));
            assertEquals(bits, read.randomBits());
        }
    }

    @Test
    void onlyTheFirstOfASeriesCarriesItsTexts() {
        final Command c = new Command();
        final Outcome o = new Outcome();
        writer.begin(Samples.T0);
        Samples.accrual(1, c, o);
        final int first = writer.write(frame, 0, c, o, Samples.T0);
        Samples.accrual(2, c, o);
        final int second = writer.write(frame, first, c, o, Samples.T0) - first;
        assertEquals(first - second, 1 + 4 + 1 + 7);
    }
}
