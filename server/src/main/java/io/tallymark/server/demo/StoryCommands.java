package io.tallymark.server.demo;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** Turns documents of the story into requests, without allocating for each. One thread. */
final class StoryCommands {
    /** The program that the demonstration publishes. */
    static final String PROGRAM = "mima";

    /** The reward that the flash sale is about. */
    static final String ITEM = "kettle";

    private static final int NUMBER_AT = 6;
    private static final int NUMBER_DIGITS = 14;
    private static final int LINES = 2;

    private final OrderStory story;
    private final long dayStartMs;
    private final Command command = new Command();
    private final UnsafeBuffer program = ascii(PROGRAM);
    private final UnsafeBuffer unknownProgram = ascii("nobodys");
    private final UnsafeBuffer item = ascii(ITEM);
    private final UnsafeBuffer source = ascii("demo");
    private final UnsafeBuffer documentId = ascii("order-00000000000000");
    private final UnsafeBuffer lines = new UnsafeBuffer(new byte[LINES * OrderLines.MAX_FIXED_BYTES]);

    /** @param dayStartMs when the day begins, epoch milliseconds: late documents happened before it */
    StoryCommands(final OrderStory story, final long dayStartMs) {
        this.story = story;
        this.dayStartMs = dayStartMs;
    }

    private static UnsafeBuffer ascii(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The request of a document; valid until the next call. */
    Command command(final int i) {
        final Deed deed = story.deed(i);
        documentId.putNaturalPaddedIntAscii(NUMBER_AT, NUMBER_DIGITS, story.original(i));
        final UnsafeBuffer named = deed == Deed.UNKNOWN_PROGRAM ? unknownProgram : program;
        final boolean spends = deed == Deed.REDEMPTION || deed == Deed.ATTEMPT;
        command.reset(spends ? CommandType.REDEEM : CommandType.ACCRUE)
                .memberId(story.memberId(i))
                .put(VarField.PROGRAM, named, 0, named.capacity())
                .put(VarField.SOURCE, source, 0, source.capacity())
                .put(VarField.DOCUMENT_ID, documentId, 0, documentId.capacity());
        if (deed == Deed.REDEMPTION) {
            return command.points(story.value(i));
        }
        if (deed == Deed.ATTEMPT) {
            return command.put(VarField.RULE_ID, item, 0, item.capacity());
        }
        command.amountMinor(story.value(i));
        if (story.hoursLate(i) > 0) {
            command.eventTimeMs(dayStartMs - TimeUnit.HOURS.toMillis(story.hoursLate(i)));
        }
        if (deed == Deed.AMOUNT_MISMATCH) {
            final int end = line(line(0, 1, story.value(i)), 2, 1);
            command.put(VarField.LINES, lines, 0, end).lineCount(LINES);
        }
        return command;
    }

    private int line(final int offset, final int number, final long amountMinor) {
        final int texts = OrderLines.putFixed(lines, offset, number, 1, amountMinor, 0);
        lines.setMemory(texts, 3, (byte) 0);
        return texts + 3;
    }

    /** Asks about a member; valid until the next call. */
    Command query(final long memberId) {
        return command.reset(CommandType.QUERY_MEMBER)
                .memberId(memberId)
                .put(VarField.PROGRAM, program, 0, program.capacity());
    }
}
