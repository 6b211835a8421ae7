package io.tallymark.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What belongs together in a request, and what does not. One line a rule: the code, the field, the request. */
class CommandRulesTest {
    private static final long MAX = Limits.MAX_VALUE;

    private final CommandEncoder encoder = new CommandEncoder();
    private final CommandDecoder decoder = new CommandDecoder(RandomRequests.HASHER);
    private final UnsafeBuffer wire = new UnsafeBuffer(new byte[Commands.MAX_MESSAGE_BYTES]);
    private final Command decoded = Commands.roomy();
    private final ExternalIdentity nobody = new ExternalIdentity();

    private static Command command(final CommandType type) {
        final Command command = Commands.roomy().reset(type).correlationId(1);
        for (final FixedField field : type.shape().fixedFields()) {
            if (type.shape().requires(field) || field == FixedField.MEMBER_ID) {
                command.set(field, 5);
            }
        }
        for (final VarField field : type.shape().varFields()) {
            if (type.shape().requires(field)) {
                command.put(field, "x1");
            }
        }
        return command;
    }

    private static ExternalIdentity card(final String externalId) {
        return new ExternalIdentity().set("card", externalId);
    }

    private void accepted(final CommandType type, final Consumer<Command> change) {
        accepted(type, nobody, change);
    }

    private void accepted(final CommandType type, final ExternalIdentity identity, final Consumer<Command> change) {
        final Command command = command(type);
        change.accept(command);
        final int length = encoder.encode(command, identity, wire, 0);
        assertEquals(ResultCode.ACCEPTED, decoder.decode(wire, 0, length, decoded), decoder.detail());
        assertEquals("", decoder.detail());
    }

    private void refused(
            final ResultCode code, final String field, final CommandType type, final Consumer<Command> change) {
        refused(code, field, type, nobody, change);
    }

    private void refused(
            final ResultCode code,
            final String field,
            final CommandType type,
            final ExternalIdentity identity,
            final Consumer<Command> change) {
        final Command command = command(type);
        change.accept(command);
        final int length = encoder.encode(command, identity, wire, 0);
        assertEquals(code, decoder.decode(wire, 0, length, decoded), decoder.detail());
        assertTrue(decoder.detail().startsWith(field), decoder.detail());
    }

    private void malformed(final String field, final CommandType type, final Consumer<Command> change) {
        refused(ResultCode.MALFORMED, field, type, change);
    }

    private void outOfRange(final String field, final CommandType type, final Consumer<Command> change) {
        refused(ResultCode.VALUE_OUT_OF_RANGE, field, type, change);
    }

    @Test
    void spendingNamesPointsOrAnAmount() {
        for (final CommandType type :
                new CommandType[] {CommandType.REDEEM, CommandType.HOLD, CommandType.PREVIEW_REDEEM}) {
            accepted(type, c -> c.points(1));
            accepted(type, c -> c.points(MAX));
            accepted(type, c -> c.amountMinor(2).cashMinor(1));
            malformed("points", type, c -> {});
            malformed("points", type, c -> c.points(1).amountMinor(1));
            accepted(type, c -> c.put(VarField.RULE_ID, "mug"));
            accepted(type, c -> c.put(VarField.RULE_ID, "mug").put(VarField.BRAND, "b"));
            malformed("points", type, c -> c.put(VarField.BRAND, "b"));
            malformed("ruleId", type, c -> c.points(1).put(VarField.RULE_ID, "mug"));
            malformed("ruleId", type, c -> c.amountMinor(1).put(VarField.RULE_ID, "mug"));
            malformed("ruleId", type, c -> c.amountMinor(2).cashMinor(1).put(VarField.RULE_ID, "mug"));
            malformed("cashMinor", type, c -> c.cashMinor(1).put(VarField.RULE_ID, "mug"));
            malformed("cashMinor", type, c -> c.points(1).cashMinor(1));
            malformed("cashMinor", type, c -> c.amountMinor(5).cashMinor(5));
            malformed("cashMinor", type, c -> c.amountMinor(5).cashMinor(MAX + 1));
            outOfRange("cashMinor", type, c -> c.amountMinor(5).cashMinor(-1));
            outOfRange("points", type, c -> c.points(-1));
            outOfRange("points", type, c -> c.points(MAX + 1));
            outOfRange("amountMinor", type, c -> c.amountMinor(-1));
            outOfRange("amountMinor", type, c -> c.amountMinor(MAX + 1));
        }
        accepted(CommandType.HOLD, c -> c.put(VarField.COUPON_ID, "latte"));
        accepted(CommandType.HOLD, c -> c.points(1).put(VarField.COUPON_ID, "latte"));
        accepted(CommandType.HOLD, c -> c.amountMinor(2).cashMinor(1).put(VarField.COUPON_ID, "latte"));
        accepted(CommandType.HOLD, c -> c.put(VarField.RULE_ID, "mug").put(VarField.COUPON_ID, "latte"));
        malformed("cashMinor", CommandType.HOLD, c -> c.cashMinor(1).put(VarField.COUPON_ID, "latte"));
        malformed(
                "ruleId",
                CommandType.HOLD,
                c -> c.points(1).put(VarField.RULE_ID, "mug").put(VarField.COUPON_ID, "latte"));
        // What a hold named must not be taken for what a redemption after it names.
        accepted(CommandType.HOLD, c -> c.put(VarField.COUPON_ID, "latte"));
        malformed("points", CommandType.REDEEM, c -> {});
        accepted(CommandType.HOLD, c -> c.points(1).ttlMs(2_592_000_000L));
        malformed("ttlMs", CommandType.HOLD, c -> c.points(1).ttlMs(2_592_000_001L));
        malformed("ttlMs", CommandType.HOLD, c -> c.points(1).ttlMs(-1));
    }

    @Test
    void aWalletStandsBesidePointsOrAnAmountAndNothingElse() {
        for (final CommandType type :
                new CommandType[] {CommandType.REDEEM, CommandType.HOLD, CommandType.PREVIEW_REDEEM}) {
            accepted(type, c -> c.points(1).put(VarField.WALLET_ID, "stars"));
            assertEquals("stars", decoded.text(VarField.WALLET_ID), type.name());
            accepted(type, c -> c.amountMinor(2).cashMinor(1).put(VarField.WALLET_ID, "stars"));
            assertEquals("stars", decoded.text(VarField.WALLET_ID), type.name());
            malformed("walletId", type, c -> c.put(VarField.RULE_ID, "mug").put(VarField.WALLET_ID, "stars"));
            malformed("points", type, c -> c.put(VarField.WALLET_ID, "stars"));
            malformed("walletId", type, c -> c.points(1).put(VarField.WALLET_ID, "a\tb"));
            malformed("walletId", type, c -> c.points(1).put(VarField.WALLET_ID, "x".repeat(65)));
            malformed("points", type, c -> c.put(VarField.WALLET_ID, "points"));
            // As if none were named.
            accepted(type, c -> c.put(VarField.RULE_ID, "mug").put(VarField.WALLET_ID, "points"));
            assertEquals(0, decoded.length(VarField.WALLET_ID), type.name());
        }
        malformed(
                "walletId",
                CommandType.HOLD,
                c -> c.put(VarField.COUPON_ID, "latte").put(VarField.WALLET_ID, "stars"));
        accepted(
                CommandType.HOLD,
                c -> c.points(1).put(VarField.COUPON_ID, "latte").put(VarField.WALLET_ID, "stars"));
        // What a request named must not be taken for what the one after it names.
        accepted(CommandType.REDEEM, c -> c.points(1).put(VarField.WALLET_ID, "stars"));
        accepted(CommandType.REDEEM, c -> c.put(VarField.RULE_ID, "mug"));
    }

    /** What is sent again must have the same content, whether or not the sender names the wallet that everybody has. */
    @Test
    void theWalletPointsIsLeftOut() {
        int types = 0;
        for (final CommandType type : CommandType.values()) {
            if (!type.shape().varFields().contains(VarField.WALLET_ID)) {
                continue;
            }
            for (final String wallet : new String[] {"", "points", "point", "pointss", "Points", "pointz"}) {
                accepted(type, c -> c.points(1).put(VarField.WALLET_ID, wallet));
                final String expected = wallet.equals("points") ? "" : wallet;
                assertEquals(expected, decoded.text(VarField.WALLET_ID), type + " " + wallet);
                assertEquals(expected.length() > 0, decoded.length(VarField.WALLET_ID) > 0, type + " " + wallet);
            }
            types++;
        }
        assertEquals(4, types);
    }

    @Test
    void amountsAreInTheirRangeWhereThereAreAny() {
        accepted(CommandType.CAPTURE, c -> {});
        outOfRange("points", CommandType.CAPTURE, c -> c.points(-1));
        accepted(CommandType.REVERSE, c -> {});
        outOfRange("amountMinor", CommandType.REVERSE, c -> c.amountMinor(MAX + 1));
        outOfRange("amountMinor", CommandType.RETURN_UNREFERENCED, c -> c.amountMinor(0));
        outOfRange("points", CommandType.TRANSFER, c -> c.points(0));
        outOfRange("points", CommandType.TRANSFER, c -> c.points(-5));
        accepted(CommandType.ADJUST, c -> c.points(-MAX));
        outOfRange("points", CommandType.ADJUST, c -> c.points(-MAX - 1));
        malformed("otherMemberId", CommandType.TRANSFER, c -> c.otherMemberId(0));
        malformed("otherMemberId", CommandType.MERGE, c -> c.otherMemberId(-1));
        accepted(CommandType.PUBLISH_PROGRAM, c -> c.version(65_535));
        malformed("version", CommandType.PUBLISH_PROGRAM, c -> c.version(65_536));
        malformed("version", CommandType.PUBLISH_PROGRAM, c -> c.version(-1));
        malformed("version", CommandType.QUERY_VERSION, c -> c.version(0));
        malformed("untilMs", CommandType.GRANT_TIER, c -> c.untilMs(-1));
        accepted(CommandType.GRANT_TIER, c -> c.untilMs(253_402_300_799_999L));
    }

    @Test
    void whatIsCountedIsNotNoneAndNotBeyondAllBounds() {
        for (final int good : new int[] {1, -1, 1_000_000_000, -1_000_000_000}) {
            accepted(CommandType.RESTOCK, c -> c.quantity(good));
            assertEquals(good, decoded.quantity());
        }
        for (final int bad : new int[] {0, 1_000_000_001, -1_000_000_001, Integer.MIN_VALUE}) {
            outOfRange("quantity", CommandType.RESTOCK, c -> c.quantity(bad));
        }
        accepted(CommandType.ENROL, c -> c.referrerId(Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, decoded.referrerId());
        accepted(CommandType.ENROL, c -> {});
        malformed("referrerId", CommandType.ENROL, c -> c.referrerId(-1));
        accepted(CommandType.ACTIVITY, c -> c.points(MAX));
        accepted(CommandType.ACTIVITY, c -> {});
        outOfRange("points", CommandType.ACTIVITY, c -> c.points(MAX + 1));
        outOfRange("points", CommandType.ACTIVITY, c -> c.points(-1));
        accepted(CommandType.USE_COUPON, c -> {});
        accepted(CommandType.USE_COUPON, c -> c.amountMinor(MAX));
        outOfRange("amountMinor", CommandType.USE_COUPON, c -> c.amountMinor(MAX + 1));
        for (final CommandType type :
                new CommandType[] {CommandType.TOP_UP, CommandType.SPEND_VALUE, CommandType.REFUND_VALUE}) {
            accepted(type, c -> c.amountMinor(MAX));
            outOfRange("amountMinor", type, c -> c.amountMinor(0));
            outOfRange("amountMinor", type, c -> c.amountMinor(-1));
        }
    }

    /** What decides a draw cannot be chosen by who asks for it. */
    @Test
    void noRequestCarriesRandomBits() {
        accepted(CommandType.DRAW, c -> c.randomBits(77));
        assertEquals(0, decoded.randomBits());
        assertTrue(CommandType.DRAW.shape().hasRandomBits());
        assertFalse(CommandType.REDEEM.shape().hasRandomBits());
    }

    @Test
    void aBirthdayIsADate() {
        for (final int good : new int[] {0, 19_000_101, 20_000_229, 20_241_231, 99_991_231}) {
            accepted(CommandType.ENROL, c -> c.birthday(good));
            assertEquals(good, decoded.birthday());
        }
        for (final int bad : new int[] {
            -1, 1, 20_010_229, 19_000_229, 20_240_431, 20_240_100, 20_240_001, 20_241_301, 18_991_231, 100_000_101
        }) {
            malformed("birthday", CommandType.ENROL, c -> c.birthday(bad));
        }
    }

    @Test
    void whatIsRequiredIsThere() {
        for (final CommandType type : CommandType.values()) {
            if (CommandDecoder.requestOf(type.code()) == null) {
                continue;
            }
            for (final VarField missing : type.shape().varFields()) {
                if (type.shape().requires(missing)) {
                    final Command command = Commands.roomy().reset(type).correlationId(1);
                    for (final VarField field : type.shape().varFields()) {
                        if (field != missing && type.shape().requires(field)) {
                            command.put(field, "x1");
                        }
                    }
                    command.memberId(5).otherMemberId(6).points(1).version(type == CommandType.QUERY_VERSION ? 1 : 0);
                    final int length = encoder.encode(command, wire, 0);
                    assertEquals(ResultCode.MALFORMED, decoder.decode(wire, 0, length, decoded), type + " " + missing);
                    assertTrue(decoder.detail().startsWith(missing.wireName() + ": "), type + " " + decoder.detail());
                }
            }
        }
    }

    @Test
    void aRefundNamesAnAmountOrLinesOrNothing() {
        accepted(CommandType.REFUND, c -> {});
        accepted(CommandType.REFUND, c -> c.amountMinor(1));
        accepted(CommandType.REFUND, c -> lines(c, new long[] {1, 2, 0}, new long[] {65_535, 0, MAX}));
        assertEquals(2, decoded.lineCount());
        malformed(
                "amountMinor",
                CommandType.REFUND,
                c -> lines(c, new long[] {1, 2, 0}).amountMinor(1));
        malformed("lines.quantity", CommandType.REFUND, c -> lines(c, new long[] {1, 0, 0}));
        malformed("lines.quantity", CommandType.REFUND, c -> lines(c, new long[] {1, 1, 1}));
        malformed("lines.quantity", CommandType.REFUND, c -> lines(c, new long[] {1, -1, 0}));
        malformed("lines.number", CommandType.REFUND, c -> lines(c, new long[] {2, 1, 0}, new long[] {2, 1, 0}));
        malformed("lines.number", CommandType.REFUND, c -> lines(c, new long[] {0, 1, 0}));
        outOfRange("lines.amountMinor", CommandType.REFUND, c -> lines(c, new long[] {1, 0, MAX + 1}));
        outOfRange("lines.amountMinor", CommandType.REFUND, c -> lines(c, new long[] {1, 0, -1}));
        final long[][] many = new long[1_001][];
        for (int i = 0; i < many.length; i++) {
            many[i] = new long[] {i + 1, 1, 0};
        }
        refused(ResultCode.TOO_MANY_LINES, "lines", CommandType.REFUND, c -> lines(c, many));
    }

    private static Command lines(final Command command, final long[]... lines) {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[lines.length * OrderLines.MAX_FIXED_BYTES]);
        int at = 0;
        for (final long[] line : lines) {
            at = Varint.put(bytes, at, line[0]);
            at = Varint.put(bytes, at, line[1] & 0xFFFF_FFFFL);
            at = Varint.put(bytes, at, line[2]);
            bytes.setMemory(at, 4, (byte) 0);
            at += 4;
        }
        // The canonical order puts them before what the request is about.
        final String original = command.text(VarField.ORIGINAL_DOCUMENT_ID);
        final long amountMinor = command.amountMinor();
        return command.reset(CommandType.REFUND)
                .correlationId(1)
                .amountMinor(amountMinor)
                .put(VarField.PROGRAM, "p")
                .put(VarField.SOURCE, "s")
                .put(VarField.DOCUMENT_ID, "d")
                .put(VarField.LINES, bytes, 0, at)
                .lineCount(lines.length)
                .put(VarField.ORIGINAL_DOCUMENT_ID, original);
    }

    @Test
    void anIdentityStandsForAMemberOrBesideIt() {
        final ExternalIdentity card = card("4711");
        accepted(CommandType.ACCRUE, card, c -> c.memberId(0));
        refused(ResultCode.MALFORMED, "memberId", CommandType.ACCRUE, card, c -> c.memberId(1));
        malformed("memberId", CommandType.ACCRUE, c -> c.memberId(0));
        refused(ResultCode.MALFORMED, "memberId", CommandType.ACCRUE, card, c -> c.memberId(-1));
        accepted(CommandType.LINK_IDENTITY, card, c -> {});
        refused(ResultCode.MALFORMED, "memberId", CommandType.LINK_IDENTITY, card, c -> c.memberId(0));
        malformed("identityChannel", CommandType.LINK_IDENTITY, c -> {});
        accepted(CommandType.ENROL, card, c -> {});
        accepted(CommandType.ENROL, card, c -> c.memberId(0));
        accepted(CommandType.ENROL, c -> c.memberId(0));
        accepted(CommandType.ENROL, c -> {});
        malformed("memberId", CommandType.ENROL, c -> c.memberId(-1));
        for (final String bad : new String[] {"", "x".repeat(129), "tab\t"}) {
            refused(ResultCode.MALFORMED, "externalId", CommandType.ACCRUE, card(bad), c -> c.memberId(0));
            assertFalse(bad.length() > 1 && decoder.detail().contains(bad), decoder.detail());
        }
        for (final String bad : new String[] {"", "x".repeat(65), "tab\t"}) {
            final ExternalIdentity identity = new ExternalIdentity().set(bad, "4711");
            refused(ResultCode.MALFORMED, "identityChannel", CommandType.ACCRUE, identity, c -> c.memberId(0));
        }
        assertThrows(IllegalArgumentException.class, () -> encoder.encode(command(CommandType.VOID), card, wire, 0));
    }

    @Test
    void theExternalIdNeverGetsIntoTheCommand() {
        final String externalId = "oXq-7_secret-open-id-of-somebody";
        accepted(CommandType.ACCRUE, card(externalId), c -> c.memberId(0));
        assertEquals("card", decoded.text(VarField.IDENTITY_CHANNEL));
        final byte[] expected = new byte[IdentityHashes.ENTRY_BYTES];
        final byte[] message = RandomRequests.message("x1", "card", externalId);
        RandomRequests.HASHER.hash(message, message.length, new UnsafeBuffer(expected), 0);
        final byte[] hashes = new byte[decoded.length(VarField.IDENTITY)];
        decoded.bytes().getBytes(decoded.offset(VarField.IDENTITY), hashes);
        assertArrayEquals(expected, hashes);
        final byte[] all = new byte[decoded.bytes().capacity()];
        decoded.bytes().getBytes(0, all);
        assertFalse(new String(all, StandardCharsets.ISO_8859_1).contains("secret"));
        assertEquals("an identity", card(externalId).toString());
    }

    @Test
    void withoutAHasherIdentitiesAreNotTaken() {
        final int length = encoder.encode(command(CommandType.ACCRUE).memberId(0), card("4711"), wire, 0);
        final CommandDecoder without = new CommandDecoder();
        assertEquals(ResultCode.MALFORMED, without.decode(wire, 0, length, decoded));
        assertEquals("identity: not taken here", without.detail());
    }

    @Test
    void twoOperationsWithFlagsOfTheirOwnDoNotMixThem() {
        accepted(CommandType.ADJUST, c -> c.flags(Command.FLAG_MAY_GO_BELOW_ZERO));
        assertEquals(Command.FLAG_MAY_GO_BELOW_ZERO, decoded.flags());
        accepted(CommandType.CLAIM, c -> c.flags(Command.FLAG_NO_VISIT));
        assertEquals(Command.FLAG_NO_VISIT, decoded.flags());
        final int length = encoder.encode(command(CommandType.CLAIM), wire, 0);
        wire.putByte(8 + CommandType.CLAIM.shape().offset(FixedField.FLAGS), (byte) 0x80);
        assertEquals(ResultCode.MALFORMED, decoder.decode(wire, 0, length, decoded));
        assertEquals("flags: unknown bits", decoder.detail());
    }

    /** What is sent again must have the same content, whichever way the sender says whose document it is about. */
    @Test
    void theOwnSourceAsThatOfTheOriginalIsLeftOut() {
        int types = 0;
        for (final CommandType type : CommandType.values()) {
            if (!type.shape().varFields().contains(VarField.ORIGINAL_SOURCE)) {
                continue;
            }
            final boolean isKeyed = type.shape().isKeyed();
            for (final String original : isKeyed ? new String[] {"", "x1", "x2", "x"} : new String[] {"x1", "x2"}) {
                final int length = encoder.encode(about(type, original), wire, 0);
                assertEquals(ResultCode.ACCEPTED, decoder.decode(wire, 0, length, decoded), decoder.detail());
                final boolean isOwn = isKeyed && original.equals("x1");
                assertEquals(isOwn ? "" : original, decoded.text(VarField.ORIGINAL_SOURCE), type.name());
                assertEquals(isKeyed ? "x1" : "", decoded.text(VarField.SOURCE), type.name());
                assertEquals("o", decoded.text(VarField.ORIGINAL_DOCUMENT_ID), type.name());
            }
            types++;
        }
        assertEquals(10, types);
    }

    private static Command about(final CommandType type, final String originalSource) {
        final Command command = Commands.roomy().reset(type).correlationId(1);
        for (final FixedField field : type.shape().fixedFields()) {
            if (type.shape().requires(field) || field == FixedField.MEMBER_ID) {
                command.set(field, 5);
            }
        }
        for (final VarField field : type.shape().varFields()) {
            if (field == VarField.ORIGINAL_SOURCE) {
                command.put(field, originalSource);
            } else if (type.shape().requires(field)) {
                command.put(field, field == VarField.ORIGINAL_DOCUMENT_ID ? "o" : "x1");
            }
        }
        return command;
    }
}
