package io.tallymark.server.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.InvalidProgramException;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandShape;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.IdentityHashes;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.Varint;
import io.tallymark.protocol.WalletBalances;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;

/**
 * Writes records of the journal as JSON, one object a line: sequence, time, command with all its fields, outcome. Times
 * are RFC 3339 in UTC with milliseconds. Fields that a command does not have are left out; those of an outcome all
 * stand there, but the further wallets of points only where the program has any. Not thread-safe.
 */
final class RecordJson implements AutoCloseable {
    private final JsonGenerator json;
    private final Varint.Reader lines = new Varint.Reader();

    /** Writes to a writer, which {@link #close} flushes and leaves open. */
    RecordJson(final Writer out) throws IOException {
        json = new JsonFactory()
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .createGenerator(out)
                .setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    /** Writes one record. */
    void write(final long sequence, final long engineTimeMs, final Command command, final Outcome outcome)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("sequence", sequence);
        json.writeStringField("time", rfc3339(engineTimeMs));
        json.writeObjectFieldStart("command");
        command(command);
        json.writeEndObject();
        json.writeObjectFieldStart("outcome");
        outcome(outcome);
        json.writeEndObject();
        json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        if (json.getOutputContext().getEntryCount() > 0) {
            json.writeRaw('\n');
        }
        json.close();
    }

    private void command(final Command c) throws IOException {
        final CommandShape shape = c.type().shape();
        json.writeStringField("type", c.type().name());
        text(c, VarField.PROGRAM, "program");
        text(c, VarField.SOURCE, "source");
        text(c, VarField.DOCUMENT_ID, "documentId");
        for (final FixedField field : shape.fixedFields()) {
            if (c.get(field) != Command.absent(field)) {
                fixed(c, field);
            }
        }
        if (shape.hasRandomBits()) {
            // Of 64 bits, which a JSON number does not hold for every reader.
            json.writeStringField("randomBits", HexFormat.of().toHexDigits(c.randomBits()));
        }
        for (int i = 0; i < VarField.COUNT; i++) {
            if (c.length(VarField.of(i)) > 0) {
                variable(c, VarField.of(i));
            }
        }
    }

    private void fixed(final Command c, final FixedField field) throws IOException {
        switch (field) {
            case EVENT_TIME -> json.writeStringField("eventTime", rfc3339(c.eventTimeMs()));
            case UNTIL -> json.writeStringField("until", rfc3339(c.untilMs()));
            case BIRTHDAY -> json.writeStringField("birthday", date(c.birthday()));
            case FLAGS -> {
                if ((c.type().shape().flags() & Command.FLAG_NO_VISIT) != 0) {
                    json.writeBooleanField("noVisit", (c.flags() & Command.FLAG_NO_VISIT) != 0);
                }
                if ((c.type().shape().flags() & Command.FLAG_MAY_GO_BELOW_ZERO) != 0) {
                    json.writeBooleanField("mayGoBelowZero", (c.flags() & Command.FLAG_MAY_GO_BELOW_ZERO) != 0);
                }
            }
            default -> json.writeNumberField(field.wireName(), c.get(field));
        }
    }

    private void variable(final Command c, final VarField field) throws IOException {
        switch (field) {
            case PROGRAM, SOURCE, DOCUMENT_ID, IDENTITY_CHANNEL -> {}
            case LINES -> lines(c);
            case COMPILED_PROGRAM -> compiledProgram(c);
            case RULE_ID -> text(c, field, ruleName(c.type()));
            case COUPON_ID -> text(c, field, "coupon");
            case WALLET_ID -> text(c, field, "wallet");
            case IDENTITY -> identity(c);
            default -> text(c, field, field.wireName());
        }
    }

    /** What the rule of a command is, by which name HTTP requests have it. */
    private static String ruleName(final CommandType type) {
        return switch (type) {
            case ACTIVITY -> "activity";
            case GRANT_TIER, REVOKE_TIER -> "tier";
            case REDEEM, HOLD, RESTOCK -> "reward";
            case GRANT_COUPON, USE_COUPON -> "coupon";
            case USE_BENEFIT -> "benefit";
            case BUY_PACK -> "pack";
            case DRAW -> "draw";
            case TOP_UP, SPEND_VALUE, REFUND_VALUE -> "wallet";
            default -> "rule";
        };
    }

    /** The newest hash, under which the identity was linked or looked for first; then those of older keys. */
    private void identity(final Command c) throws IOException {
        json.writeObjectFieldStart("identity");
        text(c, VarField.IDENTITY_CHANNEL, "channel");
        final int offset = c.offset(VarField.IDENTITY);
        hash(c, offset);
        final int end = offset + c.length(VarField.IDENTITY);
        if (offset + IdentityHashes.ENTRY_BYTES < end) {
            json.writeArrayFieldStart("older");
            for (int at = offset + IdentityHashes.ENTRY_BYTES; at < end; at += IdentityHashes.ENTRY_BYTES) {
                json.writeStartObject();
                hash(c, at);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void hash(final Command c, final int offset) throws IOException {
        final byte[] hash = new byte[IdentityHashes.ENTRY_BYTES - 1];
        c.bytes().getBytes(offset + 1, hash);
        json.writeNumberField("keyVersion", c.bytes().getByte(offset) & 0xFF);
        json.writeStringField("hash", HexFormat.of().formatHex(hash));
    }

    private void lines(final Command c) throws IOException {
        json.writeArrayFieldStart("lines");
        lines.wrap(c.bytes(), c.offset(VarField.LINES), c.length(VarField.LINES));
        for (int i = 0; i < c.lineCount(); i++) {
            json.writeStartObject();
            json.writeNumberField("number", lines.next());
            json.writeNumberField("quantity", lines.next());
            json.writeNumberField("amountMinor", lines.next());
            final int flags = lines.nextByte();
            lineText(c, "sku");
            lineText(c, "category");
            lineText(c, "brand");
            if (flags != 0) {
                json.writeBooleanField("discounted", (flags & OrderLines.DISCOUNTED) != 0);
                json.writeBooleanField("sample", (flags & OrderLines.SAMPLE) != 0);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void lineText(final Command c, final String name) throws IOException {
        final byte[] text = new byte[lines.nextByte() & 0xFF];
        c.bytes().getBytes(lines.skip(text.length), text);
        if (text.length > 0) {
            json.writeStringField(name, new String(text, StandardCharsets.UTF_8));
        }
    }

    private void compiledProgram(final Command c) throws IOException {
        final int offset = c.offset(VarField.COMPILED_PROGRAM);
        final int length = c.length(VarField.COMPILED_PROGRAM);
        final byte[] bytes = new byte[length];
        c.bytes().getBytes(offset, bytes);
        json.writeFieldName("compiled");
        json.writeBinary(bytes);
        try {
            final CompiledProgram program = CompiledProgram.decode(c.bytes(), offset, length);
            json.writeStringField("canonicalHash", program.canonicalHash().toHex());
        } catch (final InvalidProgramException e) {
            // A refused publication is journaled as it came: its bytes need not be a program.
            json.writeNullField("canonicalHash");
        }
    }

    private void outcome(final Outcome o) throws IOException {
        json.writeStringField("code", o.code.name());
        json.writeNumberField("memberId", o.memberId);
        json.writeNumberField("points", o.points);
        json.writeNumberField("basePoints", o.basePoints);
        json.writeNumberField("tierPoints", o.tierPoints);
        json.writeNumberField("campaignPoints", o.campaignPoints);
        json.writeNumberField("clippedPoints", o.clippedPoints);
        json.writeNumberField("bonusPoints", o.bonusPoints);
        json.writeNumberField("addedDebtPoints", o.addedDebtPoints);
        json.writeNumberField("writtenOffPoints", o.writtenOffPoints);
        json.writeNumberField("valueMinor", o.valueMinor);
        json.writeNumberField("cashMinor", o.cashMinor);
        json.writeNumberField("availablePoints", o.availablePoints);
        json.writeNumberField("pendingPoints", o.pendingPoints);
        json.writeNumberField("heldPoints", o.heldPoints);
        json.writeNumberField("debtPoints", o.debtPoints);
        json.writeNumberField("tierRank", o.tierRank);
        json.writeNumberField("programVersion", o.programVersion);
        if (o.wallets.count() > 0) {
            wallets(o.wallets);
        }
    }

    private void wallets(final WalletBalances wallets) throws IOException {
        // Which the points are of, by the name that HTTP replies have for it.
        final int subject = wallets.subject();
        json.writeStringField("wallet", subject == WalletBalances.NONE ? "points" : walletId(wallets, subject));
        json.writeArrayFieldStart("balances");
        for (int i = 0; i < wallets.count(); i++) {
            json.writeStartObject();
            json.writeStringField("wallet", walletId(wallets, i));
            json.writeNumberField("movedPoints", wallets.movedPoints(i));
            json.writeNumberField("availablePoints", wallets.availablePoints(i));
            json.writeNumberField("pendingPoints", wallets.pendingPoints(i));
            json.writeNumberField("heldPoints", wallets.heldPoints(i));
            json.writeNumberField("debtPoints", wallets.debtPoints(i));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String walletId(final WalletBalances wallets, final int index) {
        return new String(wallets.id(index), StandardCharsets.UTF_8);
    }

    private void text(final Command c, final VarField field, final String name) throws IOException {
        if (c.length(field) > 0) {
            json.writeStringField(name, c.text(field));
        }
    }

    private static String date(final int birthday) {
        return LocalDate.of(birthday / 10_000, birthday / 100 % 100, birthday % 100)
                .toString();
    }

    private static String rfc3339(final long epochMs) {
        return Instant.ofEpochMilli(epochMs).toString();
    }
}
