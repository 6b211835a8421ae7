package io.tallymark.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.tallymark.protocol.Clip;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.ProgramSummary;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyRows;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the JSON of replies and of problems. Allocates nothing for an accepted command. Not thread-safe. */
final class ReplyJson {
    private static final SerializedString ACCEPTED = JsonOutput.name(ResultCode.ACCEPTED.name());
    private static final SerializedString SEQUENCE = JsonOutput.name("sequence");
    private static final SerializedString CODE = JsonOutput.name("code");
    private static final SerializedString REPLAYED = JsonOutput.name("replayed");
    private static final SerializedString DURABILITY = JsonOutput.name("durability");
    private static final SerializedString FSYNC = JsonOutput.name(Durability.FSYNC.label());
    private static final SerializedString PAGE_CACHE = JsonOutput.name(Durability.PAGE_CACHE.label());
    private static final SerializedString POINTS = JsonOutput.name("points");
    private static final SerializedString WALLET = JsonOutput.name("wallet");
    private static final SerializedString BALANCE = JsonOutput.name("balance");
    private static final SerializedString AVAILABLE = JsonOutput.name("available");
    private static final SerializedString PENDING = JsonOutput.name("pending");
    private static final SerializedString HELD = JsonOutput.name("held");
    private static final SerializedString DEBT = JsonOutput.name("debt");
    private static final SerializedString TIER = JsonOutput.name("tier");
    private static final SerializedString EXPLANATION = JsonOutput.name("explanation");
    private static final SerializedString BASE = JsonOutput.name("base");
    private static final SerializedString AS_OF_SEQUENCE = JsonOutput.name("asOfSequence");
    private static final SerializedString AS_OF = JsonOutput.name("asOf");
    private static final SerializedString MEMBER_ID = JsonOutput.name("memberId");
    private static final SerializedString VALUE_MINOR = JsonOutput.name("valueMinor");
    private static final SerializedString CASH_MINOR = JsonOutput.name("cashMinor");
    private static final SerializedString COUPONS = JsonOutput.name("coupons");
    private static final SerializedString DEBT_ADDED = JsonOutput.name("debtAdded");
    private static final SerializedString WRITTEN_OFF = JsonOutput.name("writtenOff");
    private static final SerializedString BONUS_POINTS = JsonOutput.name("bonusPoints");
    private static final SerializedString VERSION = JsonOutput.name("version");
    private static final SerializedString CAMPAIGN_POINTS = JsonOutput.name("campaignPoints");
    private static final SerializedString CAMPAIGNS = JsonOutput.name("campaigns");
    private static final SerializedString CAMPAIGN = JsonOutput.name("campaign");
    private static final SerializedString CLIPPED = JsonOutput.name("clipped");
    private static final SerializedString CLIPPED_BY = JsonOutput.name("clippedBy");
    private static final SerializedString TRUNCATED = JsonOutput.name("truncated");
    private static final SerializedString[] CLIPS = {
        JsonOutput.name("none"),
        JsonOutput.name("campaignOrder"),
        JsonOutput.name("campaignMember"),
        JsonOutput.name("campaignMemberDay"),
        JsonOutput.name("order"),
        JsonOutput.name("day"),
        JsonOutput.name("budget")
    };

    static {
        if (CLIPS.length != Clip.values().length) {
            throw new ExceptionInInitializerError("each clip has a name");
        }
    }

    private final JsonOutput output;
    private final JsonScalars scalars = new JsonScalars();
    private final RowsJson rowsJson = new RowsJson(scalars);
    private final byte[] text = new byte[256];

    ReplyJson(final JsonOutput output) {
        this.output = output;
    }

    /** The outcome of an accepted command or preview; returns the bytes in {@link JsonOutput#bytes()}. */
    int accepted(final Reply reply, final CommandType type) throws IOException {
        final JsonGenerator json = output.begin();
        json.writeStartObject();
        if (type.changesState()) {
            scalars.numberText(json, SEQUENCE, reply.sequence);
        }
        json.writeFieldName(CODE);
        json.writeString(ACCEPTED);
        outcome(json, reply, type);
        switch (type) {
            case ACCRUE, CLAIM, PREVIEW_ACCRUE -> explanation(json, reply);
            default -> {
                // What else happens is said by the balances and by rows.
            }
        }
        if (reply.rows.count() > 0 && reply.rows.kind() != RowKind.SHARES) {
            rowsJson.write(json, reply.rows);
        }
        json.writeEndObject();
        return output.end();
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
        if (seen != null && seen.kind == Reply.Kind.COMMAND) {
            if (seen.sequence > 0) {
                scalars.numberText(json, SEQUENCE, seen.sequence);
            }
            outcome(json, seen, type);
        }
        json.writeEndObject();
        return output.end();
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

    private void outcome(final JsonGenerator json, final Reply reply, final CommandType type) throws IOException {
        memberId(json, reply);
        json.writeFieldName(REPLAYED);
        json.writeBoolean(reply.replayed);
        durability(json, reply);
        switch (type) {
            case PUBLISH_PROGRAM -> {
                if (reply.programVersion > 0) {
                    JsonScalars.value(json, VERSION, reply.programVersion);
                }
            }
            case PAUSE, RESUME, RESTOCK -> {
                // No member is concerned.
            }
            default -> {
                JsonScalars.value(json, POINTS, reply.points);
                details(json, reply, type);
                balances(json, reply);
            }
        }
        asOf(json, reply);
    }

    /** What only some commands have: always where it is to be expected, elsewhere where it is not 0. */
    private static void details(final JsonGenerator json, final Reply reply, final CommandType type)
            throws IOException {
        final boolean isSpent = switch (type) {
            case REDEEM, HOLD, CAPTURE, REVERSE, PREVIEW_REDEEM -> true;
            default -> false;
        };
        if (isSpent || reply.valueMinor != 0) {
            JsonScalars.value(json, VALUE_MINOR, reply.valueMinor);
        }
        if (reply.cashMinor != 0) {
            JsonScalars.value(json, CASH_MINOR, reply.cashMinor);
        }
        final boolean isClaw = type == CommandType.REFUND || type == CommandType.RETURN_UNREFERENCED;
        if (isClaw || reply.addedDebtPoints != 0 || reply.writtenOffPoints != 0) {
            JsonScalars.value(json, DEBT_ADDED, reply.addedDebtPoints);
            JsonScalars.value(json, WRITTEN_OFF, reply.writtenOffPoints);
        }
        if (reply.bonusPoints != 0) {
            JsonScalars.value(json, BONUS_POINTS, reply.bonusPoints);
        }
    }

    private void explanation(final JsonGenerator json, final Reply reply) throws IOException {
        json.writeFieldName(EXPLANATION);
        json.writeStartObject();
        JsonScalars.value(json, BASE, reply.basePoints);
        JsonScalars.value(json, TIER, reply.tierPoints);
        JsonScalars.value(json, CAMPAIGN_POINTS, reply.campaignPoints);
        JsonScalars.value(json, CLIPPED, reply.clippedPoints);
        json.writeFieldName(CAMPAIGNS);
        json.writeStartArray();
        final ReplyRows rows = reply.rows;
        if (rows.kind() == RowKind.SHARES) {
            for (int row = 0; row < rows.count(); row++) {
                share(json, rows, row);
            }
        }
        json.writeEndArray();
        if (rows.isCut() && rows.kind() == RowKind.SHARES) {
            json.writeFieldName(TRUNCATED);
            json.writeBoolean(true);
        }
        json.writeEndObject();
    }

    private void share(final JsonGenerator json, final ReplyRows rows, final int row) throws IOException {
        final int length = rows.textLength(row);
        for (int i = 0; i < length; i++) {
            text[i] = rows.textByte(row, i);
        }
        json.writeStartObject();
        json.writeFieldName(CAMPAIGN);
        json.writeUTF8String(text, 0, length);
        JsonScalars.value(json, POINTS, rows.value(row, 0));
        JsonScalars.value(json, CLIPPED, rows.value(row, 1));
        json.writeFieldName(CLIPPED_BY);
        final int clip = (int) rows.value(row, 2);
        if (clip > 0 && clip < CLIPS.length) {
            json.writeString(CLIPS[clip]);
        } else {
            json.writeNull();
        }
        if (rows.value(row, 3) != 0) {
            JsonScalars.value(json, COUPONS, rows.value(row, 3));
        }
        json.writeEndObject();
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
