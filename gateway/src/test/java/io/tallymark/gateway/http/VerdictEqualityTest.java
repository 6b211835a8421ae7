package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.CommandEncoder;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What one front refuses the other refuses with the same code, and whatever a body is, it gets an answer. */
class VerdictEqualityTest {
    private static final long MAX = Limits.MAX_VALUE;

    private final long seed = 90_210;
    private final Random random = new Random(seed);
    private final JsonRequestReader reader = new JsonRequestReader();
    private final Command fromJson = roomy();
    private final Command fromWire = roomy();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[512 * 1024]);

    private static Command roomy() {
        final Command command = new Command();
        command.lend(new UnsafeBuffer(new byte[JsonRequestReader.COMMAND_BYTES]));
        return command;
    }

    @Test
    void theSameFaultHasTheSameCodeOnBothFronts() {
        final CommandEncoder encoder = new CommandEncoder();
        final CommandDecoder decoder = new CommandDecoder();
        final Map<ResultCode, Integer> seen = new EnumMap<>(ResultCode.class);
        for (int i = 0; i < 20_000; i++) {
            final Command wanted = roomy();
            final String json = accrual(wanted);
            final int length = encoder.encode(wanted, message, 0);
            final ResultCode onWire = decoder.decode(message, 0, length, fromWire);
            final byte[] body = json.getBytes(StandardCharsets.UTF_8);
            final Refusal refusal =
                    reader.read(Route.ACCRUALS, Paths.target(Route.ACCRUALS), body, 0, body.length, fromJson);
            assertEquals(
                    onWire,
                    refusal.code(),
                    () -> "seed " + seed + ": " + decoder.detail() + " / " + refusal.detail() + " " + json);
            seen.merge(onWire, 1, Integer::sum);
        }
        assertEquals(5, seen.size(), "all verdicts were met: " + seen);
    }

    @Test
    void mutatedBodiesAreTakenOrRefusedAndNeverMore() throws Exception {
        final JsonOutput output = new JsonOutput();
        final ReplyJson json = new ReplyJson(output);
        final JsonFactory strict = new JsonFactory();
        for (int i = 0; i < 30_000; i++) {
            final byte[] body = mutated(accrual(roomy()).getBytes(StandardCharsets.UTF_8));
            final Route route = random.nextInt(8) == 0 ? Route.ADJUSTMENTS : Route.ACCRUALS;
            final Refusal refusal = reader.read(route, Paths.target(route), body, 0, body.length, fromJson);
            final ResultCode code = refusal.code();
            assertTrue(code == ResultCode.ACCEPTED || code.kind() == ResultCode.Kind.MALFORMED, () -> "seed " + seed);
            final int length = json.problem(
                    HttpStatus.BAD_REQUEST,
                    code.name(),
                    code.meaning(),
                    refusal.detail(),
                    refusal.pointer(),
                    null,
                    null);
            try (JsonParser parser = strict.createParser(output.bytes(), 0, length)) {
                while (parser.nextToken() != null) {
                    // Reads to the end, or throws where this is not JSON.
                }
            }
        }
    }

    @Test
    void aBodyWithoutEscapesHasTheVerdictOfTheSameWithOne() {
        final Command fromParser = roomy();
        final JsonRequestReader parser = new JsonRequestReader();
        int accepted = 0;
        for (int i = 0; i < 60_000; i++) {
            final byte[] whole = plain(accrual(roomy())).getBytes(StandardCharsets.UTF_8);
            final String body = new String(random.nextBoolean() ? whole : mutated(whole), StandardCharsets.ISO_8859_1);
            // A name with an escape is the parser's; what it names is the same.
            final String escaped = body.replaceFirst("\"source\"", "\"\\\\u0073ource\"");
            if (escaped.equals(body)) {
                continue;
            }
            final ResultCode code = read(reader, body, fromJson);
            assertEquals(read(parser, escaped, fromParser), code, () -> "seed " + seed + " " + body);
            if (code == ResultCode.ACCEPTED) {
                accepted++;
                assertEquals(says(fromParser), says(fromJson), () -> "seed " + seed + " " + body);
            }
        }
        assertTrue(accepted > 1_000, "accepted: " + accepted);
    }

    /** Without what only the parser reads, mostly, and with members of the other forms. */
    private String plain(final String accrual) {
        final String more = pick(
                "",
                "\"eventTime\":\"2026-03-01T12:34:56.7+08:00\",",
                "\"eventTime\":\"1969-12-31T23:59:59Z\",",
                "\"visit\": false,",
                "\"visit\" :true,",
                "\"visit\":null,",
                "\"channel\":\"\u00c3\u00a9\",",
                "\"points\":1,",
                "\"staff\":\"s 7\",",
                "\"source\":\"twice\",");
        final String memberId = pick(
                "5",
                "\"5\"",
                "\"05\"",
                "\"5 \"",
                "\" 5\"",
                "5e0",
                "5.0",
                "9223372036854775807",
                "\"9223372036854775807\"",
                "0");
        return accrual.replace(",\"lines\":[]", "")
                .replace("\"store\":\"\",", more)
                .replace("\"memberId\":5", "\"memberId\":" + memberId)
                .replace(",\"s", pick(",\"s", " ,\n \"s", ",\t\r\"s"));
    }

    private String pick(final String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private static ResultCode read(final JsonRequestReader reader, final String body, final Command into) {
        final byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        return reader.read(Route.ACCRUALS, Paths.target(Route.ACCRUALS), bytes, 0, bytes.length, into)
                .code();
    }

    private static String says(final Command command) {
        final StringBuilder text = new StringBuilder();
        for (final FixedField field : FixedField.values()) {
            text.append(field).append('=').append(command.get(field)).append(' ');
        }
        for (final VarField field : VarField.values()) {
            text.append(field).append('=').append(command.text(field)).append(' ');
        }
        return text.append(command.lineCount()).toString();
    }

    @Test
    void whatIsSpentHasTheSameVerdictOnBothFronts() {
        final Long[] values = {null, -1L, 1L, 5L, MAX, MAX + 1};
        for (final Route route : new Route[] {Route.REDEMPTIONS, Route.HOLDS}) {
            for (final Long amountMinor : values) {
                for (final Long cashMinor : values) {
                    for (final Long points : values) {
                        spent(route, amountMinor, cashMinor, points, null);
                    }
                }
            }
        }
        for (final Long ttlMs : new Long[] {null, -1L, 1L, Limits.MAX_TTL_MS, Limits.MAX_TTL_MS + 1}) {
            spent(Route.HOLDS, null, null, 5L, ttlMs);
            spent(Route.HOLDS, null, null, MAX + 1, ttlMs);
        }
    }

    private void spent(
            final Route route, final Long amountMinor, final Long cashMinor, final Long points, final Long ttlMs) {
        final Command wanted = roomy();
        wanted.reset(route.command())
                .memberId(5)
                .amountMinor(amountMinor == null ? 0 : amountMinor)
                .cashMinor(cashMinor == null ? 0 : cashMinor)
                .points(points == null ? 0 : points)
                .ttlMs(ttlMs == null ? 0 : ttlMs)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "pos")
                .put(VarField.DOCUMENT_ID, "d-1");
        final String json = "{\"source\":\"pos\",\"documentId\":\"d-1\",\"memberId\":5"
                + member("amountMinor", amountMinor) + member("cashMinor", cashMinor) + member("points", points)
                + member("ttlMs", ttlMs) + "}";
        final int length = new CommandEncoder().encode(wanted, message, 0);
        final CommandDecoder decoder = new CommandDecoder();
        final ResultCode onWire = decoder.decode(message, 0, length, fromWire);
        final byte[] body = json.getBytes(StandardCharsets.UTF_8);
        final Refusal refusal = reader.read(route, Paths.target(route), body, 0, body.length, fromJson);
        assertEquals(onWire, refusal.code(), () -> decoder.detail() + " / " + refusal.detail() + " " + json);
    }

    @Test
    void whatIsSpentForARewardOrBesideACouponHasTheSameVerdictOnBothFronts() throws Exception {
        for (final Route route : new Route[] {Route.REDEMPTIONS, Route.HOLDS, Route.PREVIEW_REDEMPTIONS}) {
            for (final boolean hasReward : new boolean[] {false, true}) {
                for (final boolean hasCoupon : new boolean[] {false, route == Route.HOLDS}) {
                    for (final long amountMinor : new long[] {0, 5, MAX + 1}) {
                        for (final long cashMinor : new long[] {0, 2}) {
                            for (final long points : new long[] {0, 3}) {
                                for (final String wallet : new String[] {null, "stars", "points", "a\tb"}) {
                                    spentFor(route, hasReward, hasCoupon, amountMinor, cashMinor, points, wallet);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private void spentFor(
            final Route route,
            final boolean hasReward,
            final boolean hasCoupon,
            final long amountMinor,
            final long cashMinor,
            final long points,
            final String wallet) {
        final Command wanted = roomy();
        wanted.reset(route.command())
                .memberId(5)
                .amountMinor(amountMinor)
                .cashMinor(cashMinor)
                .points(points)
                .put(VarField.PROGRAM, "mima");
        final boolean isKeyed = route.command().shape().isKeyed();
        if (isKeyed) {
            wanted.put(VarField.SOURCE, "pos").put(VarField.DOCUMENT_ID, "d-1");
        }
        if (hasReward) {
            wanted.put(VarField.RULE_ID, "mug");
        }
        if (hasCoupon) {
            wanted.put(VarField.COUPON_ID, "latte");
        }
        if (wallet != null) {
            wanted.put(VarField.WALLET_ID, wallet);
        }
        final String json = "{\"memberId\":5" + (isKeyed ? ",\"source\":\"pos\",\"documentId\":\"d-1\"" : "")
                + member("amountMinor", amountMinor == 0 ? null : amountMinor)
                + member("cashMinor", cashMinor == 0 ? null : cashMinor)
                + member("points", points == 0 ? null : points)
                + (hasReward ? ",\"reward\":\"mug\"" : "")
                + (hasCoupon ? ",\"coupon\":\"latte\"" : "")
                + (wallet == null ? "" : ",\"wallet\":\"" + wallet.replace("\t", "\\t") + "\"") + "}";
        final int length = new CommandEncoder().encode(wanted, message, 0);
        final CommandDecoder decoder = new CommandDecoder();
        final ResultCode onWire = decoder.decode(message, 0, length, fromWire);
        final byte[] body = json.getBytes(StandardCharsets.UTF_8);
        final Refusal refusal = reader.read(route, Paths.target(route), body, 0, body.length, fromJson);
        assertEquals(onWire, refusal.code(), () -> decoder.detail() + " / " + refusal.detail() + " " + json);
    }

    private static String member(final String name, final Long value) {
        return value == null ? "" : ",\"" + name + "\":" + value;
    }

    private byte[] mutated(final byte[] body) {
        final byte[] result = body.clone();
        for (int k = random.nextInt(4); k >= 0; k--) {
            final int at = random.nextInt(result.length);
            switch (random.nextInt(4)) {
                case 0 -> result[at] = (byte) random.nextInt(256);
                case 1 -> result[at] = (byte) "{}[]\",:\\u0-+.eE tfn/*#".charAt(random.nextInt(22));
                case 2 -> System.arraycopy(result, at, result, at / 2, result.length - at);
                default -> result[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return result;
    }

    private boolean fault() {
        return random.nextInt(12) == 0;
    }

    /** An accrual that may have a fault or several; as a command into {@code wanted} and as JSON. */
    private String accrual(final Command wanted) {
        final long memberId = fault() ? -random.nextInt(2) : 5;
        final String source = fault() ? "p s" : "pos";
        final String documentId = fault() ? "d".repeat(65) : "d-1";
        final String store = fault() ? "x".repeat(60 + random.nextInt(10)) : "";
        wanted.reset(CommandType.ACCRUE)
                .memberId(memberId)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, source)
                .put(VarField.DOCUMENT_ID, documentId);
        if (!store.isEmpty()) {
            wanted.put(VarField.STORE, store);
        }
        final StringBuilder lines = new StringBuilder();
        final long sum = lines(wanted, lines);
        long amountMinor = sum == 0 ? 10 : sum;
        if (fault()) {
            amountMinor = new long[] {0, -1, MAX, MAX + 1, Long.MAX_VALUE, sum + 1}[random.nextInt(6)];
        }
        wanted.amountMinor(amountMinor);
        return "{\"memberId\":" + memberId + ",\"source\":\"" + source + "\",\"documentId\":\"" + documentId
                + "\",\"store\":\"" + store + "\",\"amountMinor\":" + amountMinor + ",\"lines\":[" + lines + "]}";
    }

    private long lines(final Command wanted, final StringBuilder json) {
        final int count = random.nextInt(200) == 0 ? 1_000 + random.nextInt(3) : random.nextInt(4);
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[JsonLines.MAX_BYTES]);
        int at = 0;
        long sum = 0;
        int number = 0;
        for (int i = 0; i < count; i++) {
            number = fault() && count < 100 ? Math.max(0, number - random.nextInt(2)) : number + 1;
            final int quantity = fault() && count < 100 ? -random.nextInt(2) : 2;
            final long amountMinor = fault() && count < 100 ? (random.nextBoolean() ? -1 : MAX + 1) : 3;
            final byte[] sku = (fault() && count < 100 ? "tab\t" : "sku").getBytes(StandardCharsets.US_ASCII);
            sum += amountMinor;
            at = OrderLines.putFixed(bytes, at, number, quantity, amountMinor, 0);
            at = OrderLines.putText(bytes, at, new UnsafeBuffer(sku), 0, sku.length);
            at = OrderLines.putText(bytes, at, bytes, 0, 0);
            at = OrderLines.putText(bytes, at, bytes, 0, 0);
            json.append(i == 0 ? "" : ",")
                    .append("{\"number\":")
                    .append(number)
                    .append(",\"quantity\":")
                    .append(quantity)
                    .append(",\"amountMinor\":")
                    .append(amountMinor)
                    .append(",\"sku\":\"")
                    .append(new String(sku, StandardCharsets.US_ASCII).replace("\t", "\\t"))
                    .append("\"}");
        }
        if (count > 0) {
            wanted.lineCount(count).put(VarField.LINES, bytes, 0, at);
        }
        return sum;
    }
}
