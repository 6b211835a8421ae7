package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.CommandEncoder;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A request in JSON and the same in SBE are one command, and so one key with one content: a resend may change ports. */
class CommandEqualityTest {
    private static final int REQUESTS = 20_000;
    private static final String[] TEXTS = {
        "", "a", "store 7", "Straße", "玫瑰", "q\"uo\\te/", "x".repeat(64), "é".repeat(32), "😀".repeat(16), "tab?", " "
    };

    private final Random random;
    private final long seed;
    private final JsonRequestReader reader = new JsonRequestReader();
    private final Command fromJson = new Command();
    private final Command fromWire = new Command();
    private final CommandEncoder encoder = new CommandEncoder();
    private final CommandDecoder decoder = new CommandDecoder();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[512 * 1024]);

    CommandEqualityTest() {
        seed = 77_401;
        random = new Random(seed);
        fromJson.lend(new UnsafeBuffer(new byte[JsonRequestReader.COMMAND_BYTES]));
        fromWire.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
    }

    /** One line as both forms say it. */
    private record Line(
            int number, int quantity, long amountMinor, int flags, String sku, String category, String brand) {}

    @Test
    void theSameRequestIsTheSameCommandOnBothFronts() {
        for (int i = 0; i < REQUESTS; i++) {
            final Command wanted = new Command();
            wanted.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
            final List<String> members = new ArrayList<>();
            request(wanted, members);
            Collections.shuffle(members, random);
            final String json = "{" + String.join(random.nextBoolean() ? "," : " ,\n\t", members) + "}";
            final String about = "seed " + seed + ", request " + i + ": " + json;

            final int length = encoder.encode(wanted, message, 0);
            assertEquals(ResultCode.ACCEPTED, decoder.decode(message, 0, length, fromWire), about);
            final Route route = Paths.routeOf(wanted.type());
            final RequestTarget target = Paths.target(route, wanted.text(VarField.PROGRAM));
            final byte[] body = json.getBytes(StandardCharsets.UTF_8);
            final Refusal refusal = reader.read(route, target, body, body.length, fromJson);
            assertEquals(ResultCode.ACCEPTED, refusal.code(), () -> refusal.detail() + " " + about);
            assertSame(fromWire, fromJson, about);

            // And once more as it really goes: through the binary form into the slot.
            final int again = encoder.encode(fromJson.correlationId(wanted.correlationId()), message, 0);
            assertEquals(ResultCode.ACCEPTED, decoder.decode(message, 0, again, fromJson), about);
            assertSame(fromWire, fromJson, about);
        }
    }

    private static void assertSame(final Command expected, final Command actual, final String about) {
        assertEquals(expected.type(), actual.type(), about);
        assertEquals(expected.memberId(), actual.memberId(), about);
        assertEquals(expected.amountMinor(), actual.amountMinor(), about);
        assertEquals(expected.points(), actual.points(), about);
        assertEquals(expected.eventTimeMs(), actual.eventTimeMs(), about);
        assertEquals(expected.flags(), actual.flags(), about);
        assertEquals(expected.lineCount(), actual.lineCount(), about);
        assertEquals(expected.bytesLength(), actual.bytesLength(), about);
        for (final VarField field : VarField.values()) {
            assertEquals(expected.length(field), actual.length(field), () -> field + " of " + about);
            if (expected.length(field) > 0) {
                assertEquals(expected.offset(field), actual.offset(field), () -> field + " of " + about);
            }
        }
        final byte[] expectedBytes = new byte[expected.bytesLength()];
        final byte[] actualBytes = new byte[expected.bytesLength()];
        expected.bytes().getBytes(0, expectedBytes);
        actual.bytes().getBytes(0, actualBytes);
        assertEquals(Arrays.toString(expectedBytes), Arrays.toString(actualBytes), about);
    }

    private void request(final Command into, final List<String> members) {
        final CommandType type = List.of(CommandType.ACCRUE, CommandType.REDEEM, CommandType.ADJUST)
                .get(random.nextInt(3));
        into.reset(type)
                .correlationId(random.nextInt(1_000))
                .memberId(1 + (random.nextLong() >>> 1 >>> random.nextInt(62)));
        final String id = Long.toString(into.memberId());
        members.add("\"memberId\":" + (random.nextBoolean() ? id : "\"" + id + "\""));
        if (random.nextInt(3) > 0) {
            into.eventTimeMs(random.nextLong(253_402_300_800_000L));
            members.add("\"eventTime\":\"" + time(into.eventTimeMs()) + "\"");
        }
        into.put(VarField.PROGRAM, "p-" + random.nextInt(10));
        text(into, members, VarField.SOURCE, "source", "pos-" + random.nextInt(9));
        text(into, members, VarField.DOCUMENT_ID, "documentId", "D/" + random.nextInt() + "\"~\\!");
        switch (type) {
            case ACCRUE -> accrual(into, members);
            case REDEEM -> {
                into.points(1 + random.nextLong(Limits.MAX_VALUE));
                members.add("\"points\":" + into.points());
                places(into, members);
            }
            default -> {
                into.points(random.nextBoolean() ? -Limits.MAX_VALUE : 1 + random.nextInt(99));
                members.add("\"points\":" + into.points());
                if (random.nextBoolean()) {
                    final boolean flagged = random.nextBoolean();
                    into.flags(flagged ? Command.FLAG_MAY_GO_BELOW_ZERO : 0);
                    members.add("\"mayGoBelowZero\":" + flagged);
                }
                text(into, members, VarField.REASON, "reason", "because " + random.nextInt(5));
                text(into, members, VarField.OPERATOR_ID, "operatorId", "运营-" + random.nextInt(5));
                optional(into, members, VarField.REFERENCE, "reference");
            }
        }
    }

    private void accrual(final Command into, final List<String> members) {
        if (random.nextBoolean()) {
            final boolean visit = random.nextBoolean();
            into.flags(visit ? 0 : Command.FLAG_NO_VISIT);
            members.add("\"visit\":" + visit);
        }
        places(into, members);
        final int count = random.nextInt(4) == 0 ? random.nextInt(random.nextInt(30) == 0 ? 400 : 8) : 0;
        final List<Line> lines = new ArrayList<>();
        long sum = 0;
        int number = 0;
        for (int i = 0; i < count; i++) {
            number += random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(20);
            final Line line = new Line(
                    number,
                    random.nextBoolean() ? 1 : 1 + random.nextInt(Integer.MAX_VALUE),
                    i == 0 ? 1 + random.nextInt(1_000) : random.nextLong(1_000_000_000_000L >>> random.nextInt(40)),
                    random.nextInt(4),
                    TEXTS[random.nextInt(TEXTS.length)],
                    TEXTS[random.nextInt(TEXTS.length)],
                    TEXTS[random.nextInt(TEXTS.length)]);
            lines.add(line);
            sum += line.amountMinor();
        }
        into.amountMinor(count == 0 ? 1 + random.nextLong(Limits.MAX_VALUE) : sum)
                .lineCount(count);
        members.add("\"amountMinor\":" + into.amountMinor());
        if (count > 0) {
            members.add("\"lines\":[" + lines(into, lines) + "]");
        } else if (random.nextInt(5) == 0) {
            members.add("\"lines\":[]");
        }
    }

    private String lines(final Command into, final List<Line> lines) {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]);
        final List<String> documents = new ArrayList<>();
        int at = 0;
        int last = 0;
        for (final Line line : lines) {
            at = OrderLines.putFixed(bytes, at, line.number(), line.quantity(), line.amountMinor(), line.flags());
            final List<String> members = new ArrayList<>();
            if (line.number() != last + 1 || random.nextBoolean()) {
                members.add("\"number\":" + line.number());
            }
            last = line.number();
            if (line.quantity() != 1 || random.nextBoolean()) {
                members.add("\"quantity\":" + line.quantity());
            }
            members.add("\"amountMinor\":" + line.amountMinor());
            final boolean discounted = (line.flags() & OrderLines.DISCOUNTED) != 0;
            if (discounted || random.nextBoolean()) {
                members.add("\"fullPrice\":" + !discounted);
            }
            final boolean sample = (line.flags() & OrderLines.SAMPLE) != 0;
            if (sample || random.nextBoolean()) {
                members.add("\"sample\":" + sample);
            }
            final String[] names = {"sku", "category", "brand"};
            final String[] texts = {line.sku(), line.category(), line.brand()};
            for (int i = 0; i < names.length; i++) {
                final byte[] text = texts[i].getBytes(StandardCharsets.UTF_8);
                at = OrderLines.putText(bytes, at, new UnsafeBuffer(text), 0, text.length);
                if (text.length > 0 || random.nextBoolean()) {
                    members.add("\"" + names[i] + "\":" + quoted(texts[i]));
                }
            }
            Collections.shuffle(members, random);
            documents.add("{" + String.join(",", members) + "}");
        }
        into.put(VarField.LINES, bytes, 0, at);
        return String.join(",", documents);
    }

    private void places(final Command into, final List<String> members) {
        optional(into, members, VarField.CHANNEL, "channel");
        optional(into, members, VarField.STORE, "store");
        optional(into, members, VarField.STAFF, "staff");
    }

    private void optional(final Command into, final List<String> members, final VarField field, final String name) {
        if (random.nextInt(3) == 0) {
            final String value = TEXTS[random.nextInt(TEXTS.length)];
            if (value.isEmpty()) {
                members.add("\"" + name + "\":\"\"");
            } else {
                text(into, members, field, name, value);
            }
        }
    }

    private void text(
            final Command into,
            final List<String> members,
            final VarField field,
            final String name,
            final String value) {
        into.put(field, value);
        members.add("\"" + name + "\":" + quoted(value));
    }

    /** A JSON string in one of the forms it may have. */
    private String quoted(final String value) {
        final StringBuilder text = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (random.nextInt(6) == 0) {
                for (final char unit : Character.toChars(c)) {
                    text.append(String.format("\\u%04x", (int) unit));
                }
            } else if (c == '"' || c == '\\') {
                text.append('\\').appendCodePoint(c);
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.append('"').toString();
    }

    private String time(final long epochMs) {
        final ZoneOffset offset =
                random.nextBoolean() ? ZoneOffset.UTC : ZoneOffset.ofHoursMinutes(8, random.nextInt(60));
        final var local = Instant.ofEpochMilli(epochMs).atOffset(offset);
        return (local.getYear() > 9_999 ? local.withOffsetSameInstant(ZoneOffset.UTC) : local)
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX"));
    }
}
