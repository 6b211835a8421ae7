package io.tallymark.server.demo;

import io.tallymark.protocol.ResultCode;

/**
 * Does the demonstration's books from the answers, in the order of the journal, and compares every answer and every
 * member with them.
 */
final class Bookkeeper {
    private final OrderStory story;
    private final Answers answers;
    private final Mismatches mismatches;

    private Bookkeeper(final OrderStory story, final Answers answers, final Mismatches mismatches) {
        this.story = story;
        this.answers = answers;
        this.mismatches = mismatches;
    }

    /** Books the documents up to {@code end} and checks their answers; all of them must have one. */
    static Books keep(final OrderStory story, final Answers answers, final int end, final Mismatches mismatches) {
        return new Bookkeeper(story, answers, mismatches).keep(end);
    }

    private Books keep(final int end) {
        final Books books = new Books();
        final int[] documentBySequence = new int[(int) answers.lastSequence() + 1];
        for (int i = 0; i < end; i++) {
            checkForm(i);
            if (answers.isJournaled(i) && story.original(i) == i) {
                final int at = (int) answers.sequence(i);
                if (documentBySequence[at] != 0) {
                    mismatches.add("sequence " + at + " was given to two documents");
                }
                documentBySequence[at] = i + 1;
            }
        }
        for (final int next : documentBySequence) {
            if (next > 0) {
                book(books, next - 1);
            }
        }
        return books;
    }

    private void checkForm(final int i) {
        final ResultCode code = answers.code(i);
        switch (story.deed(i)) {
            case ORDER, LATE -> expect(i, ResultCode.ACCEPTED, code);
            case DOUBLED -> {
                final int original = story.original(i);
                expect(i, ResultCode.ACCEPTED, code);
                expect(i, answers.sequence(original), answers.sequence(i));
                expect(i, answers.points(original), answers.points(i));
                expect(i, true, answers.replayed(i));
            }
            case CHANGED -> expect(i, ResultCode.IDEMPOTENCY_CONFLICT, code);
            case NEGATIVE -> expect(i, ResultCode.VALUE_OUT_OF_RANGE, code);
            case UNKNOWN_PROGRAM -> expect(i, ResultCode.UNKNOWN_PROGRAM, code);
            case AMOUNT_MISMATCH -> expect(i, ResultCode.AMOUNT_MISMATCH, code);
            case REDEMPTION, ATTEMPT -> expect(i, true, answers.isJournaled(i));
        }
    }

    private void book(final Books books, final int i) {
        switch (story.deed(i)) {
            case REDEMPTION -> spent(i, books.redeem(story.memberId(i), story.value(i)), story.value(i));
            case ATTEMPT -> spent(i, books.buy(story.memberId(i)), Books.ITEM_POINTS);
            default -> expect(i, books.order(story.memberId(i), story.value(i)), answers.points(i));
        }
    }

    private void spent(final int i, final ResultCode right, final long points) {
        expect(i, right, answers.code(i));
        expect(i, right == ResultCode.ACCEPTED ? -points : 0L, answers.points(i));
    }

    private void expect(final int i, final Object expected, final Object found) {
        if (!expected.equals(found)) {
            mismatches.add("document " + i + " (" + story.deed(i) + ", member " + story.memberId(i) + "): " + expected
                    + " expected, " + found + " found");
        }
    }

    /** Compares every member that the server told about with the books. */
    static void compare(final Books books, final Members members, final Mismatches mismatches) {
        mismatches.expect("members", books.members(), members.enrolled());
        for (int n = 0; n < members.size(); n++) {
            final long id = Population.id(n);
            final Books.Account account = books.account(id);
            if (account == null || !members.isKnown(n)) {
                mismatches.expect("member " + id + " known", account != null, members.isKnown(n));
                continue;
            }
            mismatches.expect("available of " + id, account.availablePoints(), members.availablePoints(n));
            mismatches.expect("earned of " + id, account.earnedPoints, members.earnedPoints(n));
            mismatches.expect("spend of " + id, account.spendMinor, members.spendMinor(n));
            mismatches.expect("orders of " + id, account.visits, members.visits(n));
            mismatches.expect("tier of " + id, account.tier(), members.tier(n));
        }
    }
}
