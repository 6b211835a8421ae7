package io.tallymark.gateway.http;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.VarField;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The members of request bodies, each with what it fills in a command. Which of them a body has is said by
 * {@link BodyMembers}.
 */
enum JsonField {
    SOURCE("source", Form.TEXT, VarField.SOURCE),
    DOCUMENT_ID("documentId", Form.TEXT, VarField.DOCUMENT_ID),
    MEMBER_ID("memberId", Form.ID, FixedField.MEMBER_ID),
    IDENTITY("identity", Form.IDENTITY, VarField.IDENTITY),
    TO_MEMBER_ID("toMemberId", Form.ID, FixedField.OTHER_MEMBER_ID, CommandType.TRANSFER),
    INTO_MEMBER_ID("intoMemberId", Form.ID, FixedField.OTHER_MEMBER_ID, CommandType.MERGE),
    ORIGINAL_SOURCE("originalSource", Form.TEXT, VarField.ORIGINAL_SOURCE),
    ORIGINAL_DOCUMENT_ID("originalDocumentId", Form.TEXT, VarField.ORIGINAL_DOCUMENT_ID),
    AMOUNT_MINOR("amountMinor", Form.NUMBER, FixedField.AMOUNT_MINOR),
    CASH_MINOR("cashMinor", Form.NUMBER, FixedField.CASH_MINOR),
    POINTS("points", Form.NUMBER, FixedField.POINTS),
    EVENT_TIME("eventTime", Form.TIME, FixedField.EVENT_TIME),
    UNTIL("until", Form.TIME, FixedField.UNTIL),
    TTL_MS("ttlMs", Form.NUMBER, FixedField.TTL_MS),
    BIRTHDAY("birthday", Form.DATE, FixedField.BIRTHDAY),
    CHANNEL("channel", Form.TEXT, VarField.CHANNEL),
    STORE("store", Form.TEXT, VarField.STORE),
    STAFF("staff", Form.TEXT, VarField.STAFF),
    VISIT("visit", Command.FLAG_NO_VISIT),
    MAY_GO_BELOW_ZERO("mayGoBelowZero", Command.FLAG_MAY_GO_BELOW_ZERO),
    LINES("lines", Form.LINES, VarField.LINES),
    ACTIVITY("activity", Form.TEXT, VarField.RULE_ID, CommandType.ACTIVITY),
    TIER("tier", Form.TEXT, VarField.RULE_ID, CommandType.GRANT_TIER, CommandType.REVOKE_TIER),
    WAY("way", Form.TEXT, VarField.WAY),
    REASON("reason", Form.TEXT, VarField.REASON),
    OPERATOR_ID("operatorId", Form.TEXT, VarField.OPERATOR_ID),
    REFERENCE("reference", Form.TEXT, VarField.REFERENCE),
    BRAND("brand", Form.TEXT, VarField.BRAND),
    /** Of a restocking also the prize of a draw. */
    REWARD(
            "reward",
            Form.TEXT,
            VarField.RULE_ID,
            CommandType.REDEEM,
            CommandType.HOLD,
            CommandType.PREVIEW_REDEEM,
            CommandType.RESTOCK),
    /** What is granted or used; of a hold what stands beside its reward. */
    COUPON("coupon", Form.TEXT, VarField.COUPON_ID, CommandType.HOLD, CommandType.GRANT_COUPON, CommandType.USE_COUPON),
    BENEFIT("benefit", Form.TEXT, VarField.RULE_ID, CommandType.USE_BENEFIT),
    PACK("pack", Form.TEXT, VarField.RULE_ID, CommandType.BUY_PACK),
    DRAW("draw", Form.TEXT, VarField.RULE_ID, CommandType.DRAW),
    /** Of stored value what is filled or emptied; else from which wallet points are spent, or which is corrected. */
    WALLET(
            "wallet",
            Form.TEXT,
            VarField.WALLET_ID,
            CommandType.REDEEM,
            CommandType.HOLD,
            CommandType.PREVIEW_REDEEM,
            CommandType.ADJUST,
            CommandType.TOP_UP,
            CommandType.SPEND_VALUE,
            CommandType.REFUND_VALUE),
    QUANTITY("quantity", Form.NUMBER, FixedField.QUANTITY),
    REFERRER_ID("referrerId", Form.ID, FixedField.REFERRER_ID);

    /** How a member is read. */
    enum Form {
        TEXT,
        /** A positive integer, as a number or as a string of digits. */
        ID,
        NUMBER,
        /** A date-time of RFC 3339. */
        TIME,
        /** {@code YYYY-MM-DD}. */
        DATE,
        FLAG,
        IDENTITY,
        LINES
    }

    private static final JsonField[] ALL = values();
    private static final Map<String, JsonField> BY_NAME =
            Arrays.stream(ALL).collect(Collectors.toUnmodifiableMap(JsonField::memberName, Function.identity()));

    private final String memberName;
    private final String pointer;
    private final Form form;
    private final FixedField number;
    private final VarField text;
    private final int flag;
    private final Set<CommandType> only;

    JsonField(final String memberName, final Form form, final FixedField number, final CommandType... only) {
        this(memberName, form, number, null, 0, only);
    }

    JsonField(final String memberName, final Form form, final VarField text, final CommandType... only) {
        this(memberName, form, null, text, 0, only);
    }

    JsonField(final String memberName, final int flag) {
        this(memberName, Form.FLAG, null, null, flag);
    }

    JsonField(
            final String memberName,
            final Form form,
            final FixedField number,
            final VarField text,
            final int flag,
            final CommandType... only) {
        this.memberName = memberName;
        this.pointer = "/" + memberName;
        this.form = form;
        this.number = number;
        this.text = text;
        this.flag = flag;
        this.only = Set.of(only);
    }

    /** The member of this name, or null. */
    static JsonField of(final String name) {
        return BY_NAME.get(name);
    }

    static JsonField of(final int ordinal) {
        return ALL[ordinal];
    }

    static int count() {
        return ALL.length;
    }

    String memberName() {
        return memberName;
    }

    /** As in RFC 6901. */
    String pointer() {
        return pointer;
    }

    Form form() {
        return form;
    }

    /** The fixed field that it fills; null where it fills none. */
    FixedField number() {
        return number;
    }

    /** The variable field that it fills in a command of an operation; null where it fills none. */
    VarField text(final CommandType type) {
        final boolean isRule =
                (this == COUPON || this == WALLET) && (type.shape().varMask() & 1 << text.ordinal()) == 0;
        return isRule ? VarField.RULE_ID : text;
    }

    /** The flag that it sets; 0 where it sets none. */
    int flag() {
        return flag;
    }

    /** The flag that its value sets; 0: none. */
    int flagOf(final boolean value) {
        // A visit is what is usual, so there the flag stands for its opposite.
        final boolean isUsual = this == VISIT;
        return value == isUsual ? 0 : flag;
    }

    /** Whether the field goes by this name in the bodies of an operation, where it has the field at all. */
    boolean isNameIn(final CommandType type) {
        return only.isEmpty() || only.contains(type);
    }

    /** A bit of its own. */
    long mask() {
        return 1L << ordinal();
    }
}
