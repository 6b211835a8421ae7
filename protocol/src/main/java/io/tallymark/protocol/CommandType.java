package io.tallymark.protocol;

import static io.tallymark.protocol.CommandShape.of;
import static io.tallymark.protocol.FixedField.AMOUNT_MINOR;
import static io.tallymark.protocol.FixedField.BIRTHDAY;
import static io.tallymark.protocol.FixedField.CASH_MINOR;
import static io.tallymark.protocol.FixedField.EVENT_TIME;
import static io.tallymark.protocol.FixedField.MEMBER_ID;
import static io.tallymark.protocol.FixedField.OTHER_MEMBER_ID;
import static io.tallymark.protocol.FixedField.POINTS;
import static io.tallymark.protocol.FixedField.QUANTITY;
import static io.tallymark.protocol.FixedField.RANDOM_BITS;
import static io.tallymark.protocol.FixedField.REFERRER_ID;
import static io.tallymark.protocol.FixedField.TTL_MS;
import static io.tallymark.protocol.FixedField.UNTIL;
import static io.tallymark.protocol.FixedField.VERSION;
import static io.tallymark.protocol.VarField.BRAND;
import static io.tallymark.protocol.VarField.CHANNEL;
import static io.tallymark.protocol.VarField.COMPILED_PROGRAM;
import static io.tallymark.protocol.VarField.COUPON_ID;
import static io.tallymark.protocol.VarField.OPERATOR_ID;
import static io.tallymark.protocol.VarField.ORIGINAL_DOCUMENT_ID;
import static io.tallymark.protocol.VarField.ORIGINAL_SOURCE;
import static io.tallymark.protocol.VarField.PROGRAM;
import static io.tallymark.protocol.VarField.REASON;
import static io.tallymark.protocol.VarField.REFERENCE;
import static io.tallymark.protocol.VarField.RULE_ID;
import static io.tallymark.protocol.VarField.SOURCE_TEXT;
import static io.tallymark.protocol.VarField.STAFF;
import static io.tallymark.protocol.VarField.STORE;
import static io.tallymark.protocol.VarField.WALLET_ID;
import static io.tallymark.protocol.VarField.WAY;

import io.tallymark.protocol.CommandShape.Builder;
import io.tallymark.protocol.CommandShape.Identity;
import io.tallymark.protocol.CommandShape.Lines;

/**
 * The operations with the shapes of their messages. The code is the template id on the wire and the type byte in the
 * journal; never reused.
 */
public enum CommandType {
    /** A slot of the pipeline that carries nothing: skipped by the writer. */
    NONE(0, false, of()),
    ACCRUE(1, true, order().requires(AMOUNT_MINOR)),
    /** With a rule: for that reward. */
    REDEEM(2, true, spending()),
    ADJUST(
            3,
            true,
            operator()
                    .requires(POINTS)
                    .has(EVENT_TIME)
                    .flags(Command.FLAG_MAY_GO_BELOW_ZERO)
                    .requires(REASON)
                    .requires(OPERATOR_ID)
                    .has(WALLET_ID)),
    QUERY_MEMBER(4, false, query()),
    PUBLISH_PROGRAM(
            5, true, of().keyed().has(VERSION).requires(COMPILED_PROGRAM).has(SOURCE_TEXT)),
    LIST_PROGRAMS(6, false, of()),
    ENROL(
            7,
            true,
            of().keyed()
                    .has(MEMBER_ID, BIRTHDAY, REFERRER_ID)
                    .identity(Identity.OPTIONAL)
                    .has(CHANNEL, STORE, STAFF)),
    LINK_IDENTITY(8, true, of().keyed().requires(MEMBER_ID).identity(Identity.REQUIRED)),
    UNLINK_IDENTITY(9, true, of().keyed().requires(MEMBER_ID).identity(Identity.REQUIRED)),
    FREEZE(10, true, operator().has(REASON, OPERATOR_ID)),
    UNFREEZE(11, true, operator().has(REASON, OPERATOR_ID)),
    CLOSE(12, true, operator().has(REASON, OPERATOR_ID)),
    MERGE(13, true, operator().requires(OTHER_MEMBER_ID).has(REASON, OPERATOR_ID)),
    ERASE(14, true, operator().has(REASON, OPERATOR_ID)),
    ACTIVITY(
            15,
            true,
            of().keyed()
                    .member()
                    .has(EVENT_TIME, POINTS)
                    .has(CHANNEL, STORE, STAFF)
                    .requires(RULE_ID)),
    CLAIM(16, true, order().requires(AMOUNT_MINOR).has(ORIGINAL_SOURCE).requires(ORIGINAL_DOCUMENT_ID)),
    HOLD(17, true, spending().has(TTL_MS).has(COUPON_ID)),
    CAPTURE(18, true, original().has(POINTS, EVENT_TIME)),
    VOID(19, true, original()),
    REFUND(20, true, original().has(AMOUNT_MINOR, EVENT_TIME).lines(Lines.REFUND)),
    RETURN_UNREFERENCED(
            21,
            true,
            of().keyed().member().requires(AMOUNT_MINOR).has(EVENT_TIME).has(CHANNEL, STORE, STAFF)),
    REVERSE(22, true, original().has(AMOUNT_MINOR)),
    ACTIVATE_PENDING(23, true, original()),
    CANCEL_PENDING(24, true, original()),
    TRANSFER(
            25,
            true,
            of().keyed().member().requires(OTHER_MEMBER_ID).requires(POINTS).has(EVENT_TIME)),
    GRANT_TIER(
            26,
            true,
            operator().has(UNTIL).has(REASON, OPERATOR_ID).requires(RULE_ID).requires(WAY)),
    REVOKE_TIER(27, true, operator().has(REASON, OPERATOR_ID).requires(RULE_ID).requires(WAY)),
    /** The rule is a campaign's id, or {@code redemptions}. */
    PAUSE(28, true, of().keyed().has(REASON, OPERATOR_ID).requires(RULE_ID)),
    RESUME(29, true, of().keyed().has(REASON, OPERATOR_ID).requires(RULE_ID)),
    PREVIEW_ACCRUE(
            30,
            false,
            query().requires(AMOUNT_MINOR)
                    .has(EVENT_TIME)
                    .flags(Command.FLAG_NO_VISIT)
                    .lines(Lines.ORDER)
                    .has(CHANNEL, STORE, STAFF, BRAND)),
    PREVIEW_REDEEM(
            31,
            false,
            query().has(AMOUNT_MINOR, CASH_MINOR, POINTS, EVENT_TIME)
                    .has(CHANNEL, STORE, STAFF, RULE_ID, BRAND, WALLET_ID)),
    QUERY_IDENTITIES(32, false, query()),
    QUERY_HOLDS(33, false, query()),
    QUERY_PENDING(34, false, query()),
    QUERY_EXPIRING(35, false, query()),
    QUERY_PROGRESS(36, false, query()),
    QUERY_ORDER(37, false, of().requires(PROGRAM).requires(ORIGINAL_SOURCE).requires(ORIGINAL_DOCUMENT_ID)),
    QUERY_CAMPAIGN(38, false, of().requires(PROGRAM).requires(RULE_ID)),
    QUERY_VERSION(39, false, of().requires(VERSION).requires(PROGRAM)),
    /** The rule is a reward, or a draw's prize as {@code draw/place}. */
    RESTOCK(40, true, of().keyed().requires(QUANTITY).has(REASON, OPERATOR_ID).requires(RULE_ID)),
    GRANT_COUPON(41, true, operator().has(REASON, OPERATOR_ID).requires(RULE_ID)),
    USE_COUPON(42, true, using().has(AMOUNT_MINOR)),
    USE_BENEFIT(43, true, using()),
    /** Names the document of a used coupon or benefit. */
    RETURN_USE(44, true, original()),
    BUY_PACK(45, true, using().has(BRAND)),
    REFUND_PACK(46, true, original()),
    DRAW(47, true, using().has(RANDOM_BITS).has(BRAND)),
    /** The rule is a wallet of stored value, as of the next two. */
    TOP_UP(48, true, storedValue()),
    SPEND_VALUE(49, true, storedValue()),
    REFUND_VALUE(50, true, storedValue()),
    QUERY_REWARD(51, false, of().requires(PROGRAM).requires(RULE_ID)),
    QUERY_COUPON(52, false, of().requires(PROGRAM).requires(RULE_ID)),
    QUERY_BOARD(53, false, of().requires(PROGRAM).requires(RULE_ID)),
    QUERY_SETTLEMENT(54, false, of().requires(PROGRAM).requires(RULE_ID)),
    QUERY_COUPONS(55, false, query()),
    QUERY_BENEFITS(56, false, query()),
    QUERY_WALLETS(57, false, query()),
    /** Advances engine time while nothing else does, and materialises what is due; made by the writer only. */
    TICK(63, true, of().has(EVENT_TIME));

    private static final CommandType[] BY_CODE = new CommandType[64];

    static {
        for (final CommandType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final boolean changesState;
    private final CommandShape shape;

    CommandType(final int code, final boolean changesState, final Builder shape) {
        this.code = code;
        this.changesState = changesState;
        this.shape = shape.build();
    }

    private static Builder order() {
        return of().keyed()
                .member()
                .has(EVENT_TIME)
                .flags(Command.FLAG_NO_VISIT)
                .lines(Lines.ORDER)
                .has(CHANNEL, STORE, STAFF, BRAND);
    }

    private static Builder spending() {
        return of().keyed()
                .member()
                .has(AMOUNT_MINOR, CASH_MINOR, POINTS, EVENT_TIME)
                .has(CHANNEL, STORE, STAFF, RULE_ID, BRAND, WALLET_ID);
    }

    private static Builder operator() {
        return of().keyed().member().has(REFERENCE);
    }

    private static Builder using() {
        return of().keyed().member().has(EVENT_TIME).has(CHANNEL, STORE, STAFF).requires(RULE_ID);
    }

    private static Builder storedValue() {
        return of().keyed()
                .member()
                .requires(AMOUNT_MINOR)
                .has(CHANNEL, STORE, STAFF)
                .requires(RULE_ID);
    }

    private static Builder original() {
        return of().keyed().has(ORIGINAL_SOURCE).requires(ORIGINAL_DOCUMENT_ID);
    }

    private static Builder query() {
        return of().member().requires(PROGRAM);
    }

    /** The stable number of this operation. */
    public int code() {
        return code;
    }

    /** Whether an accepted command of this type changes the ledger and so is journaled. */
    public boolean changesState() {
        return changesState;
    }

    /** What its messages carry. */
    public CommandShape shape() {
        return shape;
    }

    /** The operation of a code, or null where there is none. */
    public static CommandType ofCode(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
