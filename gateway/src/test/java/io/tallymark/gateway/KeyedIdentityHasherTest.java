package io.tallymark.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.IdentityHasher;
import io.tallymark.protocol.IdentityHashes;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class KeyedIdentityHasherTest {
    private static final long SEED = 4_711;

    private final byte[] message = new byte[IdentityHasher.MAX_MESSAGE_BYTES];
    private final UnsafeBuffer into = new UnsafeBuffer(new byte[8 + IdentityHashes.MAX_BYTES]);

    private static byte[] key(final Random random) {
        final byte[] key = new byte[IdentityKeys.KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    @Test
    void eachKeyGivesTheFirstSixteenBytesOfItsHmac() throws Exception {
        final Random random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            final int count = 1 + random.nextInt(IdentityHashes.MAX_ENTRIES);
            final byte[][] material = new byte[count][];
            IdentityKeys keys = IdentityKeys.none();
            for (int i = 0; i < count; i++) {
                material[i] = key(random);
                keys = keys.and(250 - i, material[i]);
            }
            final KeyedIdentityHasher hasher = new KeyedIdentityHasher(keys);
            // Twice, since the digest is reused.
            for (int again = 0; again < 2; again++) {
                random.nextBytes(message);
                final int length = 3 + random.nextInt(message.length - 2);
                assertEquals(count * IdentityHashes.ENTRY_BYTES, hasher.hash(message, length, into, 8));
                for (int i = 0; i < count; i++) {
                    final Mac mac = Mac.getInstance("HmacSHA256");
                    mac.init(new SecretKeySpec(material[i], "HmacSHA256"));
                    mac.update(message, 0, length);
                    final byte[] entry = new byte[IdentityHashes.ENTRY_BYTES];
                    into.getBytes(8 + i * IdentityHashes.ENTRY_BYTES, entry);
                    assertEquals((byte) (250 - i), entry[0]);
                    assertArrayEquals(
                            Arrays.copyOf(mac.doFinal(), 16), Arrays.copyOfRange(entry, 1, 17), "seed " + SEED);
                }
            }
        }
    }

    @Test
    void hashingAllocatesNothing() {
        final KeyedIdentityHasher hasher =
                new KeyedIdentityHasher(IdentityKeys.none().and(1, key(new Random(SEED))));
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long bytes = 0;
        for (int round = 0; round < 120; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                hasher.hash(message, 100, into, 0);
            }
            bytes += round < 20 ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertTrue(bytes < 10_000, "100,000 hashes allocated " + bytes + " bytes");
    }

    @Test
    void keysSayTheirVersionsOnly() {
        final byte[] material = new byte[IdentityKeys.KEY_BYTES];
        Arrays.fill(material, (byte) 0x5A);
        final IdentityKeys keys = IdentityKeys.none().and(9, material);
        assertEquals("[key of version 9]", keys.toString());
        assertTrue(GatewayOptions.onLoopback()
                .withIdentityKeys(keys)
                .toString()
                .endsWith("identityKeys=[key of version 9]]"));
        assertThrows(IllegalArgumentException.class, () -> new KeyedIdentityHasher(IdentityKeys.none()));
        assertThrows(
                IllegalArgumentException.class,
                () -> GatewayOptions.onLoopback().withIdentityKeys(IdentityKeys.none()));
    }
}
