package io.tallymark.bench.load;

import static io.tallymark.protocol.ResultCode.ACCEPTED;
import static io.tallymark.protocol.ResultCode.OUT_OF_STOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is wrong with a flash sale the audit finds: four members after two items, their orders at sequence 1 to 4,
 * their attempts from 5 on. Members are numbered from 0, their ids count from 1.
 */
final class FlashAuditTest {
    private static final int MEMBERS = 4;
    private static final int ITEMS = 2;

    @TempDir
    private Path folder;

    private final FlashOutcomes outcomes = new FlashOutcomes(MEMBERS);
    private SaleJournal journal;

    @BeforeEach
    void fund() throws IOException {
        journal = new SaleJournal(folder);
        for (int member = 0; member < MEMBERS; member++) {
            journal.order(member);
        }
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void aSaleThatIsRightHasNoDifferences() {
        writeRight();
        tell(2, ACCEPTED, 5);
        tell(0, ACCEPTED, 6);
        tell(3, OUT_OF_STOCK, 7);
        tell(1, OUT_OF_STOCK, 8);
        final FlashAudit audit = assertFound();
        assertEquals(2, audit.sold());
        assertEquals(2, audit.tooLate());
        assertEquals(20, audit.soldPoints());
        assertEquals(5, audit.firstSoldSequence());
        assertEquals(6, audit.lastSoldSequence());
        assertEquals(8, audit.records());
    }

    @Test
    void anItemSoldTwiceToOneMember() {
        journal.sold(2);
        journal.sold(2);
        journal.tooLate(0);
        journal.tooLate(3);
        journal.tooLate(1);
        tell(2, ACCEPTED, 5);
        tell(0, OUT_OF_STOCK, 7);
        tell(3, OUT_OF_STOCK, 8);
        tell(1, OUT_OF_STOCK, 9);
        assertFound(
                "sequence 6: a second outcome of a-0000000002",
                "member 3 was told ACCEPTED at sequence 5, the journal has ACCEPTED at 6",
                "attempts in the journal: 4 expected, 5 found",
                "acknowledged as sold: 2 expected, 1 found");
    }

    @Test
    void oneTooMany() {
        journal.sold(2);
        journal.sold(0);
        journal.sold(3);
        journal.tooLate(1);
        tell(2, ACCEPTED, 5);
        tell(0, ACCEPTED, 6);
        tell(3, ACCEPTED, 7);
        tell(1, OUT_OF_STOCK, 8);
        assertFound(
                "sequence 7, attempt 3: OUT_OF_STOCK expected, ACCEPTED found",
                "sold in the journal: 2 expected, 3 found",
                "points for it: 20 expected, 30 found",
                "acknowledged as sold: 2 expected, 3 found");
    }

    @Test
    void refusedWhileThereWasOne() {
        journal.sold(2);
        journal.tooLate(0);
        journal.tooLate(3);
        journal.tooLate(1);
        tell(2, ACCEPTED, 5);
        tell(0, OUT_OF_STOCK, 6);
        tell(3, OUT_OF_STOCK, 7);
        tell(1, OUT_OF_STOCK, 8);
        assertFound(
                "sequence 6, attempt 2: ACCEPTED expected, OUT_OF_STOCK found",
                "sold in the journal: 2 expected, 1 found",
                "points for it: 20 expected, 10 found",
                "acknowledged as sold: 2 expected, 1 found");
    }

    @Test
    void soldOutOfTurn() {
        journal.sold(2);
        journal.tooLate(0);
        journal.sold(3);
        journal.tooLate(1);
        tell(2, ACCEPTED, 5);
        tell(0, OUT_OF_STOCK, 6);
        tell(3, ACCEPTED, 7);
        tell(1, OUT_OF_STOCK, 8);
        assertFound(
                "sequence 6, attempt 2: ACCEPTED expected, OUT_OF_STOCK found",
                "sequence 7, attempt 3: OUT_OF_STOCK expected, ACCEPTED found");
    }

    /** The journal lost what member 0 was told, and sold that item to another. */
    @Test
    void aSaleLost() {
        journal.sold(2);
        journal.sold(3);
        journal.tooLate(1);
        tell(2, ACCEPTED, 5);
        tell(0, ACCEPTED, 6);
        tell(3, ACCEPTED, 6);
        tell(1, OUT_OF_STOCK, 7);
        assertFound(
                "attempts in the journal: 4 expected, 3 found",
                "member 1 was told ACCEPTED at sequence 6, the journal has nothing",
                "acknowledged as sold: 2 expected, 3 found");
    }

    @Test
    void aRefusalThatTheJournalDoesNotHave() {
        journal.sold(2);
        journal.sold(0);
        journal.tooLate(3);
        tell(2, ACCEPTED, 5);
        tell(0, ACCEPTED, 6);
        tell(3, OUT_OF_STOCK, 7);
        tell(1, OUT_OF_STOCK, 8);
        assertFound(
                "attempts in the journal: 4 expected, 3 found",
                "member 2 was told OUT_OF_STOCK at sequence 8, the journal has nothing");
    }

    @Test
    void answersThatAreNotTheJournals() {
        writeRight();
        tell(2, ACCEPTED, 5);
        tell(0, ACCEPTED, 6);
        tell(3, ACCEPTED, 7);
        tell(1, OUT_OF_STOCK, 9);
        assertFound(
                "member 4 was told ACCEPTED at sequence 7, the journal has OUT_OF_STOCK at 7",
                "member 2 was told OUT_OF_STOCK at sequence 9, the journal has OUT_OF_STOCK at 8",
                "acknowledged as sold: 2 expected, 3 found");
    }

    /** A code that no version knows is no answer either. */
    @Test
    void membersThatWereNotTold() {
        writeRight();
        tell(2, ACCEPTED, 5);
        tell(0, ACCEPTED, 6);
        tell(3, null, 7);
        assertFound(
                "member 4 was told null at sequence 7, the journal has OUT_OF_STOCK at 7",
                "member 2 was told null at sequence 0, the journal has OUT_OF_STOCK at 8",
                "members that were answered: 4 expected, 3 found");
    }

    @Test
    void oneToldTwiceInPlaceOfAnother() {
        writeRight();
        tell(2, ACCEPTED, 5);
        tell(0, ACCEPTED, 6);
        tell(3, OUT_OF_STOCK, 7);
        tell(3, OUT_OF_STOCK, 7);
        assertFound(
                "member 2 was told null at sequence 0, the journal has OUT_OF_STOCK at 8",
                "answers beyond the first of a member: 0 expected, 1 found");
    }

    @Test
    void anotherPrice() {
        journal.sold(2);
        journal.sold(0, 9);
        journal.tooLate(3);
        journal.tooLate(1);
        tell(2, ACCEPTED, 5);
        tell(0, ACCEPTED, 6);
        tell(3, OUT_OF_STOCK, 7);
        tell(1, OUT_OF_STOCK, 8);
        assertFound("points for it: 20 expected, 19 found");
    }

    @Test
    void whatNobodySent() {
        writeRight();
        tell(2, ACCEPTED, 5);
        tell(0, ACCEPTED, 6);
        tell(3, OUT_OF_STOCK, 7);
        tell(1, OUT_OF_STOCK, 8);
        journal.tooLate(MEMBERS);
        journal.write(new FlashProgram().attempt(1).memberId(1), OUT_OF_STOCK, 0);
        journal.order(0);
        journal.write(
                new Command()
                        .reset(CommandType.CLOSE)
                        .memberId(1)
                        .put(VarField.PROGRAM, FlashProgram.PROGRAM)
                        .put(VarField.SOURCE, FlashProgram.SOURCE)
                        .put(VarField.DOCUMENT_ID, "leaves"),
                ACCEPTED,
                0);
        assertFound(
                "sequence 9: nobody sent a-0000000004 of member 5",
                "sequence 10: nobody sent a-0000000001 of member 1",
                "sequence 12 is a CLOSE",
                "orders in the journal: 4 expected, 5 found");
    }

    private void writeRight() {
        journal.sold(2);
        journal.sold(0);
        journal.tooLate(3);
        journal.tooLate(1);
    }

    private void tell(final int member, final ResultCode code, final long sequence) {
        final Reply reply = new Reply();
        reply.code = code;
        reply.sequence = sequence;
        outcomes.onReply(reply, member);
    }

    /** Holds what is found, in its order, against what was planted. */
    private FlashAudit assertFound(final String... sentences) {
        journal.close();
        final Differences differences = new Differences();
        final FlashAudit audit = FlashAudit.of(folder, outcomes, ITEMS, differences);
        assertEquals(List.of(sentences), differences.named());
        assertEquals(sentences.length, differences.count());
        return audit;
    }
}
