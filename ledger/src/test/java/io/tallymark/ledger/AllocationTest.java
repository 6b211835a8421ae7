package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.VarField;
import org.junit.jupiter.api.Test;

/** After warm-up no command allocates: keys come and go, lots come and go, each kind of command takes its turn. */
final class AllocationTest {
    private static final int MEMBERS = 20_000;
    private static final int BATCH = 64;
    private static final int ROUNDS = 1_000;
    private static final int ROUNDS_PER_DAY = 100;
    private static final int BYTES_PER_DAY = 128;

    private final Command[] batch = new Command[BATCH];
    private final Outcome outcome = new Outcome();
    private final Ledger ledger = new Ledger(new LedgerOptions(200_000, 200_000, 1_000_000), 5, 6);
    private long sequence;
    private long timeMs = Desk.NOON_MS;
    private long document;
    private long random = 88172645463325252L;

    @Test
    void noCommandAllocates() {
        publish();
        for (int i = 0; i < BATCH; i++) {
            batch[i] = new Command();
        }
        for (int i = 0; i < 6; i++) {
            stretch();
        }
        final long least = AllocationDesk.leastBytes(10, BYTES_PER_DAY * ROUNDS / ROUNDS_PER_DAY, this::stretch);
        // The expiry of a day is computed once a program and day, with the platform's calendar.
        final long days = ROUNDS / ROUNDS_PER_DAY + 1;
        assertTrue(
                least <= days * BYTES_PER_DAY,
                least + " bytes allocated by " + ROUNDS * BATCH + " commands in " + days + " days");
        ledger.verifyZeroSum();
    }

    private void publish() {
        final byte[] compiled = Desk.mima()
                .lateWindowMs(0)
                .keyDays(1)
                .expiry(Expiry.months(2))
                .build()
                .encode();
        final Command c = Commands.publish("p1", Commands.PROGRAM, compiled);
        ledger.apply(c, ++sequence, timeMs, outcome);
    }

    private void stretch() {
        for (int i = 0; i < ROUNDS; i++) {
            round();
        }
    }

    private void round() {
        // A day passes within a hundred rounds: keys and lots end all the time.
        timeMs += CompiledProgram.DAY_MS / ROUNDS_PER_DAY;
        for (int i = 0; i < BATCH; i++) {
            fill(batch[i], i);
            ledger.touch(batch[i]);
        }
        for (int i = 0; i < BATCH; i++) {
            ledger.apply(batch[i], sequence + 1, timeMs, outcome);
            sequence += outcome.journaled ? 1 : 0;
        }
    }

    private void fill(final Command c, final int i) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        final CommandType type = switch (i % 8) {
            case 0 -> CommandType.REDEEM;
            case 1 -> CommandType.ADJUST;
            case 2 -> CommandType.QUERY_MEMBER;
            case 3 -> i == 3 ? CommandType.TICK : CommandType.ACCRUE;
            default -> CommandType.ACCRUE;
        };
        c.reset(type);
        if (type == CommandType.TICK) {
            c.eventTimeMs(timeMs);
            return;
        }
        putBytes(c, VarField.PROGRAM, PROGRAM);
        if (type != CommandType.QUERY_MEMBER) {
            putBytes(c, VarField.SOURCE, SOURCE);
            // Every 16th is sent a second time.
            final long number = i % 16 == 15 ? document : ++document;
            final int at = c.reserve(VarField.DOCUMENT_ID, Long.BYTES);
            c.bytes().putLong(at, number);
            c.commitReserved(VarField.DOCUMENT_ID, Long.BYTES);
        }
        c.memberId(1 + Math.floorMod(random, (long) MEMBERS));
        if (type == CommandType.ACCRUE) {
            c.amountMinor(1 + (random >>> 20 & 0xFFFFF));
        } else {
            c.points(type == CommandType.ADJUST ? -5_000 : 50).flags(type == CommandType.ADJUST ? 2 : 0);
        }
    }

    private static final org.agrona.concurrent.UnsafeBuffer PROGRAM =
            new org.agrona.concurrent.UnsafeBuffer(new byte[] {'m', 'i', 'm', 'a'});
    private static final org.agrona.concurrent.UnsafeBuffer SOURCE =
            new org.agrona.concurrent.UnsafeBuffer(new byte[] {'p', 'o', 's'});

    private static void putBytes(
            final Command c, final VarField field, final org.agrona.concurrent.UnsafeBuffer bytes) {
        c.put(field, bytes, 0, bytes.capacity());
    }
}
