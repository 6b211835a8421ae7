package io.tallymark.gateway.http;

import java.util.concurrent.atomic.LongAdder;

/** What the HTTP fronts of all loops have answered. Readable from any thread. */
final class HttpCounters {
    private static final int MAX_STATUS = 600;

    private final LongAdder[] responses = new LongAdder[MAX_STATUS];

    HttpCounters() {
        for (final HttpStatus status : HttpStatus.values()) {
            responses[status.number()] = new LongAdder();
        }
    }

    void responded(final HttpStatus status) {
        responses[status.number()].increment();
    }

    void writeTo(final PrometheusText text) {
        final String name = "tallymark_http_responses_total";
        text.family(name, "HTTP responses by status.", "counter");
        for (final HttpStatus status : HttpStatus.values()) {
            text.sample(name + "{status=\"" + status.number() + "\"}", responses[status.number()].sum());
        }
    }
}
