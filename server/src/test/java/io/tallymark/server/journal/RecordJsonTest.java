package io.tallymark.server.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandShape;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.IdentityHashes;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.WalletBalances;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Records of operations as the dump shows them. */
final class RecordJsonTest {
    private static final String NO_OUTCOME = "\"outcome\":{\"code\":\"ACCEPTED\",\"memberId\":0,\"points\":0,";

    private static Outcome outcome() {
        final Outcome outcome = new Outcome();
        outcome.reset();
        outcome.code = ResultCode.ACCEPTED;
        return outcome;
    }

    private static String written(final Command command, final Outcome outcome) throws IOException {
        final StringWriter out = new StringWriter();
        try (RecordJson json = new RecordJson(out)) {
            json.write(5, 1_700_000_000_000L, command, outcome);
        }
        return out.toString();
    }

    private static String command(final Command command) throws IOException {
        final String line = written(command, outcome());
        final String head = "{\"sequence\":5,\"time\":\"2023-11-14T22:13:20Z\",\"command\":";
        assertTrue(line.startsWith(head), line);
        assertTrue(line.contains(NO_OUTCOME), line);
        return line.substring(head.length(), line.indexOf(",\"outcome\""));
    }

    private static Command keyed(final CommandType type) {
        return new Command()
                .reset(type)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "pos")
                .put(VarField.DOCUMENT_ID, "d-1");
    }

    private static Command identity(final Command command, final int entries) {
        final byte[] hashes = new byte[entries * IdentityHashes.ENTRY_BYTES];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = (byte) (i % IdentityHashes.ENTRY_BYTES == 0 ? 200 - i : i);
        }
        return command.put(VarField.IDENTITY_CHANNEL, "card")
                .put(VarField.IDENTITY, new UnsafeBuffer(hashes), 0, hashes.length);
    }

    @Test
    void operationsShowTheirFieldsByTheNamesOfHttp() throws IOException {
        final String key = "\"program\":\"mima\",\"source\":\"pos\",\"documentId\":\"d-1\"";
        assertEquals(
                "{\"type\":\"ENROL\"," + key + ",\"memberId\":7,\"birthday\":\"2000-02-29\",\"store\":\"s\","
                        + "\"identity\":{\"channel\":\"card\",\"keyVersion\":200,"
                        + "\"hash\":\"0102030405060708090a0b0c0d0e0f10\"}}",
                command(identity(
                        keyed(CommandType.ENROL)
                                .memberId(7)
                                .birthday(20_000_229)
                                .put(VarField.STORE, "s"),
                        1)));
        assertEquals(
                "{\"type\":\"TRANSFER\"," + key + ",\"otherMemberId\":9,\"points\":5,"
                        + "\"identity\":{\"channel\":\"card\",\"keyVersion\":200,"
                        + "\"hash\":\"0102030405060708090a0b0c0d0e0f10\",\"older\":[{\"keyVersion\":183,"
                        + "\"hash\":\"12131415161718191a1b1c1d1e1f2021\"}]}}",
                command(identity(keyed(CommandType.TRANSFER).otherMemberId(9).points(5), 2)));
        assertEquals(
                "{\"type\":\"HOLD\"," + key + ",\"memberId\":7,\"amountMinor\":500,\"cashMinor\":20,\"ttlMs\":60000}",
                command(keyed(CommandType.HOLD)
                        .memberId(7)
                        .amountMinor(500)
                        .cashMinor(20)
                        .ttlMs(60_000)));
        assertEquals(
                "{\"type\":\"GRANT_TIER\"," + key + ",\"memberId\":7,\"until\":\"2023-11-14T22:13:20.001Z\","
                        + "\"tier\":\"gold\",\"way\":\"invited\"}",
                command(keyed(CommandType.GRANT_TIER)
                        .memberId(7)
                        .untilMs(1_700_000_000_001L)
                        .put(VarField.RULE_ID, "gold")
                        .put(VarField.WAY, "invited")));
        assertEquals(
                "{\"type\":\"CAPTURE\"," + key
                        + ",\"points\":3,\"originalSource\":\"app\",\"originalDocumentId\":\"h-1\"}",
                command(keyed(CommandType.CAPTURE)
                        .points(3)
                        .put(VarField.ORIGINAL_SOURCE, "app")
                        .put(VarField.ORIGINAL_DOCUMENT_ID, "h-1")));
        assertEquals(
                "{\"type\":\"ACTIVITY\"," + key + ",\"memberId\":7,\"activity\":\"signIn\"}",
                command(keyed(CommandType.ACTIVITY).memberId(7).put(VarField.RULE_ID, "signIn")));
        assertEquals(
                "{\"type\":\"PAUSE\"," + key + ",\"rule\":\"redemptions\"}",
                command(keyed(CommandType.PAUSE).put(VarField.RULE_ID, "redemptions")));
        assertEquals(
                "{\"type\":\"HOLD\"," + key
                        + ",\"memberId\":7,\"reward\":\"mug\",\"brand\":\"hotel\",\"coupon\":\"latte\"}",
                command(keyed(CommandType.HOLD)
                        .memberId(7)
                        .put(VarField.RULE_ID, "mug")
                        .put(VarField.BRAND, "hotel")
                        .put(VarField.COUPON_ID, "latte")));
        assertEquals(
                "{\"type\":\"RESTOCK\"," + key + ",\"quantity\":-5,\"reward\":\"mug\"}",
                command(keyed(CommandType.RESTOCK).quantity(-5).put(VarField.RULE_ID, "mug")));
        assertEquals(
                "{\"type\":\"DRAW\"," + key + ",\"memberId\":7,\"randomBits\":\"ffffffffffffff05\",\"draw\":\"wheel\"}",
                command(keyed(CommandType.DRAW).memberId(7).randomBits(-251).put(VarField.RULE_ID, "wheel")));
        assertEquals(
                "{\"type\":\"ENROL\"," + key + ",\"memberId\":7,\"referrerId\":9}",
                command(keyed(CommandType.ENROL).memberId(7).referrerId(9)));
    }

    @Test
    void whatCameOfItIsAllThere() throws IOException {
        final Outcome o = outcome();
        o.memberId = 1;
        o.points = 2;
        o.basePoints = 3;
        o.tierPoints = 4;
        o.campaignPoints = 5;
        o.clippedPoints = 6;
        o.bonusPoints = 7;
        o.addedDebtPoints = 8;
        o.writtenOffPoints = 9;
        o.valueMinor = 10;
        o.cashMinor = -10;
        o.availablePoints = 11;
        o.pendingPoints = 12;
        o.heldPoints = 13;
        o.debtPoints = 14;
        o.tierRank = 15;
        o.programVersion = 16;
        final String line = written(keyed(CommandType.VOID), o);
        assertTrue(
                line.endsWith("\"outcome\":{\"code\":\"ACCEPTED\",\"memberId\":1,\"points\":2,\"basePoints\":3,"
                        + "\"tierPoints\":4,\"campaignPoints\":5,\"clippedPoints\":6,\"bonusPoints\":7,"
                        + "\"addedDebtPoints\":8,\"writtenOffPoints\":9,\"valueMinor\":10,\"cashMinor\":-10,\"availablePoints\":11,"
                        + "\"pendingPoints\":12,\"heldPoints\":13,\"debtPoints\":14,\"tierRank\":15,"
                        + "\"programVersion\":16}}\n"),
                line);
    }

    @Test
    void furtherWalletsAreShownWhereThereAreAny() throws IOException {
        final String key = "\"program\":\"mima\",\"source\":\"pos\",\"documentId\":\"d-1\"";
        final Command spent = keyed(CommandType.REDEEM).memberId(7).points(5).put(VarField.WALLET_ID, "stars");
        assertEquals(
                "{\"type\":\"REDEEM\"," + key + ",\"memberId\":7,\"points\":5,\"wallet\":\"stars\"}", command(spent));
        final Outcome o = outcome();
        o.wallets.add("growth".getBytes(StandardCharsets.US_ASCII), 0, 1, 2, 3, 4);
        o.wallets.add("stars".getBytes(StandardCharsets.US_ASCII), -5, 6, 7, 8, 9);
        o.wallets.subject(1);
        final String balances = "\"balances\":[{\"wallet\":\"growth\",\"movedPoints\":0,\"availablePoints\":1,"
                + "\"pendingPoints\":2,\"heldPoints\":3,\"debtPoints\":4},{\"wallet\":\"stars\",\"movedPoints\":-5,"
                + "\"availablePoints\":6,\"pendingPoints\":7,\"heldPoints\":8,\"debtPoints\":9}]}}\n";
        assertTrue(written(spent, o).endsWith(",\"programVersion\":0,\"wallet\":\"stars\"," + balances));
        o.wallets.subject(WalletBalances.NONE);
        assertTrue(written(spent, o).endsWith(",\"programVersion\":0,\"wallet\":\"points\"," + balances));
    }

    @Test
    void everyFieldOfEveryOperationIsShown() throws IOException {
        for (final CommandType type : CommandType.values()) {
            final CommandShape shape = type.shape();
            final Command c = new Command().reset(type);
            for (final FixedField field : shape.fixedFields()) {
                c.set(field, field == FixedField.FLAGS ? shape.flags() : 20_000_101);
            }
            for (final VarField field : shape.varFields()) {
                c.put(field, field.wireName() + "!");
            }
            if (shape.identity() != CommandShape.Identity.NONE) {
                identity(c, 4);
            }
            final String line = written(c, outcome());
            try (JsonParser parser = new JsonFactory().createParser(line)) {
                int fields = 0;
                while (parser.nextToken() != null) {
                    fields++;
                }
                assertTrue(fields > 30, line);
            }
            final String command = line.substring(0, line.indexOf(",\"outcome\""));
            for (final FixedField field : shape.fixedFields()) {
                final String name = field.wireName().replaceFirst("^(eventTime|until)Ms$", "$1");
                assertTrue(field == FixedField.FLAGS || command.contains("\"" + name + "\":"), field + ": " + command);
            }
            for (final VarField field : shape.varFields()) {
                assertTrue(
                        field == VarField.COMPILED_PROGRAM || command.contains(":\"" + field.wireName() + "!\""),
                        field + ": " + command);
            }
        }
    }
}
