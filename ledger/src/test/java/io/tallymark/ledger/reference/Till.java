package io.tallymark.ledger.reference;

import static io.tallymark.ledger.program.CompiledProgram.UNLIMITED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;

/** A book with its sequence and clock, for tests that tell a story. */
final class Till {
    /** 2026-03-15 06:00 UTC, 14:00 at +08:00: a Sunday. */
    static final long START_MS = 1_773_554_400_000L;

    static final String PROGRAM = "shop";

    final Book book;
    long nowMs = START_MS;
    private long sequence;
    private int documents;

    Till(final Book book) {
        this.book = book;
    }

    /** 1 point per ¥1, debt up to 1,000, unknown members enrol. */
    static CompiledProgram.Builder shop() {
        return CompiledProgram.builder(PROGRAM)
                .currency("CNY")
                .utcOffsetMinutes(480)
                .enrolUnknownMembers(true)
                .baseRate(1, 100)
                .debtLimitPoints(1_000);
    }

    Till publish(final CompiledProgram program) {
        final Outcome o = send(Ask.publish("publish-" + documents++, program, 0));
        assertEquals(ResultCode.ACCEPTED, o.code);
        return this;
    }

    Till publish(final CompiledProgram.Builder program) {
        return publish(program.build());
    }

    Till after(final long ms) {
        nowMs += ms;
        return this;
    }

    Till afterDays(final long days) {
        return after(days * CompiledProgram.DAY_MS);
    }

    /** To a moment. */
    Till to(final String instant) {
        nowMs = java.time.OffsetDateTime.parse(instant).toInstant().toEpochMilli();
        return this;
    }

    Outcome send(final Command c) {
        final Outcome o = new Outcome();
        book.apply(c, sequence + 1, nowMs, o);
        sequence += o.journaled ? 1 : 0;
        return o;
    }

    Outcome send(final Ask ask) {
        return send(ask.make());
    }

    /** Sent and accepted. */
    Outcome done(final Ask ask) {
        final Command c = ask.make();
        final Outcome o = send(c);
        assertEquals(ResultCode.ACCEPTED, o.code, () -> Ask.script(c));
        return o;
    }

    /** Sent and refused. */
    void refused(final ResultCode code, final Ask ask) {
        final Command c = ask.make();
        assertEquals(code, send(c).code, () -> Ask.script(c));
    }

    Ask ask(final CommandType type) {
        return Ask.of(type, PROGRAM, "d-" + documents++);
    }

    Ask ask(final CommandType type, final String documentId) {
        return Ask.of(type, PROGRAM, documentId);
    }

    Ask order(final String documentId, final long member, final long amountMinor) {
        return ask(CommandType.ACCRUE, documentId).member(member).amount(amountMinor);
    }

    Ask redeem(final long member, final long points) {
        return ask(CommandType.REDEEM).member(member).points(points);
    }

    Ask hold(final String documentId, final long member, final long points) {
        return ask(CommandType.HOLD, documentId).member(member).points(points);
    }

    Ask adjust(final long member, final long points) {
        return ask(CommandType.ADJUST).member(member).points(points);
    }

    Ask refund(final String documentId) {
        return ask(CommandType.REFUND).about(documentId);
    }

    Ask about(final CommandType type, final String documentId) {
        return ask(type).about(documentId);
    }

    Outcome query(final long member) {
        return send(Ask.of(CommandType.QUERY_MEMBER, PROGRAM, "").member(member));
    }

    /** What a member has: available, pending, held, debt. */
    void has(final long member, final long available, final long pending, final long held, final long debt) {
        // As of now, not as of the last journaled time.
        send(Ask.tick(nowMs));
        final Outcome o = query(member);
        assertEquals(
                "available " + available + " pending " + pending + " held " + held + " debt " + debt,
                "available " + o.availablePoints + " pending " + o.pendingPoints + " held " + o.heldPoints + " debt "
                        + o.debtPoints);
    }

    void hasTier(final long member, final String tier) {
        send(Ask.tick(nowMs));
        assertEquals(tier, new String(query(member).tierId, java.nio.charset.StandardCharsets.UTF_8));
    }

    static Ask until(final Ask ask, final long untilMs) {
        return ask.with(FixedField.UNTIL, untilMs);
    }

    static Campaign add(final String id, final String multiplier, final Condition when, final long budget) {
        final long micros =
                new java.math.BigDecimal(multiplier).movePointRight(6).longValueExact();
        return new Campaign(
                id, 10, Campaign.Mode.ADD, micros, 0, false, "", when, UNLIMITED, UNLIMITED, UNLIMITED, budget);
    }

    static Campaign bonus(final String id, final long points, final long orderCap, final long memberCap) {
        return new Campaign(
                id,
                20,
                Campaign.Mode.BONUS,
                0,
                points,
                false,
                "",
                Condition.ALWAYS,
                orderCap,
                memberCap,
                UNLIMITED,
                UNLIMITED);
    }
}
