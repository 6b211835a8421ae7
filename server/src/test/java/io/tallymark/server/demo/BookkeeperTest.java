package io.tallymark.server.demo;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.StateHash;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that lies is found out. */
class BookkeeperTest {
    private final OrderStory story = OrderStory.tell(5, 2_000, 50);
    private final Answers answers = new Answers(story.size());
    private final Mismatches mismatches = new Mismatches();

    @BeforeEach
    void everyDocumentIsAnsweredRight() {
        final Books books = new Books();
        long sequence = 0;
        for (int i = 0; i < story.saleEnd(); i++) {
            final Reply reply = new Reply();
            reply.code = code(i, books);
            if (story.deed(i) == Deed.DOUBLED) {
                reply.sequence = answers.sequence(story.original(i));
                reply.points = answers.points(story.original(i));
                reply.replayed = true;
            } else if (reply.code == ResultCode.ACCEPTED || isSpending(i)) {
                reply.sequence = ++sequence;
            }
            if (reply.code == ResultCode.ACCEPTED && !reply.replayed) {
                reply.points = switch (story.deed(i)) {
                    case REDEMPTION -> -story.value(i);
                    case ATTEMPT -> -Books.ITEM_POINTS;
                    default -> books.order(story.memberId(i), story.value(i));
                };
            }
            answers.put(reply, i);
        }
    }

    private boolean isSpending(final int i) {
        return story.deed(i) == Deed.REDEMPTION || story.deed(i) == Deed.ATTEMPT;
    }

    private ResultCode code(final int i, final Books books) {
        return switch (story.deed(i)) {
            case ORDER, LATE, DOUBLED -> ResultCode.ACCEPTED;
            case CHANGED -> ResultCode.IDEMPOTENCY_CONFLICT;
            case NEGATIVE -> ResultCode.VALUE_OUT_OF_RANGE;
            case UNKNOWN_PROGRAM -> ResultCode.UNKNOWN_PROGRAM;
            case AMOUNT_MISMATCH -> ResultCode.AMOUNT_MISMATCH;
            case REDEMPTION -> books.redeem(story.memberId(i), story.value(i));
            case ATTEMPT -> books.buy(story.memberId(i));
        };
    }

    private void keep() {
        Bookkeeper.keep(story, answers, story.saleEnd(), mismatches);
        mismatches.orFail("the test");
    }

    private Reply replyOf(final int i) {
        final Reply reply = new Reply();
        reply.code = answers.code(i);
        reply.sequence = answers.sequence(i);
        reply.points = answers.points(i);
        reply.replayed = answers.replayed(i);
        return reply;
    }

    private int first(final Deed deed) {
        for (int i = 0; i < story.redemptionsEnd(); i++) {
            if (story.deed(i) == deed) {
                return i;
            }
        }
        throw new AssertionError("the story has no " + deed);
    }

    private void assertFoundOut() {
        final CommandFailure failure = assertThrows(CommandFailure.class, this::keep);
        assertEquals(ExitCode.FAILED, failure.exitCode());
        assertTrue(failure.getMessage().startsWith("MISMATCH, the test: "), failure.getMessage());
    }

    @Test
    void rightAnswersPass() {
        assertDoesNotThrow(this::keep);
    }

    @Test
    void aPointTooMuchIsFound() {
        final Reply reply = replyOf(1_000);
        reply.points++;
        answers.put(reply, 1_000);
        assertFoundOut();
    }

    @Test
    void anOrderCountedTwiceIsFound() {
        final int doubled = first(Deed.DOUBLED);
        final Reply reply = replyOf(doubled);
        reply.replayed = false;
        reply.sequence = 1_000_000;
        answers.put(reply, doubled);
        assertFoundOut();
    }

    @Test
    void aMalformedOrderThatIsTakenIsFound() {
        final Reply reply = new Reply();
        reply.code = ResultCode.ACCEPTED;
        answers.put(reply, first(Deed.AMOUNT_MISMATCH));
        assertFoundOut();
    }

    @Test
    void aRedemptionBeyondTheBalanceIsFound() {
        for (int i = story.dayEnd(); i < story.redemptionsEnd(); i++) {
            if (answers.code(i) == ResultCode.INSUFFICIENT_POINTS) {
                final Reply reply = replyOf(i);
                reply.code = ResultCode.ACCEPTED;
                reply.points = -story.value(i);
                answers.put(reply, i);
                assertFoundOut();
                return;
            }
        }
        throw new AssertionError("nobody lacked points");
    }

    @Test
    void anItemForAMemberWhoHasOneIsFound() {
        for (int i = story.redemptionsEnd(); i < story.saleEnd(); i++) {
            if (answers.code(i) == ResultCode.RULE_LIMIT_REACHED) {
                final Reply reply = replyOf(i);
                reply.code = ResultCode.ACCEPTED;
                reply.points = -Books.ITEM_POINTS;
                answers.put(reply, i);
                assertFoundOut();
                return;
            }
        }
        throw new AssertionError("nobody tried twice");
    }

    @Test
    void aMemberWithAnotherBalanceIsFound() {
        final Books books = new Books();
        books.order(Population.id(0), 150_00);
        final Members members = new Members(2);
        final Reply reply = new Reply();
        reply.kind = Reply.Kind.COMMAND;
        reply.code = ResultCode.ACCEPTED;
        reply.availablePoints = 149;
        reply.lifetimePoints = 150;
        reply.lifetimeSpendMinor = 150_00;
        reply.lifetimeVisits = 1;
        members.put(reply, 0);
        Bookkeeper.compare(books, members, mismatches);
        final CommandFailure failure = assertThrows(CommandFailure.class, () -> mismatches.orFail("members"));
        assertTrue(
                failure.getMessage().contains("available of 1000001: 150 expected, 149 found"), failure.getMessage());
    }

    @Test
    void anotherStateHashOrSequenceIsADataFault() {
        final StateHash hash = new StateHash(0x0123456789ABCDEFL, 42);
        final ReplayedState left = new ReplayedState(77, hash, 1, 1, 1, 0, 1);
        final String line =
                "tallymark ready binary=127.0.0.1:1 durability=fsync sequence=%d recovered=77 ms=5 state=%s";
        assertDoesNotThrow(() -> left.mustBe(new ReadyLine(line.formatted(77, hash.toHex()))));
        for (final String wrong : new String[] {
            line.formatted(78, hash.toHex()), line.formatted(77, new StateHash(hash.high(), 43).toHex())
        }) {
            final CommandFailure failure = assertThrows(CommandFailure.class, () -> left.mustBe(new ReadyLine(wrong)));
            assertEquals(ExitCode.DATA_FAULT, failure.exitCode());
            assertTrue(failure.getMessage().startsWith("THE STATE DIFFERS"), failure.getMessage());
        }
    }
}
