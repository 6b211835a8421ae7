package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BlockArenaTest {
    private static final int STEPS = 400_000;

    /** A blob that should be in the arena. */
    private static final class Expected {
        int ref;
        byte[] bytes;
    }

    @Test
    void keepsWhatWasWrittenWhateverIsFreedAndMoved() {
        final long seed = Long.getLong("tallymark.seed", 20_261_122L);
        System.out.println("BlockArenaTest: seed " + seed);
        final Random random = new Random(seed);
        final BlockArena arena = new BlockArena();
        final List<Expected> there = new ArrayList<>();
        final byte[] scratch = new byte[BlockArena.MAX_BYTES];
        int aim = 3_000;
        for (int step = 0; step < STEPS; step++) {
            if (step % 50_000 == 0) {
                aim = step % 100_000 == 0 ? 6_000 : 50;
            }
            final int choice = random.nextInt(3);
            if (choice == 0 && !there.isEmpty()) {
                rewrite(arena, there.get(random.nextInt(there.size())), scratch, random);
            } else if (there.size() < aim) {
                final Expected added = new Expected();
                rewrite(arena, added, scratch, random);
                there.add(added);
            } else {
                final Expected gone = there.remove(random.nextInt(there.size()));
                check(arena, gone);
                arena.free(gone.ref);
            }
            if (!there.isEmpty()) {
                check(arena, there.get(random.nextInt(there.size())));
            }
            assertEquals(there.size(), arena.blocks());
        }
        there.forEach(expected -> check(arena, expected));
        assertEquals(
                there.size(),
                there.stream().map(expected -> expected.ref).distinct().count());
        there.forEach(expected -> arena.free(expected.ref));
        assertEquals(arena.pageBytes(), arena.emptyBytes(), "every page serves all sizes again");
        assertEquals(0, arena.blocks());
    }

    private static void rewrite(
            final BlockArena arena, final Expected blob, final byte[] scratch, final Random random) {
        // Mostly small, at times anything up to the largest.
        final int bound = 1 << 1 + random.nextInt(random.nextInt(20) == 0 ? 16 : 9);
        final int length = Math.min(BlockArena.MAX_BYTES, 1 + random.nextInt(bound));
        blob.bytes = new byte[length];
        random.nextBytes(blob.bytes);
        Arrays.fill(scratch, 0, Math.min(scratch.length, length + 64), (byte) random.nextInt());
        System.arraycopy(blob.bytes, 0, scratch, 0, length);
        blob.ref = arena.write(blob.ref, scratch, length);
        assertTrue(blob.ref != 0);
    }

    private static void check(final BlockArena arena, final Expected blob) {
        assertEquals(blob.bytes.length, arena.length(blob.ref));
        final int at = arena.at(blob.ref);
        assertTrue(Arrays.equals(blob.bytes, 0, blob.bytes.length, arena.page(blob.ref), at, at + blob.bytes.length));
    }

    @Test
    void wastesNoMoreThanItSays() {
        for (int length = 1; length <= BlockArena.MAX_BYTES; length++) {
            final int block = BlockArena.blockBytes(length);
            final int waste = block - length - 2;
            assertTrue(waste >= 0);
            final int most = block <= 512 ? 15 : block <= 21_840 ? block / 4 : block / 2;
            assertTrue(waste <= most, length + " bytes in a block of " + block);
        }
        assertEquals(16, BlockArena.blockBytes(14));
        assertEquals(32, BlockArena.blockBytes(15));
        assertEquals(BlockArena.PAGE_BYTES, BlockArena.blockBytes(BlockArena.MAX_BYTES));
    }

    @Test
    void blobsOfOneSizeFillTheirPages() {
        final BlockArena arena = new BlockArena();
        final byte[] bytes = new byte[BlockArena.MAX_BYTES];
        final int count = 100_000;
        for (final int length : new int[] {14, 30, 174, 510, 600, 5_000}) {
            final long before = arena.pageBytes() - arena.emptyBytes();
            final int[] refs = new int[length < 512 ? count : 1_000];
            for (int i = 0; i < refs.length; i++) {
                refs[i] = arena.write(0, bytes, length);
            }
            final long pages = arena.pageBytes() - arena.emptyBytes() - before;
            final long blocks = (long) refs.length * BlockArena.blockBytes(length);
            assertTrue(pages <= blocks * 101 / 100 + 2 * BlockArena.PAGE_BYTES, pages + " for " + blocks);
            for (final int ref : refs) {
                arena.free(ref);
            }
        }
    }

    @Test
    void lengthsOutOfBoundsAreRefused() {
        final BlockArena arena = new BlockArena();
        final byte[] bytes = new byte[BlockArena.MAX_BYTES + 1];
        assertThrows(IllegalStateException.class, () -> arena.write(0, bytes, 0));
        assertThrows(IllegalStateException.class, () -> arena.write(0, bytes, BlockArena.MAX_BYTES + 1));
        assertTrue(arena.write(0, bytes, BlockArena.MAX_BYTES) != 0);
    }
}
