package io.tallymark.protocol;

/** What a reply promises about everything it saw. The code is the enum's value on the wire. */
public enum Durability {
    /** Forced to the device before the reply. */
    FSYNC(1, "fsync"),
    /** In the page cache: survives the death of the process, not of the machine. */
    PAGE_CACHE(2, "page-cache");

    private final int code;
    private final String label;

    Durability(final int code, final String label) {
        this.code = code;
        this.label = label;
    }

    /** The value on the wire. */
    public int code() {
        return code;
    }

    /** The word for people and options. */
    public String label() {
        return label;
    }

    /** The durability with this word, or null where there is none. */
    public static Durability ofLabel(final String label) {
        for (final Durability durability : values()) {
            if (durability.label.equals(label)) {
                return durability;
            }
        }
        return null;
    }
}
