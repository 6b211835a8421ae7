package io.tallymark.ledger.reference;

import io.tallymark.protocol.CommandType;
import java.util.EnumSet;
import java.util.Set;

/** What random histories consist of. A narrower set finds out what a difference has to do with. */
final class Enabled {
    /** Everything that a client can send and that the reference answers in full. */
    static final Set<CommandType> ALL = EnumSet.complementOf(EnumSet.of(
            CommandType.NONE,
            CommandType.LIST_PROGRAMS,
            CommandType.QUERY_IDENTITIES,
            CommandType.QUERY_PROGRESS,
            CommandType.QUERY_VERSION));

    /** The least that makes sense. */
    static final Set<CommandType> PLAIN = EnumSet.of(
            CommandType.ACCRUE,
            CommandType.REDEEM,
            CommandType.ADJUST,
            CommandType.HOLD,
            CommandType.CAPTURE,
            CommandType.VOID,
            CommandType.PUBLISH_PROGRAM,
            CommandType.QUERY_MEMBER,
            CommandType.TICK);

    private Enabled() {}

    /** {@code plain}, {@code all}, or a list of types to add to the plain ones. */
    static Set<CommandType> of(final String text) {
        if (text.equals("all")) {
            return ALL;
        }
        final Set<CommandType> types = EnumSet.copyOf(PLAIN);
        if (!text.equals("plain")) {
            for (final String type : text.split(",")) {
                types.add(CommandType.valueOf(type));
            }
        }
        return types;
    }
}
