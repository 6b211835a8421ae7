package io.tallymark.server.demo;

import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;

/** Sends after a restart what was sent before: what was acknowledged must come back as it was. */
final class Resend {
    private final OrderStory story;
    private final StoryCommands commands;
    private final Answers answers;
    private final Mismatches mismatches;
    private int replayed;
    private int foundJournaled;
    private int decidedNow;

    Resend(final OrderStory story, final StoryCommands commands, final Answers answers, final Mismatches mismatches) {
        this.story = story;
        this.commands = commands;
        this.answers = answers;
        this.mismatches = mismatches;
    }

    /** Each document that was answered with a sequence. */
    void acknowledged(final Conversation conversation, final int end) {
        for (int i = 0; i < end; i++) {
            if (answers.isJournaled(i)) {
                conversation.ask(commands.command(i), this::onReplay, i);
            }
        }
        conversation.awaitAnswers();
    }

    private void onReplay(final Reply reply, final long context) {
        final int i = (int) context;
        if (reply.replayed
                && reply.code == answers.code(i)
                && reply.sequence == answers.sequence(i)
                && reply.points == answers.points(i)) {
            replayed++;
        } else {
            mismatches.add("document " + i + " (" + story.deed(i) + ") had " + answers.code(i) + " at sequence "
                    + answers.sequence(i) + " with " + answers.points(i) + " points, now " + reply);
        }
    }

    /** Each document whose answer never came: it is decided now, unless it had been. */
    void unanswered(final Conversation conversation, final int end) {
        for (int i = story.saleEnd(); i < end; i++) {
            if (!answers.isKnown(i)) {
                conversation.ask(commands.command(i), this::onAnswer, i);
            }
        }
        conversation.awaitAnswers();
    }

    private void onAnswer(final Reply reply, final long context) {
        answers.put(reply, (int) context);
        if (reply.code == ResultCode.ACCEPTED && reply.replayed) {
            foundJournaled++;
        } else {
            decidedNow++;
        }
    }

    int replayed() {
        return replayed;
    }

    /** Of those without an answer: were in the journal when the server was killed. */
    int foundJournaled() {
        return foundJournaled;
    }

    int decidedNow() {
        return decidedNow;
    }
}
