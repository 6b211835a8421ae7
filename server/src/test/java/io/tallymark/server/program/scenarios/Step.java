package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.IdentityHashes;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.concurrent.UnsafeBuffer;

/** One command of a scenario: what it says, in any order, then what must come of it. Sent as often as that is said. */
final class Step {
    private static final String HMAC = "HmacSHA256";
    private static final byte[] IDENTITY_KEY = new byte[32];
    private static final int MAX_LINE_BYTES = 300;
    private static final long MILLION = 1_000_000;
    private static final long HOUR_MS = 3_600_000;

    private final Scenario scenario;
    private final CommandType type;
    private final Map<VarField, byte[]> texts = new EnumMap<>(VarField.class);
    private final Map<FixedField, Long> numbers = new EnumMap<>(FixedField.class);
    private byte[] lines = new byte[0];
    private int lineCount;

    Step(final Scenario scenario, final CommandType type, final String documentId) {
        this.scenario = scenario;
        this.type = type;
        put(VarField.PROGRAM, scenario.programName());
        if (type.shape().isKeyed()) {
            put(VarField.DOCUMENT_ID, documentId).source("pos");
        }
    }

    private Step put(final VarField field, final String text) {
        return put(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private Step put(final VarField field, final byte[] bytes) {
        texts.put(field, bytes);
        return this;
    }

    private Step put(final FixedField field, final long value) {
        numbers.put(field, value);
        return this;
    }

    private static long minor(final String amount) {
        return new BigDecimal(amount).movePointRight(2).longValueExact();
    }

    Step compiled(final byte[] program) {
        return put(VarField.COMPILED_PROGRAM, program);
    }

    Step source(final String system) {
        return put(VarField.SOURCE, system);
    }

    Step member(final long id) {
        return put(FixedField.MEMBER_ID, id);
    }

    /** Who brought the member. */
    Step referrer(final long id) {
        return put(FixedField.REFERRER_ID, id);
    }

    /** The part of the amount that is paid. */
    Step cash(final String amount) {
        return put(FixedField.CASH_MINOR, minor(amount));
    }

    Step quantity(final int pieces) {
        return put(FixedField.QUANTITY, pieces);
    }

    /** The random bits of a draw, as a share of all of them in millionths. */
    Step luck(final int millionths) {
        // Rounded up: the first bits that are not below the share.
        final BigInteger bits = BigInteger.ONE.shiftLeft(Long.SIZE).multiply(BigInteger.valueOf(millionths));
        final BigInteger million = BigInteger.valueOf(MILLION);
        return put(
                FixedField.RANDOM_BITS,
                bits.add(million).subtract(BigInteger.ONE).divide(million).longValue());
    }

    /** How long a hold lasts. */
    Step hours(final int hours) {
        return put(FixedField.TTL_MS, hours * HOUR_MS);
    }

    /** The member that a merge keeps. */
    Step into(final long id) {
        return put(FixedField.OTHER_MEMBER_ID, id);
    }

    Step amount(final String amount) {
        return put(FixedField.AMOUNT_MINOR, minor(amount));
    }

    Step points(final long points) {
        return put(FixedField.POINTS, points);
    }

    /** When it happened; unsaid: now. */
    Step happened(final String moment) {
        return put(FixedField.EVENT_TIME, Scenario.millis(moment));
    }

    Step birthday(final int yearMonthDay) {
        return put(FixedField.BIRTHDAY, yearMonthDay);
    }

    /** Does not count as a visit. */
    Step noVisit() {
        return put(FixedField.FLAGS, Command.FLAG_NO_VISIT);
    }

    Step channel(final String channel) {
        return put(VarField.CHANNEL, channel);
    }

    Step store(final String store) {
        return put(VarField.STORE, store);
    }

    Step staff(final String guide) {
        return put(VarField.STAFF, guide);
    }

    /** The brand of an order, or where points are spent. */
    Step brand(final String brand) {
        return put(VarField.BRAND, brand);
    }

    Step coupon(final String id) {
        return put(VarField.COUPON_ID, id);
    }

    /** Why and by whom. */
    Step because(final String reason) {
        return put(VarField.REASON, reason).put(VarField.OPERATOR_ID, "operator-1");
    }

    Step reference(final String reference) {
        return put(VarField.REFERENCE, reference);
    }

    Step rule(final String id) {
        return put(VarField.RULE_ID, id);
    }

    /** The wallet of points that is spent from, other than {@code points}. */
    Step wallet(final String id) {
        return put(VarField.WALLET_ID, id);
    }

    Step way(final String way) {
        return put(VarField.WAY, way);
    }

    /** The document that it is about, of its own source. */
    Step about(final String documentId) {
        return put(VarField.ORIGINAL_DOCUMENT_ID, documentId);
    }

    Step about(final String source, final String documentId) {
        return put(VarField.ORIGINAL_SOURCE, source).about(documentId);
    }

    /** An outside identity as the gateway hands it over: its keyed hash. */
    Step identity(final String channel, final String externalId) {
        try {
            final Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(IDENTITY_KEY, HMAC));
            for (final String part : new String[] {scenario.programName(), channel, externalId}) {
                final byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((byte) bytes.length);
                mac.update(bytes);
            }
            final byte[] entry = new byte[IdentityHashes.ENTRY_BYTES];
            entry[0] = 1;
            System.arraycopy(mac.doFinal(), 0, entry, 1, entry.length - 1);
            return put(VarField.IDENTITY_CHANNEL, channel).put(VarField.IDENTITY, entry);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A line of an order. */
    Step line(final int number, final int quantity, final String amount, final String brand) {
        return line(number, quantity, amount, 0, brand);
    }

    Step sample(final int number, final String amount) {
        return line(number, 1, amount, OrderLines.SAMPLE, "");
    }

    /** Not sold at the full price. */
    Step discounted(final int number, final String amount) {
        return line(number, 1, amount, OrderLines.DISCOUNTED, "");
    }

    /** A line of an article of a category. */
    Step article(final int number, final int quantity, final String amount, final String sku, final String category) {
        return line(number, quantity, amount, 0, sku, category, "");
    }

    /** A refund of so many of a line. */
    Step units(final int number, final int quantity) {
        return line(number, quantity, "0", 0, "");
    }

    /** A refund of a part of a line. */
    Step part(final int number, final String amount) {
        return line(number, 0, amount, 0, "");
    }

    private Step line(final int number, final int quantity, final String amount, final int flags, final String brand) {
        return line(number, quantity, amount, flags, "", "", brand);
    }

    private Step line(
            final int number,
            final int quantity,
            final String amount,
            final int flags,
            final String sku,
            final String category,
            final String brand) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[lines.length + MAX_LINE_BYTES]);
        buffer.putBytes(0, lines);
        int at = OrderLines.putFixed(buffer, lines.length, number, quantity, minor(amount), flags);
        for (final String text : new String[] {sku, category, brand}) {
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            at = OrderLines.putText(buffer, at, new UnsafeBuffer(bytes), 0, bytes.length);
        }
        lines = new byte[at];
        buffer.getBytes(0, lines);
        lineCount++;
        return put(VarField.LINES, lines);
    }

    private Command make() {
        int length = 0;
        for (final byte[] bytes : texts.values()) {
            length += bytes.length;
        }
        final Command c = new Command();
        if (length > Command.INLINE_BYTES) {
            c.lend(new UnsafeBuffer(new byte[length]));
        }
        c.reset(type);
        numbers.forEach(c::set);
        texts.forEach((field, bytes) -> c.put(field, new UnsafeBuffer(bytes), 0, bytes.length));
        return c.lineCount(lineCount);
    }

    private Outcome send(final ResultCode expected) {
        final Outcome o = scenario.apply(make());
        assertEquals(expected, o.code, () -> type + " " + texts.keySet() + " " + numbers + ": " + o);
        return o;
    }

    Outcome accepted() {
        return send(ResultCode.ACCEPTED);
    }

    /** Accepted, and the outcome is of these points. */
    Outcome gives(final long points) {
        final Outcome o = accepted();
        assertEquals(points, o.points, o::toString);
        return o;
    }

    /** Accepted, and the outcome is of these points and this money. */
    Outcome gives(final long points, final String cash) {
        final Outcome o = gives(points);
        assertEquals(minor(cash), o.cashMinor, o::toString);
        return o;
    }

    Outcome refused(final ResultCode code) {
        return send(code);
    }
}
