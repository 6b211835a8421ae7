package io.tallymark.ledger.program;

import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Texts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/** Collects what is wrong with a program, in the order in which it is found. Not thread-safe. */
final class Mistakes {
    static final int MAX_TIMES = 1_000_000;
    static final String ID_IS = "must be 1 to 32 lower-case letters, digits and hyphens";

    private final List<ProgramMistake> found = new ArrayList<>();

    /** All of them. */
    List<ProgramMistake> found() {
        return found;
    }

    /** Notes a mistake unless something holds. */
    void check(final boolean holds, final String path, final String reason, final String... dependsOn) {
        if (!holds) {
            found.add(new ProgramMistake(path, reason, List.of(dependsOn)));
        }
    }

    /** A number within bounds. */
    void within(final long value, final long min, final long max, final String path, final String unit) {
        check(value >= min && value <= max, path, "must be from " + min + " to " + max + unit);
    }

    /** Points from 1 on, or none at all. */
    void pointsOrNone(final long value, final String path) {
        if (value != CompiledProgram.UNLIMITED) {
            within(value, 1, Limits.MAX_VALUE, path, " points");
        }
    }

    /** A limit, or none. */
    void limit(final Limit limit, final String path) {
        if (limit.isLimited()) {
            within(limit.times(), 1, MAX_TIMES, path + ".times", " times");
        }
    }

    /** A multiplier above 1, in millionths. */
    void raises(final long micros, final String path) {
        check(
                micros > CompiledProgram.ONE_MICROS && micros <= CompiledProgram.MAX_MULTIPLIER_MICROS,
                path,
                "must be from 1.000001 to 1000");
    }

    /** A rate at which orders earn. */
    void rate(final long points, final long perMinor, final String path) {
        within(points, 1, CompiledProgram.MAX_RATE_POINTS, path + ".points", "");
        within(perMinor, 1, CompiledProgram.MAX_RATE_MINOR, path + ".per", " minor units");
    }

    /** When the points of a wallet become available, and how far they are clawed back. */
    void life(final Activation activation, final RefundPolicy refund, final String wallet) {
        within(activation.afterDays(), 0, CompiledProgram.MAX_GRACE_DAYS, wallet + ".activation.afterDays", " days");
        within(refund.debtLimitPoints(), 0, Limits.MAX_VALUE, wallet + ".refund.limit", " points");
    }

    /** An id; where it is none of this list's before, it is remembered. */
    void id(final String id, final Set<String> before, final String path) {
        check(isId(id), path, ID_IS);
        check(before.add(id), path, "given twice: " + id);
    }

    /** At most so many. */
    void atMost(final int max, final int size, final String path) {
        check(size <= max, path, "must be at most " + max);
    }

    /** Texts of a condition. */
    void texts(final List<String> texts, final String path) {
        atMost(CompiledProgram.MAX_ENTRIES, texts.size(), path);
        final Set<String> before = new HashSet<>();
        for (final String text : texts) {
            text(text, path);
            check(before.add(text), path, "given twice: " + text);
        }
    }

    /** A text that orders carry. */
    void text(final String text, final String path) {
        check(isText(text), path, "must be texts of 1 to 64 bytes of UTF-8 without control characters");
    }

    /** Whether it is 1 to 32 lower-case letters, digits and hyphens. */
    static boolean isId(final String id) {
        if (id == null || id.isEmpty() || id.length() > Limits.MAX_PROGRAM_BYTES) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            final char c = id.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length > 0
                && bytes.length <= Limits.MAX_TEXT_BYTES
                && Texts.isPlainUtf8(new UnsafeBuffer(bytes), 0, bytes.length)
                // A lone surrogate has no UTF-8 form and came out as another character.
                && new String(bytes, StandardCharsets.UTF_8).equals(text);
    }
}
