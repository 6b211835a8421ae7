package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The programs by name and by number. */
final class ProgramRegistry {
    /** Most programs. */
    static final int MAX_PROGRAMS = 1_024;

    private static final int BUCKETS = 4 * MAX_PROGRAMS;

    private final ProgramState[] byNumber = new ProgramState[MAX_PROGRAMS];
    private final ProgramState[] buckets = new ProgramState[BUCKETS];
    private int count;
    private ProgramState lastFound;

    int count() {
        return count;
    }

    ProgramState get(final int number) {
        return byNumber[number];
    }

    /** The program of a name, or null. */
    ProgramState find(final DirectBuffer bytes, final int offset, final int length) {
        // Callers mostly speak of one program for a while.
        if (lastFound != null && isNamed(lastFound, bytes, offset, length)) {
            return lastFound;
        }
        int at = bucket(bytes, offset, length);
        for (ProgramState program = buckets[at]; program != null; program = buckets[at]) {
            if (isNamed(program, bytes, offset, length)) {
                lastFound = program;
                return program;
            }
            at = at + 1 & BUCKETS - 1;
        }
        return null;
    }

    /** Adds a program whose name is new. */
    ProgramState add(final CompiledProgram first) {
        final ProgramState program = new ProgramState(count, first);
        final DirectBuffer name = new UnsafeBuffer(program.name);
        int at = bucket(name, 0, program.name.length);
        while (buckets[at] != null) {
            at = at + 1 & BUCKETS - 1;
        }
        buckets[at] = program;
        byNumber[count++] = program;
        return program;
    }

    private static boolean isNamed(
            final ProgramState program, final DirectBuffer bytes, final int offset, final int length) {
        final byte[] name = program.name;
        if (name.length != length) {
            return false;
        }
        int at = 0;
        if (offset + Long.BYTES <= bytes.capacity()) {
            // The first bytes at once: most names are no longer, and each command asks for its program's.
            final long start = bytes.getLong(offset, ByteOrder.LITTLE_ENDIAN);
            if ((start & program.nameStartMask) != program.nameStart) {
                return false;
            }
            at = Long.BYTES;
        }
        for (; at < length; at++) {
            if (name[at] != bytes.getByte(offset + at)) {
                return false;
            }
        }
        return true;
    }

    private static int bucket(final DirectBuffer bytes, final int offset, final int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + bytes.getByte(offset + i);
        }
        return (hash ^ hash >>> 16) & BUCKETS - 1;
    }
}
