package io.tallymark.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.DirectBuffer;

/** Turns the requests of one connection into commands and replies into responses. Used on its event loop. */
final class HttpAnswers implements RequestIntake.Requests {
    private final HttpFront front;
    private final HttpConnection connection;
    private boolean stopped;

    HttpAnswers(final HttpFront front, final HttpConnection connection) {
        this.front = front;
        this.connection = connection;
    }

    /** From now on commands are refused. */
    void stop() {
        stopped = true;
    }

    @Override
    public ByteBufAllocator allocator() {
        return connection.allocator();
    }

    @Override
    public void awaitsContinue() {
        connection.askForBody();
    }

    @Override
    public void refuse(final Route route, final int flags, final HttpFault fault, final String detail) {
        final long number = connection.enqueue(route, flags);
        try {
            final int length = front.json.problem(fault.status(), fault.name(), fault.meaning(), detail, null, null);
            respond(number, fault.status(), ResponseWriter.PROBLEM, length, 0);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void request(final Route route, final int flags, final RequestTarget target, final ByteBuf content) {
        final long number = connection.enqueue(route, flags);
        if (target.fault() != null) {
            front.loop.counters().malformedRequest();
            problem(number, ResultCode.MALFORMED, target.fault(), null);
            return;
        }
        switch (route) {
            case HEALTH -> state(number, "alive");
            case READY -> readiness(number);
            case METRICS -> metrics(number);
            default -> {
                if (stopped) {
                    problem(number, ResultCode.SHUTTING_DOWN, ResultCode.SHUTTING_DOWN.meaning(), null);
                } else {
                    command(number, route, target, content);
                }
            }
        }
    }

    /** The engine's reply to one of the connection's commands. */
    void onReply(final DirectBuffer buffer, final int offset, final int length) {
        final Reply reply = front.reply;
        front.replyDecoder.decode(buffer, offset, length, reply);
        final long number = reply.correlationId;
        if (!connection.queue().isWaiting(number)) {
            throw new IllegalStateException("a reply to no request: " + reply);
        }
        try {
            if (reply.code == ResultCode.ACCEPTED) {
                accepted(number, reply);
            } else {
                rejected(number, reply);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Refuses a request.
     *
     * @param pointer to the place in its body; null: none
     */
    void problem(final long number, final ResultCode code, final String detail, final String pointer) {
        final HttpStatus status =
                HttpStatus.of(code, !connection.queue().route(number).isPost());
        try {
            final int length = front.json.problem(status, code.name(), code.meaning(), detail, pointer, null);
            respond(number, status, ResponseWriter.PROBLEM, length, HttpStatus.retryAfterSeconds(code));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void command(final long number, final Route route, final RequestTarget target, final ByteBuf content) {
        final Command command = front.command;
        if (route.isPost()) {
            final int length = content.readableBytes();
            content.getBytes(content.readerIndex(), front.body, 0, length);
            final Refusal refusal = front.requestReader.read(
                    route.command(), target.program(), target.programLength(), front.body, length, command);
            if (refusal.code() != ResultCode.ACCEPTED) {
                front.loop.counters().malformedRequest();
                problem(number, refusal.code(), refusal.detail(), refusal.pointer());
                return;
            }
        } else {
            command.reset(route.command());
            if (route == Route.MEMBER) {
                command.memberId(target.memberId()).put(VarField.PROGRAM, target.program(), 0, target.programLength());
            }
        }
        command.correlationId(number);
        front.batch.add(command, connection.replyTo(), connection);
    }

    private void accepted(final long number, final Reply reply) throws IOException {
        final int length = switch (reply.kind) {
            case MEMBER -> front.json.member(reply);
            case PROGRAMS -> front.json.programs(reply);
            case COMMAND ->
                front.json.accepted(reply, connection.queue().route(number).command());
            case ERROR -> throw new IllegalStateException("an error that is none: " + reply);
        };
        respond(number, HttpStatus.OK, ResponseWriter.JSON, length, 0);
    }

    private void rejected(final long number, final Reply reply) throws IOException {
        final ResultCode code = reply.code;
        final HttpStatus status =
                HttpStatus.of(code, !connection.queue().route(number).isPost());
        final String detail = reply.kind == Reply.Kind.ERROR ? reply.detail() : code.meaning();
        final int length = front.json.problem(status, code.name(), code.meaning(), detail, null, reply);
        respond(number, status, ResponseWriter.PROBLEM, length, HttpStatus.retryAfterSeconds(code));
    }

    private void state(final long number, final String state) {
        try {
            respond(number, HttpStatus.OK, ResponseWriter.JSON, front.json.state(state), 0);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readiness(final long number) {
        final ResultCode code =
                stopped ? ResultCode.SHUTTING_DOWN : front.services.readiness().get();
        if (code == ResultCode.ACCEPTED) {
            state(number, "ready");
            return;
        }
        try {
            final HttpStatus status = HttpStatus.SERVICE_UNAVAILABLE;
            final int length = front.json.problem(status, code.name(), code.meaning(), code.meaning(), null, null);
            respond(number, status, ResponseWriter.PROBLEM, length, Math.max(1, HttpStatus.retryAfterSeconds(code)));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void metrics(final long number) {
        final byte[] text = PrometheusText.of(front.loop.counters(), front.counters, front.services.metrics());
        connection.respond(number, HttpStatus.OK, ResponseWriter.METRICS, text, text.length, 0);
    }

    private void respond(
            final long number,
            final HttpStatus status,
            final byte[] contentType,
            final int length,
            final int retryAfterSeconds) {
        connection.respond(number, status, contentType, front.output.bytes(), length, retryAfterSeconds);
    }
}
