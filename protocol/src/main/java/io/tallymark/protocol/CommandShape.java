package io.tallymark.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * What the messages of one operation carry: the one table from which the binary decoder and encoder, the HTTP front, the
 * journal's dump and the documents are driven. Immutable.
 *
 * <p>On the wire a message is: correlation id (8 bytes), the fixed fields in the order of {@link FixedField}, the lines
 * as a group where the operation has them, the variable fields in the order of {@link VarField}. Where the operation
 * concerns a member, an identity may stand for its id; on the wire it is the channel and the external id at the end, in
 * the command {@link VarField#IDENTITY_CHANNEL} and {@link VarField#IDENTITY}. A keyed command that names its own source as
 * {@link VarField#ORIGINAL_SOURCE} on the wire does not have that field, nor has one that names {@code points} as
 * {@link VarField#WALLET_ID}.
 */
public final class CommandShape {
    /** Whether and which lines there are. */
    public enum Lines {
        NONE,
        /** Those of an order: they sum to the amount. */
        ORDER,
        /** Those of a refund: a number with a quantity, or with an amount; the other of the two is 0. */
        REFUND
    }

    /** Whether an identity belongs to the command. */
    public enum Identity {
        NONE,
        /** A member id or an identity, one of the two. */
        INSTEAD_OF_MEMBER,
        /** A member id and an identity. */
        REQUIRED,
        /** With or without member id and identity. */
        OPTIONAL
    }

    private final boolean keyed;
    private final Lines lines;
    private final Identity identity;
    private final int flags;
    private final boolean hasRandomBits;
    private final List<FixedField> fixedFields;
    private final int requiredFixed;
    private final List<VarField> varFields;
    private final int requiredVar;
    private final int varMask;
    private final int blockBytes;
    private final int[] offsets = new int[FixedField.COUNT];
    private final FixedField[] fixed;
    private final VarField[] var;

    private CommandShape(final Builder b) {
        keyed = b.keyed;
        lines = b.lines;
        identity = b.identity;
        flags = b.flags;
        hasRandomBits = b.fixed.contains(FixedField.RANDOM_BITS);
        fixedFields = b.fixed.stream()
                .filter(field -> field != FixedField.RANDOM_BITS)
                .sorted()
                .toList();
        requiredFixed = b.requiredFixed;
        varFields = b.var.stream().sorted().toList();
        requiredVar = b.requiredVar;
        int mask = 0;
        for (final VarField field : varFields) {
            mask |= 1 << field.ordinal();
        }
        mask |= lines == Lines.NONE ? 0 : 1 << VarField.LINES.ordinal();
        if (identity != Identity.NONE) {
            mask |= 1 << VarField.IDENTITY_CHANNEL.ordinal() | 1 << VarField.IDENTITY.ordinal();
        }
        varMask = mask;
        int at = Long.BYTES;
        java.util.Arrays.fill(offsets, -1);
        for (final FixedField field : fixedFields) {
            offsets[field.ordinal()] = at;
            at += field.wireBytes();
        }
        blockBytes = at;
        fixed = fixedFields.toArray(FixedField[]::new);
        var = varFields.toArray(VarField[]::new);
    }

    /** Whether source and document id make it happen once. */
    public boolean isKeyed() {
        return keyed;
    }

    /** Which lines it has. */
    public Lines lines() {
        return lines;
    }

    /** Whether an identity belongs to it. */
    public Identity identity() {
        return identity;
    }

    /** The FLAG bits it knows; on the wire the lowest of them is bit 0, and so on. */
    public int flags() {
        return flags;
    }

    /** Whether {@link FixedField#RANDOM_BITS} are put into the command where it enters. */
    public boolean hasRandomBits() {
        return hasRandomBits;
    }

    /** The fixed fields in the order of the block. */
    public List<FixedField> fixedFields() {
        return fixedFields;
    }

    /** The variable fields in their order on the wire; neither the lines nor the identity are among them. */
    public List<VarField> varFields() {
        return varFields;
    }

    int fixedCount() {
        return fixed.length;
    }

    /** One of the fixed fields in their order. */
    FixedField fixedField(final int index) {
        return fixed[index];
    }

    int varCount() {
        return var.length;
    }

    /** One of {@link #varFields} in their order. */
    VarField varField(final int index) {
        return var[index];
    }

    /** Whether a fixed field must not be absent. */
    public boolean requires(final FixedField field) {
        return (requiredFixed & 1 << field.ordinal()) != 0;
    }

    /** Whether a variable field must not be empty. */
    public boolean requires(final VarField field) {
        return (requiredVar & 1 << field.ordinal()) != 0;
    }

    /** Whether the operation has a fixed field. */
    public boolean has(final FixedField field) {
        return offsets[field.ordinal()] >= 0;
    }

    /** Where a fixed field stands in the block of a message; negative: it does not. */
    public int offset(final FixedField field) {
        return offsets[field.ordinal()];
    }

    /** Bit n: the variable field with the ordinal n may be there, lines and identity included. */
    public int varMask() {
        return varMask;
    }

    /** Bits of the variable fields that must not be empty. */
    public int requiredVarMask() {
        return requiredVar;
    }

    /** Length of the block. */
    public int blockBytes() {
        return blockBytes;
    }

    static Builder of() {
        return new Builder();
    }

    /** Collects a shape; see {@link CommandType} for the shapes there are. */
    static final class Builder {
        private final List<FixedField> fixed = new ArrayList<>();
        private final List<VarField> var = new ArrayList<>();
        private boolean keyed;
        private Lines lines = Lines.NONE;
        private Identity identity = Identity.NONE;
        private int flags;
        private int requiredFixed;
        private int requiredVar;

        /** Program, source and document id. */
        Builder keyed() {
            keyed = true;
            return requires(VarField.PROGRAM).requires(VarField.SOURCE).requires(VarField.DOCUMENT_ID);
        }

        /** A member by id or by identity. */
        Builder member() {
            identity = Identity.INSTEAD_OF_MEMBER;
            return has(FixedField.MEMBER_ID);
        }

        Builder identity(final Identity value) {
            identity = value;
            return this;
        }

        Builder lines(final Lines value) {
            lines = value;
            return this;
        }

        Builder flags(final int value) {
            flags = value;
            return has(FixedField.FLAGS);
        }

        Builder has(final FixedField... fields) {
            fixed.addAll(List.of(fields));
            return this;
        }

        Builder requires(final FixedField field) {
            requiredFixed |= 1 << field.ordinal();
            return has(field);
        }

        Builder has(final VarField... fields) {
            var.addAll(List.of(fields));
            return this;
        }

        Builder requires(final VarField field) {
            requiredVar |= 1 << field.ordinal();
            return has(field);
        }

        CommandShape build() {
            return new CommandShape(this);
        }
    }
}
