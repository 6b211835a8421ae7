package io.tallymark.gateway.http;

import io.tallymark.protocol.CommandShape;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;

/**
 * Which members the body of a route has and which it must have: those of its command's shape, without what the path
 * says. Immutable.
 */
final class BodyMembers {
    private final CommandType type;
    private final long known;
    private final long required;
    private final boolean needsMember;

    /**
     * @param inPath     bits of the {@link PathPart}s of the route
     * @param ruleInPath whether the path says the rule without a part of its own
     */
    BodyMembers(final CommandType type, final int inPath, final boolean ruleInPath) {
        this.type = type;
        final boolean memberInPath = (inPath & PathPart.MEMBER_ID.bit()) != 0;
        long knownBits = 0;
        long requiredBits = 0;
        for (int i = 0; i < JsonField.count(); i++) {
            final JsonField field = JsonField.of(i);
            if (field.isNameIn(type) && isOfShape(field, memberInPath) && !isInPath(field, inPath, ruleInPath)) {
                knownBits |= field.mask();
                requiredBits |= isRequired(field) ? field.mask() : 0;
            }
        }
        known = knownBits;
        required = requiredBits;
        needsMember = type.shape().identity() == CommandShape.Identity.INSTEAD_OF_MEMBER && !memberInPath;
    }

    CommandType type() {
        return type;
    }

    /** Whether a body has it. */
    boolean knows(final JsonField field) {
        return (known & field.mask()) != 0;
    }

    /** Whether a body must have it. */
    boolean requires(final JsonField field) {
        return (required & field.mask()) != 0;
    }

    /** Whether a member id or an identity, one of the two, is to stand in the body. */
    boolean needsMember() {
        return needsMember;
    }

    /** The first member that is required and not among the seen ones; null: none. */
    JsonField firstMissing(final long seen) {
        final long missing = required & ~seen;
        return missing == 0 ? null : JsonField.of(Long.numberOfTrailingZeros(missing));
    }

    private boolean isOfShape(final JsonField field, final boolean memberInPath) {
        final CommandShape shape = type.shape();
        return switch (field.form()) {
            case FLAG -> (shape.flags() & field.flag()) != 0;
            case LINES -> shape.lines() != CommandShape.Lines.NONE;
            case IDENTITY ->
                shape.identity() != CommandShape.Identity.NONE
                        && !(memberInPath && shape.identity() == CommandShape.Identity.INSTEAD_OF_MEMBER);
            default ->
                field.number() == null ? shape.varFields().contains(field.text(type)) : shape.has(field.number());
        };
    }

    private boolean isRequired(final JsonField field) {
        final CommandShape shape = type.shape();
        return switch (field.form()) {
            case FLAG, LINES -> false;
            case IDENTITY -> shape.identity() == CommandShape.Identity.REQUIRED;
            default -> field.number() == null ? shape.requires(field.text(type)) : shape.requires(field.number());
        };
    }

    private boolean isInPath(final JsonField field, final int inPath, final boolean ruleInPath) {
        for (final PathPart part : PathPart.values()) {
            if ((inPath & part.bit()) != 0
                    && (part.text() != null && part.text() == field.text(type)
                            || part.number() != null && part.number() == field.number())) {
                return true;
            }
        }
        return ruleInPath && field.text(type) == VarField.RULE_ID;
    }
}
