package io.tallymark.server.load;

/** What stands between the fields of a row: one character, or runs of blanks and tabs. */
public final class Delimiter {
    private static final char BLANKS = 0;

    private final char character;

    private Delimiter(final char character) {
        this.character = character;
    }

    /**
     * Reads the word of the command line: one character, {@code tab} or {@code blanks}.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static Delimiter of(final String word) {
        if (word.equals("blanks")) {
            return new Delimiter(BLANKS);
        }
        if (word.equals("tab") || word.equals("\\t")) {
            return new Delimiter('\t');
        }
        if (word.length() != 1 || word.charAt(0) == '"' || word.charAt(0) < ' ' && word.charAt(0) != '\t') {
            throw new IllegalArgumentException(
                    "'" + word + "' is no delimiter: give one character, 'tab' or 'blanks' (runs of blanks)");
        }
        return new Delimiter(word.charAt(0));
    }

    boolean isBlanks() {
        return character == BLANKS;
    }

    char character() {
        return character;
    }
}
