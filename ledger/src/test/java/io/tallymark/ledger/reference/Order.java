package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.PointsWallet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An order that earned, with all that its refunds need. */
final class Order {
    /** The order's points never waited. */
    static final int NOT_PENDING = Integer.MIN_VALUE;

    /** A line, what it earns at, and what of it was refunded. */
    static final class Line {
        final int number;
        final long quantity;
        final long amountMinor;

        /** Points per minor unit; null: the line does not qualify. */
        final Exact rate;

        long refundedMinor;
        long refundedQuantity;
        boolean byAmount;

        Line(final int number, final long quantity, final long amountMinor, final Exact rate) {
            this.number = number;
            this.quantity = quantity;
            this.amountMinor = amountMinor;
            this.rate = rate;
        }

        long remainingMinor() {
            return amountMinor - refundedMinor;
        }

        long remainingUnits() {
            return amountMinor > 0 && remainingMinor() == 0 ? 0 : quantity - refundedQuantity;
        }

        Line copy() {
            final Line copy = new Line(number, quantity, amountMinor, rate);
            copy.refundedMinor = refundedMinor;
            copy.refundedQuantity = refundedQuantity;
            copy.byAmount = byAmount;
            return copy;
        }
    }

    /** A campaign that applied: its lines by number, what it granted, what of its budget it still has. */
    static final class Applied {
        final Campaign campaign;
        final Set<Integer> lines;
        long granted;
        long kept;

        /** Coupons that came with it and were not revoked. */
        List<Holding.Given> given = List.of();

        Applied(final Campaign campaign, final Set<Integer> lines) {
            this.campaign = campaign;
            this.lines = lines;
        }
    }

    /** What it earned in one wallet, and what of it refunds left. */
    static final class Part {
        /** As it was when the order came; null: the wallet {@code points}. */
        final PointsWallet wallet;

        /** Those that earned there, by number; not kept for {@code points}. */
        final Set<Integer> lines = new HashSet<>();

        long granted;
        long retained;
        int activationDay = NOT_PENDING;
        LotKey lot;

        Part(final PointsWallet wallet) {
            this.wallet = wallet;
        }
    }

    long memberId;
    CompiledProgram rules;
    int version;
    long sequence;
    long eventDay;
    long amountMinor;
    boolean keepsLines;
    List<Line> lines = new ArrayList<>();
    Exact multiplier;
    List<Applied> applied = new ArrayList<>();
    long grantedBase;
    long grantedTier;

    /** What it earned, by wallet, that in points first. */
    final Map<String, Part> parts = new LinkedHashMap<>();

    boolean visit;
    long recordEnd;

    /** Boards on which it counts. */
    List<BoardOps.Fed> fed = List.of();

    /** What it gave a referrer; null: nothing, or it was clawed. */
    ReferralOps.Given referral;

    /** What it earned in the wallet {@code points}. */
    Part points() {
        return parts.get(Account.POINTS);
    }

    long remainingMinor() {
        return lines.stream().mapToLong(Line::remainingMinor).sum();
    }
}
