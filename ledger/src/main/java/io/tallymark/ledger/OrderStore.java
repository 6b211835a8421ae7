package io.tallymark.ledger;

import io.tallymark.ledger.program.Expiry;

/**
 * What later commands need to know of accepted ones: orders, redemptions, holds, versions. Each is a blob that hangs on
 * the entry of the command's key in the {@link KeyStore} and goes with it. Its first number says what it is and what
 * follows; numbers are packed by {@link BlobWriter}:
 *
 * <pre>
 *  order        bits 2..0 ORDER, then the bits below; member, version, amount, tier rank × 2 + visit, event day, base
 *               [refunded] [tier share] [campaigns] [clipped base] [retained, if not all that was granted]
 *               [activation day] [expiry day behind the event, 0: never] [coupons: day granted, which are revoked] [lines]
 *               [referrer, its points] [issuer] [boards: count, then of each number and participant] [further wallets:
 *               count, then of each number, granted, retained, activation day, expiry day]
 *    campaigns  count, then of each place × 4 + is clipped × 2 + kept differs, points, [clipped, by which cap], [kept]
 *    lines      see {@link OrderLineCodec}
 *  redemption   bits 2..0 REDEMPTION, bit 3 of a reward, bit 4 of a prize, bit 5 of accounts; member, points, value,
 *               returned value, returned points, [reward, version, cash, day, day granted] [prize, version], count, of
 *               each day, points [account] [counterpart]
 *  hold         bits 2..0 HOLD, bit 3 costs cash; member, [cash]; its state is that of the entry, its number the entry's sequence
 *  publication  PUBLICATION, version
 *  spending     SPENDING, member, wallet, principal, gift, of each what came back
 *  use          bits 2..0 USE, then the bits below; member, number [coupon: expiry day, sequence, uses, amount] [of a
 *               benefit that counts: period]
 * </pre>
 *
 * A plain order in a wide entry has a form of its own, see {@link PlainOrder}. One thread.
 */
final class OrderStore {
    // Kinds.
    static final int ORDER = 1;
    static final int REDEMPTION = 2;
    static final int HOLD = 3;
    static final int PUBLICATION = 4;
    static final int USE = 5;
    static final int SPENDING = 7;

    // States of a hold's entry; one that timed out stays open here and is no more in its member's book.
    static final int OPEN = 1;
    static final int CAPTURED = 2;
    static final int VOIDED = 3;

    private static final int KIND_MASK = 7;
    private static final int HAS_TIER_SHARE = 1 << 3;
    private static final int HAS_CAMPAIGNS = 1 << 4;
    private static final int HAS_EXPIRY = 1 << 5;
    private static final int HAS_LINES = 1 << 6;
    private static final int HAS_REFUNDED = 1 << 7;
    private static final int HAS_RETAINED = 1 << 8;
    private static final int HAS_ACTIVATION = 1 << 9;
    private static final int HAS_CLIPPED_BASE = 1 << 10;
    private static final int HAS_COUPONS = 1 << 12;
    private static final int HAS_REFERRER = 1 << 14;
    private static final int HAS_BOARDS = 1 << 15;
    private static final int HAS_ISSUER = 1 << 16;
    private static final int HAS_WALLETS = 1 << 17;
    private static final int IS_RETURNED = 1 << 3;
    private static final int IS_BENEFIT = 1 << 4;
    private static final int IS_COUNTED = 1 << 5;
    private static final int HAS_CASH = 1 << 3;
    private static final int OF_REWARD = 1 << 3;
    private static final int OF_PRIZE = 1 << 4;

    /** Of a redemption: points of another account than the house's, or spent at another. */
    private static final int IS_FOREIGN = 1 << 5;

    private final KeyStore keys;
    private final BlockArena arena;
    private final BlobWriter out = new BlobWriter();
    private final BlobReader in = new BlobReader();

    /** The order to be saved next, if it is plain and not packed; else null. */
    private OrderDraft plain;

    private final byte[] inline = new byte[KeyStore.INLINE_BYTES + Long.BYTES];

    OrderStore(final KeyStore keys) {
        this.keys = keys;
        this.arena = keys.arena();
    }

    /** What hangs on an entry, 0: nothing. */
    int kind(final int entry) {
        return head(entry) & KIND_MASK;
    }

    private void write(final int entry) {
        final int ref = keys.ref(entry);
        final boolean isBlob = KeyStore.isBlob(ref);
        if (!keys.isWide(entry) || out.length() > KeyStore.INLINE_BYTES) {
            keys.ref(entry, arena.write(isBlob ? ref : 0, out.bytes(), out.length()));
            return;
        }
        if (isBlob) {
            arena.free(ref);
        }
        keys.putInline(entry, out.bytes());
        keys.ref(entry, KeyStore.INLINE_REF);
    }

    /** Reads the first number of an entry's record, 0: it has none. */
    private int head(final int entry) {
        final int ref = keys.ref(entry);
        if (ref == 0) {
            return 0;
        }
        if (ref == KeyStore.PLAIN_REF) {
            return ORDER;
        }
        if (ref == KeyStore.INLINE_REF) {
            keys.getInline(entry, inline);
            in.wrap(inline);
        } else {
            in.wrap(arena, ref);
        }
        return in.nextInt();
    }

    private int open(final int entry, final int kind) {
        final int head = head(entry);
        if ((head & KIND_MASK) != kind) {
            throw new IllegalStateException("entry " + entry + " has no record of kind " + kind);
        }
        return head;
    }

    /** Stores an order with the entry of its key, in place of what is there. */
    void save(final int entry, final OrderDraft o) {
        pack(o);
        savePacked(entry);
    }

    /**
     * Packs an order for {@link #savePacked}.
     *
     * @return whether its record is short enough to stand in a wide entry
     */
    boolean pack(final OrderDraft o) {
        if (PlainOrder.is(o)) {
            plain = o;
            return true;
        }
        plain = null;
        packParts(o);
        return out.length() <= KeyStore.INLINE_BYTES;
    }

    private void packParts(final OrderDraft o) {
        final Shares granted = o.granted;
        final int head = ORDER
                | (granted.tierPoints != 0 ? HAS_TIER_SHARE : 0)
                | (granted.count != 0 ? HAS_CAMPAIGNS : 0)
                | (o.expiryDay != 0 ? HAS_EXPIRY : 0)
                | (o.lines.count != 0 ? HAS_LINES : 0)
                | (o.refundedMinor != 0 ? HAS_REFUNDED : 0)
                | (o.retainedPoints != granted.total() ? HAS_RETAINED : 0)
                | (o.activationDay != 0 ? HAS_ACTIVATION : 0)
                | (o.couponDay != 0 ? HAS_COUPONS : 0)
                | (o.issuer != LotBook.HOUSE ? HAS_ISSUER : 0)
                | (granted.clippedBasePoints != 0 ? HAS_CLIPPED_BASE : 0)
                | (o.referrerSlot != 0 ? HAS_REFERRER : 0)
                | (o.boards.count != 0 ? HAS_BOARDS : 0)
                | (o.wallets.count != 0 ? HAS_WALLETS : 0);
        out.begin().put(head);
        out.put(o.memberSlot);
        out.put(o.version);
        out.put(o.amountMinor);
        out.put((long) o.tierRank << 1 | (o.visit ? 1 : 0));
        out.putDay(o.eventDay, Expiry.NEVER_DAY);
        out.put(granted.basePoints);
        putIf(head, HAS_REFUNDED, o.refundedMinor);
        putIf(head, HAS_TIER_SHARE, granted.tierPoints);
        if (granted.count != 0) {
            OrderParts.packCampaigns(o, out);
        }
        putIf(head, HAS_CLIPPED_BASE, granted.clippedBasePoints);
        putIf(head, HAS_RETAINED, o.retainedPoints);
        if (o.activationDay != 0) {
            out.putDay(o.activationDay, OrderDraft.FULFILMENT_DAY);
        }
        if (o.expiryDay == Expiry.NEVER_DAY) {
            out.put(0);
        } else if (o.expiryDay != 0) {
            final long behind = (long) o.expiryDay - o.eventDay;
            out.put((behind << 1 ^ behind >> Long.SIZE - 1) + 1);
        }
        if (o.couponDay != 0) {
            out.putDay(o.couponDay, 0);
            out.put(o.revokedCoupons);
        }
        if (o.lines.count != 0) {
            OrderLineCodec.pack(o.lines, o.amountMinor, out);
        }
        putIf(head, HAS_REFERRER, o.referrerSlot);
        putIf(head, HAS_REFERRER, o.referrerPoints);
        putIf(head, HAS_ISSUER, o.issuer);
        if (o.boards.count != 0) {
            OrderParts.packBoards(o.boards, out);
        }
        if (o.wallets.count != 0) {
            OrderParts.packWallets(o.wallets, out);
        }
    }

    /** Stores the order that was packed last, and is as it was then, with the entry of its key. */
    void savePacked(final int entry) {
        if (plain != null && keys.isWide(entry)) {
            keys.putPlain(entry, plain);
            return;
        }
        if (plain != null) {
            packParts(plain);
        }
        write(entry);
    }

    private void putIf(final int head, final int bit, final long value) {
        if ((head & bit) != 0) {
            out.put(value);
        }
    }

    /**
     * Fills the image of an order.
     *
     * @param entry of {@link #kind} {@link #ORDER}
     */
    void load(final int entry, final OrderDraft o) {
        if (keys.ref(entry) == KeyStore.PLAIN_REF) {
            keys.getPlain(entry, o);
            return;
        }
        final int head = open(entry, ORDER);
        o.clear();
        o.memberSlot = in.nextInt();
        o.version = in.nextInt();
        o.amountMinor = in.next();
        final int rankAndVisit = in.nextInt();
        o.tierRank = rankAndVisit >>> 1;
        o.visit = (rankAndVisit & 1) != 0;
        o.eventDay = in.nextDay(Expiry.NEVER_DAY);
        o.granted.basePoints = in.next();
        o.refundedMinor = nextIf(head, HAS_REFUNDED);
        o.granted.tierPoints = nextIf(head, HAS_TIER_SHARE);
        if ((head & HAS_CAMPAIGNS) != 0) {
            OrderParts.unpackCampaigns(in, o);
        }
        o.granted.clippedBasePoints = nextIf(head, HAS_CLIPPED_BASE);
        o.retainedPoints = (head & HAS_RETAINED) != 0 ? in.next() : o.granted.total();
        o.activationDay = (head & HAS_ACTIVATION) != 0 ? in.nextDay(OrderDraft.FULFILMENT_DAY) : 0;
        if ((head & HAS_EXPIRY) != 0) {
            final long code = in.next();
            o.expiryDay = code == 0 ? Expiry.NEVER_DAY : (int) (o.eventDay + (code - 1 >>> 1 ^ -(code - 1 & 1)));
        }
        if ((head & HAS_COUPONS) != 0) {
            o.couponDay = in.nextDay(0);
            o.revokedCoupons = in.next();
        }
        if ((head & HAS_LINES) != 0) {
            OrderLineCodec.unpack(in, o.amountMinor, o.lines);
        }
        o.referrerSlot = (int) nextIf(head, HAS_REFERRER);
        o.referrerPoints = nextIf(head, HAS_REFERRER);
        o.issuer = (int) nextIf(head, HAS_ISSUER);
        if ((head & HAS_BOARDS) != 0) {
            OrderParts.unpackBoards(in, o.boards);
        }
        if ((head & HAS_WALLETS) != 0) {
            OrderParts.unpackWallets(in, o.wallets);
        }
    }

    private long nextIf(final int head, final int bit) {
        return (head & bit) != 0 ? in.next() : 0;
    }

    /** Stores a redemption or a capture with the entry of its key, in place of what is there. */
    void save(final int entry, final RedemptionDraft r) {
        final boolean foreign = r.isForeign();
        out.begin()
                .put(REDEMPTION
                        | (r.reward != 0 ? OF_REWARD : 0)
                        | (r.prize != 0 ? OF_PRIZE : 0)
                        | (foreign ? IS_FOREIGN : 0));
        out.put(r.memberSlot);
        out.put(r.points);
        out.put(r.valueMinor);
        out.put(r.returnedValueMinor);
        out.put(r.returnedPoints);
        if (r.reward != 0) {
            out.put(r.reward);
            out.put(r.version);
            out.put(r.cashMinor);
            out.putDay(r.day, 0);
            out.putDay(r.grantedDay, 0);
        }
        if (r.prize != 0) {
            out.put(r.prize);
            out.put(r.version);
        }
        out.put(r.count);
        for (int i = 0; i < r.count; i++) {
            out.putDay(r.expiryDay[i], Expiry.NEVER_DAY);
            out.put(r.partPoints[i]);
            if (foreign) {
                out.put(r.account[i]);
            }
        }
        if (foreign) {
            out.put(r.counterpart);
        }
        write(entry);
    }

    /**
     * Fills the image of a redemption or a capture.
     *
     * @param entry of {@link #kind} {@link #REDEMPTION}
     */
    void load(final int entry, final RedemptionDraft r) {
        final int head = open(entry, REDEMPTION);
        final boolean foreign = (head & IS_FOREIGN) != 0;
        r.clear();
        r.memberSlot = in.nextInt();
        r.points = in.next();
        r.valueMinor = in.next();
        r.returnedValueMinor = in.next();
        r.returnedPoints = in.next();
        if ((head & OF_REWARD) != 0) {
            r.reward = in.nextInt();
            r.version = in.nextInt();
            r.cashMinor = in.next();
            r.day = in.nextDay(0);
            r.grantedDay = in.nextDay(0);
        }
        if ((head & OF_PRIZE) != 0) {
            r.prize = in.nextInt();
            r.version = in.nextInt();
        }
        for (int left = in.nextInt(); left > 0; left--) {
            final int day = in.nextDay(Expiry.NEVER_DAY);
            final long points = in.next();
            r.taken(day, foreign ? in.nextInt() : LotBook.HOUSE, points);
        }
        r.counterpart = foreign ? in.nextInt() : LotBook.HOUSE;
    }

    /** Stores a spending of stored value with the entry of its key, in place of what is there. */
    void save(final int entry, final ValueDraft s) {
        out.begin().put(SPENDING);
        out.put(s.memberSlot);
        out.put(s.wallet);
        out.put(s.principalMinor);
        out.put(s.giftMinor);
        out.put(s.returnedPrincipalMinor);
        out.put(s.returnedGiftMinor);
        write(entry);
    }

    /** Stores the use of a coupon or a benefit with the entry of its key, in place of what is there. */
    void save(final int entry, final UseDraft use) {
        out.begin()
                .put(USE
                        | (use.returned ? IS_RETURNED : 0)
                        | (use.ofBenefit ? IS_BENEFIT : 0)
                        | (use.counted ? IS_COUNTED : 0));
        out.put(use.memberSlot);
        out.put(use.number);
        if (!use.ofBenefit) {
            out.putDay(use.expiryDay, Expiry.NEVER_DAY);
            out.put(use.sequence);
            out.put(use.uses);
            out.put(use.amountMinor);
        } else if (use.counted) {
            out.putDay(use.period, 0);
        }
        write(entry);
    }

    /**
     * Fills the image of a spending of stored value.
     *
     * @param entry of {@link #kind} {@link #SPENDING}
     */
    void load(final int entry, final ValueDraft s) {
        open(entry, SPENDING);
        s.memberSlot = in.nextInt();
        s.wallet = in.nextInt();
        s.principalMinor = in.next();
        s.giftMinor = in.next();
        s.returnedPrincipalMinor = in.next();
        s.returnedGiftMinor = in.next();
    }

    /**
     * Fills the image of a used coupon or benefit.
     *
     * @param entry of {@link #kind} {@link #USE}
     */
    void load(final int entry, final UseDraft use) {
        final int head = open(entry, USE);
        use.clear();
        use.returned = (head & IS_RETURNED) != 0;
        use.ofBenefit = (head & IS_BENEFIT) != 0;
        use.counted = (head & IS_COUNTED) != 0;
        use.memberSlot = in.nextInt();
        use.number = in.nextInt();
        if (!use.ofBenefit) {
            use.expiryDay = in.nextDay(Expiry.NEVER_DAY);
            use.sequence = in.next();
            use.uses = in.nextInt();
            use.amountMinor = in.next();
        } else if (use.counted) {
            use.period = in.nextDay(0);
        }
    }

    /**
     * Notes whose hold the entry's command opened; it is {@link #OPEN}.
     *
     * @param cashMinor what its reward costs beside points, for a reply that never came
     */
    void saveHold(final int entry, final int memberSlot, final long cashMinor) {
        final int head = HOLD | (cashMinor != 0 ? HAS_CASH : 0);
        out.begin().put(head);
        out.put(memberSlot);
        putIf(head, HAS_CASH, cashMinor);
        write(entry);
        keys.state(entry, OPEN);
    }

    /** The member of a hold, as of its command: a merge may have moved it since. */
    int holdMember(final int entry) {
        open(entry, HOLD);
        return in.nextInt();
    }

    /** What the reward of a hold costs beside points. */
    long holdCashMinor(final int entry) {
        final int head = open(entry, HOLD);
        in.nextInt();
        return nextIf(head, HAS_CASH);
    }

    /** Number of a hold in its member's book. */
    long holdNumber(final int entry) {
        return keys.sequence(entry);
    }

    int holdState(final int entry) {
        return keys.state(entry);
    }

    void holdState(final int entry, final int state) {
        keys.state(entry, state);
    }

    /** Notes which version the entry's command brought. */
    void saveVersion(final int entry, final int version) {
        out.begin().put(PUBLICATION);
        out.put(version);
        write(entry);
    }

    /** The version that a publication brought. */
    int version(final int entry) {
        open(entry, PUBLICATION);
        return in.nextInt();
    }
}
