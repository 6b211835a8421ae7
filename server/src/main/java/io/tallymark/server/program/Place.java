package io.tallymark.server.program;

import java.util.List;

/**
 * A node of a program file and where it stands.
 *
 * @param errors takes the mistakes that are found there
 * @param path   in the names of the vocabulary; empty: the whole file
 * @param node   what was written
 */
record Place(List<ProgramError> errors, String path, YamlNode node) {
    /** Notes a mistake here. */
    void error(final String reason) {
        errors.add(new ProgramError(path, node.line(), node.column(), reason));
    }

    /** The value of a key below this place. */
    Place below(final String key, final YamlNode value) {
        return new Place(errors, YamlReader.path(path, key), value);
    }

    /** An entry of the list at this place. */
    Place entry(final int index, final YamlNode value) {
        return new Place(errors, path + "[" + index + "]", value);
    }
}
