package io.tallymark.server.program;

import java.util.List;

/**
 * What may stand at a key of a program file. The compiler, the schema for editors and the tables for people all ask it,
 * so that they cannot say different things.
 *
 * @param <T> what it is read as
 */
interface ValueType<T> {
    /** The value; null, and a mistake noted, where it is none of this type. */
    T read(Place at);

    /** The JSON Schema of the values. */
    SchemaNode schema(SchemaDefinitions definitions);

    /** What people call it, behind "must be": {@code a whole number}. */
    String words();

    /** The sections that it is made of. */
    default List<Section> sections() {
        return List.of();
    }

    /** Words and bounds, for the tables of the documentation. */
    default String described() {
        return words();
    }
}
