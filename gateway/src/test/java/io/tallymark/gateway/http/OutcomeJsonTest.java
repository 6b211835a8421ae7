package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tallymark.protocol.Clip;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyDecoder;
import io.tallymark.protocol.ReplyEncoder;
import io.tallymark.protocol.ReplyWallets;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.WalletBalances;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The bytes of an outcome are those that a JSON generator writes for the members that docs/http.md names. */
class OutcomeJsonTest {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Set<CommandType> SPENDING = EnumSet.of(
            CommandType.REDEEM, CommandType.HOLD, CommandType.CAPTURE, CommandType.REVERSE, CommandType.PREVIEW_REDEEM);
    private static final Set<CommandType> CLAWS = EnumSet.of(CommandType.REFUND, CommandType.RETURN_UNREFERENCED);
    private static final Set<CommandType> EARNING =
            EnumSet.of(CommandType.ACCRUE, CommandType.CLAIM, CommandType.PREVIEW_ACCRUE);
    private static final String[] CLIPS = {
        null, "campaignOrder", "campaignMember", "campaignMemberDay", "order", "day", "budget"
    };
    private static final Set<CommandType> WITHOUT_MEMBER =
            EnumSet.of(CommandType.PAUSE, CommandType.RESUME, CommandType.RESTOCK);
    private static final long[] VALUES = {
        0, 1, 9, 10, -1, -12, 99, 100, 12_345_678_901L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1
    };
    private static final String[] TEXTS = {"silver", "", "a-b", "q\"u\\o", "\b\t\n\f\r\u0001\u001f\u007f", "玫瑰😀"};

    private final long seed = 51_203;
    private final Random random = new Random(seed);
    private final JsonOutput output = new JsonOutput();
    private final ReplyJson json = new ReplyJson(output);
    private final Reply reply = new Reply();

    @Test
    void anyOutcomeIsWrittenAsAGeneratorWritesIt() throws IOException {
        final CommandType[] types = java.util.Arrays.stream(CommandType.values())
                .filter(type -> type.shape() != null && type.changesState() || EARNING.contains(type))
                .toArray(CommandType[]::new);
        for (int i = 0; i < 40_000; i++) {
            final CommandType type = types[random.nextInt(types.length)];
            random(type);
            if (random.nextInt(5) == 0) {
                reply.durability = null;
            }
            final int length = json.accepted(reply, type);
            assertEquals(accepted(type), text(length), () -> "seed " + seed + " " + type + " " + reply);
            final int problem = json.problem(HttpStatus.UNPROCESSABLE_CONTENT, "C", "t", "d\"", "/p", reply, type);
            assertEquals(refused(type), text(problem), () -> "seed " + seed + " " + type + " " + reply);
        }
    }

    private String text(final int length) {
        return new String(output.bytes(), 0, length, StandardCharsets.UTF_8);
    }

    private long value() {
        return random.nextInt(3) == 0 ? 0 : VALUES[random.nextInt(VALUES.length)];
    }

    private void random(final CommandType type) {
        final Outcome o = new Outcome();
        o.reset();
        o.code = ResultCode.ACCEPTED;
        o.sequence = Math.abs(random.nextLong() >> random.nextInt(63));
        o.asOfSequence = Math.abs(random.nextLong() >> random.nextInt(63));
        o.engineTimeMs = random.nextInt(10) == 0 ? -1 : random.nextLong(253_402_300_799_999L);
        o.memberId = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(1_000_000);
        o.replayed = random.nextBoolean();
        o.programVersion = random.nextInt(3);
        o.points = value();
        o.basePoints = value();
        o.tierPoints = value();
        o.campaignPoints = value();
        o.clippedPoints = value();
        o.bonusPoints = value();
        o.addedDebtPoints = value();
        o.writtenOffPoints = value();
        o.valueMinor = value();
        o.cashMinor = value();
        o.availablePoints = value();
        o.pendingPoints = value();
        o.heldPoints = value();
        o.debtPoints = value();
        o.tierId = TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(3) == 0) {
            o.rows.begin(RowKind.SHARES);
            for (int n = random.nextInt(4); n > 0; n--) {
                final byte[] id = TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8);
                o.rows.add(id, value(), value(), random.nextInt(Clip.values().length), random.nextInt(3), 0, 0);
            }
            if (random.nextInt(4) == 0) {
                o.rows.cut();
            }
        }
        final int wallets = random.nextInt(3) > 0 ? 0 : random.nextInt(WalletBalances.MAX_WALLETS + 1);
        for (int i = 0; i < wallets; i++) {
            final byte[] id = (TEXTS[random.nextInt(TEXTS.length)] + i).getBytes(StandardCharsets.UTF_8);
            o.wallets.add(id, value(), value(), value(), value(), value());
        }
        o.wallets.subject(random.nextInt(wallets + 1) - 1);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[ReplyEncoder.maxReplyBytes(type)]);
        final Durability durability = random.nextBoolean() ? Durability.FSYNC : Durability.PAGE_CACHE;
        final int length = new ReplyEncoder().encodeOutcome(new Command().reset(type), o, durability, message, 0);
        new ReplyDecoder().decode(message, 0, length, reply);
    }

    private String accepted(final CommandType type) throws IOException {
        final StringWriter text = new StringWriter();
        try (JsonGenerator g = new JsonFactory().createGenerator(text)) {
            g.writeStartObject();
            if (type.changesState()) {
                g.writeStringField("sequence", Long.toString(reply.sequence));
            }
            g.writeStringField("code", "ACCEPTED");
            outcome(g, type);
            if (EARNING.contains(type)) {
                explanation(g);
            }
            g.writeEndObject();
        }
        return text.toString();
    }

    private String refused(final CommandType type) throws IOException {
        final StringWriter text = new StringWriter();
        try (JsonGenerator g = new JsonFactory().createGenerator(text)) {
            g.writeStartObject();
            g.writeStringField("type", "urn:tallymark:problem:C");
            g.writeStringField("title", "t");
            g.writeNumberField("status", HttpStatus.UNPROCESSABLE_CONTENT.number());
            g.writeStringField("detail", "d\"");
            g.writeStringField("code", "C");
            g.writeStringField("pointer", "/p");
            if (reply.sequence > 0) {
                g.writeStringField("sequence", Long.toString(reply.sequence));
            }
            outcome(g, type);
            g.writeEndObject();
        }
        return text.toString();
    }

    private void outcome(final JsonGenerator g, final CommandType type) throws IOException {
        if (reply.memberId > 0) {
            g.writeStringField("memberId", Long.toString(reply.memberId));
        }
        g.writeBooleanField("replayed", reply.replayed);
        g.writeStringField("durability", reply.durability == null ? null : reply.durability.label());
        if (type == CommandType.PUBLISH_PROGRAM) {
            if (reply.programVersion > 0) {
                g.writeNumberField("version", reply.programVersion);
            }
        } else if (!WITHOUT_MEMBER.contains(type)) {
            ofMember(g, type);
        }
        g.writeStringField("asOfSequence", Long.toString(reply.asOfSequence));
        g.writeStringField(
                "asOf", reply.engineTimeMs < 0 ? null : TIME.format(Instant.ofEpochMilli(reply.engineTimeMs)));
    }

    private void ofMember(final JsonGenerator g, final CommandType type) throws IOException {
        g.writeNumberField("points", reply.points);
        if (SPENDING.contains(type) || reply.valueMinor != 0) {
            g.writeNumberField("valueMinor", reply.valueMinor);
        }
        if (reply.cashMinor != 0) {
            g.writeNumberField("cashMinor", reply.cashMinor);
        }
        if (CLAWS.contains(type) || reply.addedDebtPoints != 0 || reply.writtenOffPoints != 0) {
            g.writeNumberField("debtAdded", reply.addedDebtPoints);
            g.writeNumberField("writtenOff", reply.writtenOffPoints);
        }
        if (reply.bonusPoints != 0) {
            g.writeNumberField("bonusPoints", reply.bonusPoints);
        }
        final ReplyWallets wallets = reply.wallets;
        g.writeStringField("wallet", wallets.subject() < 0 ? "points" : wallets.id(wallets.subject()));
        g.writeObjectFieldStart("balance");
        g.writeNumberField("available", reply.availablePoints);
        g.writeNumberField("pending", reply.pendingPoints);
        g.writeNumberField("held", reply.heldPoints);
        g.writeNumberField("debt", reply.debtPoints);
        g.writeEndObject();
        if (wallets.count() > 0) {
            g.writeArrayFieldStart("balances");
            for (int i = 0; i < wallets.count(); i++) {
                g.writeStartObject();
                g.writeStringField("wallet", wallets.id(i));
                g.writeNumberField("points", wallets.movedPoints(i));
                g.writeNumberField("available", wallets.availablePoints(i));
                g.writeNumberField("pending", wallets.pendingPoints(i));
                g.writeNumberField("held", wallets.heldPoints(i));
                g.writeNumberField("debt", wallets.debtPoints(i));
                g.writeEndObject();
            }
            g.writeEndArray();
        }
        g.writeStringField("tier", reply.tier().isEmpty() ? null : reply.tier());
    }

    private void explanation(final JsonGenerator g) throws IOException {
        g.writeObjectFieldStart("explanation");
        g.writeNumberField("base", reply.basePoints);
        g.writeNumberField("tier", reply.tierPoints);
        g.writeNumberField("campaignPoints", reply.campaignPoints);
        g.writeNumberField("clipped", reply.clippedPoints);
        g.writeArrayFieldStart("campaigns");
        for (int row = 0; row < reply.rows.count(); row++) {
            g.writeStartObject();
            g.writeStringField("campaign", reply.rows.text(row));
            g.writeNumberField("points", reply.rows.value(row, 0));
            g.writeNumberField("clipped", reply.rows.value(row, 1));
            g.writeStringField("clippedBy", CLIPS[(int) reply.rows.value(row, 2)]);
            if (reply.rows.value(row, 3) != 0) {
                g.writeNumberField("coupons", reply.rows.value(row, 3));
            }
            g.writeEndObject();
        }
        g.writeEndArray();
        if (reply.rows.isCut()) {
            g.writeBooleanField("truncated", true);
        }
        g.writeEndObject();
    }
}
