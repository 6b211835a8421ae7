package io.tallymark.bench.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** POSTs of accruals with unique ids, patched into one template of constant length; one thread. */
final class AccrualRequests {
    private static final int ID_DIGITS = 14;
    private static final int MEMBER_BASE = 1_000_000;
    private static final int MEMBERS = 100_000;
    private static final int AMOUNT_BASE = 1_000;
    private static final int AMOUNTS = 9_000;

    private final SplittableRandom random;
    private final byte[] template;
    private final int idAt;
    private final int memberAt;
    private final int amountAt;
    private long number;
    private long points;

    AccrualRequests(final long seed, final String round) {
        random = new SplittableRandom(seed);
        final String body = "{\"source\":\"bench\",\"documentId\":\"" + round + "-" + "0".repeat(ID_DIGITS)
                + "\",\"memberId\":" + MEMBER_BASE + ",\"amountMinor\":" + AMOUNT_BASE + "}";
        final String head = "POST /v1/programs/mima/accruals HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        template = (head + body).getBytes(StandardCharsets.US_ASCII);
        idAt = head.length() + body.indexOf("-0") + 1;
        memberAt = head.length() + body.indexOf("memberId\":") + "memberId\":".length();
        amountAt = head.length() + body.indexOf("amountMinor\":") + "amountMinor\":".length();
    }

    /** Writes the next request. */
    void write(final ByteBuf out) {
        final int amountMinor = AMOUNT_BASE + random.nextInt(AMOUNTS);
        points += amountMinor / 100;
        digits(idAt, ID_DIGITS, ++number);
        digits(memberAt, 7, MEMBER_BASE + random.nextInt(MEMBERS));
        digits(amountAt, 4, amountMinor);
        out.writeBytes(template);
    }

    /** Requests written. */
    long count() {
        return number;
    }

    /** What they are worth at one point for each 100 minor units. */
    long points() {
        return points;
    }

    private void digits(final int at, final int count, final long value) {
        long rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            template[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
