package io.tallymark.server;

import java.util.Collection;
import java.util.Locale;

/** Finds what somebody meant who wrote a name that does not exist. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code ", did you mean 'x'?"} in words, or nothing where no known name is near. */
    public static String among(final String written, final Collection<String> known) {
        String nearest = null;
        int least = Math.max(2, written.length() / 3) + 1;
        for (final String name : known) {
            final int distance = distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least && distance < name.length()) {
                least = distance;
                nearest = name;
            }
        }
        return nearest == null ? "" : " (did you mean '" + nearest + "'?)";
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
    static int distance(final String a, final String b) {
        final int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                final int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
