package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.CommandEncoder;
import io.tallymark.protocol.CommandShape;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ExternalIdentity;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A request in JSON and the same in SBE are one command, and so one key with one content: a resend may change ports. */
class CommandEqualityTest {
    private static final int REQUESTS = 40_000;
    private static final String[] TEXTS = {
        "", "a", "store 7", "Straße", "玫瑰", "q\"uo\\te/", "x".repeat(64), "é".repeat(32), "😀".repeat(16), "tab?", " "
    };
    private static final List<Route> ROUTES =
            Arrays.stream(Route.values()).filter(r -> r.members() != null).toList();

    private final Random random;
    private final long seed;
    private final JsonRequestReader reader = new JsonRequestReader();
    private final Command fromJson = new Command();
    private final Command fromWire = new Command();
    private final CommandEncoder encoder = new CommandEncoder();
    private final CommandDecoder decoder = new CommandDecoder((message, length, into, offset) -> {
        // A stand-in for the keyed hash: whatever differs in the message differs here.
        into.putByte(offset, (byte) 1);
        into.putLong(offset + 1, Arrays.hashCode(Arrays.copyOf(message, length)));
        into.putLong(offset + 9, length);
        return 17;
    });
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[512 * 1024]);

    private final Map<VarField, byte[]> vars = new EnumMap<>(VarField.class);
    private final Map<String, String> members = new TreeMap<>();
    private final ExternalIdentity identity = new ExternalIdentity();

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
        final Set<CommandType> met = EnumSet.noneOf(CommandType.class);
        for (int i = 0; i < REQUESTS; i++) {
            final Route route = random.nextInt(4) == 0 ? Route.ACCRUALS : ROUTES.get(random.nextInt(ROUTES.size()));
            final Command wanted = new Command();
            wanted.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
            request(route, wanted);
            met.add(wanted.type());
            final List<String> texts = new ArrayList<>();
            members.forEach((name, value) -> texts.add("\"" + name + "\":" + value));
            Collections.shuffle(texts, random);
            final String json = "{" + String.join(random.nextBoolean() ? "," : " ,\n\t", texts) + "}";
            final String about = "seed " + seed + ", request " + i + ": " + route + " " + json;

            final int length = encoder.encode(wanted, identity, message, 0);
            assertEquals(
                    ResultCode.ACCEPTED,
                    decoder.decode(message, 0, length, fromWire),
                    () -> decoder.detail() + " " + about);
            final RequestTarget target = Paths.target(route, wanted.text(VarField.PROGRAM));
            final byte[] body = json.getBytes(StandardCharsets.UTF_8);
            final Refusal refusal = reader.read(route, target, body, 0, body.length, fromJson);
            assertEquals(ResultCode.ACCEPTED, refusal.code(), () -> refusal.detail() + " " + about);

            final int again =
                    encoder.encode(fromJson.correlationId(wanted.correlationId()), reader.identity(), message, 0);
            assertEquals(ResultCode.ACCEPTED, decoder.decode(message, 0, again, fromJson), about);
            assertSame(fromWire, fromJson, about);
        }
        assertEquals(39, met.size(), "operations with a body: " + met);
    }

    private static void assertSame(final Command expected, final Command actual, final String about) {
        assertEquals(expected.type(), actual.type(), about);
        for (final FixedField field : FixedField.values()) {
            assertEquals(expected.get(field), actual.get(field), () -> field + " of " + about);
        }
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

    /** Makes a request of everything that the route's operation may have. */
    private void request(final Route route, final Command into) {
        final CommandShape shape = route.command().shape();
        vars.clear();
        members.clear();
        identity.clear();
        into.reset(route.command()).correlationId(random.nextInt(1_000));
        vars.put(VarField.PROGRAM, bytes("p-" + random.nextInt(10)));
        for (final VarField field : shape.varFields()) {
            text(route, field, shape.requires(field));
        }
        for (final FixedField field : shape.fixedFields()) {
            number(field, into);
        }
        member(route, into);
        spending(shape, into);
        if (shape.lines() == CommandShape.Lines.ORDER) {
            orderLines(into);
        } else if (shape.lines() == CommandShape.Lines.REFUND && into.amountMinor() == 0) {
            refundLines(into);
        }
        vars.forEach((field, value) -> into.put(field, new UnsafeBuffer(value), 0, value.length));
    }

    private void text(final Route route, final VarField field, final boolean required) {
        final String pattern = route.pattern();
        switch (field) {
            case PROGRAM -> {
                // Stands in the path.
            }
            case SOURCE -> member(field, "source", "pos-" + random.nextInt(9));
            case DOCUMENT_ID -> member(field, "documentId", "D/" + random.nextInt() + "\"~\\!");
            case ORIGINAL_SOURCE -> {
                if (pattern.contains("{source}")) {
                    vars.put(field, bytes("shop/1"));
                } else if (random.nextBoolean()) {
                    member(field, "originalSource", "web");
                }
            }
            case ORIGINAL_DOCUMENT_ID -> {
                if (pattern.contains("{documentId}")) {
                    vars.put(field, bytes("D/1:%"));
                } else {
                    member(field, "originalDocumentId", "A-" + random.nextInt());
                }
            }
            case RULE_ID -> {
                if (pattern.contains("{campaign}") || pattern.contains("/redemptions/")) {
                    vars.put(field, bytes(pattern.contains("{campaign}") ? "double-days" : "redemptions"));
                } else if (required || random.nextInt(3) == 0) {
                    member(field, ruleName(route.command()), "规则 " + random.nextInt(5));
                }
            }
            case WALLET_ID -> {
                if (random.nextBoolean()) {
                    member(field, "wallet", random.nextBoolean() ? "points" : "成长 " + random.nextInt(5));
                }
            }
            case COUPON_ID -> {
                if (random.nextInt(3) == 0) {
                    member(field, "coupon", "券 " + random.nextInt(5));
                }
            }
            default -> {
                final String value = TEXTS[(required ? 1 : 0) + random.nextInt(TEXTS.length - 1)];
                if (required || random.nextInt(3) == 0) {
                    member(field, nameOf(field), value);
                }
            }
        }
    }

    private static String ruleName(final CommandType type) {
        return switch (type) {
            case GRANT_TIER, REVOKE_TIER -> "tier";
            case REDEEM, HOLD, PREVIEW_REDEEM, RESTOCK -> "reward";
            case GRANT_COUPON, USE_COUPON -> "coupon";
            case USE_BENEFIT -> "benefit";
            case BUY_PACK -> "pack";
            case DRAW -> "draw";
            case TOP_UP, SPEND_VALUE, REFUND_VALUE -> "wallet";
            default -> "activity";
        };
    }

    private static String nameOf(final VarField field) {
        return switch (field) {
            case CHANNEL -> "channel";
            case STORE -> "store";
            case STAFF -> "staff";
            case REASON -> "reason";
            case OPERATOR_ID -> "operatorId";
            case REFERENCE -> "reference";
            case WAY -> "way";
            case BRAND -> "brand";
            default -> throw new IllegalArgumentException(field.name());
        };
    }

    private void member(final VarField field, final String name, final String value) {
        if (!value.isEmpty()) {
            vars.put(field, bytes(value));
        }
        members.put(name, quoted(value));
    }

    private void number(final FixedField field, final Command into) {
        final CommandType type = into.type();
        switch (field) {
            case OTHER_MEMBER_ID -> {
                into.otherMemberId(1 + random.nextInt(Integer.MAX_VALUE));
                members.put(type == CommandType.MERGE ? "intoMemberId" : "toMemberId", id(into.otherMemberId()));
            }
            case AMOUNT_MINOR, POINTS -> {
                if (type.shape().requires(field) || random.nextBoolean()) {
                    final boolean negative = type == CommandType.ADJUST && random.nextBoolean();
                    final long value = 1 + random.nextLong(Limits.MAX_VALUE);
                    into.set(field, negative ? -value : value);
                    members.put(field == FixedField.POINTS ? "points" : "amountMinor", "" + into.get(field));
                }
            }
            case EVENT_TIME, UNTIL -> {
                if (random.nextInt(3) > 0) {
                    into.set(field, random.nextLong(253_402_300_800_000L));
                    members.put(field == FixedField.UNTIL ? "until" : "eventTime", quoted(time(into.get(field))));
                }
            }
            case TTL_MS -> {
                if (random.nextBoolean()) {
                    into.ttlMs(1 + random.nextLong(2_592_000_000L));
                    members.put("ttlMs", "" + into.ttlMs());
                }
            }
            case BIRTHDAY -> {
                if (random.nextBoolean()) {
                    final LocalDate day = LocalDate.of(1900, 1, 1).plusDays(random.nextInt(60_000));
                    into.birthday(day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth());
                    members.put("birthday", "\"" + day + "\"");
                }
            }
            case FLAGS -> {
                if (random.nextBoolean()) {
                    final boolean value = random.nextBoolean();
                    final boolean isVisit = (type.shape().flags() & Command.FLAG_NO_VISIT) != 0;
                    into.flags(isVisit == value ? 0 : isVisit ? Command.FLAG_NO_VISIT : Command.FLAG_MAY_GO_BELOW_ZERO);
                    members.put(isVisit ? "visit" : "mayGoBelowZero", "" + value);
                }
            }
            case QUANTITY -> {
                into.quantity((random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(Limits.MAX_QUANTITY)));
                members.put("quantity", "" + into.quantity());
            }
            case REFERRER_ID -> {
                if (random.nextBoolean()) {
                    into.referrerId(1 + (random.nextLong() >>> 1 >>> random.nextInt(62)));
                    members.put("referrerId", id(into.referrerId()));
                }
            }
            default -> {
                // The member and cash depend on what else there is.
            }
        }
    }

    private void member(final Route route, final Command into) {
        final CommandShape.Identity rule = into.type().shape().identity();
        if (route.pattern().contains("{memberId}")) {
            into.memberId(42);
        }
        final boolean hasIdentity = switch (rule) {
            case NONE -> false;
            case REQUIRED -> true;
            case OPTIONAL -> random.nextBoolean();
            case INSTEAD_OF_MEMBER -> into.memberId() == 0 && random.nextInt(3) == 0;
        };
        final boolean takesMember = rule == CommandShape.Identity.OPTIONAL && random.nextBoolean()
                || rule == CommandShape.Identity.INSTEAD_OF_MEMBER && !hasIdentity;
        if (into.memberId() == 0 && takesMember) {
            into.memberId(1 + (random.nextLong() >>> 1 >>> random.nextInt(62)));
            members.put("memberId", id(into.memberId()));
        }
        if (hasIdentity) {
            final String channel = TEXTS[1 + random.nextInt(TEXTS.length - 1)];
            final String externalId = random.nextBoolean() ? "😀".repeat(32) : "+86 " + random.nextInt();
            identity.set(channel, externalId);
            members.put("identity", "{\"externalId\":" + quoted(externalId) + ",\"channel\":" + quoted(channel) + "}");
        }
    }

    private String id(final long value) {
        return random.nextBoolean() ? "" + value : "\"" + value + "\"";
    }

    /** Makes what is spent a reward, points, or an amount with or without cash; beside a coupon also nothing of these. */
    private void spending(final CommandShape shape, final Command into) {
        if (!shape.has(FixedField.CASH_MINOR)) {
            return;
        }
        members.remove("points");
        members.remove("amountMinor");
        into.points(0).amountMinor(0);
        if (vars.containsKey(VarField.RULE_ID) || vars.containsKey(VarField.COUPON_ID) && random.nextBoolean()) {
            // The wallet of all members is as if none were named.
            if (vars.containsKey(VarField.WALLET_ID)
                    && !text(VarField.WALLET_ID).equals("points")) {
                vars.remove(VarField.WALLET_ID);
                members.remove("wallet");
            }
            return;
        }
        if (random.nextBoolean()) {
            into.points(1 + random.nextInt(1_000));
            members.put("points", "" + into.points());
            return;
        }
        into.amountMinor(2 + random.nextInt(100_000));
        members.put("amountMinor", "" + into.amountMinor());
        if (random.nextBoolean()) {
            into.cashMinor(random.nextLong(into.amountMinor()));
            members.put("cashMinor", "" + into.cashMinor());
        }
    }

    private void orderLines(final Command into) {
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
        if (count > 0) {
            into.amountMinor(sum);
            members.put("amountMinor", "" + sum);
        }
        lines(into, lines);
    }

    private void lines(final Command into, final List<Line> lines) {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]);
        final List<String> documents = new ArrayList<>();
        int at = 0;
        int last = 0;
        for (final Line line : lines) {
            at = OrderLines.putFixed(bytes, at, line.number(), line.quantity(), line.amountMinor(), line.flags());
            final List<String> texts = new ArrayList<>();
            if (line.number() != last + 1 || random.nextBoolean()) {
                texts.add("\"number\":" + line.number());
            }
            last = line.number();
            if (line.quantity() != 1 || random.nextBoolean()) {
                texts.add("\"quantity\":" + line.quantity());
            }
            texts.add("\"amountMinor\":" + line.amountMinor());
            final boolean discounted = (line.flags() & OrderLines.DISCOUNTED) != 0;
            if (discounted || random.nextBoolean()) {
                texts.add("\"fullPrice\":" + !discounted);
            }
            final boolean sample = (line.flags() & OrderLines.SAMPLE) != 0;
            if (sample || random.nextBoolean()) {
                texts.add("\"sample\":" + sample);
            }
            final String[] names = {"sku", "category", "brand"};
            final String[] values = {line.sku(), line.category(), line.brand()};
            for (int i = 0; i < names.length; i++) {
                final byte[] text = bytes(values[i]);
                at = OrderLines.putText(bytes, at, new UnsafeBuffer(text), 0, text.length);
                if (text.length > 0 || random.nextBoolean()) {
                    texts.add("\"" + names[i] + "\":" + quoted(values[i]));
                }
            }
            Collections.shuffle(texts, random);
            documents.add("{" + String.join(",", texts) + "}");
        }
        keep(into, bytes, at, documents);
    }

    private void refundLines(final Command into) {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[4_096]);
        final List<String> documents = new ArrayList<>();
        int at = 0;
        int number = 0;
        for (int i = random.nextInt(5); i > 0; i--) {
            number += 1 + random.nextInt(20);
            final boolean byQuantity = random.nextBoolean();
            final int quantity = byQuantity ? 1 + random.nextInt(Integer.MAX_VALUE) : 0;
            final long amountMinor = byQuantity ? 0 : 1 + random.nextLong(Limits.MAX_VALUE);
            at = OrderLines.putFixed(bytes, at, number, quantity, amountMinor, 0);
            for (int text = 0; text < 3; text++) {
                at = OrderLines.putText(bytes, at, bytes, 0, 0);
            }
            documents.add("{\"number\":" + number
                    + (byQuantity ? ",\"quantity\":" + quantity : ",\"amountMinor\":" + amountMinor) + "}");
        }
        keep(into, bytes, at, documents);
    }

    private void keep(final Command into, final UnsafeBuffer bytes, final int length, final List<String> documents) {
        into.lineCount(documents.size());
        if (!documents.isEmpty()) {
            final byte[] copy = new byte[length];
            bytes.getBytes(0, copy);
            vars.put(VarField.LINES, copy);
        }
        if (!documents.isEmpty() || random.nextInt(5) == 0) {
            members.put("lines", "[" + String.join(",", documents) + "]");
        }
    }

    private String text(final VarField field) {
        return new String(vars.get(field), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
