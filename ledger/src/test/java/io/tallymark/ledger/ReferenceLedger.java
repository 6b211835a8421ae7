package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The rules once more, as plainly as they can be said: maps, lists and big integers; expiry runs eagerly at its due
 * time. Takes commands of good form only.
 */
final class ReferenceLedger {
    private static final BigInteger LIMIT = BigInteger.TEN.pow(15);
    private static final LocalDate NEVER = LocalDate.MAX;

    static final class Member {
        /** Points by the last day on which they are valid. */
        final TreeMap<LocalDate, BigInteger> lots = new TreeMap<>();

        BigInteger debt = BigInteger.ZERO;
        BigInteger spend = BigInteger.ZERO;
        BigInteger earned = BigInteger.ZERO;
        long visits;
        String tier;

        BigInteger available() {
            return lots.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        }
    }

    static final class Program {
        CompiledProgram rules;
        int version;
        final Map<Long, Member> members = new HashMap<>();
        BigInteger issued = BigInteger.ZERO;
        BigInteger redeemed = BigInteger.ZERO;
        BigInteger expired = BigInteger.ZERO;
        BigInteger adjustedDown = BigInteger.ZERO;

        LocalDate dateOf(final long timeMs) {
            return Instant.ofEpochMilli(timeMs)
                    .atOffset(ZoneOffset.ofTotalSeconds(rules.utcOffsetMinutes() * 60))
                    .toLocalDate();
        }

        int rankOf(final String tier) {
            for (int i = 0; i < rules.tiers().size(); i++) {
                if (rules.tiers().get(i).id().equals(tier)) {
                    return i + 1;
                }
            }
            return 0;
        }

        BigInteger sumOfAvailable() {
            return members.values().stream().map(Member::available).reduce(BigInteger.ZERO, BigInteger::add);
        }

        BigInteger sumOfDebt() {
            return members.values().stream().map(m -> m.debt).reduce(BigInteger.ZERO, BigInteger::add);
        }
    }

    private record Key(String program, String source, CommandType type, String documentId) {}

    private record Kept(
            String content, ResultCode code, long sequence, long points, long base, int version, long end) {}

    final Map<String, Program> programs = new HashMap<>();
    private final Map<Key, Kept> keys = new HashMap<>();
    private long timeMs;

    // The answer to the command in hand.
    private ResultCode code;
    private boolean journaled;
    private BigInteger points;
    private BigInteger base;
    private int version;

    void apply(final Command c, final long sequence, final long nowMs, final Outcome o) {
        o.reset();
        final Program program = programs.get(c.text(VarField.PROGRAM));
        final CommandType type = c.type();
        points = BigInteger.ZERO;
        base = BigInteger.ZERO;
        version = 0;
        journaled = false;
        if (type == CommandType.TICK) {
            say(ResultCode.ACCEPTED, true);
        } else if (program == null && type != CommandType.PUBLISH_PROGRAM) {
            say(ResultCode.UNKNOWN_PROGRAM, false);
        } else if (type == CommandType.QUERY_MEMBER) {
            final boolean known = program.members.containsKey(c.memberId());
            say(known ? ResultCode.ACCEPTED : ResultCode.UNKNOWN_MEMBER, false);
        } else {
            applyKeyed(c, program, sequence, nowMs, o);
        }
        if (journaled) {
            timeMs = nowMs;
            programs.values().forEach(p -> expire(p, nowMs));
        }
        o.code = code;
        o.journaled = journaled;
        if (!o.replayed) {
            o.sequence = journaled ? sequence : 0;
            o.points = points.longValueExact();
            o.basePoints = base.longValueExact();
            o.programVersion = version;
        }
        o.tierPoints = type == CommandType.ACCRUE ? o.points - o.basePoints : 0;
        describe(c, program, o);
    }

    private void describe(final Command c, final Program program, final Outcome o) {
        final boolean ofMember = c.type() != CommandType.PUBLISH_PROGRAM && c.type() != CommandType.TICK;
        final Member member = program == null || !ofMember ? null : program.members.get(c.memberId());
        if (member == null) {
            return;
        }
        o.availablePoints = member.available().longValueExact();
        o.debtPoints = member.debt.longValueExact();
        o.tierRank = program.rankOf(member.tier);
        if (c.type() == CommandType.QUERY_MEMBER) {
            o.lifetimeSpendMinor = member.spend.longValueExact();
            o.lifetimePoints = member.earned.longValueExact();
            o.lifetimeVisits = member.visits;
        }
    }

    private void applyKeyed(
            final Command c, final Program program, final long sequence, final long nowMs, final Outcome o) {
        final Key key =
                new Key(c.text(VarField.PROGRAM), c.text(VarField.SOURCE), c.type(), c.text(VarField.DOCUMENT_ID));
        final Kept kept = keys.get(key);
        if (kept != null && nowMs / CompiledProgram.DAY_MS < kept.end) {
            if (!kept.content.equals(contentOf(c))) {
                say(ResultCode.IDEMPOTENCY_CONFLICT, false);
                return;
            }
            say(kept.code, false);
            o.replayed = true;
            o.sequence = kept.sequence;
            o.points = kept.points;
            o.basePoints = kept.base;
            o.programVersion = kept.version;
            return;
        }
        if (c.type() == CommandType.PUBLISH_PROGRAM) {
            publish(c, program);
        } else {
            decide(c, program, nowMs);
        }
        if (journaled) {
            final Program after = programs.get(key.program);
            final int days = c.type() == CommandType.PUBLISH_PROGRAM ? -1 : after.rules.keyDays();
            final long end = days < 0 ? Long.MAX_VALUE : nowMs / CompiledProgram.DAY_MS + days + 1;
            keys.put(
                    key,
                    new Kept(
                            contentOf(c),
                            code,
                            sequence,
                            points.longValueExact(),
                            base.longValueExact(),
                            version,
                            end));
        }
    }

    private static String contentOf(final Command c) {
        if (c.type() == CommandType.PUBLISH_PROGRAM) {
            return compiledIn(c).canonicalHash().toHex();
        }
        final StringBuilder text = new StringBuilder();
        text.append(c.memberId())
                .append('|')
                .append(c.amountMinor())
                .append('|')
                .append(c.points());
        text.append('|')
                .append(c.eventTimeMs())
                .append('|')
                .append(c.flags())
                .append('|')
                .append(c.lineCount());
        for (int i = VarField.CHANNEL.ordinal(); i <= VarField.LINES.ordinal(); i++) {
            text.append('|').append(c.text(VarField.of(i)));
        }
        return text.toString();
    }

    private static CompiledProgram compiledIn(final Command c) {
        return CompiledProgram.decode(
                new UnsafeBuffer(c.bytes()), c.offset(VarField.COMPILED_PROGRAM), c.length(VarField.COMPILED_PROGRAM));
    }

    private void publish(final Command c, final Program program) {
        final CompiledProgram next = compiledIn(c);
        if (program == null) {
            final Program added = new Program();
            added.rules = next;
            added.version = 1;
            programs.put(next.name(), added);
            version = 1;
        } else if (!program.rules.equals(next)) {
            final List<String> ids = next.tiers().stream().map(Tier::id).toList();
            if (!program.rules.tiers().stream().allMatch(t -> ids.contains(t.id()))) {
                say(ResultCode.PROGRAM_INVALID, false);
                return;
            }
            program.rules = next;
            version = ++program.version;
        } else {
            version = program.version;
        }
        say(ResultCode.ACCEPTED, true);
    }

    private void decide(final Command c, final Program program, final long nowMs) {
        final boolean credit = c.type() == CommandType.ACCRUE || c.type() == CommandType.ADJUST && c.points() > 0;
        final Member member = program.members.get(c.memberId());
        final long event = c.eventTimeMs() == Command.NO_TIME ? nowMs : c.eventTimeMs();
        if (event > nowMs + 300_000) {
            say(ResultCode.EVENT_IN_FUTURE, !credit);
        } else if (program.rules.lateWindowMs() >= 0 && event < nowMs - program.rules.lateWindowMs()) {
            say(ResultCode.EVENT_TOO_OLD, true);
        } else if (member == null && !(credit && program.rules.enrolUnknownMembers())) {
            say(ResultCode.UNKNOWN_MEMBER, !credit);
        } else {
            // What is due by now has happened before the command.
            expire(program, nowMs);
            final Member before = member == null ? enrolled(program) : member;
            say(move(c, program, before, nowMs), true);
            if (member == null && code == ResultCode.ACCEPTED) {
                program.members.put(c.memberId(), before);
            }
        }
    }

    private static Member enrolled(final Program program) {
        final Member member = new Member();
        member.tier = tierOf(program, member.spend, null);
        return member;
    }

    private ResultCode move(final Command c, final Program program, final Member member, final long nowMs) {
        switch (c.type()) {
            case ACCRUE:
                return accrue(c, program, member, nowMs);
            case REDEEM:
                return redeem(program, member, BigInteger.valueOf(c.points()));
            default:
                return c.points() > 0
                        ? adjustUp(program, member, BigInteger.valueOf(c.points()), nowMs)
                        : adjustDown(
                                c,
                                program,
                                member,
                                BigInteger.valueOf(c.points()).negate());
        }
    }

    private ResultCode accrue(final Command c, final Program program, final Member member, final long nowMs) {
        final CompiledProgram rules = program.rules;
        final BigInteger amount = BigInteger.valueOf(c.amountMinor());
        final int rank = program.rankOf(member.tier);
        final long micros = rank == 0 ? 1_000_000 : rules.tiers().get(rank - 1).multiplierMicros();
        final BigInteger rated = amount.multiply(BigInteger.valueOf(rules.ratePoints()));
        final BigInteger plain = rated.divide(BigInteger.valueOf(rules.ratePerMinor()));
        final BigInteger total = rated.multiply(BigInteger.valueOf(micros))
                .divide(BigInteger.valueOf(rules.ratePerMinor()).multiply(BigInteger.valueOf(1_000_000)));
        final BigInteger repaid = total.min(member.debt);
        if (plain.compareTo(LIMIT) > 0
                || total.compareTo(LIMIT) > 0
                || member.spend.add(amount).compareTo(LIMIT) > 0
                || member.earned.add(total).compareTo(LIMIT) > 0
                || member.available().add(total).subtract(repaid).compareTo(LIMIT) > 0) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        credit(program, member, total, nowMs);
        member.spend = member.spend.add(amount);
        member.earned = member.earned.add(total);
        member.visits += (c.flags() & Command.FLAG_NO_VISIT) == 0 ? 1 : 0;
        member.tier = tierOf(program, member.spend, member.tier);
        points = total;
        base = plain;
        return ResultCode.ACCEPTED;
    }

    /** The higher of the tier held and the highest one whose threshold the spend reaches. */
    private static String tierOf(final Program program, final BigInteger spend, final String held) {
        String best = held;
        for (final Tier tier : program.rules.tiers()) {
            if (spend.compareTo(BigInteger.valueOf(tier.earned().spendMinor())) >= 0
                    && program.rankOf(tier.id()) > program.rankOf(best)) {
                best = tier.id();
            }
        }
        return best;
    }

    private ResultCode redeem(final Program program, final Member member, final BigInteger wanted) {
        if (member.debt.signum() > 0) {
            return ResultCode.IN_DEBT;
        }
        if (wanted.compareTo(member.available()) > 0) {
            return ResultCode.INSUFFICIENT_POINTS;
        }
        take(member, wanted);
        program.redeemed = program.redeemed.add(wanted);
        points = wanted.negate();
        return ResultCode.ACCEPTED;
    }

    private ResultCode adjustUp(final Program program, final Member member, final BigInteger added, final long nowMs) {
        final BigInteger repaid = added.min(member.debt);
        if (member.available().add(added).subtract(repaid).compareTo(LIMIT) > 0) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        credit(program, member, added, nowMs);
        points = added;
        return ResultCode.ACCEPTED;
    }

    private ResultCode adjustDown(
            final Command c, final Program program, final Member member, final BigInteger wanted) {
        final BigInteger taken = wanted.min(member.available());
        final BigInteger lacking = wanted.subtract(taken);
        if (lacking.signum() > 0) {
            if ((c.flags() & Command.FLAG_MAY_GO_BELOW_ZERO) == 0) {
                return ResultCode.INSUFFICIENT_POINTS;
            }
            if (member.debt.add(lacking).compareTo(BigInteger.valueOf(program.rules.debtLimitPoints())) > 0) {
                return ResultCode.LIMIT_EXCEEDED;
            }
        }
        take(member, taken);
        member.debt = member.debt.add(lacking);
        program.adjustedDown = program.adjustedDown.add(wanted);
        points = wanted.negate();
        return ResultCode.ACCEPTED;
    }

    private static void credit(final Program program, final Member member, final BigInteger added, final long nowMs) {
        final BigInteger repaid = added.min(member.debt);
        member.debt = member.debt.subtract(repaid);
        program.issued = program.issued.add(added);
        final BigInteger rest = added.subtract(repaid);
        if (rest.signum() > 0) {
            member.lots.merge(lastDay(program.rules.expiry(), program.dateOf(nowMs)), rest, BigInteger::add);
        }
    }

    private static LocalDate lastDay(final Expiry expiry, final LocalDate earned) {
        switch (expiry.kind()) {
            case FIXED:
                LocalDate last = clamped(earned.getYear() + expiry.span(), expiry);
                return last.isBefore(earned) ? clamped(earned.getYear() + expiry.span() + 1, expiry) : last;
            case MONTHS:
                return YearMonth.from(earned).plusMonths(expiry.span()).atEndOfMonth();
            default:
                return NEVER;
        }
    }

    private static LocalDate clamped(final int year, final Expiry expiry) {
        final YearMonth month = YearMonth.of(year, expiry.month());
        return month.atDay(Math.min(expiry.day(), month.lengthOfMonth()));
    }

    private static void take(final Member member, final BigInteger wanted) {
        BigInteger rest = wanted;
        while (rest.signum() > 0) {
            final Map.Entry<LocalDate, BigInteger> first = member.lots.firstEntry();
            final BigInteger taken = rest.min(first.getValue());
            rest = rest.subtract(taken);
            if (taken.equals(first.getValue())) {
                member.lots.remove(first.getKey());
            } else {
                member.lots.put(first.getKey(), first.getValue().subtract(taken));
            }
        }
    }

    private static void expire(final Program program, final long nowMs) {
        final LocalDate today = program.dateOf(nowMs);
        for (final Member member : program.members.values()) {
            final List<LocalDate> over =
                    new ArrayList<>(member.lots.headMap(today, false).keySet());
            for (final LocalDate day : over) {
                program.expired = program.expired.add(member.lots.remove(day));
            }
        }
    }

    private void say(final ResultCode what, final boolean takesSequence) {
        code = what;
        journaled = takesSequence;
    }
}
