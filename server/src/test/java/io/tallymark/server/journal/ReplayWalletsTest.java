package io.tallymark.server.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;
import io.tallymark.server.CommandRun;
import io.tallymark.server.ExitCode;
import io.tallymark.server.program.ProgramCompiler;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The books that replay prints of a program with several wallets. In each wallet the numbers that are not 0 differ from
 * each other, so that none can stand in the place of another.
 *
 * <pre>
 *                                     points               growth, pending      stars
 *  member 7 buys for 100.00           100                  200                  20
 *  member 8 buys for 39.90            39                   79                   7
 *  member 9 buys for 25.00            25                   50                   5
 *  7 spends                           -30: 70                                   -1: 19
 *  7 has held                                                                   8: 11
 *  7 is taken                                                                   -4: 7
 *  7 is given 60.00 back              -60: 10              -120: 80             -12: 0, 3 owed, 2 written off
 *  8 cancels what is pending                               -79: 0
 *  8 leaves                           -39: 0                                    -7: 0
 *  issued                             164                  329                  32
 *  are there                          10 + 25              80 + 50              0 + 5, held 8
 * </pre>
 */
final class ReplayWalletsTest {
    private static final String FILE = """
            program: mima
            currency: CNY
            utcOffset: "+08:00"
            unknownMember: enrol
            lateWindow: unlimited
            retention: {keyDays: forever}
            wallets:
              points: {kind: points, refund: {policy: debt, limit: 900}}
              balance: {kind: money, topUps: [{from: "100.00", gift: "10.00"}]}
              growth: {kind: points, earn: {points: 2, per: "1.00"}, activation: {afterDays: 3}}
              stars:
                kind: points
                earn: {points: 1, per: "5.00"}
                refund: {policy: debt, limit: 3}
                redeemable: true
            earn:
              base: {points: 1, per: "1.00"}
            """;

    @TempDir
    private Path folder;

    private WrittenJournal journal;

    @BeforeEach
    void publish() throws IOException {
        journal = new WrittenJournal(folder);
        journal.publish(ProgramCompiler.compile("wallets", FILE));
    }

    @Test
    void theBooksOfEachWalletArePrintedByItsName() {
        movePoints();
        moveValue();
        journal.close();
        final CommandRun run = CommandRun.of("replay", "--data", folder.toString());
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertEquals(
                """
                sequence 14
                state hash %s
                program mima version 1
                 members 3
                 issued 164
                 redeemed 30
                 expired 0
                 forfeited 39
                 cancelled 0
                 clawed back 60
                 adjusted down 0
                 written off 0
                 debt 0
                 available 35
                 pending 0
                 held 0
                 wallet growth in points
                 issued 329
                 redeemed 0
                 expired 0
                 forfeited 0
                 cancelled 79
                 clawed back 120
                 adjusted down 0
                 written off 0
                 debt 0
                 available 0
                 pending 130
                 held 0
                 wallet stars in points
                 issued 32
                 redeemed 1
                 expired 0
                 forfeited 7
                 cancelled 0
                 clawed back 12
                 adjusted down 4
                 written off 2
                 debt 3
                 available 5
                 pending 0
                 held 8
                 wallet balance in minor units
                 topped up 10000
                 granted 1000
                 principal 4500
                 gift 750
                 spent 4000
                 refunded 1500
                 forfeited 250
                """.formatted(journal.ledger().stateHash().toHex()), run.out().replaceAll(" +", " "));
    }

    private void movePoints() {
        journal.accrue(7, 10_000);
        journal.accrue(8, 3_990);
        journal.accrue(9, 2_500);
        journal.redeem(30);
        journal.write(CommandType.REDEEM, "latte", c -> stars(c).points(1));
        journal.write(CommandType.HOLD, "table", c -> stars(c).points(8).ttlMs(3_600_000));
        journal.write(
                CommandType.ADJUST,
                "count",
                c -> stars(c.points(-4).put(VarField.REASON, "count").put(VarField.OPERATOR_ID, "op-1")));
        journal.write(
                CommandType.REFUND, "back", c -> c.amountMinor(6_000).put(VarField.ORIGINAL_DOCUMENT_ID, "order-1"));
        journal.write(CommandType.CANCEL_PENDING, "cancelled", c -> c.put(VarField.ORIGINAL_DOCUMENT_ID, "order-2"));
        journal.write(CommandType.CLOSE, "leaves", c -> c.memberId(8));
    }

    private static Command stars(final Command c) {
        return c.memberId(7).put(VarField.WALLET_ID, "stars");
    }

    /** 100.00 with 10.00 as a gift; 60.00 are left when 15.00 are paid out, a quarter: so is what the gift loses. */
    private void moveValue() {
        value(CommandType.TOP_UP, 10_000);
        value(CommandType.SPEND_VALUE, 4_000);
        value(CommandType.REFUND_VALUE, 1_500);
    }

    private void value(final CommandType type, final long amountMinor) {
        journal.write(
                type, type.name(), c -> c.memberId(7).amountMinor(amountMinor).put(VarField.RULE_ID, "balance"));
    }
}
