package io.tallymark.gateway.http;

import io.tallymark.protocol.Limits;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The path of one request, taken apart. A query is ignored; nothing that is known here needs percent-encoding, so
 * nothing is decoded. Mutable and reused; not thread-safe.
 */
final class RequestTarget {
    private static final String PROGRAMS = "/v1/programs";
    private static final String MEMBERS = "members/";
    private static final int MAX_ID_DIGITS = 19;

    private final UnsafeBuffer program = new UnsafeBuffer(new byte[Limits.MAX_PROGRAM_BYTES]);
    private int programLength;
    private long memberId;
    private String fault;

    /** Takes a request target apart; the route, {@link Route#NOWHERE} where there is none. */
    Route parse(final String target) {
        fault = null;
        programLength = 0;
        memberId = 0;
        final int start = target.startsWith("/") ? 0 : pathOfAbsoluteForm(target);
        final int query = target.indexOf('?');
        final int end = query < 0 ? target.length() : query;
        if (start < 0 || start >= end) {
            return Route.NOWHERE;
        }
        if (target.startsWith(PROGRAMS, start)) {
            final int behind = start + PROGRAMS.length();
            if (behind >= end) {
                return behind == end ? Route.PROGRAMS : Route.NOWHERE;
            }
            return target.charAt(behind) == '/' ? ofProgram(target, behind + 1, end) : Route.NOWHERE;
        }
        return switch (target.substring(start, end)) {
            case "/healthz" -> Route.HEALTH;
            case "/readyz" -> Route.READY;
            case "/metrics" -> Route.METRICS;
            default -> Route.NOWHERE;
        };
    }

    /** A sentence about a part of the path that is not of its form; null: none. */
    String fault() {
        return fault;
    }

    UnsafeBuffer program() {
        return program;
    }

    int programLength() {
        return programLength;
    }

    long memberId() {
        return memberId;
    }

    private static int pathOfAbsoluteForm(final String target) {
        final int scheme = target.regionMatches(true, 0, "http://", 0, 7) ? 7 : 0;
        return scheme == 0 ? -1 : target.indexOf('/', scheme);
    }

    private Route ofProgram(final String target, final int start, final int end) {
        final int slash = target.indexOf('/', start);
        if (slash < 0 || slash >= end) {
            return Route.NOWHERE;
        }
        final int behind = slash + 1;
        final int length = end - behind;
        final Route route;
        if (length == 8 && target.startsWith("accruals", behind)) {
            route = Route.ACCRUALS;
        } else if (length == 11 && target.startsWith("redemptions", behind)) {
            route = Route.REDEMPTIONS;
        } else if (length == 11 && target.startsWith("adjustments", behind)) {
            route = Route.ADJUSTMENTS;
        } else if (target.startsWith(MEMBERS, behind)
                && length > MEMBERS.length()
                && target.indexOf('/', behind + MEMBERS.length()) < 0) {
            route = Route.MEMBER;
            takeMember(target, behind + MEMBERS.length(), end);
        } else {
            return Route.NOWHERE;
        }
        takeProgram(target, start, slash);
        return route;
    }

    private void takeProgram(final String target, final int start, final int end) {
        programLength = end - start;
        if (programLength < 1 || programLength > Limits.MAX_PROGRAM_BYTES) {
            fault = "program: not 1 to 32 characters a-z, 0-9, hyphen";
            return;
        }
        for (int i = 0; i < programLength; i++) {
            final char c = target.charAt(start + i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
                fault = "program: not 1 to 32 characters a-z, 0-9, hyphen";
                return;
            }
            program.putByte(i, (byte) c);
        }
    }

    private void takeMember(final String target, final int start, final int end) {
        long value = 0;
        for (int i = start; i < end && value >= 0; i++) {
            final char c = target.charAt(i);
            value = c >= '0' && c <= '9' ? value * 10 + c - '0' : -1;
        }
        if (value <= 0 || end - start > MAX_ID_DIGITS || target.charAt(start) == '0') {
            fault = "memberId: not a positive 64-bit integer";
        }
        memberId = value;
    }
}
