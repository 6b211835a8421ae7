package io.tallymark.server.program;

/**
 * A key of a section of program files.
 *
 * @param name     as written
 * @param type     what may stand there
 * @param required whether it must be there
 * @param absent   what it means where it is not there, for people; empty: there is nothing to say
 * @param sentence what it is, for people
 * @param <T>      what its values are read as
 */
record Key<T>(String name, ValueType<T> type, boolean required, String absent, String sentence) {
    /** A key that must be there. */
    static <T> Key<T> required(final String name, final ValueType<T> type, final String sentence) {
        return new Key<>(name, type, true, "", sentence);
    }

    /** A key that may be left out. */
    static <T> Key<T> optional(final String name, final ValueType<T> type, final String absent, final String sentence) {
        return new Key<>(name, type, false, absent, sentence);
    }
}
