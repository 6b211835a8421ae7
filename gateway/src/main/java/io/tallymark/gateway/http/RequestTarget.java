package io.tallymark.gateway.http;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.VarField;

/**
 * The path of one request, taken apart by the table of {@link Route}s. A query is ignored. The parts that a caller
 * chooses freely are percent-decoded; a program, a member and a version need no encoding and are taken as they stand.
 * Mutable and reused; not thread-safe.
 */
final class RequestTarget {
    private static final int MAX_ID_DIGITS = 19;
    private static final int TOO_MANY = -1;

    /** The longest part before it is too long whatever it means. */
    private static final int MAX_PART_BYTES = 256;

    private final JsonTexts texts = new JsonTexts();
    private final int[] starts = new int[Route.MAX_SEGMENTS + 1];
    private final byte[] part = new byte[MAX_PART_BYTES];
    private long memberId;
    private int version;
    private String ifMatch;
    private String idempotencyKey;
    private String fault;

    /**
     * Takes a request target apart.
     *
     * @param method null: one that nothing here knows
     * @return the route; one of another method where the path has none for this; {@link Route#NOWHERE} where there is
     *         nothing at this path
     */
    Route parse(final String target, final Route.Method method) {
        fault = null;
        memberId = 0;
        version = 0;
        ifMatch = null;
        idempotencyKey = null;
        texts.clear();
        final int start = target.startsWith("/") ? 0 : pathOfAbsoluteForm(target);
        final int query = target.indexOf('?');
        final int end = query < 0 ? target.length() : query;
        if (start < 0 || start >= end || target.charAt(end - 1) == '/') {
            return Route.NOWHERE;
        }
        final int segments = split(target, start, end);
        Route samePath = Route.NOWHERE;
        for (int i = 0; i < Route.count(); i++) {
            final Route route = Route.of(i);
            if (route.segments() == segments && matches(route, target)) {
                if (route.method() == method) {
                    take(route, target);
                    return route;
                }
                samePath = samePath == Route.NOWHERE ? route : samePath;
            }
        }
        return samePath;
    }

    /** Notes the headers of a publication; null: absent. */
    void publication(final String match, final String key) {
        ifMatch = match;
        idempotencyKey = key;
    }

    /** Null: the header is absent. */
    String ifMatch() {
        return ifMatch;
    }

    /** Null: the header is absent. */
    String idempotencyKey() {
        return idempotencyKey;
    }

    /** A sentence about a part of the path that is not of its form; null: none. */
    String fault() {
        return fault;
    }

    /** The texts that the path says. */
    JsonTexts texts() {
        return texts;
    }

    /** 0: the path names none. */
    long memberId() {
        return memberId;
    }

    /** Puts the numbers that the path says into a command. */
    void putNumbersInto(final Command command) {
        if (memberId > 0) {
            command.memberId(memberId);
        }
        if (version > 0) {
            command.version(version);
        }
    }

    private static int pathOfAbsoluteForm(final String target) {
        final int scheme = target.regionMatches(true, 0, "http://", 0, 7) ? 7 : 0;
        return scheme == 0 ? -1 : target.indexOf('/', scheme);
    }

    /** Notes where each segment starts, and behind the last one where the next would; returns how many there are. */
    private int split(final String target, final int start, final int end) {
        int count = 0;
        int at = start + 1;
        while (at <= end) {
            if (count == Route.MAX_SEGMENTS) {
                return TOO_MANY;
            }
            starts[count++] = at;
            final int slash = target.indexOf('/', at);
            at = (slash < 0 || slash > end ? end : slash) + 1;
        }
        starts[count] = at;
        return count;
    }

    private boolean matches(final Route route, final String target) {
        for (int i = 0; i < route.segments(); i++) {
            if (route.part(i) == null) {
                final String literal = route.literal(i);
                final int start = starts[i];
                if (starts[i + 1] - 1 - start != literal.length() || !target.startsWith(literal, start)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void take(final Route route, final String target) {
        for (int i = 0; i < route.segments(); i++) {
            final PathPart of = route.part(i);
            if (of != null && fault == null) {
                fault = take(of, target, starts[i], starts[i + 1] - 1);
            }
        }
        if (route.rule() != null) {
            for (int i = 0; i < route.rule().length(); i++) {
                part[i] = (byte) route.rule().charAt(i);
            }
            texts.take(VarField.RULE_ID, part, 0, route.rule().length());
        }
    }

    private String take(final PathPart of, final String target, final int start, final int end) {
        return switch (of) {
            case PROGRAM -> takeProgram(target, start, end);
            case MEMBER_ID -> takeMember(target, start, end);
            case VERSION -> takeVersion(target, start, end);
            default -> takeText(of, target, start, end);
        };
    }

    private String takeProgram(final String target, final int start, final int end) {
        final int length = end - start;
        if (length >= 1 && length <= Limits.MAX_PROGRAM_BYTES) {
            for (int i = 0; i < length; i++) {
                part[i] = (byte) Math.min(target.charAt(start + i), 0x7F);
            }
            if (texts.take(VarField.PROGRAM, part, 0, length)) {
                return null;
            }
        }
        return "program: " + JsonTexts.form(VarField.PROGRAM);
    }

    private String takeMember(final String target, final int start, final int end) {
        memberId = end - start > MAX_ID_DIGITS ? -1 : digits(target, start, end);
        return memberId > 0 ? null : "memberId: not a positive 64-bit integer";
    }

    private String takeVersion(final String target, final int start, final int end) {
        final long value = end - start > 5 ? -1 : digits(target, start, end);
        version = value > Limits.MAX_VERSION ? -1 : (int) value;
        return version > 0 ? null : "version: not 1 to 65535";
    }

    private static long digits(final String target, final int start, final int end) {
        long value = 0;
        for (int i = start; i < end && value >= 0; i++) {
            final char c = target.charAt(i);
            value = c >= '0' && c <= '9' ? value * 10 + c - '0' : -1;
        }
        return start < end && target.charAt(start) != '0' ? value : -1;
    }

    private String takeText(final PathPart of, final String target, final int start, final int end) {
        int length = 0;
        int at = start;
        while (at < end && length >= 0) {
            final char c = target.charAt(at);
            int b = c;
            if (c == '%') {
                b = at + 2 < end ? Character.digit(target.charAt(at + 1), 16) << 4 : -1;
                b |= b < 0 ? b : Character.digit(target.charAt(at + 2), 16);
                at += 2;
            }
            at++;
            if (b < 0 || c <= 0x20 || c > 0x7E || length == MAX_PART_BYTES) {
                length = -1;
            } else {
                part[length++] = (byte) b;
            }
        }
        return length >= 0 && texts.take(of.text(), part, 0, length)
                ? null
                : of.label() + ": " + JsonTexts.form(of.text());
    }
}
