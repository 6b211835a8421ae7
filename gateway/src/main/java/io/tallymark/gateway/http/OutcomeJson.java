package io.tallymark.gateway.http;

import static io.tallymark.gateway.http.ResponseWriter.ascii;

import io.tallymark.protocol.Clip;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyRows;
import io.tallymark.protocol.ReplyWallets;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.WalletBalances;

/**
 * Writes the JSON of what the ledger decided. This is nearly every response, so it is put together from names that are
 * bytes already, without a generator. Allocates nothing but for the first reply of a day. Not thread-safe.
 */
final class OutcomeJson {
    private static final byte[] SEQUENCE = ascii("\"sequence\":\"");
    private static final byte[] CODE = ascii("\"code\":\"ACCEPTED\"");
    private static final byte[] MEMBER_ID = ascii(",\"memberId\":\"");
    private static final byte[] REPLAYED = ascii(",\"replayed\":true,\"durability\":");
    private static final byte[] NOT_REPLAYED = ascii(",\"replayed\":false,\"durability\":");
    private static final byte[] FSYNC = ascii("\"" + Durability.FSYNC.label() + "\"");
    private static final byte[] PAGE_CACHE = ascii("\"" + Durability.PAGE_CACHE.label() + "\"");
    private static final byte[] NULL = ascii("null");
    private static final byte[] VERSION = ascii(",\"version\":");
    private static final byte[] POINTS = ascii(",\"points\":");
    private static final byte[] VALUE_MINOR = ascii(",\"valueMinor\":");
    private static final byte[] CASH_MINOR = ascii(",\"cashMinor\":");
    private static final byte[] COUPONS = ascii(",\"coupons\":");
    private static final byte[] DEBT_ADDED = ascii(",\"debtAdded\":");
    private static final byte[] WRITTEN_OFF = ascii(",\"writtenOff\":");
    private static final byte[] BONUS_POINTS = ascii(",\"bonusPoints\":");
    private static final byte[] AVAILABLE = ascii(",\"wallet\":\"points\",\"balance\":{\"available\":");
    private static final byte[] WALLET = ascii(",\"wallet\":\"");
    private static final byte[] AVAILABLE_BEHIND_WALLET = ascii("\",\"balance\":{\"available\":");
    private static final byte[] BALANCES = ascii("},\"balances\":[");
    private static final byte[] BALANCES_WALLET = ascii("{\"wallet\":\"");
    private static final byte[] AVAILABLE_BEHIND_POINTS = ascii(",\"available\":");
    private static final byte[] TIER_BEHIND_BALANCES = ascii("],\"tier\":");
    private static final byte[] PENDING = ascii(",\"pending\":");
    private static final byte[] HELD = ascii(",\"held\":");
    private static final byte[] DEBT = ascii(",\"debt\":");
    private static final byte[] TIER = ascii("},\"tier\":");
    private static final byte[] AS_OF_SEQUENCE = ascii(",\"asOfSequence\":\"");
    private static final byte[] AS_OF = ascii("\",\"asOf\":");
    private static final byte[] BASE = ascii(",\"explanation\":{\"base\":");
    private static final byte[] TIER_POINTS = ascii(",\"tier\":");
    private static final byte[] CAMPAIGN_POINTS = ascii(",\"campaignPoints\":");
    private static final byte[] CLIPPED = ascii(",\"clipped\":");
    private static final byte[] CAMPAIGNS = ascii(",\"campaigns\":[");
    private static final byte[] CAMPAIGN = ascii("{\"campaign\":\"");
    private static final byte[] POINTS_BEHIND_TEXT = ascii("\",\"points\":");
    private static final byte[] CLIPPED_BY = ascii(",\"clippedBy\":");
    private static final byte[] TRUNCATED = ascii(",\"truncated\":true");
    private static final byte[][] CLIPS = {
        ascii("\"none\""),
        ascii("\"campaignOrder\""),
        ascii("\"campaignMember\""),
        ascii("\"campaignMemberDay\""),
        ascii("\"order\""),
        ascii("\"day\""),
        ascii("\"budget\"")
    };

    static {
        if (CLIPS.length != Clip.values().length) {
            throw new ExceptionInInitializerError("each clip has a name");
        }
    }

    private final JsonSink sink;
    private final Rfc3339 rfc3339 = new Rfc3339();
    private final byte[] time = new byte[Rfc3339.FORMATTED_CHARS];
    private long timeMs = Long.MIN_VALUE;

    OutcomeJson(final JsonSink sink) {
        this.sink = sink;
    }

    /** Whether an outcome has rows that are no shares, which {@link RowsJson} writes. */
    static boolean hasOtherRows(final Reply reply) {
        return reply.rows.count() > 0 && reply.rows.kind() != RowKind.SHARES;
    }

    /** The whole object of an accepted command or preview. */
    void accepted(final Reply reply, final CommandType type) {
        sink.write('{');
        if (type.changesState()) {
            sequence(reply);
            sink.write(',');
        }
        sink.put(CODE);
        outcome(reply, type);
        switch (type) {
            case ACCRUE, CLAIM, PREVIEW_ACCRUE -> explanation(reply);
            default -> {
                // What else happens is said by the balances and by other rows.
            }
        }
        sink.write('}');
    }

    /** Members, each behind a comma, of a command that was seen and not accepted. */
    void refused(final Reply reply, final CommandType type) {
        if (reply.sequence > 0) {
            sink.write(',');
            sequence(reply);
        }
        outcome(reply, type);
    }

    private void sequence(final Reply reply) {
        sink.put(SEQUENCE, reply.sequence);
        sink.write('"');
    }

    private void outcome(final Reply reply, final CommandType type) {
        if (reply.memberId > 0) {
            sink.put(MEMBER_ID, reply.memberId);
            sink.write('"');
        }
        sink.put(reply.replayed ? REPLAYED : NOT_REPLAYED);
        durability(reply);
        switch (type) {
            case PUBLISH_PROGRAM -> {
                if (reply.programVersion > 0) {
                    sink.put(VERSION, reply.programVersion);
                }
            }
            case PAUSE, RESUME, RESTOCK -> {
                // No member is concerned.
            }
            default -> {
                sink.put(POINTS, reply.points);
                details(reply, type);
                balances(reply);
            }
        }
        asOf(reply);
    }

    private void durability(final Reply reply) {
        if (reply.durability == null) {
            sink.put(NULL);
        } else {
            sink.put(reply.durability == Durability.FSYNC ? FSYNC : PAGE_CACHE);
        }
    }

    /** What only some commands have: always where it is to be expected, elsewhere where it is not 0. */
    private void details(final Reply reply, final CommandType type) {
        final boolean isSpent = switch (type) {
            case REDEEM, HOLD, CAPTURE, REVERSE, PREVIEW_REDEEM -> true;
            default -> false;
        };
        if (isSpent || reply.valueMinor != 0) {
            sink.put(VALUE_MINOR, reply.valueMinor);
        }
        if (reply.cashMinor != 0) {
            sink.put(CASH_MINOR, reply.cashMinor);
        }
        final boolean isClaw = type == CommandType.REFUND || type == CommandType.RETURN_UNREFERENCED;
        if (isClaw || reply.addedDebtPoints != 0 || reply.writtenOffPoints != 0) {
            sink.put(DEBT_ADDED, reply.addedDebtPoints);
            sink.put(WRITTEN_OFF, reply.writtenOffPoints);
        }
        if (reply.bonusPoints != 0) {
            sink.put(BONUS_POINTS, reply.bonusPoints);
        }
    }

    private void balances(final Reply reply) {
        final ReplyWallets wallets = reply.wallets;
        if (wallets.subject() == WalletBalances.NONE) {
            sink.put(AVAILABLE, reply.availablePoints);
        } else {
            sink.put(WALLET);
            id(wallets, wallets.subject());
            sink.put(AVAILABLE_BEHIND_WALLET, reply.availablePoints);
        }
        sink.put(PENDING, reply.pendingPoints);
        sink.put(HELD, reply.heldPoints);
        sink.put(DEBT, reply.debtPoints);
        if (wallets.count() == 0) {
            sink.put(TIER);
        } else {
            furtherBalances(wallets);
        }
        final int length = reply.tierLength();
        if (length == 0) {
            sink.put(NULL);
            return;
        }
        sink.write('"');
        for (int i = 0; i < length; i++) {
            sink.escaped(reply.tierByte(i));
        }
        sink.write('"');
    }

    private void furtherBalances(final ReplyWallets wallets) {
        sink.put(BALANCES);
        for (int i = 0; i < wallets.count(); i++) {
            if (i > 0) {
                sink.write(',');
            }
            sink.put(BALANCES_WALLET);
            id(wallets, i);
            sink.put(POINTS_BEHIND_TEXT, wallets.movedPoints(i));
            sink.put(AVAILABLE_BEHIND_POINTS, wallets.availablePoints(i));
            sink.put(PENDING, wallets.pendingPoints(i));
            sink.put(HELD, wallets.heldPoints(i));
            sink.put(DEBT, wallets.debtPoints(i));
            sink.write('}');
        }
        sink.put(TIER_BEHIND_BALANCES);
    }

    private void id(final ReplyWallets wallets, final int index) {
        for (int i = 0, length = wallets.idLength(index); i < length; i++) {
            sink.escaped(wallets.idByte(index, i));
        }
    }

    private void asOf(final Reply reply) {
        sink.put(AS_OF_SEQUENCE, reply.asOfSequence);
        sink.put(AS_OF);
        if (reply.engineTimeMs < 0 || reply.engineTimeMs > Limits.MAX_TIME_MS) {
            sink.put(NULL);
            return;
        }
        // The replies of a batch have one time.
        if (reply.engineTimeMs != timeMs) {
            rfc3339.format(reply.engineTimeMs, time, 0);
            timeMs = reply.engineTimeMs;
        }
        sink.write('"');
        sink.put(time);
        sink.write('"');
    }

    private void explanation(final Reply reply) {
        sink.put(BASE, reply.basePoints);
        sink.put(TIER_POINTS, reply.tierPoints);
        sink.put(CAMPAIGN_POINTS, reply.campaignPoints);
        sink.put(CLIPPED, reply.clippedPoints);
        sink.put(CAMPAIGNS);
        final ReplyRows rows = reply.rows;
        if (rows.kind() == RowKind.SHARES) {
            for (int row = 0; row < rows.count(); row++) {
                share(rows, row);
            }
        }
        sink.write(']');
        if (rows.isCut() && rows.kind() == RowKind.SHARES) {
            sink.put(TRUNCATED);
        }
        sink.write('}');
    }

    private void share(final ReplyRows rows, final int row) {
        if (row > 0) {
            sink.write(',');
        }
        sink.put(CAMPAIGN);
        for (int i = 0, length = rows.textLength(row); i < length; i++) {
            sink.escaped(rows.textByte(row, i));
        }
        sink.put(POINTS_BEHIND_TEXT, rows.value(row, 0));
        sink.put(CLIPPED, rows.value(row, 1));
        sink.put(CLIPPED_BY);
        final int clip = (int) rows.value(row, 2);
        sink.put(clip > 0 && clip < CLIPS.length ? CLIPS[clip] : NULL);
        if (rows.value(row, 3) != 0) {
            sink.put(COUPONS, rows.value(row, 3));
        }
        sink.write('}');
    }
}
