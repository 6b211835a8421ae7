package io.tallymark.bench.load;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** A seeded stream of accruals with unique 20-character document ids; one thread, nothing allocated per order. */
final class OrderStream {
    static final String PROGRAM = "mima";

    private static final String SOURCE = "load-gen";
    private static final int DOCUMENT_ID_BYTES = 20;
    private static final long MAX_AMOUNT_MINOR = 50_000;

    private final SplittableRandom random;
    private final long members;
    private final UnsafeBuffer program = ascii(PROGRAM);
    private final UnsafeBuffer source = ascii(SOURCE);
    private final UnsafeBuffer documentId;
    private final Command command = new Command();
    private long number;

    OrderStream(final long seed, final int stream, final long members) {
        this.random = new SplittableRandom(seed + stream);
        this.members = members;
        this.documentId = ascii("o%02d-".formatted(stream) + "0".repeat(DOCUMENT_ID_BYTES - 4));
    }

    private static UnsafeBuffer ascii(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The next order; valid until the next call. */
    Command next() {
        number++;
        long rest = number;
        for (int i = DOCUMENT_ID_BYTES - 1; i >= 4 && rest > 0; i--) {
            documentId.putByte(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        return command.reset(CommandType.ACCRUE)
                .memberId(1 + random.nextLong(members))
                .amountMinor(1 + random.nextLong(MAX_AMOUNT_MINOR))
                .put(VarField.PROGRAM, program, 0, program.capacity())
                .put(VarField.SOURCE, source, 0, source.capacity())
                .put(VarField.DOCUMENT_ID, documentId, 0, DOCUMENT_ID_BYTES);
    }

    /** Orders made so far. */
    long count() {
        return number;
    }
}
