package io.tallymark.ledger.reference;

import io.tallymark.protocol.CommandType;

/** What random histories consist of, as often as it stands here. */
final class Kinds {
    static final CommandType[] OFTEN = {
        CommandType.ACCRUE, CommandType.ACCRUE, CommandType.ACCRUE, CommandType.REDEEM, CommandType.HOLD,
        CommandType.HOLD, CommandType.CAPTURE, CommandType.VOID, CommandType.REFUND, CommandType.REFUND,
        CommandType.REVERSE, CommandType.ADJUST, CommandType.ACTIVITY, CommandType.TRANSFER
    };
    static final CommandType[] SELDOM = {
        CommandType.ENROL,
        CommandType.LINK_IDENTITY,
        CommandType.UNLINK_IDENTITY,
        CommandType.FREEZE,
        CommandType.UNFREEZE,
        CommandType.UNFREEZE,
        CommandType.CLOSE,
        CommandType.MERGE,
        CommandType.ERASE,
        CommandType.CLAIM,
        CommandType.RETURN_UNREFERENCED,
        CommandType.ACTIVATE_PENDING,
        CommandType.CANCEL_PENDING,
        CommandType.GRANT_TIER,
        CommandType.REVOKE_TIER,
        CommandType.PAUSE,
        CommandType.RESUME,
        CommandType.RESUME,
        CommandType.PUBLISH_PROGRAM,
        CommandType.TICK
    };
    static final CommandType[] QUESTIONS = {
        CommandType.QUERY_MEMBER,
        CommandType.PREVIEW_ACCRUE,
        CommandType.PREVIEW_REDEEM,
        CommandType.QUERY_HOLDS,
        CommandType.QUERY_PENDING,
        CommandType.QUERY_EXPIRING,
        CommandType.QUERY_CAMPAIGN,
        CommandType.QUERY_ORDER,
        CommandType.QUERY_ORDER,
        CommandType.QUERY_REWARD,
        CommandType.QUERY_REWARD,
        CommandType.QUERY_COUPON,
        CommandType.QUERY_COUPONS,
        CommandType.QUERY_COUPONS,
        CommandType.QUERY_BENEFITS,
        CommandType.QUERY_WALLETS,
        CommandType.QUERY_SETTLEMENT,
        CommandType.QUERY_SETTLEMENT,
        CommandType.QUERY_BOARD,
        CommandType.QUERY_BOARD,
        CommandType.QUERY_BOARD
    };

    private Kinds() {}
}
