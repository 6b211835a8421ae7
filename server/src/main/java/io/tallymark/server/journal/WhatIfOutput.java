package io.tallymark.server.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tallymark.engine.WhatIfReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Prints what other rules would have changed, for people or as one JSON object. */
final class WhatIfOutput {
    private WhatIfOutput() {}

    /** A page of text. */
    static void text(final WhatIfReport report, final Path file, final PrintWriter out) {
        out.println("program " + report.program() + " as if " + file + " had always been in force");
        line(out, "sequence", report.lastSequence());
        line(out, "commands", report.commands());
        line(out, "changed commands", report.changedCommands());
        for (final WhatIfReport.Change change : report.changes()) {
            line(out, "  " + change.type() + " " + codes(change), change.commands());
        }
        if (!report.firstChanged().isEmpty()) {
            out.println("the first of them");
        }
        for (final WhatIfReport.ChangedCommand c : report.firstChanged()) {
            out.println("  sequence " + c.sequence() + " " + c.type() + ": " + c.codeBefore() + " " + c.pointsBefore()
                    + ", then " + c.codeAfter() + " " + c.pointsAfter());
            for (final WhatIfReport.WalletMove move : c.walletMoves()) {
                out.println("    " + move.wallet() + ": " + move.pointsBefore() + ", then " + move.pointsAfter());
            }
        }
        out.printf(Locale.ROOT, "%-32s %20s %20s%n", "totals", "before", "after");
        final Map<String, Long> after = named(report.after());
        named(report.before()).forEach((name, before) -> both(out, words(name), before, after.get(name)));
        for (final WhatIfReport.WalletTotals wallet : report.wallets()) {
            both(out, "wallet " + wallet.wallet() + " granted", wallet.grantedBefore(), wallet.grantedAfter());
            both(out, "wallet " + wallet.wallet() + " clawed back", wallet.clawedBefore(), wallet.clawedAfter());
        }
        line(out, "members with another tier", report.changedMembers());
        for (final WhatIfReport.TierChange change : report.tierChanges()) {
            line(out, "  " + tier(change.before()) + " to " + tier(change.after()), change.members());
        }
        out.flush();
    }

    private static void line(final PrintWriter out, final String name, final long value) {
        out.printf(Locale.ROOT, "%-64s %d%n", name, value);
    }

    private static void both(final PrintWriter out, final String name, final long before, final long after) {
        out.printf(Locale.ROOT, "  %-30s %20d %20d%n", name, before, after);
    }

    private static String codes(final WhatIfReport.Change change) {
        if (change.replayed()) {
            return change.before() + " to " + change.after() + ", only replayed";
        }
        return change.before() == change.after()
                ? change.before() + " with other points"
                : change.before() + " to " + change.after();
    }

    private static String tier(final String id) {
        return id == null ? "(no member)" : id.isEmpty() ? "(none)" : id;
    }

    /** Points and members by their names, in the order of the books. */
    private static Map<String, Long> named(final WhatIfReport.Totals totals) {
        final Map<String, Long> named = new LinkedHashMap<>();
        named.put("members", totals.members());
        named.put("issued", totals.issued());
        named.put("redeemed", totals.redeemed());
        named.put("expired", totals.expired());
        named.put("forfeited", totals.forfeited());
        named.put("cancelled", totals.cancelled());
        named.put("clawedBack", totals.clawedBack());
        named.put("adjustedDown", totals.adjustedDown());
        named.put("writtenOff", totals.writtenOff());
        named.put("debt", totals.debt());
        named.put("available", totals.available());
        named.put("pending", totals.pending());
        named.put("held", totals.held());
        return named;
    }

    private static String words(final String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    /** One JSON object on one line; a tier of null: the member is not there. */
    static void json(final WhatIfReport report, final PrintWriter out) throws IOException {
        try (JsonGenerator json = new JsonFactory()
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("program", report.program());
            json.writeNumberField("sequence", report.lastSequence());
            json.writeNumberField("commands", report.commands());
            json.writeNumberField("changedCommands", report.changedCommands());
            changes(report, json);
            json.writeObjectFieldStart("totals");
            totals(json, "before", report.before());
            totals(json, "after", report.after());
            json.writeEndObject();
            wallets(report, json);
            json.writeNumberField("membersWithAnotherTier", report.changedMembers());
            json.writeArrayFieldStart("tierChanges");
            for (final WhatIfReport.TierChange change : report.tierChanges()) {
                json.writeStartObject();
                json.writeStringField("before", change.before());
                json.writeStringField("after", change.after());
                json.writeNumberField("members", change.members());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.println();
        out.flush();
    }

    private static void changes(final WhatIfReport report, final JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("changes");
        for (final WhatIfReport.Change change : report.changes()) {
            json.writeStartObject();
            json.writeStringField("type", change.type().name());
            json.writeStringField("before", change.before().name());
            json.writeStringField("after", change.after().name());
            json.writeBooleanField("replayed", change.replayed());
            json.writeNumberField("commands", change.commands());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("firstChanged");
        for (final WhatIfReport.ChangedCommand c : report.firstChanged()) {
            json.writeStartObject();
            json.writeNumberField("sequence", c.sequence());
            json.writeStringField("type", c.type().name());
            json.writeStringField("codeBefore", c.codeBefore().name());
            json.writeNumberField("pointsBefore", c.pointsBefore());
            json.writeStringField("codeAfter", c.codeAfter().name());
            json.writeNumberField("pointsAfter", c.pointsAfter());
            walletMoves(c, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void walletMoves(final WhatIfReport.ChangedCommand command, final JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart("wallets");
        for (final WhatIfReport.WalletMove move : command.walletMoves()) {
            json.writeStartObject();
            json.writeStringField("wallet", move.wallet());
            json.writeNumberField("pointsBefore", move.pointsBefore());
            json.writeNumberField("pointsAfter", move.pointsAfter());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void wallets(final WhatIfReport report, final JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("wallets");
        for (final WhatIfReport.WalletTotals wallet : report.wallets()) {
            json.writeStartObject();
            json.writeStringField("wallet", wallet.wallet());
            json.writeNumberField("grantedBefore", wallet.grantedBefore());
            json.writeNumberField("grantedAfter", wallet.grantedAfter());
            json.writeNumberField("clawedBackBefore", wallet.clawedBefore());
            json.writeNumberField("clawedBackAfter", wallet.clawedAfter());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void totals(final JsonGenerator json, final String name, final WhatIfReport.Totals totals)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (final Map.Entry<String, Long> total : named(totals).entrySet()) {
            json.writeNumberField(total.getKey(), total.getValue());
        }
        json.writeEndObject();
    }
}
