package io.tallymark.server.demo;

import io.tallymark.client.CommandResult;
import io.tallymark.client.Request;
import io.tallymark.client.ResultRow;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Many members after few items, over several connections at once. One thread. */
final class FlashSale {
    static final int CONNECTIONS = 8;

    private final OrderStory story;
    private final Answers answers;
    private long tookNs;

    FlashSale(final OrderStory story, final Answers answers) {
        this.story = story;
        this.answers = answers;
    }

    /** Sends every attempt and waits for the answers. */
    void hold(final InetSocketAddress server, final StoryCommands commands) throws IOException {
        final List<Conversation> conversations = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                conversations.add(Conversation.with(server));
            }
            final long startNs = System.nanoTime();
            for (int i = story.redemptionsEnd(); i < story.saleEnd(); i++) {
                conversations
                        .get(i % CONNECTIONS)
                        .ask(commands.command(i), (reply, context) -> answers.put(reply, (int) context), i);
            }
            conversations.forEach(Conversation::awaitAnswers);
            tookNs = System.nanoTime() - startNs;
        } finally {
            conversations.forEach(Conversation::close);
        }
    }

    int attempts() {
        return story.saleEnd() - story.redemptionsEnd();
    }

    double seconds() {
        return tookNs / 1e9;
    }

    /** How many were told that they have one. */
    int sold() {
        int sold = 0;
        for (int i = story.redemptionsEnd(); i < story.saleEnd(); i++) {
            sold += answers.code(i) == ResultCode.ACCEPTED ? 1 : 0;
        }
        return sold;
    }

    /** The first and the last sequence at which one was sold. */
    String where() {
        long first = Long.MAX_VALUE;
        long last = 0;
        for (int i = story.redemptionsEnd(); i < story.saleEnd(); i++) {
            if (answers.code(i) == ResultCode.ACCEPTED) {
                first = Math.min(first, answers.sequence(i));
                last = Math.max(last, answers.sequence(i));
            }
        }
        return last == 0
                ? "nobody had the points"
                : String.format(Locale.ROOT, "from sequence %,d to %,d", first, last);
    }

    /** Compares what the server says is left with the books. */
    static void compareStock(final Books books, final Conversation conversation, final Mismatches mismatches) {
        final CommandResult result = conversation
                .client()
                .send(Request.of(CommandType.QUERY_REWARD)
                        .program(StoryCommands.PROGRAM)
                        .rule(StoryCommands.ITEM))
                .join();
        mismatches.expect("answer about the items", ResultCode.ACCEPTED, result.code());
        if (result.isAccepted()) {
            final ResultRow row = result.rows().get(0);
            mismatches.expect("items left", (long) Books.ITEMS - books.soldItems(), row.second());
            mismatches.expect("items taken", (long) books.soldItems(), row.third());
        }
    }
}
