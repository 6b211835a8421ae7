package io.tallymark.server.demo;

import io.tallymark.client.PublishRequest;
import io.tallymark.engine.Replay;
import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import io.tallymark.server.program.ProgramCompiler;
import io.tallymark.server.serve.ServerChild;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The demonstration, act by act. One thread. */
final class DemoRun {
    private static final String PROGRAM_FILE = "mima.yaml";

    private final DemoOptions options;
    private final DemoHouse house;
    private final Report report;
    private final OrderStory story;
    private final StoryCommands commands;
    private final Answers answers;
    private final Mismatches mismatches = new Mismatches();

    DemoRun(final DemoOptions options, final DemoHouse house, final PrintWriter out) {
        this.options = options;
        this.house = house;
        this.report = new Report(out);
        this.story = OrderStory.tell(options.seed(), options.orders(), options.members());
        this.commands = new StoryCommands(story, System.currentTimeMillis());
        this.answers = new Answers(story.size());
    }

    /** @throws CommandFailure at the first thing that is not as it must be */
    void run() throws IOException, InterruptedException {
        final long startNs = System.nanoTime();
        report.line("Tallymark demonstration: a member day at Mima, a made-up shop");
        report.fact("story", "%,d orders, %,d members, seed %d", options.orders(), options.members(), options.seed());
        report.fact("data", "%s%s", house.data(), house.isTemporary() ? ", temporary" : "");
        final ServerChild server = house.start(options.durability(), options.members());
        report.fact(
                "server",
                "%s, pid %d, durability %s",
                server.binaryAddress(),
                server.pid(),
                options.durability().label());
        try (Conversation conversation = Conversation.with(server.binaryAddress())) {
            publish(conversation);
            memberDay(conversation);
            redeem(conversation);
            flashSale(server);
            result(conversation);
        }
        final Storm storm = kill(server);
        final ReplayedState left = replayAfterKill();
        final ServerChild restarted = restart(left);
        final Books books;
        try (Conversation conversation = Conversation.with(restarted.binaryAddress())) {
            askAgain(conversation, storm);
            books = check(conversation, storm.submittedEnd());
        }
        finish(restarted, books, left);
        report.line("");
        report.line("Everything came out as it must, in %.0f s.", (System.nanoTime() - startNs) / 1e9);
    }

    private void publish(final Conversation conversation) throws IOException {
        final String text;
        try (InputStream in = DemoRun.class.getResourceAsStream(PROGRAM_FILE)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        final byte[] compiled =
                ProgramCompiler.compile(PROGRAM_FILE, text).program().encode();
        final var result = conversation
                .client()
                .publishProgram(new PublishRequest(StoryCommands.PROGRAM, "demo", "mima-1", compiled, text))
                .join();
        if (!result.isAccepted()) {
            throw new CommandFailure(ExitCode.FAILED, "the program was not published: " + result.code());
        }
        report.fact("program", "%s, version %d, published", StoryCommands.PROGRAM, result.programVersion());
    }

    private void memberDay(final Conversation conversation) {
        final DayCurve curve = new DayCurve(options.orders(), options.daySeconds());
        report.heading(
                "Posting for %.0f s: %,.0f orders/s, in the middle %,.0f/s for %.0f s",
                curve.seconds(), curve.baseRate(), curve.peakRate(), curve.peakSeconds());
        final MemberDay day = new MemberDay(curve, commands, answers);
        day.post(conversation.client());
        if (!answers.await(curve.orders(), 60_000)) {
            throw new CommandFailure(
                    ExitCode.FAILED, (curve.orders() - answers.count()) + " orders were never answered");
        }
        report.day(curve, day);
        report.line("");
        report.codes(answers, 0, story.dayEnd());
    }

    private void redeem(final Conversation conversation) {
        report.heading("Redeeming vouchers, gifts and the electric stove");
        for (int i = story.dayEnd(); i < story.redemptionsEnd(); i++) {
            conversation.ask(commands.command(i), (reply, context) -> answers.put(reply, (int) context), i);
        }
        conversation.awaitAnswers();
        report.codes(answers, story.dayEnd(), story.redemptionsEnd());
    }

    private void flashSale(final ServerChild server) throws IOException {
        report.heading(
                "A flash sale: %,d members after %,d kettles at %,d points, one each",
                story.buyers(), Books.ITEMS, Books.ITEM_POINTS);
        final FlashSale sale = new FlashSale(story, answers);
        sale.hold(server.binaryAddress(), commands);
        report.codes(answers, story.redemptionsEnd(), story.saleEnd());
        report.fact("sold", "%,d of %,d, %s", sale.sold(), Books.ITEMS, sale.where());
        report.fact(
                "attempts",
                "%,d over %d connections in %.2f s",
                sale.attempts(),
                FlashSale.CONNECTIONS,
                sale.seconds());
    }

    private void result(final Conversation conversation) {
        final Books books = Bookkeeper.keep(story, answers, story.saleEnd(), mismatches);
        FlashSale.compareStock(books, conversation, mismatches);
        final Members members = members(conversation);
        Bookkeeper.compare(books, members, mismatches);
        mismatches.orFail("the server's answers and the demonstration's own books");
        report.heading("Tiers reached");
        report.tiers(members);
        report.heading("Most points to spend");
        report.leaders(members);
        report.line("");
        report.fact("own books", "agree with every answer and all %,d members", books.members());
    }

    private Members members(final Conversation conversation) {
        final Members members = new Members(story.members());
        for (int n = 0; n < members.size(); n++) {
            conversation.ask(
                    commands.query(Population.id(n)), (reply, context) -> members.put(reply, (int) context), n);
        }
        conversation.awaitAnswers();
        return members;
    }

    private Storm kill(final ServerChild server) throws IOException, InterruptedException {
        report.heading("Killing the server (kill -9) while orders come as fast as it takes them");
        final Storm storm = new Storm(story, commands, answers);
        storm.killAmidst(server);
        report.fact("flat out", "%,.0f orders/s until the kill", storm.rate());
        report.fact("acknowledged", "%,d of these orders", storm.acknowledged());
        report.fact("under way", "%,d orders without an answer", storm.unanswered());
        return storm;
    }

    private ReplayedState replayAfterKill() throws IOException {
        final ReplayedState left = ReplayedState.of(house.data(), options.members(), Replay.TO_THE_END);
        report.fact(
                "left on disk",
                "%,d records, %.1f bytes each (files: %,d MiB)",
                left.sequence(),
                (double) left.journalBytes() / left.sequence(),
                house.fileBytes() >> 20);
        if (answers.lastSequence() > left.sequence()) {
            throw new CommandFailure(
                    ExitCode.DATA_FAULT,
                    "LOST: sequence " + answers.lastSequence() + " was acknowledged, the journal ends at "
                            + left.sequence());
        }
        return left;
    }

    /** Starts again and compares the server's own memory with what this process made of the files it left. */
    private ServerChild restart(final ReplayedState left) throws IOException {
        report.heading("Starting it again on the same folder");
        final long startNs = System.nanoTime();
        final ServerChild server = house.start(options.durability(), options.members());
        final double startS = (System.nanoTime() - startNs) / 1e9;
        final ReadyLine ready = new ReadyLine(server.readyLine());
        report.fact(
                "recovered",
                "%,d records in %.2f s (with its JVM's start %.2f s)",
                ready.number("recovered"),
                ready.number("ms") / 1e3,
                startS);
        report.line("  state hash at sequence %,d", left.sequence());
        report.fact("  left by the kill", "%s  (replayed here)", left.hash().toHex());
        report.fact("  after the restart", "%s  (the server's memory)", ready.text("state"));
        left.mustBe(ready);
        report.fact("", "the same");
        return server;
    }

    /** Sends everything acknowledged again, then what had no answer. */
    private void askAgain(final Conversation conversation, final Storm storm) {
        final Resend resend = new Resend(story, commands, answers, mismatches);
        resend.acknowledged(conversation, storm.submittedEnd());
        mismatches.orFail("answers before the kill and after it");
        report.fact("sent again", "all %,d acknowledged commands: each replayed,", resend.replayed());
        report.fact("", "with the same sequence, code and points");
        resend.unanswered(conversation, storm.submittedEnd());
        report.fact(
                "without an answer",
                "%,d had been journaled, %,d are decided now",
                resend.foundJournaled(),
                resend.decidedNow());
    }

    private Books check(final Conversation conversation, final int end) {
        final Books books = Bookkeeper.keep(story, answers, end, mismatches);
        Bookkeeper.compare(books, members(conversation), mismatches);
        FlashSale.compareStock(books, conversation, mismatches);
        mismatches.orFail("the restarted server and the demonstration's own books");
        report.fact("own books", "agree with every answer and all %,d members;", books.members());
        report.fact("", "%,d of %,d kettles are sold, as before", books.soldItems(), Books.ITEMS);
        return books;
    }

    /** Stops in order and executes the whole journal once more: every outcome of the restarted server is compared. */
    private void finish(final ServerChild server, final Books books, final ReplayedState left)
            throws IOException, InterruptedException {
        report.heading("Stopping it in order");
        final int exit = server.stop();
        mismatches.expect("exit code of the server", ExitCode.DONE, exit);
        final ReplayedState then = ReplayedState.of(house.data(), options.members(), left.sequence());
        final ReplayedState end = ReplayedState.of(house.data(), options.members(), Replay.TO_THE_END);
        mismatches.expect("state hash at sequence " + left.sequence(), left.hash(), then.hash());
        mismatches.expect("members in the journal", (long) books.members(), end.members());
        mismatches.expect("points issued in the journal", books.issuedPoints(), end.issuedPoints());
        mismatches.expect("points redeemed in the journal", books.redeemedPoints(), end.redeemedPoints());
        mismatches.expect("points available in the journal", books.availablePoints(), end.availablePoints());
        mismatches.orFail("the journal and the demonstration's own books");
        report.fact("replayed", "%,d records of both lives: every outcome the same", end.sequence());
        report.fact("points issued", "%,15d", end.issuedPoints());
        report.fact("points redeemed", "%,15d", end.redeemedPoints());
        report.fact("points to spend", "%,15d   as in the own books", end.availablePoints());
    }
}
