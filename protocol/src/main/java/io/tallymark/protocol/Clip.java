package io.tallymark.protocol;

/** Which cap took points off a share last. The ordinal is the code on the wire; new ones are appended. */
public enum Clip {
    NONE,
    CAMPAIGN_ORDER,
    CAMPAIGN_MEMBER,
    CAMPAIGN_MEMBER_DAY,
    ORDER,
    DAY,
    BUDGET
}
