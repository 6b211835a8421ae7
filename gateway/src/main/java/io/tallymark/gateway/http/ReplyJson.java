package io.tallymark.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.ProgramSummary;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyWallets;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the JSON of replies and of problems. Allocates nothing for an accepted command. Not thread-safe. */
final class ReplyJson {
    private static final SerializedString ACCEPTED = JsonOutput.name(ResultCode.ACCEPTED.name());
    private static final SerializedString DURABILITY = JsonOutput.name("durability");
    private static final SerializedString FSYNC = JsonOutput.name(Durability.FSYNC.label());
    private static final SerializedString PAGE_CACHE = JsonOutput.name(Durability.PAGE_CACHE.label());
    private static final SerializedString POINTS = JsonOutput.name("points");
    private static final SerializedString WALLET = JsonOutput.name("wallet");
    private static final SerializedString BALANCE = JsonOutput.name("balance");
    private static final SerializedString BALANCES = JsonOutput.name("balances");
    private static final SerializedString AVAILABLE = JsonOutput.name("available");
    private static final SerializedString PENDING = JsonOutput.name("pending");
    private static final SerializedString HELD = JsonOutput.name("held");
    private static final SerializedString DEBT = JsonOutput.name("debt");
    private static final SerializedString TIER = JsonOutput.name("tier");
    private static final SerializedString AS_OF_SEQUENCE = JsonOutput.name("asOfSequence");
    private static final SerializedString AS_OF = JsonOutput.name("asOf");
    private static final SerializedString MEMBER_ID = JsonOutput.name("memberId");

    private final JsonOutput output;
    private final JsonScalars scalars = new JsonScalars();
    private final RowsJson rowsJson = new RowsJson(scalars);
    private final OutcomeJson outcomes;
    private final byte[] text = new byte[256];

    ReplyJson(final JsonOutput output) {
        this.output = output;
        this.outcomes = new OutcomeJson(output.sink());
    }

    /** The outcome of an accepted command or preview; returns the bytes in {@link JsonOutput#bytes()}. */
    int accepted(final Reply reply, final CommandType type) {
        output.sink().cut(0);
        outcomes.accepted(reply, type);
        return OutcomeJson.hasOtherRows(reply)
                ? appendRows(reply)
                : output.sink().length();
    }

    private int appendRows(final Reply reply) {
        try {
            final JsonGenerator json = output.append();
            json.writeStartObject();
            rowsJson.write(json, reply.rows);
            json.writeEndObject();
            return output.endAppended();
        } catch (final IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /** A member as found; returns the bytes in {@link JsonOutput#bytes()}. */
    int member(final Reply reply) throws IOException {
        final JsonGenerator json = output.begin();
        json.writeStartObject();
        scalars.numberText(json, MEMBER_ID, reply.memberId);
        balances(json, reply);
        json.writeObjectFieldStart("lifetime");
        json.writeNumberField("spendMinor", reply.lifetimeSpendMinor);
        json.writeNumberField("points", reply.lifetimePoints);
        json.writeNumberField("visits", reply.lifetimeVisits);
        json.writeEndObject();
        durability(json, reply);
        asOf(json, reply);
        json.writeEndObject();
        return output.end();
    }

    /** The rows that a query asked for; returns the bytes in {@link JsonOutput#bytes()}. */
    int rows(final Reply reply) throws IOException {
        final JsonGenerator json = output.begin();
        json.writeStartObject();
        memberId(json, reply);
        rowsJson.write(json, reply.rows);
        durability(json, reply);
        asOf(json, reply);
        json.writeEndObject();
        return output.end();
    }

    /** The programs in force; returns the bytes in {@link JsonOutput#bytes()}. */
    int programs(final Reply reply) throws IOException {
        final JsonGenerator json = output.begin();
        json.writeStartObject();
        json.writeArrayFieldStart("programs");
        for (final ProgramSummary program : reply.programs) {
            json.writeStartObject();
            json.writeStringField("program", program.program());
            json.writeNumberField("version", program.version());
            json.writeStringField("hash", String.format("%016x%016x", program.hashHigh(), program.hashLow()));
            json.writeNumberField("members", program.members());
            json.writeEndObject();
        }
        json.writeEndArray();
        durability(json, reply);
        scalars.numberText(json, AS_OF_SEQUENCE, reply.asOfSequence);
        json.writeEndObject();
        return output.end();
    }

    /** {@code {"status":"..."}}; returns the bytes in {@link JsonOutput#bytes()}. */
    int state(final String state) throws IOException {
        final JsonGenerator json = output.begin();
        json.writeStartObject();
        json.writeStringField("status", state);
        json.writeEndObject();
        return output.end();
    }

    /**
     * A problem document as in RFC 9457.
     *
     * @param pointer to the place in the request's body; null: none
     * @param seen    the outcome where the ledger saw a command, whose members are added; else null
     * @param type    of that command
     * @return the bytes in {@link JsonOutput#bytes()}
     */
    int problem(
            final HttpStatus status,
            final String code,
            final String title,
            final String detail,
            final String pointer,
            final Reply seen,
            final CommandType type)
            throws IOException {
        final JsonGenerator json = beginProblem(status, code, title, detail);
        if (pointer != null) {
            json.writeStringField("pointer", encodable(pointer));
        }
        json.writeEndObject();
        if (seen == null || seen.kind != Reply.Kind.COMMAND) {
            return output.end();
        }
        output.reopen();
        outcomes.refused(seen, type);
        return output.endBytes();
    }

    /** The mistakes of a program's text; returns the bytes in {@link JsonOutput#bytes()}. */
    int invalidProgram(final HttpStatus status, final List<ProgramCompilation.Mistake> mistakes) throws IOException {
        final ResultCode code = ResultCode.PROGRAM_INVALID;
        final JsonGenerator json =
                beginProblem(status, code.name(), code.meaning(), "mistakes in the program: " + mistakes.size());
        json.writeArrayFieldStart("errors");
        for (final ProgramCompilation.Mistake mistake : mistakes) {
            json.writeStartObject();
            json.writeStringField("path", encodable(mistake.path()));
            json.writeStringField("reason", encodable(mistake.reason()));
            json.writeNumberField("line", mistake.line());
            json.writeNumberField("column", mistake.column());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        return output.end();
    }

    private JsonGenerator beginProblem(
            final HttpStatus status, final String code, final String title, final String detail) throws IOException {
        final JsonGenerator json = output.begin();
        json.writeStartObject();
        json.writeStringField("type", "urn:tallymark:problem:" + code);
        json.writeStringField("title", title);
        json.writeNumberField("status", status.number());
        json.writeStringField("detail", encodable(detail));
        json.writeStringField("code", code);
        return json;
    }

    /** Without surrogates that stand alone: the names in a body may hold them, and no UTF-8 can. */
    private static String encodable(final String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private void memberId(final JsonGenerator json, final Reply reply) throws IOException {
        if (reply.memberId > 0) {
            scalars.numberText(json, MEMBER_ID, reply.memberId);
        }
    }

    private void balances(final JsonGenerator json, final Reply reply) throws IOException {
        json.writeFieldName(WALLET);
        json.writeString(POINTS);
        json.writeFieldName(BALANCE);
        json.writeStartObject();
        JsonScalars.value(json, AVAILABLE, reply.availablePoints);
        JsonScalars.value(json, PENDING, reply.pendingPoints);
        JsonScalars.value(json, HELD, reply.heldPoints);
        JsonScalars.value(json, DEBT, reply.debtPoints);
        json.writeEndObject();
        furtherBalances(json, reply.wallets);
        json.writeFieldName(TIER);
        final int length = reply.tierLength();
        if (length == 0) {
            json.writeNull();
            return;
        }
        for (int i = 0; i < length; i++) {
            text[i] = reply.tierByte(i);
        }
        json.writeUTF8String(text, 0, length);
    }

    /** A query moves nothing, so they have no points of their own as those of an outcome do. */
    private static void furtherBalances(final JsonGenerator json, final ReplyWallets wallets) throws IOException {
        if (wallets.count() == 0) {
            return;
        }
        json.writeFieldName(BALANCES);
        json.writeStartArray();
        for (int i = 0; i < wallets.count(); i++) {
            json.writeStartObject();
            json.writeFieldName(WALLET);
            json.writeString(wallets.id(i));
            JsonScalars.value(json, AVAILABLE, wallets.availablePoints(i));
            JsonScalars.value(json, PENDING, wallets.pendingPoints(i));
            JsonScalars.value(json, HELD, wallets.heldPoints(i));
            JsonScalars.value(json, DEBT, wallets.debtPoints(i));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void durability(final JsonGenerator json, final Reply reply) throws IOException {
        json.writeFieldName(DURABILITY);
        if (reply.durability == null) {
            json.writeNull();
        } else {
            json.writeString(reply.durability == Durability.FSYNC ? FSYNC : PAGE_CACHE);
        }
    }

    private void asOf(final JsonGenerator json, final Reply reply) throws IOException {
        scalars.numberText(json, AS_OF_SEQUENCE, reply.asOfSequence);
        json.writeFieldName(AS_OF);
        scalars.time(json, reply.engineTimeMs);
    }
}
