package io.tallymark.ledger;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Names of the channels that identities come from, numbered from 1 within each program as they come up. One thread. */
final class Channels {
    /** Most channels of a program. */
    static final int MAX = 255;

    private static final byte[][] NONE = {};

    private byte[][][] byProgram = new byte[0][][];

    /** The number of a channel, 0: it never came up. */
    int find(final int program, final DirectBuffer bytes, final int offset, final int length) {
        final byte[][] names = names(program);
        for (int i = 0; i < names.length; i++) {
            if (Texts.equal(names[i], bytes, offset, length)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Whether a program has as many as it can. */
    boolean isFull(final int program) {
        return names(program).length == MAX;
    }

    /** The number of a channel, a new one if it never came up; the caller has made sure that there is room. */
    int intern(final int program, final DirectBuffer bytes, final int offset, final int length) {
        final int known = find(program, bytes, offset, length);
        if (known != 0) {
            return known;
        }
        if (isFull(program)) {
            throw new IllegalStateException("program " + program + " has " + MAX + " channels");
        }
        if (program >= byProgram.length) {
            byProgram = Arrays.copyOf(byProgram, program + 1);
        }
        final byte[][] names = names(program);
        final byte[] name = new byte[length];
        bytes.getBytes(offset, name);
        byProgram[program] = Arrays.copyOf(names, names.length + 1);
        byProgram[program][names.length] = name;
        return names.length + 1;
    }

    /** The name of a number. Not to be written to. */
    byte[] name(final int program, final int channel) {
        return byProgram[program][channel - 1];
    }

    private byte[][] names(final int program) {
        return program < byProgram.length && byProgram[program] != null ? byProgram[program] : NONE;
    }
}
