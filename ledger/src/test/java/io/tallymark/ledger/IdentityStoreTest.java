package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.IdentityHashes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class IdentityStoreTest {
    private final IdentityStore store = new IdentityStore();
    private final UnsafeBuffer bytes =
            new UnsafeBuffer(new byte[3 + IdentityHashes.MAX_ENTRIES * IdentityHashes.ENTRY_BYTES]);

    private int channel(final int program, final String name) {
        final byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return store.channels().intern(program, new UnsafeBuffer(text), 0, text.length);
    }

    /** Entries of an external id from the newest key version to the oldest, at offset 3; returns their length. */
    private int entries(final long externalId, final int newest, final int oldest) {
        int at = 3;
        for (int version = newest; version >= oldest; version--) {
            bytes.putByte(at, (byte) version);
            bytes.putLong(at + 1, externalId * 0x9E3779B97F4A7C15L * version);
            bytes.putLong(at + 9, externalId);
            at += IdentityHashes.ENTRY_BYTES;
        }
        return at - 3;
    }

    private int find(final int program, final int channel, final long externalId, final int newest, final int oldest) {
        return store.find(program, channel, bytes, 3, entries(externalId, newest, oldest));
    }

    private int link(final int member, final int program, final int channel, final long externalId, final int newest) {
        entries(externalId, newest, newest);
        return store.link(member, program, channel, bytes, 3);
    }

    @Test
    void isFoundUnderAnyKeyThatIsInUse() {
        final int card = channel(0, "card");
        final int old = link(1, 0, card, 77, 2);
        assertEquals(old, find(0, card, 77, 4, 1));
        assertEquals(old, find(0, card, 77, 2, 2));
        assertEquals(0, find(0, card, 77, 4, 3), "only under its own key");
        assertEquals(0, find(0, card, 78, 4, 1));
        assertEquals(0, find(0, channel(0, "phone"), 77, 4, 1), "another channel");
        assertEquals(0, find(1, channel(1, "card"), 77, 4, 1), "another program");
        assertEquals(0, find(0, 0, 77, 4, 1), "a channel that never came up");
        assertEquals(2, store.keyVersion(old));
        final int last = link(1, 0, card, 78, 255);
        assertEquals(255, store.keyVersion(last));
        assertEquals(last, find(0, card, 78, 255, 254));
    }

    @Test
    void channelsAreNumberedPerProgram() {
        assertEquals(1, channel(3, "a"));
        assertEquals(2, channel(3, "b"));
        assertEquals(1, channel(3, "a"));
        assertEquals(1, channel(0, "b"));
        assertEquals("b", new String(store.channels().name(3, 2), StandardCharsets.UTF_8));
        for (int i = 3; i <= Channels.MAX; i++) {
            assertFalse(store.channels().isFull(3));
            assertEquals(i, channel(3, "name" + i));
        }
        assertTrue(store.channels().isFull(3));
        assertEquals(2, channel(3, "b"));
    }

    /** Random links, unlinks, merges and erasures against maps; the lists keep the order of linking. */
    @Test
    void agreesWithAMapAndListsWhateverHappens() {
        final long seed = Long.getLong("tallymark.seed", 20_261_122L);
        System.out.println("IdentityStoreTest: seed " + seed);
        final Random random = new Random(seed);
        final Map<Long, Integer> memberOf = new HashMap<>();
        final Map<Integer, List<Long>> listOf = new HashMap<>();
        final int channel = channel(5, "card");
        for (int step = 0; step < 200_000; step++) {
            final long id = 1 + random.nextInt(20_000);
            final int member = 1 + random.nextInt(3_000);
            final Integer owner = memberOf.get(id);
            final int found = find(5, channel, id, 3, 1);
            assertEquals(owner == null ? 0 : owner, found == 0 ? 0 : store.member(found));
            final int choice = random.nextInt(100);
            if (choice == 0) {
                final int other = 1 + random.nextInt(3_000);
                if (other != member) {
                    store.move(member, other);
                    final List<Long> moved = listOf.getOrDefault(member, new ArrayList<>());
                    moved.forEach(one -> memberOf.put(one, other));
                    listOf.computeIfAbsent(other, key -> new ArrayList<>()).addAll(moved);
                    listOf.remove(member);
                }
            } else if (choice == 1) {
                final List<Long> erased = listOf.getOrDefault(member, new ArrayList<>());
                assertEquals(erased.size(), store.unlinkAll(member));
                erased.forEach(memberOf::remove);
                listOf.remove(member);
            } else if (owner == null) {
                assertNotEquals(0, link(member, 5, channel, id, 1 + (int) (id % 3)));
                memberOf.put(id, member);
                listOf.computeIfAbsent(member, key -> new ArrayList<>()).add(id);
            } else if (choice < 50) {
                store.unlink(found);
                memberOf.remove(id);
                listOf.get(owner).remove(id);
            }
            assertEquals(listOf.getOrDefault(member, List.of()), list(member));
            assertEquals(memberOf.size(), store.count());
        }
    }

    private List<Long> list(final int member) {
        final List<Long> ids = new ArrayList<>();
        for (int i = store.first(member); i != 0; i = store.following(i)) {
            assertEquals(member, store.member(i));
            assertEquals(5, store.program(i));
            ids.add(store.hashLow(i));
        }
        return ids;
    }
}
