package io.tallymark.ledger;

import io.tallymark.ledger.program.Board;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The boards of one program over all its versions, by stable number, and who has which score on them. A board that a
 * version lists no more is known still, as it was listed last. Part of {@link ProgramState}; one thread.
 */
final class Boards {
    /** As many boards as all versions of a program may name together. */
    static final int MAX_NUMBERS = 1_024;

    final RuleNumbers numbers = new RuleNumbers();
    final Participants participants;

    // By stable number.
    private Board[] last = new Board[0];
    private byte[][] rowText = new byte[0][];

    /** Settled under an earlier version: a longer late window opens none again. */
    private boolean[] wasSettled = new boolean[0];

    private long lateMs;

    Boards() {
        this(new Participants(Participants.MAX_PER_BOARD));
    }

    Boards(final Participants participants) {
        this.participants = participants;
    }

    /** Takes over what the next version says of its boards, whose ids have their numbers already. */
    void replace(final CompiledProgram next, final long timeMs) {
        final int before = last.length;
        for (int number = 0; number < before; number++) {
            wasSettled[number] |= isSettled(number, timeMs);
        }
        lateMs = next.lateWindowMs() == CompiledProgram.UNLIMITED ? 0 : next.lateWindowMs();
        last = Arrays.copyOf(last, numbers.count());
        wasSettled = Arrays.copyOf(wasSettled, numbers.count());
        rowText = Arrays.copyOf(rowText, numbers.count());
        for (final Board board : next.catalogue().boards()) {
            last[numbers.find(board.id())] = board;
        }
        for (int number = before; number < last.length; number++) {
            rowText[number] = ("board/" + last[number].id()).getBytes(StandardCharsets.US_ASCII);
        }
        participants.ensureBoards(last.length);
    }

    /** Whether a version may say what it says of boards that are known: only an end that has not come may move. */
    boolean allow(final Catalogue next, final long timeMs) {
        for (final Board board : next.boards()) {
            final int number = numbers.find(board.id());
            if (number < 0) {
                continue;
            }
            final Board known = last[number];
            if (known.by() != board.by()
                    || known.score() != board.score()
                    || known.fromMs() != board.fromMs()
                    || known.untilMs() != board.untilMs() && isSettled(number, timeMs)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the boards that no version named before can be kept apart too. */
    boolean haveRoomFor(final Catalogue next) {
        final long unknown = next.boards().stream()
                .filter(board -> numbers.find(board.id()) < 0)
                .count();
        return numbers.count() + unknown <= MAX_NUMBERS;
    }

    /** Whether nothing changes on a board any more. */
    boolean isSettled(final int number, final long timeMs) {
        return wasSettled[number] || timeMs - lateMs >= last[number].untilMs();
    }

    /** A board as it was listed last. */
    Board board(final int number) {
        return last[number];
    }

    /** What the rows of consequences call a board. */
    byte[] rowText(final int number) {
        return rowText[number];
    }

    /** The stable number of the board that a command names; negative: there never was one. */
    int find(final Command c) {
        for (int number = 0; number < last.length; number++) {
            if (Texts.equal(numbers.id(number), c.bytes(), c.offset(VarField.RULE_ID), c.length(VarField.RULE_ID))) {
                return number;
            }
        }
        return -1;
    }

    /** Carries out what a command changes, and notes in an order that is new where it counted. */
    void commit(final Command c, final Effect e) {
        final BoardChanges changes = e.boards;
        final boolean isNewOrder = e.hasOrder && e.orderEntry == 0;
        for (int i = 0; i < changes.count; i++) {
            final int number = changes.board[i];
            final int participant = switch (changes.who[i]) {
                case BoardChanges.KNOWN -> changes.which[i];
                case BoardChanges.MEMBER -> participants.open(number, e.member.slot);
                case BoardChanges.SLOT -> participants.open(number, changes.which[i]);
                case BoardChanges.STORE -> openText(number, c, VarField.STORE);
                default -> openText(number, c, VarField.STAFF);
            };
            if (participant != 0) {
                participants.change(participant, changes.change[i], e.sequence);
                if (isNewOrder) {
                    e.order.boards.add(number, participant);
                }
            }
        }
    }

    private int openText(final int number, final Command c, final VarField field) {
        return participants.open(number, c.bytes(), c.offset(field), c.length(field));
    }

    /** One member goes into another: scores add where the board is not settled. */
    void merge(final int fromSlot, final int intoSlot, final Effect e) {
        for (int number = 0; number < last.length; number++) {
            final Board.By by = last[number].by();
            if ((by == Board.By.MEMBER || by == Board.By.REFERRER) && !isSettled(number, e.timeMs)) {
                participants.merge(number, fromSlot, intoSlot, e.sequence);
            }
        }
    }

    /** Gives all of it to a hasher. */
    void hash(final int program, final MemberStore members, final StateHasher into) {
        for (int number = 0; number < last.length; number++) {
            if (wasSettled[number]) {
                into.begin(program);
                into.word(number);
                into.add();
            }
        }
        participants.hash(program, members, into);
    }
}
