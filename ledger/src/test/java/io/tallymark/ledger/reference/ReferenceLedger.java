package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.InvalidProgramException;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The rules of {@code docs/rules.md} once more, as plainly as they can be said: maps, lists, exact fractions; what is due
 * runs eagerly for all members before a command changes anything. Takes commands of good form only.
 */
public final class ReferenceLedger {
    final Map<String, Program> programs = new HashMap<>();
    private final Keys keys = new Keys();
    private long timeMs;
    private long lastSequence;

    /**
     * Decides a command and carries it out.
     *
     * @param sequence the one it takes if it is journaled
     * @param nowMs    engine time
     * @param o        filled with all that the rules say about the answer
     */
    public void apply(final Command c, final long sequence, final long nowMs, final Outcome o) {
        o.reset();
        final Program p = programs.get(c.text(VarField.PROGRAM));
        final CommandType type = c.type();
        if (type == CommandType.TICK) {
            o.journaled = true;
            o.code = ResultCode.ACCEPTED;
            runDue(nowMs);
        } else if (type == CommandType.PUBLISH_PROGRAM) {
            publish(c, p, sequence, nowMs, o);
        } else if (p == null) {
            o.code = type == CommandType.LIST_PROGRAMS ? ResultCode.ACCEPTED : ResultCode.UNKNOWN_PROGRAM;
        } else if (!type.shape().isKeyed()) {
            final Request r = new Request(c, p, sequence, timeMs, o);
            o.code = Queries.answer(r);
            if (o.code != ResultCode.ACCEPTED) {
                r.refuse();
            }
            balances(r, r.concerned());
        } else {
            keyed(new Request(c, p, sequence, nowMs, o));
        }
        if (o.journaled) {
            timeMs = nowMs;
            lastSequence = sequence;
            if (!o.replayed) {
                o.sequence = sequence;
            }
        }
        o.asOfSequence = lastSequence;
        programs.values().forEach(Program::check);
    }

    private void runDue(final long nowMs) {
        programs.values().forEach(p -> p.due.runAll(nowMs));
    }

    private static void balances(final Request r, final Member m) {
        if (m == null) {
            // A preview tells somebody new what would be.
            if (r.c.type() == CommandType.PREVIEW_ACCRUE && r.o.code == ResultCode.ACCEPTED) {
                wallets(r, new Member(0, 0, 0));
            }
            return;
        }
        wallets(r, m);
        r.o.memberId = m.id;
        r.o.availablePoints = m.points().available();
        r.o.pendingPoints = m.points().pendingPoints();
        r.o.heldPoints = m.points().held();
        r.o.debtPoints = m.points().debt;
        if (r.c.type() == CommandType.QUERY_MEMBER) {
            r.o.lifetimeSpendMinor = m.counters.lifetime.spend;
            r.o.lifetimePoints = m.counters.lifetime.points;
            r.o.lifetimeVisits = m.counters.lifetime.visits;
        }
        r.o.tierRank = r.p.tiers.level(m);
        r.o.tierId = r.p.tiers.tierId(m).getBytes(StandardCharsets.UTF_8);
    }

    private static void wallets(final Request r, final Member m) {
        for (final String id : r.p.wallets) {
            final Account account = m.in(id);
            r.o.wallets.add(
                    id.getBytes(StandardCharsets.UTF_8),
                    r.movedIn(id),
                    account.available(),
                    account.pendingPoints(),
                    account.held(),
                    account.debt);
        }
        r.o.wallets.subject(r.p.wallets.indexOf(r.wallet));
    }

    private void keyed(final Request r) {
        final Keys.Kept kept = keys.find(r.c, r.nowMs);
        if (kept != null) {
            final boolean same = kept.content().equals(Keys.contentOf(r.c));
            if (same) {
                r.wallet = kept.wallet();
                kept.granted().forEach(r::moves);
                replay(r.o, kept);
            } else {
                r.o.code = ResultCode.IDEMPOTENCY_CONFLICT;
            }
            balances(r, same ? r.p.member(kept.memberId()) : r.named());
            return;
        }
        final Member concerned = r.checkTime() == ResultCode.ACCEPTED ? r.concerned() : r.named();
        r.o.code = decideWithoutTrace(r);
        if (r.o.code == null) {
            r.o.journaled = true;
            runDue(r.nowMs);
            r.o.code = carryOut(r);
            if (r.o.code != ResultCode.ACCEPTED) {
                r.refuse();
            }
        }
        balances(r, r.o.memberId != 0 ? r.p.member(r.o.memberId) : concerned);
        if (r.o.journaled) {
            keys.keep(r.c, keptOf(r, r.o.memberId, Program.recordEnd(r.nowMs, r.p.rules.keyDays())));
        }
    }

    private static boolean tellsCashAgain(final Request r) {
        return r.c.type() == CommandType.REDEEM
                || r.c.type() == CommandType.HOLD
                || r.c.type() == CommandType.CAPTURE
                || r.c.type() == CommandType.BUY_PACK;
    }

    private static Keys.Kept keptOf(final Request r, final long memberId, final long end) {
        final boolean won = r.o.rows.kind() == RowKind.PRIZE && r.o.rows.count() > 0;
        final Keys.Prize prize =
                won ? new Keys.Prize(r.o.rows.text(0), r.o.rows.value(0, 0), r.o.rows.value(0, 1)) : null;
        return new Keys.Kept(
                Keys.contentOf(r.c),
                r.o.code,
                r.sequence,
                r.o.points,
                r.wallet,
                r.c.type() == CommandType.ACCRUE ? r.movedElsewhere() : Map.of(),
                tellsCashAgain(r) ? r.o.cashMinor : 0,
                prize,
                memberId,
                0,
                end);
    }

    private static void replay(final Outcome o, final Keys.Kept kept) {
        o.replayed = true;
        o.code = kept.code();
        o.sequence = kept.sequence();
        o.points = kept.points();
        o.cashMinor = kept.cashMinor();
        if (kept.prize() != null) {
            o.rows.begin(RowKind.PRIZE);
            o.rows.add(kept.prize().text(), kept.prize().place(), kept.prize().points(), 0, 0, 0, 0);
        }
        o.programVersion = kept.programVersion();
    }

    /** What is refused without being journaled, since it may come right; null: none of it. */
    private static ResultCode decideWithoutTrace(final Request r) {
        final ResultCode time = r.checkTime();
        if (time == ResultCode.EVENT_IN_FUTURE && r.isCredit()) {
            return time;
        }
        if (time != ResultCode.ACCEPTED) {
            return null;
        }
        final boolean enrols = r.p.rules.enrolUnknownMembers() && r.c.type() != CommandType.CLAIM;
        if (r.isCredit() && !enrols && r.named() == null) {
            return ResultCode.UNKNOWN_MEMBER;
        }
        if (r.c.type() == CommandType.TOP_UP && r.named() == null) {
            return ResultCode.UNKNOWN_MEMBER;
        }
        if (r.c.type() == CommandType.REFUND && r.order(r.original()) == null) {
            return ResultCode.ORIGINAL_NOT_FOUND;
        }
        return null;
    }

    private static ResultCode carryOut(final Request r) {
        final ResultCode time = r.checkTime();
        if (time != ResultCode.ACCEPTED) {
            return time;
        }
        return switch (r.c.type()) {
            case ACCRUE -> EarningOps.accrue(r);
            case CLAIM -> EarningOps.claim(r);
            case ACTIVITY -> ActivityOps.activity(r);
            case ACTIVATE_PENDING -> EarningOps.activate(r);
            case CANCEL_PENDING -> EarningOps.cancel(r);
            case REDEEM -> SpendingOps.redeem(r);
            case HOLD -> SpendingOps.hold(r);
            case CAPTURE -> SpendingOps.capture(r);
            case VOID -> SpendingOps.voidHold(r);
            case REVERSE -> SpendingOps.reverse(r);
            case TRANSFER -> SpendingOps.transfer(r);
            case ADJUST -> SpendingOps.adjust(r);
            case REFUND -> RefundOps.refund(r);
            case RETURN_UNREFERENCED -> RefundOps.returnUnreferenced(r);
            case ENROL -> MemberOps.enrol(r);
            case LINK_IDENTITY -> MemberOps.link(r);
            case UNLINK_IDENTITY -> MemberOps.unlink(r);
            case FREEZE -> MemberOps.freeze(r);
            case UNFREEZE -> MemberOps.unfreeze(r);
            case CLOSE -> MemberOps.close(r);
            case MERGE -> MemberOps.merge(r);
            case ERASE -> MemberOps.erase(r);
            case GRANT_TIER -> MemberOps.grantTier(r);
            case REVOKE_TIER -> MemberOps.revokeTier(r);
            case PAUSE -> MemberOps.pause(r, true);
            case RESUME -> MemberOps.pause(r, false);
            case RESTOCK -> RewardOps.restock(r);
            case GRANT_COUPON -> CouponOps.grant(r);
            case USE_COUPON -> CouponOps.use(r);
            case USE_BENEFIT -> BenefitOps.use(r);
            case RETURN_USE -> CouponOps.returnUse(r);
            case BUY_PACK -> PackOps.buy(r);
            case REFUND_PACK -> PackOps.refund(r);
            case DRAW -> DrawOps.draw(r);
            case TOP_UP -> ValueOps.topUp(r);
            case SPEND_VALUE -> ValueOps.spend(r);
            case REFUND_VALUE -> ValueOps.refund(r);
            default -> throw new IllegalArgumentException(r.c.type().toString());
        };
    }

    // Publication.

    static CompiledProgram compiledIn(final Command c) {
        return CompiledProgram.decode(
                c.bytes(), c.offset(VarField.COMPILED_PROGRAM), c.length(VarField.COMPILED_PROGRAM));
    }

    private void publish(final Command c, final Program p, final long sequence, final long nowMs, final Outcome o) {
        final CompiledProgram next;
        try {
            next = compiledIn(c);
        } catch (final InvalidProgramException e) {
            o.code = ResultCode.PROGRAM_INVALID;
            return;
        }
        if (!next.name().equals(c.text(VarField.PROGRAM))) {
            o.code = ResultCode.PROGRAM_INVALID;
            return;
        }
        final Keys.Kept kept = keys.find(c, nowMs);
        if (kept != null) {
            if (kept.content().equals(Keys.contentOf(c))) {
                replay(o, kept);
            } else {
                o.code = ResultCode.IDEMPOTENCY_CONFLICT;
            }
            return;
        }
        final boolean conflict = c.version() != 0 && c.version() != (p == null ? 0 : p.version);
        if (conflict || p != null && !follows(p, next, nowMs)) {
            o.code = conflict ? ResultCode.VERSION_CONFLICT : ResultCode.PROGRAM_INVALID;
            return;
        }
        o.journaled = true;
        runDue(nowMs);
        o.code = ResultCode.ACCEPTED;
        o.programVersion = enact(p, next, nowMs);
        keys.keep(
                c,
                new Keys.Kept(
                        Keys.contentOf(c),
                        o.code,
                        sequence,
                        0,
                        Account.POINTS,
                        Map.of(),
                        0,
                        null,
                        0,
                        o.programVersion,
                        Long.MAX_VALUE));
    }

    private int enact(final Program known, final CompiledProgram next, final long nowMs) {
        final Program p = known != null ? known : new Program();
        if (known == null || !known.rules.equals(next)) {
            p.enact(next);
            programs.put(next.name(), p);
            p.due.runAll(nowMs);
        }
        return p.version;
    }

    /** Whether members of the one program can go on under the other. */
    private static boolean follows(final Program p, final CompiledProgram next, final long nowMs) {
        final boolean inactivity = next.expiry().kind() == Expiry.Kind.INACTIVITY;
        if (p.rules.utcOffsetMinutes() != next.utcOffsetMinutes()
                || !p.rules.currency().equals(next.currency())
                || inactivity != p.purse().expiresByInactivity()
                || !p.walletsFollow(next)
                || !p.issuers.follows(next.catalogue())
                || !p.boards.follows(next.catalogue(), nowMs)) {
            return false;
        }
        for (final Tier before : p.everListed.values()) {
            final Tier after = next.tiers().stream()
                    .filter(tier -> tier.id().equals(before.id()))
                    .findFirst()
                    .orElse(null);
            if (after == null
                    ? !next.retiredTiers().containsKey(before.id())
                    : after.window() != before.window() || (after.earned() == null) != (before.earned() == null)) {
                return false;
            }
        }
        return true;
    }
}
