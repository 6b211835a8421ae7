package io.tallymark.gateway.http;

import io.netty.buffer.ByteBufAllocator;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
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
            final int length =
                    front.json.problem(fault.status(), fault.name(), fault.meaning(), detail, null, null, null);
            final byte[] allow = fault == HttpFault.METHOD_NOT_ALLOWED ? route.allow() : null;
            connection.respond(number, fault.status(), ResponseWriter.PROBLEM, front.output.bytes(), length, 0, allow);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] bodyRoom() {
        return front.body;
    }

    @Override
    public void request(
            final Route route,
            final int flags,
            final RequestTarget target,
            final byte[] content,
            final int offset,
            final int length) {
        final long number = connection.enqueue(route, flags);
        if (target.fault() != null) {
            malformed(number, ResultCode.MALFORMED, target.fault(), null);
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
                    command(number, route, target, content, offset, length);
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
                HttpStatus.of(code, connection.queue().route(number).isQuery());
        try {
            final int length = front.json.problem(status, code.name(), code.meaning(), detail, pointer, null, null);
            respond(number, status, ResponseWriter.PROBLEM, length, HttpStatus.retryAfterSeconds(code));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void command(
            final long number,
            final Route route,
            final RequestTarget target,
            final byte[] content,
            final int offset,
            final int length) {
        final Command command = front.command;
        if (route.members() != null) {
            final Refusal refusal = front.requestReader.read(route, target, content, offset, length, command);
            if (refusal.code() != ResultCode.ACCEPTED) {
                malformed(number, refusal.code(), refusal.detail(), refusal.pointer());
                return;
            }
        } else if (route.method() == Route.Method.PUT) {
            if (!publication(number, target, Arrays.copyOfRange(content, offset, offset + length), command)) {
                return;
            }
        } else {
            front.requestReader.read(route, target, command);
        }
        command.correlationId(number);
        front.batch.add(command, front.requestReader.identity(), connection.replyTo(), connection);
    }

    /** Makes the command of a program's text; false: the request is answered. */
    private boolean publication(
            final long number, final RequestTarget target, final byte[] text, final Command command) {
        final int version = ProgramUpload.replacedVersion(target.ifMatch());
        if (version < 0) {
            malformed(number, ResultCode.MALFORMED, "If-Match: neither * nor one version in quotes", null);
            return false;
        }
        final String documentId = target.idempotencyKey() == null
                ? ProgramUpload.documentId(version, text)
                : ProgramUpload.documentId(target.idempotencyKey());
        if (documentId == null) {
            malformed(number, ResultCode.MALFORMED, "Idempotency-Key: not 1 to 64 characters 0x21 to 0x7E", null);
            return false;
        }
        final String program = target.texts().text(VarField.PROGRAM);
        final ProgramCompilation.Result result = front.services.programs().compile(program, text);
        if (result.compiled() == null) {
            invalidProgram(number, result.mistakes());
            return false;
        }
        ProgramUpload.fill(command, program, version, documentId, result.compiled(), text);
        return true;
    }

    private void malformed(final long number, final ResultCode code, final String detail, final String pointer) {
        front.loop.counters().malformedRequest();
        problem(number, code, detail, pointer);
    }

    private void invalidProgram(final long number, final List<ProgramCompilation.Mistake> mistakes) {
        front.loop.counters().malformedRequest();
        final ResultCode code = ResultCode.PROGRAM_INVALID;
        final HttpStatus status = HttpStatus.of(code, false);
        try {
            final int length = front.json.invalidProgram(status, mistakes);
            respond(number, status, ResponseWriter.PROBLEM, length, 0);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accepted(final long number, final Reply reply) throws IOException {
        final Route route = connection.queue().route(number);
        final int length = switch (reply.kind) {
            case MEMBER -> front.json.member(reply);
            case PROGRAMS -> front.json.programs(reply);
            case COMMAND -> route.isQuery() ? front.json.rows(reply) : front.json.accepted(reply, route.command());
            case ERROR -> throw new IllegalStateException("an error that is none: " + reply);
        };
        final byte[] etag =
                route == Route.PROGRAM ? ResponseWriter.ascii("ETag: \"" + reply.programVersion + "\"\r\n") : null;
        connection.respond(number, HttpStatus.OK, ResponseWriter.JSON, front.output.bytes(), length, 0, etag);
    }

    private void rejected(final long number, final Reply reply) throws IOException {
        final ResultCode code = reply.code;
        final Route route = connection.queue().route(number);
        final HttpStatus status = HttpStatus.of(code, route.isQuery());
        final String detail = reply.kind == Reply.Kind.ERROR ? reply.detail() : code.meaning();
        final Reply seen = route.isQuery() ? null : reply;
        final int length = front.json.problem(status, code.name(), code.meaning(), detail, null, seen, route.command());
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
            final int length =
                    front.json.problem(status, code.name(), code.meaning(), code.meaning(), null, null, null);
            respond(number, status, ResponseWriter.PROBLEM, length, Math.max(1, HttpStatus.retryAfterSeconds(code)));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void metrics(final long number) {
        final byte[] text = PrometheusText.of(front.loop.counters(), front.counters, front.services.metrics());
        connection.respond(number, HttpStatus.OK, ResponseWriter.METRICS, text, text.length, 0, null);
    }

    private void respond(
            final long number,
            final HttpStatus status,
            final byte[] contentType,
            final int length,
            final int retryAfterSeconds) {
        connection.respond(number, status, contentType, front.output.bytes(), length, retryAfterSeconds, null);
    }
}
