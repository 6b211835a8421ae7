package io.tallymark.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What decides draws: given by the gateway alone, to draws alone, and to no two the same. */
@Timeout(60)
class DrawBitsTest {
    private static final int DRAWS = 300;

    @Test
    void noBitsAreGivenTwiceAndEachBitIsAsOftenSetAsNot() {
        final DrawBits first = new DrawBits();
        final DrawBits second = new DrawBits();
        final Set<Long> seen = new HashSet<>();
        final int[] set = new int[Long.SIZE];
        final int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            final long bits = (i % 2 == 0 ? first : second).next();
            assertTrue(seen.add(bits), "given twice");
            for (int bit = 0; bit < Long.SIZE; bit++) {
                set[bit] += (int) (bits >>> bit & 1);
            }
        }
        for (final int count : set) {
            // Seven standard deviations: one bit in 10^11 would fail by chance.
            assertTrue(Math.abs(count - draws / 2) < 7 * Math.sqrt(draws) / 2, "set " + count + " times");
        }
    }

    @Test
    void everyDrawHasItsOwnAndNothingElseHasAny() throws Exception {
        final FakePort port = new FakePort(2);
        final List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        final List<CommandType> others = Collections.synchronizedList(new ArrayList<>());
        port.ledger = (command, outcome) -> {
            if (command.type() == CommandType.DRAW) {
                seen.add(command.randomBits());
            } else if (command.randomBits() == 0) {
                others.add(command.type());
            }
        };
        try (Gateway gateway = Gateway.start(GatewayOptions.onLoopback(), port)) {
            port.serve(gateway);
            try (Wire wire = new Wire(gateway.binaryAddress())) {
                for (int i = 0; i < DRAWS; i++) {
                    wire.send(Wire.frame(Wire.message(draw(i)), Wire.message(Wire.accrue(DRAWS + i))));
                    wire.next();
                    wire.next();
                }
            } finally {
                port.close();
            }
        }
        assertEquals(DRAWS, new HashSet<>(seen).size());
        assertEquals(DRAWS, others.size());
    }

    /** The same request each time: what it is sent with decides nothing. */
    private static Command draw(final long correlationId) {
        return new Command()
                .reset(CommandType.DRAW)
                .correlationId(correlationId)
                .memberId(5)
                .randomBits(correlationId)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "app")
                .put(VarField.DOCUMENT_ID, "d-1")
                .put(VarField.RULE_ID, "wheel");
    }
}
