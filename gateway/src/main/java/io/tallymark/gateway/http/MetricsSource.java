package io.tallymark.gateway.http;

/** Numbers for {@code /metrics} that the gateway does not know itself. */
@FunctionalInterface
public interface MetricsSource {
    /** Nothing beside the gateway's own numbers. */
    MetricsSource NONE = sink -> {};

    /** Writes all numbers. Called on an event loop for each scrape: it must neither block nor take long. */
    void writeTo(Sink sink);

    /** Where the numbers go. Each name at most once a scrape, as in {@code tallymark_engine_batches_total}. */
    interface Sink {
        /** A number that only rises; its name ends in {@code _total}. */
        void counter(String name, String help, long value);

        /** A number that rises and falls. */
        void gauge(String name, String help, long value);
    }
}
