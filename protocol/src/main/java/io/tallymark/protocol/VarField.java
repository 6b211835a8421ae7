package io.tallymark.protocol;

/**
 * The variable parts of a command, in their canonical order. A command's bytes hold them in this order, the journal
 * writes them in this order and the content hash reads them in this order; new ones are appended.
 */
public enum VarField {
    PROGRAM("program"),
    SOURCE("source"),
    DOCUMENT_ID("documentId"),
    CHANNEL("channel"),
    STORE("store"),
    STAFF("staff"),
    REASON("reason"),
    OPERATOR_ID("operatorId"),
    REFERENCE("reference"),
    /** Order lines in the form of {@link OrderLines}. */
    LINES("lines"),
    /** A program in its canonical compiled form. */
    COMPILED_PROGRAM("compiled"),
    /** The text that a program was compiled from. */
    SOURCE_TEXT("sourceText"),
    /** The id of a rule of the program: an activity, a campaign, a tier, a reward, a coupon, a wallet, or what is paused. */
    RULE_ID("ruleId"),
    /** The way into a tier: {@code paid} or {@code invited}. */
    WAY("way"),
    /**
     * The source of the document that this one is about; absent: the own source. A keyed command never has it where it
     * equals the own source: the decoder leaves it out, so that both ways to say so are one content.
     */
    ORIGINAL_SOURCE("originalSource"),
    /** The document that this one is about: an order, a hold, a redemption. */
    ORIGINAL_DOCUMENT_ID("originalDocumentId"),
    /** The brand of an order, or that at which points are spent. */
    BRAND("brand"),
    /** The coupon whose use a hold reserves. */
    COUPON_ID("couponId"),
    /**
     * The wallet of points that is spent from or adjusted; absent: {@code points}. A command never has it where it is
     * {@code points}: the decoder leaves it out, so that both ways to say so are one content.
     */
    WALLET_ID("walletId"),
    /** The channel in which an outside identity is known. */
    IDENTITY_CHANNEL("identityChannel"),
    /** An outside identity as keyed hashes, see {@link IdentityHashes}; what it was made from never comes this far. */
    IDENTITY("externalId");

    /** How many there are. */
    public static final int COUNT = values().length;

    private static final VarField[] ALL = values();

    private final String wireName;

    VarField(final String wireName) {
        this.wireName = wireName;
    }

    /**
     * The name in the wire schema and in what is said about a field of a message. Where a command has
     * {@link #IDENTITY}, the message has what it was made from.
     */
    public String wireName() {
        return wireName;
    }

    /** The field with this ordinal, without copying an array. */
    public static VarField of(final int ordinal) {
        return ALL[ordinal];
    }
}
