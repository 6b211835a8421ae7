package io.tallymark.server.demo;

import io.tallymark.client.ClientException;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import io.tallymark.server.serve.ServerChild;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Orders as fast as the server takes them, and its kill in the middle of them. */
final class Storm {
    private static final int MAX_KILL_AFTER = 20_000;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    private final OrderStory story;
    private final StoryCommands commands;
    private final Answers answers;
    private long startNs;
    private long lastNs;
    private int acknowledged;
    private int submittedEnd;
    private ClientException failure;
    private volatile boolean broken;

    Storm(final OrderStory story, final StoryCommands commands, final Answers answers) {
        this.story = story;
        this.commands = commands;
        this.answers = answers;
    }

    /** Returns when the process is gone and every order has an answer or is known to have none. */
    void killAmidst(final ServerChild server) throws IOException, InterruptedException {
        try (Conversation conversation = Conversation.untilItBreaks(server.binaryAddress())) {
            startNs = System.nanoTime();
            final Thread sender = new Thread(() -> send(conversation), "tallymark-demo-storm");
            sender.start();
            final int killAfter = Math.min(MAX_KILL_AFTER, story.dayEnd());
            while (conversation.answered() < killAfter) {
                if (broken || System.nanoTime() - startNs > TIMEOUT_NS) {
                    throw new CommandFailure(ExitCode.FAILED, "the server does not answer before it is killed");
                }
                LockSupport.parkNanos(100_000);
            }
            server.kill();
            sender.join();
            if (failure != null) {
                throw failure;
            }
            conversation.awaitAnswers();
        }
    }

    private void send(final Conversation conversation) {
        submittedEnd = story.saleEnd();
        try {
            while (submittedEnd < story.size() && !broken) {
                conversation.ask(commands.command(submittedEnd), this::onReply, submittedEnd);
                submittedEnd++;
            }
        } catch (final ClientException e) {
            failure = e;
            broken = true;
        }
    }

    private void onReply(final Reply reply, final long context) {
        answers.put(reply, (int) context);
        if (reply.code != null && reply.code.kind() == ResultCode.Kind.OVERLOAD) {
            broken = true;
        } else {
            acknowledged++;
            lastNs = System.nanoTime();
        }
    }

    /** Behind the last document that was sent. */
    int submittedEnd() {
        return submittedEnd;
    }

    /** Orders that were answered before the kill. */
    int acknowledged() {
        return acknowledged;
    }

    /** Orders that were under way. */
    int unanswered() {
        return submittedEnd - story.saleEnd() - acknowledged;
    }

    /** Answers a second until the kill. */
    double rate() {
        return acknowledged * 1e9 / Math.max(1, lastNs - startNs);
    }
}
