package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import java.nio.charset.StandardCharsets;

/** One program: the version in force with the rules made from it, and its totals. */
final class ProgramState {
    private static final long MINUTE_MS = 60_000L;

    /** Its number in the order of first publication, from 0. */
    final int number;

    final byte[] name;

    /** The first 8 bytes of the name, little-endian, and which of them there are. */
    final long nameStart;

    final long nameStartMask;

    final Totals totals = new Totals();

    private CompiledProgram compiled;
    private StateHash canonicalHash;
    private EarnRules earnRules;
    private TierRules tierRules;
    private int version;
    private long offsetMs;
    private boolean expiresByInactivity;

    private long expiryKnownForDay = Long.MIN_VALUE;
    private int expiryDay;

    ProgramState(final int number, final CompiledProgram first) {
        this.number = number;
        this.name = first.name().getBytes(StandardCharsets.US_ASCII);
        long start = 0;
        for (int i = Math.min(name.length, Long.BYTES) - 1; i >= 0; i--) {
            start = start << Byte.SIZE | name[i] & 0xFF;
        }
        this.nameStart = start;
        this.nameStartMask = name.length >= Long.BYTES ? -1 : (1L << Byte.SIZE * name.length) - 1;
        replace(first);
    }

    /** Puts the next version in force. */
    void replace(final CompiledProgram next) {
        compiled = next;
        canonicalHash = next.canonicalHash();
        earnRules = new EarnRules(next);
        tierRules = new TierRules(next, tierRules);
        offsetMs = next.utcOffsetMinutes() * MINUTE_MS;
        expiresByInactivity = next.expiry().kind() == Expiry.Kind.INACTIVITY;
        expiryKnownForDay = Long.MIN_VALUE;
        version++;
    }

    CompiledProgram compiled() {
        return compiled;
    }

    StateHash canonicalHash() {
        return canonicalHash;
    }

    int version() {
        return version;
    }

    EarnRules earnRules() {
        return earnRules;
    }

    TierRules tierRules() {
        return tierRules;
    }

    /** The program's day of an engine time. */
    long localDay(final long timeMs) {
        return Math.floorDiv(timeMs + offsetMs, CompiledProgram.DAY_MS);
    }

    /** When a day of the program begins, epoch milliseconds. */
    long startOfDayMs(final long localDay) {
        return localDay * CompiledProgram.DAY_MS - offsetMs;
    }

    /** Whether points without an expiry day expire when the member has not been active for long. */
    boolean expiresByInactivity() {
        return expiresByInactivity;
    }

    /** The day on which they have expired, seen from the member's last activity. */
    int inactiveDay(final int lastActivityDay) {
        return CivilDays.firstDayOf(
                CivilDays.monthOf(lastActivityDay) + compiled.expiry().span() + 1);
    }

    /** The expiry day of points credited on a day of the program. */
    int expiryDay(final long localDay) {
        if (localDay != expiryKnownForDay) {
            expiryDay = compiled.expiry().expiryDay(localDay);
            expiryKnownForDay = localDay;
        }
        return expiryDay;
    }

    /** The first UTC day on which a key made at an engine time is gone: it lives whole days, never less. */
    int keyEndDay(final long timeMs) {
        final int keyDays = compiled.keyDays();
        return keyDays == CompiledProgram.FOREVER
                ? KeyStore.FOREVER_DAY
                : (int) (timeMs / CompiledProgram.DAY_MS) + keyDays + 1;
    }
}
