package io.tallymark.protocol;

/**
 * What the rows of a reply are, with the names of their columns. The code is the number on the wire; never reused.
 * Days are days of the program counted from 1970-01-01; {@link Integer#MAX_VALUE}: never; times are epoch
 * milliseconds. Columns without a name are 0.
 */
public enum RowKind {
    NONE(0, ""),
    /**
     * Of an accrual or its preview; text: the campaign. {@code clippedBy}: code of {@link Clip}; {@code coupons}: how many
     * it granted.
     */
    SHARES(1, "campaign", "points", "clippedPoints", "clippedBy", "coupons"),
    /** Of a member's identities; text: the channel. */
    IDENTITIES(2, "channel", "keyVersion"),
    /** Of a member's open holds; text: {@code wallet/ID} where the points are of a further wallet. */
    HOLDS(3, "wallet", "holdSequence", "points", "deadlineMs", "valueMinor"),
    /**
     * Of a member's pending points; text: their issuer, empty for the house, or {@code wallet/ID} where they are of a
     * further wallet. Activation day {@link Integer#MAX_VALUE}: on fulfilment; one less: with the first purchase.
     */
    PENDING(4, "issuer", "activationDay", "expiryDay", "points"),
    /**
     * Of a member's active lots in taking order; text: their issuer, empty for the house, or {@code wallet/ID} where they
     * are of a further wallet.
     */
    EXPIRING(5, "issuer", "expiryDay", "points", "heldPoints"),
    /**
     * Of a member's way to each tier, lowest first; text: the tier. Spend in minor units. {@code untilMs} is
     * {@link Long#MAX_VALUE} where it does not end and 0 where the tier is not held; what is missing is 0 where the
     * condition is met and -1 where the tier cannot be earned.
     */
    PROGRESS(6, "tier", "held", "untilMs", "missingSpendMinor", "missingVisits", "missingPoints", "missingMonths"),
    /**
     * Of an order. The row with the text {@code order} has the columns named here; rows with the text
     * {@code share/ID} (base, tier, or a campaign behind {@code campaign:}) granted and kept points; rows with the text
     * {@code wallet/ID} what the order granted in that further wallet and what it retained there; rows with the text
     * {@code line} number, quantity, amountMinor, refundedQuantity, refundedMinor.
     */
    ORDER(7, "part", "amountMinor", "refundedMinor", "grantedPoints", "retainedPoints", "sequence", "programVersion"),
    /** Of a campaign; text: its id. Budget and left are -1 where there is none. */
    CAMPAIGN(8, "campaign", "budgetPoints", "leftPoints", "grantedPoints", "paused"),
    /** Of a version of a program; text: nothing. */
    VERSION(9, "", "version", "canonicalHashHigh", "canonicalHashLow", "current"),
    /** Of a reward; text: its id. Stock, left and restocked are -1 where it has no stock. */
    REWARD(10, "reward", "stock", "left", "taken", "restocked"),
    /** Of a member's coupons by expiry day; text: the coupon. */
    COUPONS(11, "coupon", "grantedSequence", "expiryDay", "uses", "leftUses"),
    /** What became of a coupon; text: its id. */
    COUPON(12, "coupon", "grantedUses", "usedUses", "returnedUses", "revokedUses", "expiredUses", "usedAmountMinor"),
    /** Of a member's benefits; text: the benefit. Uses are -1 where there is no limit; left in the period of now. */
    BENEFITS(13, "benefit", "uses", "leftUses", "discountMicros"),
    /** Of a board; text: the store or the staff, empty for members. */
    BOARD(14, "participant", "rank", "memberId", "score", "sequence"),
    /** Of an issuer; text: the counterpart, empty for the house. What it owes there and what is owed to it. */
    SETTLEMENT(15, "counterpart", "owesPoints", "owesMinor", "owedPoints", "owedMinor"),
    /** Stored value of a member; text: the wallet. */
    WALLETS(16, "wallet", "principalMinor", "giftMinor"),
    /** Of a draw; text: what was won. */
    PRIZE(17, "prize", "place", "points"),
    /**
     * What a refund, a reversal, an enrolment or a first purchase led to beside the member's points; text: {@code coupon/ID},
     * {@code board/ID}, {@code campaign/ID} (points that its budget regained), {@code referrer}.
     */
    CONSEQUENCES(18, "what", "points", "uses", "notRecoveredUses", "score", "memberId", "addedDebtPoints");

    /** What the texts {@code wallet/ID} begin with. */
    public static final String WALLET_PREFIX = "wallet/";

    private static final RowKind[] BY_CODE = values();

    private final int code;
    private final String textName;
    private final String[] columns;

    RowKind(final int code, final String textName, final String... columns) {
        this.code = code;
        this.textName = textName;
        this.columns = columns;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** What the text is; empty: there is none. */
    public String textName() {
        return textName;
    }

    /** How many columns have a name. */
    public int columnCount() {
        return columns.length;
    }

    /** The name of a column. */
    public String column(final int index) {
        return columns[index];
    }

    /** The kind of a code, or null where there is none. */
    public static RowKind ofCode(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
