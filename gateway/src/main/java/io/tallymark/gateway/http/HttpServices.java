package io.tallymark.gateway.http;

import io.tallymark.protocol.ResultCode;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What the HTTP front asks of the process around it. All are called on event loops and must not block.
 *
 * @param metrics   the numbers behind {@code /metrics} beside the gateway's own
 * @param readiness what a command would meet: {@link ResultCode#ACCEPTED} where it is admitted, else the code that
 *                  {@code /readyz} reports
 * @param programs  makes the canonical form of programs that are published
 */
public record HttpServices(MetricsSource metrics, Supplier<ResultCode> readiness, ProgramCompilation programs) {
    /** No further numbers, always ready, no programs. */
    public static final HttpServices NONE =
            new HttpServices(MetricsSource.NONE, () -> ResultCode.ACCEPTED, ProgramCompilation.NONE);

    /** Refuses absent parts. */
    public HttpServices {
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(readiness, "readiness");
        Objects.requireNonNull(programs, "programs");
    }
}
