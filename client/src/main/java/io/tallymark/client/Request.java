package io.tallymark.client;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandShape;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ExternalIdentity;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Any request, field by field; for {@link TallymarkClient#send}. What the operation does not have is refused with an
 * {@link IllegalArgumentException} when it is set; what is missing or out of its range is for the server to say. Not
 * thread-safe; may be sent again as it is.
 */
public final class Request {
    private final CommandType type;
    private final CommandShape shape;
    private final Command fixed = new Command();
    private final byte[][] texts = new byte[VarField.COUNT][];
    private final ExternalIdentity identity = new ExternalIdentity();

    private Request(final CommandType type) {
        this.type = type;
        this.shape = type.shape();
        fixed.reset(type);
    }

    /** A request of this operation without any field. */
    public static Request of(final CommandType type) {
        return new Request(type);
    }

    /** What makes the request happen once: the same again takes no effect. */
    public Request key(final String program, final String source, final String documentId) {
        return program(program).source(source).documentId(documentId);
    }

    public Request program(final String value) {
        return set(VarField.PROGRAM, value);
    }

    /** The calling system. */
    public Request source(final String value) {
        return set(VarField.SOURCE, value);
    }

    /** The document's number in the calling system. */
    public Request documentId(final String value) {
        return set(VarField.DOCUMENT_ID, value);
    }

    public Request member(final long memberId) {
        return set(FixedField.MEMBER_ID, memberId);
    }

    /** Who is meant, as known outside: instead of the member id, or beside it where the operation is about both. */
    public Request identity(final String channel, final String externalId) {
        require(shape.identity() != CommandShape.Identity.NONE, "identity");
        identity.set(channel, externalId);
        return this;
    }

    /** Of a transfer: to whom; of a merge: into whom. */
    public Request otherMember(final long memberId) {
        return set(FixedField.OTHER_MEMBER_ID, memberId);
    }

    public Request amountMinor(final long value) {
        return set(FixedField.AMOUNT_MINOR, value);
    }

    /** The part of the amount that is paid in money. */
    public Request cashMinor(final long value) {
        return set(FixedField.CASH_MINOR, value);
    }

    public Request points(final long value) {
        return set(FixedField.POINTS, value);
    }

    /** When it happened, epoch milliseconds; without it: now. */
    public Request at(final long timeMs) {
        return set(FixedField.EVENT_TIME, timeMs);
    }

    /** When it ends, epoch milliseconds. */
    public Request until(final long timeMs) {
        return set(FixedField.UNTIL, timeMs);
    }

    /** How long it lasts. */
    public Request ttlMs(final long value) {
        return set(FixedField.TTL_MS, value);
    }

    public Request birthday(final LocalDate value) {
        return set(
                FixedField.BIRTHDAY, value.getYear() * 10_000L + value.getMonthValue() * 100 + value.getDayOfMonth());
    }

    /** Of a publication: the version it replaces; of a query: the version asked for. */
    public Request version(final int value) {
        return set(FixedField.VERSION, value);
    }

    /** The order does not count as a visit. */
    public Request noVisit() {
        return flag(Command.FLAG_NO_VISIT, "noVisit");
    }

    /** What the balance lacks becomes debt. */
    public Request mayGoBelowZero() {
        return flag(Command.FLAG_MAY_GO_BELOW_ZERO, "mayGoBelowZero");
    }

    public Request channel(final String value) {
        return set(VarField.CHANNEL, value);
    }

    public Request store(final String value) {
        return set(VarField.STORE, value);
    }

    public Request staff(final String value) {
        return set(VarField.STAFF, value);
    }

    public Request reason(final String value) {
        return set(VarField.REASON, value);
    }

    public Request operatorId(final String value) {
        return set(VarField.OPERATOR_ID, value);
    }

    public Request reference(final String value) {
        return set(VarField.REFERENCE, value);
    }

    /** How many, signed. */
    public Request quantity(final int value) {
        return set(FixedField.QUANTITY, value);
    }

    /** Of an enrolment: who brought the member. */
    public Request referrer(final long memberId) {
        return set(FixedField.REFERRER_ID, memberId);
    }

    /** The brand of an order, or that at which points are spent. */
    public Request brand(final String value) {
        return set(VarField.BRAND, value);
    }

    /** Of a hold: the coupon of which it reserves a use. What is granted or used is said by {@link #rule}. */
    public Request coupon(final String id) {
        return set(VarField.COUPON_ID, id);
    }

    /**
     * What of the program is meant: the activity, campaign, tier, reward, coupon, benefit, pack, draw, board, issuer or
     * wallet of stored value; of a restocking also a prize as {@code draw/place}, of a pause {@code redemptions}.
     */
    public Request rule(final String id) {
        return set(VarField.RULE_ID, id);
    }

    /** The wallet of points that is spent from or corrected; without it: {@code points}. */
    public Request wallet(final String id) {
        return set(VarField.WALLET_ID, id);
    }

    /** The way into a tier. */
    public Request way(final String value) {
        return set(VarField.WAY, value);
    }

    /** The document of the own source that this one is about: an order, a hold, a redemption. */
    public Request original(final String documentId) {
        return set(VarField.ORIGINAL_DOCUMENT_ID, documentId);
    }

    /** The document of any source that this one is about. */
    public Request original(final String source, final String documentId) {
        return set(VarField.ORIGINAL_SOURCE, source).original(documentId);
    }

    /** The lines of an order, which sum to its amount. */
    public Request lines(final List<OrderLine> lines) {
        require(shape.lines() == CommandShape.Lines.ORDER, "lines of an order");
        final ExpandableArrayBuffer encoded = Requests.lines(lines);
        return lines(encoded, Requests.linesLength(lines), lines.size());
    }

    /** The lines of a refund. */
    public Request refundLines(final List<RefundLine> lines) {
        require(shape.lines() == CommandShape.Lines.REFUND, "lines of a refund");
        final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer();
        int at = 0;
        for (final RefundLine line : lines) {
            at = OrderLines.putFixed(encoded, at, line.number(), line.quantity(), line.amountMinor(), 0);
            for (int text = 0; text < 3; text++) {
                encoded.putByte(at++, (byte) 0);
            }
        }
        return lines(encoded, at, lines.size());
    }

    /** A program in its canonical compiled form, and the file it was compiled from. */
    public Request compiledProgram(final byte[] compiled, final String sourceText) {
        require(shape.varFields().contains(VarField.COMPILED_PROGRAM), VarField.COMPILED_PROGRAM.wireName());
        texts[VarField.COMPILED_PROGRAM.ordinal()] = compiled.clone();
        return set(VarField.SOURCE_TEXT, sourceText);
    }

    CommandType type() {
        return type;
    }

    /** Who is meant; to be read before the request changes. */
    ExternalIdentity identity() {
        return identity;
    }

    Command toCommand() {
        int length = 0;
        for (final byte[] text : texts) {
            length += text == null ? 0 : text.length;
        }
        final Command command = new Command();
        command.lend(new UnsafeBuffer(new byte[length]));
        command.reset(type).lineCount(fixed.lineCount());
        for (int i = 0; i < FixedField.COUNT; i++) {
            command.set(FixedField.of(i), fixed.get(FixedField.of(i)));
        }
        for (int i = 0; i < VarField.COUNT; i++) {
            if (texts[i] != null && texts[i].length > 0) {
                command.put(VarField.of(i), new UnsafeBuffer(texts[i]), 0, texts[i].length);
            }
        }
        return command;
    }

    private Request lines(final ExpandableArrayBuffer encoded, final int length, final int count) {
        final byte[] bytes = new byte[length];
        encoded.getBytes(0, bytes);
        texts[VarField.LINES.ordinal()] = bytes;
        fixed.lineCount(count);
        return this;
    }

    private Request flag(final int flag, final String name) {
        require((shape.flags() & flag) != 0, name);
        fixed.flags(fixed.flags() | flag);
        return this;
    }

    private Request set(final FixedField field, final long value) {
        require(shape.has(field), field.wireName());
        fixed.set(field, value);
        return this;
    }

    private Request set(final VarField field, final String value) {
        require(shape.varFields().contains(field), field.wireName());
        texts[field.ordinal()] = value.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    private void require(final boolean has, final String name) {
        if (!has) {
            throw new IllegalArgumentException(type + " has no " + name);
        }
    }

    /** The operation and its key, never who is meant. */
    @Override
    public String toString() {
        final byte[] documentId = texts[VarField.DOCUMENT_ID.ordinal()];
        return type + (documentId == null ? "" : " " + new String(documentId, StandardCharsets.UTF_8));
    }
}
