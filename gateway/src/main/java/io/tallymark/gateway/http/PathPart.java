package io.tallymark.gateway.http;

import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.VarField;

/** The parts of paths that stand for something, with what they fill in a command. */
enum PathPart {
    PROGRAM("{program}", VarField.PROGRAM, null),
    MEMBER_ID("{memberId}", null, FixedField.MEMBER_ID),
    SOURCE("{source}", VarField.ORIGINAL_SOURCE, null),
    DOCUMENT_ID("{documentId}", VarField.ORIGINAL_DOCUMENT_ID, null),
    CAMPAIGN("{campaign}", VarField.RULE_ID, null),
    REWARD("{reward}", VarField.RULE_ID, null),
    COUPON("{coupon}", VarField.RULE_ID, null),
    BOARD("{board}", VarField.RULE_ID, null),
    ISSUER("{issuer}", VarField.RULE_ID, null),
    CHANNEL("{channel}", VarField.IDENTITY_CHANNEL, null),
    EXTERNAL_ID("{externalId}", VarField.IDENTITY, null),
    VERSION("{version}", null, FixedField.VERSION);

    private final String placeholder;
    private final VarField text;
    private final FixedField number;

    PathPart(final String placeholder, final VarField text, final FixedField number) {
        this.placeholder = placeholder;
        this.text = text;
        this.number = number;
    }

    /** The part that a segment of a pattern stands for; null: the segment is literal. */
    static PathPart of(final String segment) {
        for (final PathPart part : values()) {
            if (part.placeholder.equals(segment)) {
                return part;
            }
        }
        return null;
    }

    /** The text that it fills; null: it is a number. */
    VarField text() {
        return text;
    }

    /** The number that it fills; null: it is a text. */
    FixedField number() {
        return number;
    }

    /** What it is called in a sentence. */
    String label() {
        return placeholder.substring(1, placeholder.length() - 1);
    }

    int bit() {
        return 1 << ordinal();
    }
}
