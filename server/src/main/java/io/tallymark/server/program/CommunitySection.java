package io.tallymark.server.program;

import io.tallymark.ledger.program.Board;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Referral;
import io.tallymark.protocol.Limits;
import java.util.Map;

/** {@code boards} and {@code referral}: members among themselves. */
final class CommunitySection {
    private static final long DEFAULT_TOP = 100;
    private static final long DAY_MS = 86_400_000L;

    private static final Key<Board.By> BY = Key.required(
            "by", Values.constant(Board.By.values(), "member", "store", "staff", "referrer"), "Who is ranked.");
    private static final Key<Board.Score> SCORE = Key.required(
            "score",
            Values.constant(Board.Score.values(), "spend", "points", "orders", "registrations"),
            "By what; registrations are those of referrers.");
    private static final Key<FileTime> FROM =
            Key.required("from", FileTime.TYPE, "What happens at this time or later counts; a date means its 00:00.");
    private static final Key<FileTime> UNTIL =
            Key.required("until", FileTime.TYPE, "What happens before this time counts; a date means its 00:00.");
    private static final Key<Fields> WHEN = Key.optional(
            "when",
            ConditionSection.WITHOUT_LINES,
            "all",
            "Which orders count; of registrations by time, channel and store only.");
    private static final Key<Long> TOP =
            Key.optional("top", Values.whole(1, Board.MAX_TOP), "100", "How many ranks are told.");
    private static final Section BOARD =
            new Section("board", "A ranking by what happens in a time.", BY, SCORE, FROM, UNTIL, WHEN, TOP);

    /** By id. */
    static final ValueType<Map<String, Fields>> BOARDS = Shapes.mapOf(Catalogue.MAX_ENTRIES, BOARD);

    private static final Key<Referral.On> ON = Key.required(
            "on",
            Values.constant(Referral.On.values(), "registration", "firstPurchase"),
            "What it is for: that a friend joins, or buys for the first time.");
    private static final Key<Long> POINTS = Key.required("points", Values.points(), "What the referrer is given.");
    private static final Key<Long> MIN_AMOUNT = Key.optional(
            "minAmount",
            Values.money(0, Limits.MAX_VALUE),
            "\"0.00\"",
            "With firstPurchase: the least amount of that order, also after refunds.");

    /** What referrers are given. */
    static final Section REFERRAL =
            new Section("referral", "What members are given for friends.", ON, POINTS, MIN_AMOUNT, LimitSection.KEY);

    private CommunitySection() {}

    static void compileBoards(
            final Map<String, Fields> boards, final int offsetMinutes, final Catalogue.Builder catalogue) {
        boards.forEach((id, board) -> {
            final FileTime from = board.get(FROM);
            final long fromMs = from == null ? 0 : from.toEpochMs(offsetMinutes);
            final FileTime until = board.get(UNTIL);
            catalogue.add(new Board(
                    id,
                    board.get(BY, Board.By.MEMBER),
                    board.get(SCORE, Board.Score.SPEND),
                    fromMs,
                    until == null ? fromMs + DAY_MS : until.toEpochMs(offsetMinutes),
                    ConditionSection.compile(board.get(WHEN), offsetMinutes),
                    board.get(TOP, DEFAULT_TOP).intValue()));
        });
    }

    /** @param referral null: none */
    static void compileReferral(final Fields referral, final Catalogue.Builder catalogue) {
        if (referral != null) {
            catalogue.referral(new Referral(
                    referral.get(ON, Referral.On.FIRST_PURCHASE),
                    referral.get(POINTS, 1L),
                    referral.get(MIN_AMOUNT, 0L),
                    LimitSection.compile(referral)));
        }
    }
}
