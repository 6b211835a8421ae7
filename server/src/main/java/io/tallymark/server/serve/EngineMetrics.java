package io.tallymark.server.serve;

import io.tallymark.engine.Engine;
import io.tallymark.engine.EngineCounters;
import io.tallymark.gateway.http.MetricsSource;
import io.tallymark.protocol.ResultCode;
import java.util.Locale;

/** The engine's numbers for {@code /metrics}. */
final class EngineMetrics implements MetricsSource {
    private final Engine engine;

    EngineMetrics(final Engine engine) {
        this.engine = engine;
    }

    @Override
    public void writeTo(final Sink sink) {
        final EngineCounters counters = engine.counters();
        for (final ResultCode code : ResultCode.values()) {
            if (code.kind() == ResultCode.Kind.ACCEPTED || code.kind() == ResultCode.Kind.REJECTED) {
                sink.counter(
                        "tallymark_engine_decided_" + code.name().toLowerCase(Locale.ROOT) + "_total",
                        "Commands and queries answered with " + code + ", replays included",
                        counters.decided(code));
            }
        }
        sink.counter(
                "tallymark_engine_replayed_total",
                "Commands answered with the outcome of an earlier one",
                counters.replayed());
        sink.counter("tallymark_engine_batches_total", "Batches sealed by the writer", counters.batches());
        sink.counter("tallymark_engine_forces_total", "Times the journal was made durable", counters.forces());
        sink.gauge(
                "tallymark_engine_durable_sequence",
                "Last sequence made durable since the start, 0 before the first",
                counters.durableSequence());
        sink.gauge(
                "tallymark_engine_recovered_sequence",
                "Last sequence of the journal at the start",
                engine.recovered().end().lastSequence());
        sink.gauge("tallymark_engine_quarantined", "Commands in quarantine", engine.quarantined());
    }
}
