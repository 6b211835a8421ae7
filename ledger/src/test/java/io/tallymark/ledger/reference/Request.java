package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.IdentityHashes;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.Varint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command in hand: what it says, when it comes, and the answer that is being made. */
final class Request {
    static final long LIMIT = Limits.MAX_VALUE;

    final Command c;
    final Program p;
    final long sequence;
    final long nowMs;
    final long today;

    /** The answer; balances are filled in at the end. */
    final Outcome o;

    /** When it happened; an event a little ahead happens now. */
    final long eventMs;

    /** The wallet that the answer's points are of. */
    String wallet = Account.POINTS;

    /** What the command does in each wallet, where it can do something in several. */
    private final Map<String, Long> moved = new HashMap<>();

    /** Of the tiers that {@link #newMember} came into. */
    long enrolBonus;

    Request(final Command c, final Program p, final long sequence, final long nowMs, final Outcome o) {
        this.c = c;
        this.p = p;
        this.sequence = sequence;
        this.nowMs = nowMs;
        this.o = o;
        today = p.days.dayOf(nowMs);
        eventMs = c.eventTimeMs() == Command.NO_TIME ? nowMs : Math.min(nowMs, c.eventTimeMs());
    }

    String text(final VarField field) {
        return c.text(field);
    }

    /** Of a command that concerns all wallets: what it does in one. */
    void moves(final String inWallet, final long points) {
        if (inWallet.equals(Account.POINTS)) {
            o.points = points;
        } else {
            moved.put(inWallet, points);
        }
    }

    /** What it did in wallets beside that of its points. */
    Map<String, Long> movedElsewhere() {
        return Map.copyOf(moved);
    }

    /** What the answer says of a further wallet. */
    long movedIn(final String inWallet) {
        return inWallet.equals(wallet) ? o.points : moved.getOrDefault(inWallet, 0L);
    }

    /** A refusal tells nothing of what it would have been. */
    void refuse() {
        o.points = 0;
        o.valueMinor = 0;
        o.cashMinor = 0;
        o.addedDebtPoints = 0;
        moved.clear();
        wallet = Account.POINTS;
    }

    boolean has(final VarField field) {
        return c.length(field) > 0;
    }

    Program.Name name() {
        return new Program.Name(text(VarField.SOURCE), text(VarField.DOCUMENT_ID));
    }

    /** What the command is about: of its own source where none is named. */
    Program.Name original() {
        final VarField source = has(VarField.ORIGINAL_SOURCE) ? VarField.ORIGINAL_SOURCE : VarField.SOURCE;
        return new Program.Name(text(source), text(VarField.ORIGINAL_DOCUMENT_ID));
    }

    boolean isCredit() {
        final CommandType type = c.type();
        return type == CommandType.ACCRUE
                || type == CommandType.CLAIM
                || type == CommandType.ACTIVITY
                || type == CommandType.ADJUST && c.points() > 0;
    }

    /** Of the time of the event, where the command has one. */
    ResultCode checkTime() {
        final long event = c.eventTimeMs();
        if (event == Command.NO_TIME) {
            return ResultCode.ACCEPTED;
        }
        if (event > nowMs + Limits.FUTURE_TOLERANCE_MS) {
            return ResultCode.EVENT_IN_FUTURE;
        }
        final long window = p.rules.lateWindowMs();
        final boolean late =
                c.type() != CommandType.CLAIM && window != CompiledProgram.UNLIMITED && event < nowMs - window;
        return event < 0 || late ? ResultCode.EVENT_TOO_OLD : ResultCode.ACCEPTED;
    }

    /** The forms under which the named identity may be linked, the one to link it under first. */
    List<Program.Identity> identities() {
        final byte[] bytes = new byte[c.length(VarField.IDENTITY)];
        if (bytes.length > 0) {
            c.bytes().getBytes(c.offset(VarField.IDENTITY), bytes);
        }
        final List<Program.Identity> forms = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += IdentityHashes.ENTRY_BYTES) {
            forms.add(new Program.Identity(
                    text(VarField.IDENTITY_CHANNEL),
                    new String(bytes, at, IdentityHashes.ENTRY_BYTES, StandardCharsets.ISO_8859_1)));
        }
        return forms;
    }

    /** The form under which the named identity is linked; null: it is not. */
    Program.Identity linkedIdentity() {
        return identities().stream()
                .filter(p.identities::containsKey)
                .findFirst()
                .orElse(null);
    }

    /** The member named by id or identity; null: not known. */
    Member named() {
        if (c.memberId() != 0) {
            return p.member(c.memberId());
        }
        final Program.Identity identity = linkedIdentity();
        return identity == null ? null : p.member(p.identities.get(identity));
    }

    /** The member that the command concerns, also by what it is about; null: none is known. */
    Member concerned() {
        switch (c.type()) {
            case REFUND:
            case ACTIVATE_PENDING:
            case CANCEL_PENDING:
            case QUERY_ORDER:
                final Order order = order(original());
                return order == null ? null : p.member(order.memberId);
            case CAPTURE:
            case VOID:
                final Hold hold = hold();
                return hold == null ? null : p.member(hold.memberId);
            case RETURN_USE:
                final CouponOps.Use use = use();
                return use == null ? null : p.member(use.memberId);
            case REFUND_PACK:
                final PackOps.Purchase bought = purchase();
                return bought == null ? null : p.member(bought.spent.memberId);
            case REVERSE:
                final Spent spent = spent();
                final ValueOps.Spending value = valueSpent();
                return spent != null ? p.member(spent.memberId) : value == null ? null : p.member(value.memberId);
            case MERGE:
                final Member stays = p.member(c.otherMemberId());
                return named() == null || stays == null ? named() : stays;
            case ENROL:
                return null;
            default:
                return named();
        }
    }

    Order order(final Program.Name name) {
        final Order order = p.orders.get(name);
        return order != null && Program.utcDay(nowMs) < order.recordEnd ? order : null;
    }

    Hold hold() {
        final Hold hold = p.holds.get(original());
        final boolean there = hold != null && Program.utcDay(nowMs) < hold.recordEnd;
        return there ? hold : null;
    }

    /** A redemption of the original's name, else a capture. */
    Spent spent() {
        final Spent redeemed = living(p.redemptions.get(original()));
        return redeemed != null ? redeemed : living(p.captures.get(original()));
    }

    ValueOps.Spending valueSpent() {
        final ValueOps.Spending spending = p.values.spendings.get(original());
        return spending != null && Program.utcDay(nowMs) < spending.recordEnd ? spending : null;
    }

    private Spent living(final Spent spent) {
        return spent != null && Program.utcDay(nowMs) < spent.recordEnd ? spent : null;
    }

    /** A used coupon of the original's name, else a used benefit. */
    CouponOps.Use use() {
        final CouponOps.Use coupon = living(p.shelf.usedCoupons.get(original()));
        return coupon != null ? coupon : living(p.shelf.usedBenefits.get(original()));
    }

    private CouponOps.Use living(final CouponOps.Use use) {
        return use != null && Program.utcDay(nowMs) < use.recordEnd ? use : null;
    }

    PackOps.Purchase purchase() {
        final PackOps.Purchase bought = p.shelf.purchases.get(original());
        return bought != null && living(bought.spent) != null ? bought : null;
    }

    /** What conditions look at that are not of an order. */
    Earning.Facts facts(final Member m) {
        return new Earning.Facts(
                p.days,
                eventMs,
                text(VarField.CHANNEL),
                text(VarField.STORE),
                p.tiers.tierId(m),
                m.hasOrdered,
                m.birthday,
                c.amountMinor());
    }

    long recordEnd() {
        return Program.recordEnd(nowMs, p.rules.orderDays());
    }

    /** The lines that were sent. */
    List<Earning.SentLine> lines() {
        final List<Earning.SentLine> lines = new ArrayList<>();
        if (!has(VarField.LINES)) {
            return lines;
        }
        final Varint.Reader in =
                new Varint.Reader().wrap(c.bytes(), c.offset(VarField.LINES), c.length(VarField.LINES));
        while (in.remaining() > 0) {
            final int number = (int) in.next();
            final long quantity = in.next();
            final long amount = in.next();
            final int flags = in.nextByte();
            lines.add(new Earning.SentLine(
                    number, quantity, amount, (flags & 1) != 0, (flags & 2) != 0, text(in), text(in), text(in)));
        }
        return lines;
    }

    private String text(final Varint.Reader in) {
        final byte[] bytes = new byte[in.nextByte() & 0xFF];
        c.bytes().getBytes(in.skip(bytes.length), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** For the first order, activity or upward adjustment of someone new: the member to be; null: there is no number. */
    Member newMember() {
        if (c.memberId() == 0 && p.highestId == Long.MAX_VALUE) {
            return null;
        }
        final Member m =
                new Member(c.memberId() != 0 ? c.memberId() : p.highestId + 1, p.keepsJoinDays ? today : 0, today);
        enrolBonus = p.tiers.rise(m, nowMs);
        return m;
    }

    /** Adds a member made by {@link #newMember}, with its bonus and the identity it came by. */
    void enrol(final Member m) {
        p.add(m);
        p.purse().issue(m, enrolBonus, p.purse().newLot(today), today);
        o.bonusPoints += enrolBonus;
        final List<Program.Identity> identities = identities();
        if (!identities.isEmpty()) {
            p.identities.put(identities.get(0), m.id);
        }
    }
}
