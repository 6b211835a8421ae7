package io.tallymark.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ReplyRows;
import io.tallymark.protocol.RowKind;
import java.io.IOException;

/**
 * Writes the rows of replies by the names of their columns. A column whose name ends with {@code Day} is a date, with
 * {@code Ms} a time and loses that ending, with {@code equence} a text of digits, as a member is; some are true or false.
 * Not thread-safe.
 */
final class RowsJson {
    private static final String SHARE = "share/";
    private static final String CAMPAIGN_SHARE = SHARE + "campaign:";
    private static final String LINE = "line";
    private static final String ORDER = "order";
    private static final String MEMBER_ID = "memberId";
    private static final String WALLET = "wallet";
    private static final String[] LINE_COLUMNS = {
        "number", "quantity", "amountMinor", "refundedQuantity", "refundedMinor"
    };

    private final JsonScalars scalars;

    RowsJson(final JsonScalars scalars) {
        this.scalars = scalars;
    }

    /** Writes the members that the rows of an answer to a query are. */
    void write(final JsonGenerator json, final ReplyRows rows) throws IOException {
        switch (rows.kind()) {
            case ORDER -> order(json, rows);
            case VERSION -> version(json, rows);
            case CAMPAIGN, REWARD, COUPON -> {
                if (rows.count() > 0) {
                    columns(json, rows, 0);
                }
            }
            default -> {
                json.writeArrayFieldStart(arrayName(rows.kind()));
                for (int row = 0; row < rows.count(); row++) {
                    json.writeStartObject();
                    columns(json, rows, row);
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
        }
        if (rows.isCut()) {
            json.writeBooleanField("truncated", true);
        }
    }

    private static String arrayName(final RowKind kind) {
        return switch (kind) {
            case IDENTITIES -> "identities";
            case HOLDS -> "holds";
            case PENDING -> "pending";
            case EXPIRING -> "lots";
            case PROGRESS -> "tiers";
            case COUPONS -> "coupons";
            case BENEFITS -> "benefits";
            case BOARD -> "participants";
            case SETTLEMENT -> "counterparts";
            case WALLETS -> "wallets";
            case PRIZE -> "prizes";
            case CONSEQUENCES -> "consequences";
            default -> throw new IllegalStateException("no query has rows of the kind " + kind);
        };
    }

    private void columns(final JsonGenerator json, final ReplyRows rows, final int row) throws IOException {
        final RowKind kind = rows.kind();
        final String text = kind.textName().isEmpty() ? "" : rows.text(row);
        if (mayBeOfWallet(kind) && text.startsWith(RowKind.WALLET_PREFIX)) {
            json.writeStringField(WALLET, text.substring(RowKind.WALLET_PREFIX.length()));
        } else if (!text.isEmpty()) {
            json.writeStringField(kind.textName(), text);
        } else if (kind == RowKind.SETTLEMENT) {
            // The house has no id.
            json.writeNullField(kind.textName());
        }
        for (int column = 0; column < kind.columnCount(); column++) {
            final String name = kind.column(column);
            final long value = rows.value(row, column);
            final boolean isLeftOut = value == 0 && (kind == RowKind.CONSEQUENCES || name.equals(MEMBER_ID));
            if (value < 0 && saysNone(rows, row)) {
                json.writeNullField(name);
            } else if (!isLeftOut) {
                column(json, name, value);
            }
        }
    }

    private static boolean mayBeOfWallet(final RowKind kind) {
        return kind == RowKind.HOLDS || kind == RowKind.PENDING || kind == RowKind.EXPIRING;
    }

    private void column(final JsonGenerator json, final String name, final long value) throws IOException {
        if (name.endsWith("Day")) {
            json.writeFieldName(name);
            JsonScalars.day(json, value);
        } else if (name.endsWith("Ms")) {
            json.writeFieldName(name.substring(0, name.length() - 2));
            // No grant ends at the beginning of time: 0 stands for none.
            scalars.time(json, value == 0 ? Command.NO_TIME : value);
        } else if (name.endsWith("equence") || name.equals(MEMBER_ID)) {
            json.writeFieldName(name);
            scalars.numberText(json, value);
        } else if (isFlag(name)) {
            json.writeBooleanField(name, value != 0);
        } else {
            json.writeNumberField(name, value);
        }
    }

    /** Whether a number below 0 says that there is none. Where a reward has stock, more may have been taken away than added. */
    private static boolean saysNone(final ReplyRows rows, final int row) {
        return switch (rows.kind()) {
            case CAMPAIGN, BENEFITS -> true;
            case REWARD -> rows.value(row, 0) < 0;
            default -> false;
        };
    }

    private static boolean isFlag(final String name) {
        return name.equals("held") || name.equals("paused") || name.equals("current");
    }

    private static void version(final JsonGenerator json, final ReplyRows rows) throws IOException {
        if (rows.count() > 0) {
            json.writeNumberField("version", rows.value(0, 0));
            json.writeStringField("hash", String.format("%016x%016x", rows.value(0, 1), rows.value(0, 2)));
            json.writeBooleanField("current", rows.value(0, 3) != 0);
        }
    }

    private void order(final JsonGenerator json, final ReplyRows rows) throws IOException {
        for (int row = 0; row < rows.count(); row++) {
            if (rows.text(row).equals(ORDER)) {
                for (int column = 0; column < RowKind.ORDER.columnCount(); column++) {
                    column(json, RowKind.ORDER.column(column), rows.value(row, column));
                }
            }
        }
        json.writeArrayFieldStart("lines");
        for (int row = 0; row < rows.count(); row++) {
            if (rows.text(row).equals(LINE)) {
                json.writeStartObject();
                for (int column = 0; column < LINE_COLUMNS.length; column++) {
                    json.writeNumberField(LINE_COLUMNS[column], rows.value(row, column));
                }
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("shares");
        for (int row = 0; row < rows.count(); row++) {
            final String text = rows.text(row);
            if (text.startsWith(SHARE)) {
                final boolean isCampaign = text.startsWith(CAMPAIGN_SHARE);
                json.writeStartObject();
                json.writeStringField(
                        isCampaign ? "campaign" : "share",
                        text.substring((isCampaign ? CAMPAIGN_SHARE : SHARE).length()));
                json.writeNumberField("grantedPoints", rows.value(row, 0));
                json.writeNumberField("keptPoints", rows.value(row, 1));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        walletsOfOrder(json, rows);
    }

    /** Only where the order earned in further wallets. */
    private static void walletsOfOrder(final JsonGenerator json, final ReplyRows rows) throws IOException {
        boolean any = false;
        for (int row = 0; row < rows.count(); row++) {
            final String text = rows.text(row);
            if (text.startsWith(RowKind.WALLET_PREFIX)) {
                if (!any) {
                    json.writeArrayFieldStart("wallets");
                    any = true;
                }
                json.writeStartObject();
                json.writeStringField(WALLET, text.substring(RowKind.WALLET_PREFIX.length()));
                json.writeNumberField(RowKind.ORDER.column(2), rows.value(row, 0));
                json.writeNumberField(RowKind.ORDER.column(3), rows.value(row, 1));
                json.writeEndObject();
            }
        }
        if (any) {
            json.writeEndArray();
        }
    }
}
