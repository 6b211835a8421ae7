package io.tallymark.gateway.http;

import io.tallymark.gateway.GatewayCounters;
import java.nio.charset.StandardCharsets;

/** Writes numbers in the text format of Prometheus, version 0.0.4. */
final class PrometheusText implements MetricsSource.Sink {
    private final StringBuilder text = new StringBuilder(8_192);

    static byte[] of(final GatewayCounters counters, final HttpCounters http, final MetricsSource more) {
        final PrometheusText sink = new PrometheusText();
        sink.gateway(counters);
        http.writeTo(sink);
        more.writeTo(sink);
        return sink.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void counter(final String name, final String help, final long value) {
        family(name, help, "counter");
        sample(name, value);
    }

    @Override
    public void gauge(final String name, final String help, final long value) {
        family(name, help, "gauge");
        sample(name, value);
    }

    /** The lines that precede the samples of one name. */
    void family(final String name, final String help, final String type) {
        text.append("# HELP ").append(name).append(' ');
        for (int i = 0; i < help.length(); i++) {
            final char c = help.charAt(i);
            if (c == '\\') {
                text.append("\\\\");
            } else if (c == '\n') {
                text.append("\\n");
            } else {
                text.append(c);
            }
        }
        text.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** One sample; a name may carry labels. */
    void sample(final String name, final long value) {
        text.append(name).append(' ').append(value).append('\n');
    }

    private void gateway(final GatewayCounters counters) {
        gauge("tallymark_gateway_connections_open", "Connections there are now.", counters.connectionsOpen());
        counter("tallymark_gateway_connections_total", "Connections taken.", counters.connectionsAccepted());
        counter(
                "tallymark_gateway_connections_turned_away_total",
                "Connections beyond the limit, closed at once.",
                counters.connectionsTurnedAway());
        counter("tallymark_gateway_frames_total", "Whole binary frames read.", counters.frames());
        counter(
                "tallymark_gateway_broken_frames_total",
                "Connections closed because of a binary frame that is none.",
                counters.brokenFrames());
        counter("tallymark_gateway_commands_total", "Commands handed to the engine.", counters.commands());
        counter("tallymark_gateway_malformed_total", "Requests refused as malformed.", counters.malformed());
        counter("tallymark_gateway_refused_total", "Requests refused for overload.", counters.refused());
        counter("tallymark_gateway_replies_total", "Outcomes handed to connections.", counters.replies());
        counter("tallymark_gateway_late_replies_total", "Outcomes whose connection had gone.", counters.lateReplies());
        counter("tallymark_gateway_received_bytes_total", "Bytes received.", counters.bytesIn());
        counter("tallymark_gateway_sent_bytes_total", "Bytes sent.", counters.bytesOut());
        counter("tallymark_gateway_timeouts_total", "Connections closed because of a time limit.", counters.timeouts());
        counter(
                "tallymark_gateway_slow_readers_total",
                "Connections closed because their client read too little.",
                counters.slowReaders());
        counter(
                "tallymark_gateway_failures_total",
                "Connections closed because of an error in the gateway or behind it.",
                counters.failures());
    }
}
