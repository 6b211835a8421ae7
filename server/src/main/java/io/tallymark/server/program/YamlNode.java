package io.tallymark.server.program;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A node of a file, with its place; lines and columns count from 1. */
sealed interface YamlNode {
    int line();

    int column();

    /** What people call this kind of node. */
    String kind();

    /** @param plain whether it was written without quotes */
    record Scalar(String text, boolean plain, int line, int column) implements YamlNode {
        private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
        private static final Pattern NO_TEXT = Pattern.compile("~|null|Null|NULL||true|True|TRUE|false|False|FALSE"
                + "|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

        /** By the core schema of YAML 1.2. */
        boolean isText() {
            return !plain || !NO_TEXT.matcher(text).matches();
        }

        boolean isWholeNumber() {
            return plain && WHOLE.matcher(text).matches();
        }

        @Override
        public String kind() {
            return text.isEmpty() && plain ? "nothing" : (plain ? text : "\"" + text + "\"");
        }
    }

    /** Entries in the order of the file. */
    record Mapping(Map<String, Entry> entries, int line, int column) implements YamlNode {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A key with its own place, and its value. */
    record Entry(int line, int column, YamlNode value) {}
}
