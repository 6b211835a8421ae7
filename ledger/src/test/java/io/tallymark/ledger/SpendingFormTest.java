package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.CommandEncoder;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.EnumMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What is spent has the same verdict here as at the edge, whichever way a command came. */
class SpendingFormTest {
    private static final long MAX = Limits.MAX_VALUE;
    private static final long[] VALUES = {0, -1, 1, 5, MAX, MAX + 1};

    private final CommandEncoder encoder = new CommandEncoder();
    private final CommandDecoder decoder = new CommandDecoder();
    private final UnsafeBuffer wire = new UnsafeBuffer(new byte[1_024]);

    @Test
    void theEdgeAndTheLedgerAgree() {
        final Map<ResultCode, Integer> verdicts = new EnumMap<>(ResultCode.class);
        for (final CommandType type :
                new CommandType[] {CommandType.REDEEM, CommandType.HOLD, CommandType.PREVIEW_REDEEM}) {
            for (int texts = 0; texts < (type == CommandType.HOLD ? 4 : 2); texts++) {
                for (final long amountMinor : VALUES) {
                    for (final long cashMinor : VALUES) {
                        for (final long points : VALUES) {
                            final Command command = command(type, texts)
                                    .amountMinor(amountMinor)
                                    .cashMinor(cashMinor)
                                    .points(points);
                            final int length = encoder.encode(command, wire, 0);
                            final ResultCode edge = decoder.decode(wire, 0, length, new Command());
                            assertEquals(
                                    edge,
                                    CommandForm.ofSpending(command),
                                    () -> type + " amount " + amountMinor + " cash " + cashMinor + " points " + points
                                            + " reward " + command.text(VarField.RULE_ID) + " coupon "
                                            + command.text(VarField.COUPON_ID) + ": " + decoder.detail());
                            verdicts.merge(edge, 1, Integer::sum);
                        }
                    }
                }
            }
        }
        assertEquals(3, verdicts.size(), "all verdicts were met: " + verdicts);
    }

    private static Command command(final CommandType type, final int texts) {
        final Command command =
                new Command().reset(type).correlationId(1).memberId(5).put(VarField.PROGRAM, "p");
        if (type.shape().isKeyed()) {
            command.put(VarField.SOURCE, "s").put(VarField.DOCUMENT_ID, "d");
        }
        if ((texts & 1) != 0) {
            command.put(VarField.RULE_ID, "mug");
        }
        if ((texts & 2) != 0) {
            command.put(VarField.COUPON_ID, "latte");
        }
        return command;
    }
}
