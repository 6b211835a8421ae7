package io.tallymark.ledger.program;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small immutable map in the order of its keys, the same in every run; found by looking through it. */
final class SortedEntries extends AbstractMap<String, String> {
    private final Set<Entry<String, String>> entries;

    /** @param given with different keys */
    SortedEntries(final List<Entry<String, String>> given) {
        final List<Entry<String, String>> sorted = given.stream()
                .<Entry<String, String>>map(Map.Entry::copyOf)
                .sorted(Entry.comparingByKey())
                .toList();
        entries = new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, String>> iterator() {
                return sorted.iterator();
            }

            @Override
            public int size() {
                return sorted.size();
            }
        };
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return entries;
    }
}
