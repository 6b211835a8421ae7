package io.tallymark.bench.load;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The program of a flash sale, and its requests: one reward with a stock, one for each member in a lifetime. Members are
 * numbered from 0; a number is in its document ids, so that what is sent again goes by the same key. One thread, nothing
 * allocated per request.
 */
final class FlashProgram {
    static final String PROGRAM = "flash";
    static final String REWARD = "item";
    static final String SOURCE = "flash-gen";

    /** What an item costs, and what each member is given. */
    static final long PRICE_POINTS = 10;

    private static final long MINOR_PER_POINT = 100;
    private static final int PREFIX_LENGTH = 2;
    private static final int NUMBER_DIGITS = 10;
    private static final String ORDER_PREFIX = "o-";
    private static final String ATTEMPT_PREFIX = "a-";

    private final UnsafeBuffer program = ascii(PROGRAM);
    private final UnsafeBuffer reward = ascii(REWARD);
    private final UnsafeBuffer source = ascii(SOURCE);
    private final UnsafeBuffer order = ascii(ORDER_PREFIX + "0".repeat(NUMBER_DIGITS));
    private final UnsafeBuffer attempt = ascii(ATTEMPT_PREFIX + "0".repeat(NUMBER_DIGITS));
    private final Command command = new Command();

    /** The program file with so many items in stock. */
    static String file(final int items) {
        return """
            program: %s
            currency: CNY
            utcOffset: "+08:00"
            unknownMember: enrol
            lateWindow: unlimited
            retention: {keyDays: forever}
            wallets:
              points: {kind: points, expiry: never}
            earn:
              base: {points: 1, per: "1.00"}
            rewards:
              %s: {price: {points: %s}, stock: %s, limit: {per: lifetime}}
            """.formatted(PROGRAM, REWARD, Long.toString(PRICE_POINTS), Integer.toString(items));
    }

    static long memberId(final int member) {
        return 1 + member;
    }

    /** The number of a member; negative or too large: there is none. */
    static long member(final long memberId) {
        return memberId - 1;
    }

    /** The document of a member's attempt. */
    static String attemptId(final int member) {
        return ATTEMPT_PREFIX + String.format(Locale.ROOT, "%0" + NUMBER_DIGITS + "d", member);
    }

    private static UnsafeBuffer ascii(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The order that gives a member the points; valid until the next call. */
    Command order(final int member) {
        return keyed(CommandType.ACCRUE, order, member).amountMinor(PRICE_POINTS * MINOR_PER_POINT);
    }

    /** A member's one attempt; valid until the next call. */
    Command attempt(final int member) {
        return keyed(CommandType.REDEEM, attempt, member).put(VarField.RULE_ID, reward, 0, reward.capacity());
    }

    private Command keyed(final CommandType type, final UnsafeBuffer documentId, final int member) {
        documentId.putNaturalPaddedIntAscii(PREFIX_LENGTH, NUMBER_DIGITS, member);
        return command.reset(type)
                .memberId(memberId(member))
                .put(VarField.PROGRAM, program, 0, program.capacity())
                .put(VarField.SOURCE, source, 0, source.capacity())
                .put(VarField.DOCUMENT_ID, documentId, 0, documentId.capacity());
    }
}
