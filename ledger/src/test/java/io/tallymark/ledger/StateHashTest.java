package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StateHashTest {
    private static final int COMMANDS = 150_000;

    /** A history that grows both indexes several times when nothing was presized, with keys that go meanwhile. */
    private static Ledger history(final LedgerOptions options, final long changed, final boolean touched) {
        final Ledger ledger = new Ledger(options, 7, 8);
        final Outcome o = new Outcome();
        long sequence = 0;
        long timeMs = Desk.NOON_MS;
        final CompiledProgram program =
                Desk.mima().expiry(Expiry.months(1)).lateWindowMs(0).keyDays(1).build();
        ledger.apply(Commands.publish("p", program), ++sequence, timeMs, o);
        for (long i = 0; i < COMMANDS; i++) {
            timeMs += 5_000;
            final long member = 1 + i * 7_919 % 60_001;
            final Command c = i % 3 == 2
                    ? Commands.redeem("r" + i, member, 1)
                    : Commands.accrue("o" + i, member, 100 + i % 900 + (i == changed ? 1_000 : 0));
            if (touched) {
                ledger.touch(c);
            }
            ledger.apply(c, sequence + 1, timeMs, o);
            sequence += o.journaled ? 1 : 0;
        }
        ledger.verifyZeroSum();
        return ledger;
    }

    @Test
    void doesNotDependOnHowSpaceWasPrepared() {
        final Ledger grown = history(new LedgerOptions(0, 1_000_000, 1_000_000), -1, false);
        final Ledger presized = history(new LedgerOptions(500_000, 500_000, 200_000), -1, true);
        assertEquals(presized.stateHash(), grown.stateHash());
        assertEquals(60_001, grown.memberCount());
        assertTrue(grown.storedKeys() < COMMANDS, "keys went: " + grown.storedKeys());
        assertNotEquals(
                presized.stateHash(),
                history(new LedgerOptions(500_000, 500_000, 200_000), 77_776, false)
                        .stateHash());
    }

    @Test
    void everyKindOfChangeShows() {
        final Set<StateHash> seen = new HashSet<>();
        final Desk desk = new Desk();
        assertTrue(seen.add(desk.ledger.stateHash()));
        desk.publish(Desk.mima().build());
        assertTrue(seen.add(desk.ledger.stateHash()), "a program");
        desk.apply(Commands.accrue("o1", 1, 99));
        assertTrue(seen.add(desk.ledger.stateHash()), "a member");
        desk.apply(Commands.redeem("r1", 2, 1));
        assertTrue(seen.add(desk.ledger.stateHash()), "a burned key");
        desk.apply(Commands.adjust("a1", 1, -1).flags(Command.FLAG_MAY_GO_BELOW_ZERO));
        assertTrue(seen.add(desk.ledger.stateHash()), "a debt");
        desk.publish(Desk.mima().expiry(Expiry.months(1)).build());
        assertTrue(seen.add(desk.ledger.stateHash()), "a version");
        final StateHash before = desk.ledger.stateHash();
        desk.after(1).apply(Commands.tick(desk.nowMs));
        assertTrue(!before.equals(desk.ledger.stateHash()), "how far the members are swept");
    }

    @Test
    void keysPastTheirLifeAreNoPartOfIt() {
        final Desk slow = new Desk().publish(Desk.mima().build());
        final Desk fast = new Desk().publish(Desk.mima().build());
        for (int i = 0; i < 50; i++) {
            slow.apply(Commands.accrue("o" + i, 1, 100));
            fast.apply(Commands.accrue("o" + i, 1, 100));
        }
        slow.afterDays(4).apply(Commands.tick(slow.nowMs));
        fast.afterDays(4);
        for (int i = 0; i < 40; i++) {
            fast.apply(Commands.tick(fast.nowMs));
        }
        assertTrue(slow.ledger.storedKeys() > fast.ledger.storedKeys());
        assertEquals(1, fast.ledger.storedKeys(), "the publication's stays");
        assertEquals(fast.ledger.stateHash(), slow.ledger.stateHash());
    }

    @Test
    void capacityIsRefusedAndComesBack() {
        final Desk desk =
                new Desk(new LedgerOptions(1, 2, 5)).publish(Desk.mima().build());
        assertEquals(ResultCode.ACCEPTED, desk.apply(Commands.accrue("o1", 1, 100)).code);
        assertEquals(ResultCode.ACCEPTED, desk.apply(Commands.accrue("o2", 2, 100)).code);
        assertEquals(ResultCode.CAPACITY, desk.apply(Commands.accrue("o3", 3, 100)).code, "members");
        assertEquals(ResultCode.ACCEPTED, desk.apply(Commands.accrue("o3", 2, 100)).code, "burned no key");
        assertEquals(ResultCode.INSUFFICIENT_POINTS, desk.apply(Commands.redeem("r1", 2, 3)).code);
        assertEquals(ResultCode.CAPACITY, desk.apply(Commands.redeem("r2", 2, 1)).code, "keys");
        assertEquals(true, desk.apply(Commands.accrue("o1", 1, 100)).replayed);
        desk.afterDays(4);
        assertEquals(ResultCode.ACCEPTED, desk.apply(Commands.redeem("r2", 2, 1)).code, "keys have gone");
    }
}
