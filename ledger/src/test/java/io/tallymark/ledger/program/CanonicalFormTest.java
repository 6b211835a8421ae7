package io.tallymark.ledger.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** One program, one encoding; other bytes are refused, in one way. */
final class CanonicalFormTest {
    private static final int PROGRAMS = 2_000;
    private static final int DAMAGED = 200;
    private static final Set<String> NOT_FIELDS = Set.of("encode", "hashCode", "toString", "canonicalHash");

    @Test
    void everyFieldOfRandomProgramsComesBack() {
        final long seed = System.nanoTime();
        for (int i = 0; i < PROGRAMS; i++) {
            final CompiledProgram program =
                    new RandomPrograms(new Random(seed + i)).next().build();
            final CompiledProgram back = decode(program.encode());
            assertEquals(fields(program), fields(back), "seed " + (seed + i));
            assertArrayEquals(program.encode(), back.encode(), "seed " + (seed + i));
        }
    }

    /** By the accessors, so that a field that the encoding forgets is seen. */
    private static String fields(final CompiledProgram program) {
        return Arrays.stream(CompiledProgram.class.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers())
                        && !Modifier.isStatic(m.getModifiers())
                        && m.getParameterCount() == 0
                        && !NOT_FIELDS.contains(m.getName()))
                .sorted(java.util.Comparator.comparing(Method::getName))
                .map(m -> m.getName() + "=" + value(m, program))
                .collect(Collectors.joining("\n"));
    }

    private static Object value(final Method accessor, final CompiledProgram program) {
        try {
            return accessor.invoke(program);
        } catch (final IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void otherBytesAreRefusedOrAreAnotherProgram() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < DAMAGED; i++) {
            final byte[] bytes =
                    new RandomPrograms(new Random(seed + i)).next().build().encode();
            for (int k = 0; k < 200; k++) {
                byte[] other = bytes.clone();
                switch (random.nextInt(3)) {
                    case 0 -> other[random.nextInt(other.length)] = (byte) random.nextInt(256);
                    case 1 -> other = Arrays.copyOf(other, random.nextInt(other.length));
                    default -> {
                        final int at = random.nextInt(other.length);
                        other[at] ^= (byte) (1 << random.nextInt(8));
                        other = Arrays.copyOf(other, other.length + random.nextInt(2));
                    }
                }
                try {
                    assertArrayEquals(other, decode(other).encode(), "seed " + seed);
                } catch (final InvalidProgramException refused) {
                    assertTrue(!refused.reason().isEmpty());
                }
            }
        }
    }

    @Test
    void noiseIsRefused() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            final byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            if (noise.length > 0) {
                noise[0] = 1;
            }
            assertThrows(InvalidProgramException.class, () -> decode(noise), "seed " + seed);
        }
    }

    @Test
    void theOrderOfWhatHasNoOrderIsNotKept() {
        final Campaign a = bonus("a", 2, Condition.ALWAYS);
        final Campaign b = bonus(
                "b", 1, Condition.builder().channels("x", "y").skus("s", "r").build());
        final Campaign same = bonus(
                "b", 1, Condition.builder().channels("y", "x").skus("r", "s").build());
        final Activity run = new Activity("run", 1, Activity.Per.DAY, 1);
        final Activity sit = new Activity("sit", 1, Activity.Per.WEEK, -1);
        final CompiledProgram one = plain().addCampaign(a)
                .addCampaign(b)
                .addActivity(run)
                .addActivity(sit)
                .addLineRate(new LineRate(Condition.builder().fullPrice().build(), 2, 200))
                .burn(new Burn(100, 100, -1, -1, List.of()))
                .build();
        final CompiledProgram other = plain().addCampaign(same)
                .addCampaign(a)
                .addActivity(new Activity("sit", 1, Activity.Per.DAY, -1))
                .addActivity(run)
                .addLineRate(new LineRate(Condition.builder().fullPrice().build(), 1, 100))
                .burn(new Burn(1, 1, -1, -1, List.of()))
                .build();
        assertEquals(one, other);
        assertEquals(
                List.of("b", "a"), one.campaigns().stream().map(Campaign::id).toList());
    }

    @Test
    void theOrderOfRatesAndTiersIsKept() {
        final LineRate x = new LineRate(Condition.builder().brands("x").build(), 1, 10);
        final LineRate y = new LineRate(Condition.builder().brands("y").build(), 1, 20);
        assertNotEquals(
                plain().addLineRate(x).addLineRate(y).build(),
                plain().addLineRate(y).addLineRate(x).build());
    }

    @Test
    void whatDoesNotFitIntoAPublicationIsRefused() {
        final String[] many = new String[64];
        Arrays.setAll(many, i -> String.format("%064d", i));
        final CompiledProgram.Builder b = plain();
        for (int i = 0; i < 17; i++) {
            b.addCampaign(bonus("c" + i, 0, Condition.builder().skus(many).build()));
        }
        assertEquals("", assertThrows(InvalidProgramException.class, b::build).path());
    }

    private static CompiledProgram.Builder plain() {
        return CompiledProgram.builder("shop").currency("CNY").baseRate(1, 100);
    }

    private static Campaign bonus(final String id, final int priority, final Condition when) {
        return new Campaign(id, priority, Campaign.Mode.BONUS, 0, 5, false, "", when, -1, -1, -1, -1);
    }

    private static CompiledProgram decode(final byte[] bytes) {
        return CompiledProgram.decode(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
