package io.tallymark.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.sbe.CommandReplyDecoder;
import io.tallymark.protocol.sbe.MessageHeaderDecoder;
import io.tallymark.protocol.sbe.ProgramsReplyDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ReplyCodecTest {
    private static final int AT = 12;

    private final ReplyEncoder encoder = new ReplyEncoder();
    private final ReplyDecoder decoder = new ReplyDecoder();
    private final Reply reply = new Reply();
    private final UnsafeBuffer wire = new UnsafeBuffer(new byte[Limits.MAX_FRAME_BYTES]);

    private static Outcome outcome() {
        final Outcome o = new Outcome();
        o.reset();
        o.code = ResultCode.INSUFFICIENT_POINTS;
        o.sequence = 11;
        o.asOfSequence = 12;
        o.engineTimeMs = 13;
        o.points = -14;
        o.basePoints = 15;
        o.tierPoints = 16;
        o.availablePoints = 17;
        o.pendingPoints = 18;
        o.heldPoints = 19;
        o.debtPoints = 20;
        o.programVersion = 65_000;
        o.replayed = true;
        o.tierId = "金卡".getBytes(StandardCharsets.UTF_8);
        o.lifetimeSpendMinor = 21;
        o.lifetimePoints = 22;
        o.lifetimeVisits = 23;
        return o;
    }

    @Test
    void anOutcomeComesBackWhole() {
        final int length = encoder.encodeOutcome(Commands.accrue("d"), outcome(), Durability.FSYNC, wire, AT);
        decoder.decode(wire, AT, length, reply);
        assertEquals(Reply.Kind.COMMAND, reply.kind);
        assertEquals(7, reply.correlationId);
        assertEquals(ResultCode.INSUFFICIENT_POINTS, reply.code);
        assertEquals(
                List.of(11L, 12L, 13L, -14L, 15L, 16L, 17L, 18L, 19L, 20L),
                List.of(
                        reply.sequence,
                        reply.asOfSequence,
                        reply.engineTimeMs,
                        reply.points,
                        reply.basePoints,
                        reply.tierPoints,
                        reply.availablePoints,
                        reply.pendingPoints,
                        reply.heldPoints,
                        reply.debtPoints));
        assertEquals(65_000, reply.programVersion);
        assertTrue(reply.replayed);
        assertEquals(Durability.FSYNC, reply.durability);
        assertEquals("金卡", reply.tier());

        final CommandReplyDecoder generated =
                new CommandReplyDecoder().wrapAndApplyHeader(wire, AT, new MessageHeaderDecoder());
        assertEquals(390, generated.code());
        assertEquals(-14, generated.points());
        assertTrue(generated.flags().replayed());
        assertEquals(0, generated.rows().count());
        assertEquals(0, generated.wallets().count());
        assertEquals("金卡", generated.tier());
    }

    @Test
    void rowsComeBackWholeAndTheShortReplyAfterTheLongOneHasNone() {
        final Outcome o = outcome();
        o.memberId = 31;
        o.campaignPoints = 32;
        o.clippedPoints = 33;
        o.bonusPoints = -34;
        o.addedDebtPoints = 35;
        o.writtenOffPoints = 36;
        o.valueMinor = 37;
        o.cashMinor = -38;
        o.rows.begin(RowKind.SHARES);
        o.rows.add("双十一".getBytes(StandardCharsets.UTF_8), 1, -2, 3, 4, 5, 6);
        o.rows.add(null, Long.MAX_VALUE, Long.MIN_VALUE, 0, 0, 0, 0);
        final int length = encoder.encodeOutcome(Commands.accrue("d"), o, Durability.FSYNC, wire, AT);
        decoder.decode(wire, AT, length, reply);
        assertEquals(
                List.of(31L, 32L, 33L, -34L, 35L, 36L, 37L, -38L),
                List.of(
                        reply.memberId,
                        reply.campaignPoints,
                        reply.clippedPoints,
                        reply.bonusPoints,
                        reply.addedDebtPoints,
                        reply.writtenOffPoints,
                        reply.valueMinor,
                        reply.cashMinor));
        assertEquals(RowKind.SHARES, reply.rows.kind());
        assertEquals(2, reply.rows.count());
        assertEquals("双十一", reply.rows.text(0));
        assertEquals("", reply.rows.text(1));
        assertEquals(List.of(1L, -2L, 3L, 4L, 5L, 6L), values(0));
        assertEquals(List.of(Long.MAX_VALUE, Long.MIN_VALUE, 0L, 0L, 0L, 0L), values(1));
        assertEquals(false, reply.rows.isCut());
        assertEquals("金卡", reply.tier());
        final CommandReplyDecoder.RowsDecoder generated = new CommandReplyDecoder()
                .wrapAndApplyHeader(wire, AT, new MessageHeaderDecoder())
                .rows()
                .next();
        assertEquals(-2, generated.second());
        assertEquals(6, generated.sixth());
        assertEquals("双十一", generated.text());

        decoder.decode(
                wire, AT, encoder.encodeOutcome(Commands.accrue("d"), outcome(), Durability.FSYNC, wire, AT), reply);
        assertEquals(0, reply.rows.count());
        assertEquals(RowKind.NONE, reply.rows.kind());
    }

    private static void wallets(final Outcome o, final int count, final int subject) {
        for (int i = 0; i < count; i++) {
            final byte[] id = (i + "-wallet").getBytes(StandardCharsets.UTF_8);
            o.wallets.add(id, -i - 1, 10 + i, 20 + i, 30 + i, i == 6 ? Long.MIN_VALUE : 40 + i);
        }
        o.wallets.subject(subject);
    }

    private void assertWallets(final int count, final int subject) {
        assertEquals(count, reply.wallets.count());
        assertEquals(subject, reply.wallets.subject());
        for (int i = 0; i < count; i++) {
            assertEquals(i + "-wallet", reply.wallets.id(i));
            assertEquals(8, reply.wallets.idLength(i));
            assertEquals('-', reply.wallets.idByte(i, 1));
            assertEquals(
                    List.of(-i - 1L, 10L + i, 20L + i, 30L + i, i == 6 ? Long.MIN_VALUE : 40L + i),
                    List.of(
                            reply.wallets.movedPoints(i),
                            reply.wallets.availablePoints(i),
                            reply.wallets.pendingPoints(i),
                            reply.wallets.heldPoints(i),
                            reply.wallets.debtPoints(i)));
        }
    }

    @Test
    void walletsComeBackWholeInBothRepliesThatHaveThem() {
        final Command query =
                new Command().reset(CommandType.QUERY_MEMBER).correlationId(3).memberId(99);
        // The long one first: what is decoded after it must not keep anything of it.
        for (final int[] counts : new int[][] {{7, 6}, {0, -1}, {1, 0}, {7, -1}, {1, -1}, {0, -1}}) {
            for (final Command command : new Command[] {Commands.accrue("d"), query}) {
                final Outcome o = outcome();
                o.rows.begin(RowKind.SHARES);
                o.rows.add("c".getBytes(StandardCharsets.UTF_8), 1, 2, 3, 4, 5, 6);
                wallets(o, counts[0], counts[1]);
                final int length = encoder.encodeOutcome(command, o, Durability.FSYNC, wire, AT);
                decoder.decode(wire, AT, length, reply);
                assertWallets(counts[0], counts[1]);
                assertEquals("金卡", reply.tier());
            }
        }
        decoder.decode(wire, AT, encoder.encodeError(5, ResultCode.BUSY, 20, "", wire, AT), reply);
        assertEquals(0, reply.wallets.count());
    }

    @Test
    void theGeneratedCodecReadsTheSameWallets() {
        final Outcome o = outcome();
        wallets(o, 2, 1);
        encoder.encodeOutcome(Commands.accrue("d"), o, Durability.FSYNC, wire, AT);
        final CommandReplyDecoder generated =
                new CommandReplyDecoder().wrapAndApplyHeader(wire, AT, new MessageHeaderDecoder());
        assertEquals(0, generated.rows().count());
        final CommandReplyDecoder.WalletsDecoder first = generated.wallets().next();
        assertEquals(
                List.of(-1L, 10L, 20L, 30L, 40L, 0L),
                List.of(
                        first.movedPoints(),
                        first.availablePoints(),
                        first.pendingPoints(),
                        first.heldPoints(),
                        first.debtPoints(),
                        (long) first.subject()));
        assertEquals("0-wallet", first.wallet());
        final CommandReplyDecoder.WalletsDecoder second = first.next();
        assertEquals(1, second.subject());
        assertEquals("1-wallet", second.wallet());
        assertEquals("金卡", generated.tier());
    }

    private List<Long> values(final int row) {
        final List<Long> values = new ArrayList<>();
        for (int column = 0; column < Rows.COLUMNS; column++) {
            values.add(reply.rows.value(row, column));
        }
        return values;
    }

    @Test
    void theFullestReplyKeepsToItsBoundAndSaysWhatItLeftOut() {
        for (final CommandType type : CommandType.values()) {
            final Outcome o = outcome();
            o.tierId = new byte[64];
            o.rows.begin(RowKind.HOLDS);
            for (int i = 0; i < 1_100; i++) {
                o.rows.add("é".repeat(80).getBytes(StandardCharsets.UTF_8), i, 0, 0, 0, 0, 0);
            }
            for (int i = 0; i < WalletBalances.MAX_WALLETS; i++) {
                o.wallets.add(new byte[Limits.MAX_TEXT_BYTES], i, 0, 0, 0, 0);
            }
            final Command command = new Command().reset(type).correlationId(1);
            final int length = encoder.encodeOutcome(command, o, Durability.FSYNC, wire, AT);
            assertTrue(length <= ReplyEncoder.maxReplyBytes(type), type + ": " + length);
            decoder.decode(wire, AT, length, reply);
            if (type != CommandType.QUERY_MEMBER) {
                final boolean isLong = type == CommandType.QUERY_BOARD || type == CommandType.QUERY_COUPONS;
                final int queried = isLong ? 1_000 : 256;
                assertEquals(type.name().startsWith("QUERY_") ? queried : 64, reply.rows.count(), type.name());
                assertTrue(length <= Framing.MAX_MESSAGE_BYTES);
                assertTrue(reply.rows.isCut());
                assertEquals("é".repeat(48), reply.rows.text(63), "cut between characters");
                assertEquals(63, reply.rows.value(63, 0));
            }
        }
    }

    @Test
    void aMemberQueryIsAnsweredWithItsCounters() {
        final Command query =
                new Command().reset(CommandType.QUERY_MEMBER).correlationId(3).memberId(99);
        final int length = encoder.encodeOutcome(query, outcome(), Durability.PAGE_CACHE, wire, AT);
        decoder.decode(wire, AT, length, reply);
        assertEquals(Reply.Kind.MEMBER, reply.kind);
        assertEquals(99, reply.memberId);
        assertEquals(
                List.of(12L, 13L, 17L, 18L, 19L, 20L, 21L, 22L, 23L),
                List.of(
                        reply.asOfSequence,
                        reply.engineTimeMs,
                        reply.availablePoints,
                        reply.pendingPoints,
                        reply.heldPoints,
                        reply.debtPoints,
                        reply.lifetimeSpendMinor,
                        reply.lifetimePoints,
                        reply.lifetimeVisits));
        assertEquals(Durability.PAGE_CACHE, reply.durability);
        assertEquals("金卡", reply.tier());
    }

    @Test
    void anErrorSaysWhyAndWhenToRetry() {
        final int length = encoder.encodeError(5, ResultCode.BUSY, 20, "é".repeat(200), wire, AT);
        assertTrue(length <= ReplyEncoder.MAX_REPLY_BYTES);
        decoder.decode(wire, AT, length, reply);
        assertEquals(Reply.Kind.ERROR, reply.kind);
        assertEquals(ResultCode.BUSY, reply.code);
        assertEquals(20, reply.retryAfterMs);
        assertEquals("é".repeat(127), reply.detail(), "cut between characters");
        assertNull(reply.durability);
        assertEquals("", reply.tier());
    }

    @Test
    void programsAreListed() {
        final List<ProgramSummary> programs = new ArrayList<>();
        for (int i = 0; i < ReplyEncoder.MAX_LISTED_PROGRAMS; i++) {
            programs.add(new ProgramSummary("p".repeat(28) + i, 65_535, i, -i, Long.MAX_VALUE));
        }
        final int length = encoder.encodePrograms(8, 77, Durability.FSYNC, programs, wire, AT);
        assertTrue(length <= ReplyEncoder.maxProgramsBytes(programs.size()));
        assertTrue(ReplyEncoder.maxProgramsBytes(programs.size()) <= Framing.MAX_MESSAGE_BYTES);
        decoder.decode(wire, AT, length, reply);
        assertEquals(programs, reply.programs);
        assertEquals(77, reply.asOfSequence);
        final ProgramsReplyDecoder generated =
                new ProgramsReplyDecoder().wrapAndApplyHeader(wire, AT, new MessageHeaderDecoder());
        assertEquals(programs.size(), generated.programs().count());
        programs.add(programs.get(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> encoder.encodePrograms(8, 77, Durability.FSYNC, programs, wire, AT));
    }

    @Test
    void aCutReplyIsNoReply() {
        final Outcome o = outcome();
        o.rows.begin(RowKind.PENDING);
        o.rows.add(o.tierId, 1, 2, 3, 4, 5, 6);
        wallets(o, 2, 1);
        final int length = encoder.encodeOutcome(Commands.accrue("d"), o, Durability.FSYNC, wire, AT);
        for (int cut = 0; cut < length; cut++) {
            final UnsafeBuffer exact = new UnsafeBuffer(Arrays.copyOfRange(wire.byteArray(), AT, AT + cut));
            final int cutLength = cut;
            assertThrows(IllegalArgumentException.class, () -> decoder.decode(exact, 0, cutLength, reply));
        }
    }

    @Test
    void mutatedRepliesThrowNothingElse() {
        final Random random = new Random(5);
        for (int round = 0; round < 100_000; round++) {
            final Outcome o = outcome();
            o.rows.begin(RowKind.PENDING);
            o.rows.add(o.tierId, 1, 2, 3, 4, 5, 6);
            wallets(o, 2, 1);
            final int length = random.nextBoolean()
                    ? encoder.encodeOutcome(Commands.accrue("d"), o, Durability.FSYNC, wire, AT)
                    : encoder.encodePrograms(
                            1, 2, Durability.FSYNC, List.of(new ProgramSummary("a", 1, 2, 3, 4)), wire, AT);
            final byte[] bytes = Arrays.copyOfRange(wire.byteArray(), AT, AT + length);
            bytes[random.nextInt(length)] = (byte) random.nextInt(256);
            try {
                decoder.decode(new UnsafeBuffer(bytes), 0, length, reply);
            } catch (final IllegalArgumentException expected) {
                assertTrue(expected.getMessage().startsWith("a message "));
            }
        }
    }
}
