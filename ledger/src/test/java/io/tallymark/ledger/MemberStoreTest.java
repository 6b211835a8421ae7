package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tallymark.ledger.program.Expiry;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MemberStoreTest {
    private static final int RECORD_BYTES = 48;
    private static final int INDEX_BYTES = 16;
    private static final int TODAY = 20_779;
    private static final long DAY_MS = 86_400_000L;

    private final ProgramState program = new ProgramState(0, Desk.mima().build());
    private final MemberStore members = new MemberStore(100, 1_000_000, 12_345);
    private final MemberDraft d = new MemberDraft();

    private int save(final long memberId) {
        d.memberId = memberId;
        members.save(d);
        return d.slot;
    }

    private MemberDraft load(final int slot) {
        members.load(slot, program, d);
        return d;
    }

    @Test
    void imagesComeBackAsTheyWereSaved() {
        final long seed = Long.getLong("tallymark.seed", 20_261_122L);
        System.out.println("MemberStoreTest: seed " + seed);
        final Random random = new Random(seed);
        final RandomImages images = new RandomImages(random);
        final List<String> expected = new ArrayList<>();
        final ProgramState other = new ProgramState(1_023, Desk.mima().build());
        for (int step = 0; step < 150_000; step++) {
            if (expected.size() < 5_000 && random.nextInt(8) == 0) {
                d.clear(program, 1 + expected.size());
                images.fill(d);
                members.save(d);
                expected.add(RandomImages.text(d));
                assertEquals(expected.size(), d.slot);
            } else if (!expected.isEmpty()) {
                final int i = random.nextInt(expected.size());
                final int slot = members.find(random.nextInt(expected.size() + 1), 0, 1 + i);
                assertEquals(i + 1, slot);
                load(slot);
                assertEquals(expected.get(i), RandomImages.text(d), () -> "member " + i);
                if (random.nextInt(3) > 0) {
                    d.clear(program, i + 1);
                    d.slot = slot;
                    images.fill(d);
                }
                members.save(d);
                expected.set(i, RandomImages.text(d));
            }
        }
        assertEquals(0, members.find(other.number, 1), "another program's");
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), RandomImages.text(load(i + 1)));
            d.clear(program, i + 1);
            d.slot = i + 1;
            members.save(d);
        }
        assertEquals(0, members.arena().blocks(), "who has nothing beside the record has no blob");
    }

    @Test
    void mergedMembersMeanTheOneTheyWereMergedInto() {
        final int[] slots = new int[5];
        for (int i = 1; i <= 4; i++) {
            d.clear(program, i);
            d.joinDay = TODAY;
            slots[i] = save(i);
        }
        members.merge(slots[1], slots[2]);
        members.merge(slots[2], slots[3]);
        members.merge(slots[3], slots[4]);
        for (int i = 1; i <= 4; i++) {
            assertEquals(slots[4], members.find(0, i));
            assertEquals(slots[4], members.find(slots[i], 0, i));
            assertEquals(slots[4], members.current(slots[i]));
            assertEquals(i, members.memberId(slots[i]), "keeps its id");
        }
        assertTrue(members.isMerged(slots[1]));
        assertFalse(members.isMerged(slots[4]));
        assertEquals(1, members.arena().blocks());
        assertThrows(IllegalStateException.class, () -> members.merge(slots[1], slots[4]));
        assertThrows(IllegalStateException.class, () -> members.merge(slots[4], slots[2]));
        assertThrows(IllegalStateException.class, () -> members.merge(slots[4], slots[4]));
    }

    @Test
    void anImageThatDoesNotFitChangesNothing() {
        d.clear(program, 1);
        final int slot = save(1);
        for (int i = 0; members.canSave(d); i++) {
            d.lots.add(TODAY + 2 * i, Long.MAX_VALUE >>> 16, 1);
        }
        assertTrue(d.lots.count > 2_000, d.lots.count + " lots");
        for (int i = d.lots.count; i < 3_000; i++) {
            d.lots.add(TODAY + 2 * i, Long.MAX_VALUE >>> 16, 1);
        }
        assertThrows(IllegalStateException.class, () -> members.save(d));
        assertEquals(0, load(slot).lots.count);
        for (int i = 0; members.canSave(d); i++) {
            d.lots.add(TODAY + 2 * i, Long.MAX_VALUE >>> 16, 1);
        }
        members.save(d);
        final String saved = RandomImages.text(d);
        assertEquals(saved, RandomImages.text(load(slot)));
    }

    @Test
    void anIdleMemberWithABalanceTakes64Bytes() {
        d.clear(program, 7);
        d.spendMinor = 1_234_567;
        d.earnedPoints = 12_345;
        d.visits = 17;
        d.ordered = true;
        d.lifetimeTier = 2;
        d.debtPoints = 0;
        d.lots.add(TODAY + 300, 4_321, 0);
        save(7);
        assertEquals(0, members.arena().blocks());
        System.out.println("idle member with a balance: " + (RECORD_BYTES + INDEX_BYTES) + " B");
    }

    /** Record, share of the index, and the block of the blob. */
    private int bytes(final int slot) {
        return RECORD_BYTES
                + INDEX_BYTES
                + BlockArena.blockBytes(members.arena().length(members.ref(slot)));
    }

    private void fillRollingWindow() {
        final int month = 12 * 56;
        for (int i = 0; i < 13; i++) {
            final int at = d.buckets.open(month - 12 + i);
            // ¥880 to ¥1,600 a month.
            d.buckets.spendMinor[at] = 88_000 + i * 6_000;
            d.buckets.visits[at] = 2 + i % 3;
            d.buckets.points[at] = 1_320 + i * 90;
            d.buckets.orders[at] = d.buckets.visits[at] + i % 2;
        }
        for (int i = 0; i < 12; i++) {
            d.lots.add(TODAY + 10 + i * 31, 1_320 + i * 90, 0);
        }
        final int grant = d.grants.open(2, GrantBook.EARNED);
        d.grants.fromMs[grant] = TODAY * DAY_MS + 12_345_678;
        d.grants.untilMs[grant] = (TODAY + 400) * DAY_MS - 28_800_000;
        d.grants.firstPeriodEndMs[grant] = (TODAY + 31) * DAY_MS - 28_800_000;
        d.bonusesGiven = 3;
        d.joinDay = TODAY - 900;
        d.lastActivityDay = TODAY;
        d.birthday = 19_900_229;
        d.ordered = true;
    }

    @Test
    void aMemberOfARollingWindowTakesAtMost256Bytes() {
        d.clear(program, 8);
        fillRollingWindow();
        final int plain = bytes(save(8));
        d.usage.add(MemberUsage.DAY, 0, TODAY, 300);
        d.pending.add(TODAY + 7, TODAY + 380, 500);
        d.lots.held[0] = 100;
        d.holds.begin(123_456_789_012L, TODAY * DAY_MS + 900_000, 5_000);
        d.holds.addPart(d.lots.expiryDay[0], 100);
        final int busy = bytes(save(8));
        System.out.println("member with 13 buckets, 12 lots, a grant: " + plain
                + " B; with usage, pending, a hold too: " + busy + " B");
        assertTrue(plain <= 256, plain + " B");
    }

    @Test
    void loadAndSaveAllocateNothing() {
        final int[] slots = new int[1_000];
        final Random random = new Random(5);
        final RandomImages images = new RandomImages(random);
        for (int i = 0; i < slots.length; i++) {
            d.clear(program, i + 1);
            if (i % 2 == 0) {
                d.lots.add(TODAY, 100, 0);
            } else {
                images.fill(d);
            }
            slots[i] = save(i + 1);
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && least > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int round = 0; round < 100; round++) {
                for (final int slot : slots) {
                    members.load(slot, program, d);
                    // A lot comes and goes, so that blobs move between sizes.
                    d.lots.add(Expiry.NEVER_DAY - 1, round % 2 == 0 ? 1L << 40 : 0, 0);
                    if (round % 2 == 1) {
                        d.lots.points[d.lots.find(Expiry.NEVER_DAY - 1, LotBook.HOUSE)] = 0;
                        d.lots.sweep();
                    }
                    members.save(d);
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes allocated by 100,000 loads and saves");
    }
}
