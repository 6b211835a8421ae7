package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tallymark.journal.JournalReader;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The journal of a flash sale in the order of its sequences, each attempt held against the rules in their plainest form. */
final class FlashSaleAudit {
    static final String REWARD = "stove";
    static final int ITEMS = 200;
    static final long PRICE_POINTS = 10;

    private final Map<String, Receipt> byDocument = new HashMap<>();
    private final Map<Long, Long> points = new HashMap<>();
    private final Set<Long> owners = new HashSet<>();
    private final Map<ResultCode, Integer> counts = new EnumMap<>(ResultCode.class);
    private long redeemedPoints;

    private FlashSaleAudit() {}

    /** Reads the journal of a server that does not run. */
    static FlashSaleAudit of(final Path dataFolder) {
        final FlashSaleAudit audit = new FlashSaleAudit();
        final Command command = new Command();
        final Outcome outcome = new Outcome();
        try (JournalReader reader = JournalReader.open(dataFolder)) {
            while (reader.next(command, outcome)) {
                if (command.type() == CommandType.ACCRUE) {
                    audit.points.merge(command.memberId(), command.amountMinor() / 100, Long::sum);
                } else if (command.type() == CommandType.REDEEM) {
                    audit.attempt(command, outcome, reader.sequence());
                }
            }
        }
        return audit;
    }

    private void attempt(final Command command, final Outcome outcome, final long sequence) {
        final String name = command.text(VarField.DOCUMENT_ID);
        assertEquals(REWARD, command.text(VarField.RULE_ID), name);
        final ResultCode right = decide(command.memberId());
        assertEquals(right, outcome.code, () -> name + " at sequence " + sequence);
        assertEquals(right == ResultCode.ACCEPTED ? -PRICE_POINTS : 0, outcome.points, name);
        assertEquals(points.get(command.memberId()), outcome.availablePoints, name);
        assertNull(byDocument.put(name, Receipt.of(outcome, sequence)), () -> name + " is twice in the journal");
        counts.merge(outcome.code, 1, Integer::sum);
        redeemedPoints -= outcome.points;
    }

    private ResultCode decide(final Long member) {
        if (owners.contains(member)) {
            return ResultCode.RULE_LIMIT_REACHED;
        }
        if (owners.size() == ITEMS) {
            return ResultCode.OUT_OF_STOCK;
        }
        if (points.get(member) < PRICE_POINTS) {
            return ResultCode.INSUFFICIENT_POINTS;
        }
        owners.add(member);
        points.merge(member, -PRICE_POINTS, Long::sum);
        return ResultCode.ACCEPTED;
    }

    /** Everybody who was told something was told what stands there. */
    void assertHolds(final List<FlashSaleTest.Attempt> attempts) {
        for (final FlashSaleTest.Attempt attempt : attempts) {
            if (attempt.receipt() != null) {
                assertEquals(attempt.receipt(), byDocument.get(attempt.documentId()), attempt::documentId);
            }
        }
    }

    int sold() {
        return count(ResultCode.ACCEPTED);
    }

    int attempts() {
        return byDocument.size();
    }

    int count(final ResultCode code) {
        return counts.getOrDefault(code, 0);
    }

    long redeemedPoints() {
        return redeemedPoints;
    }
}
