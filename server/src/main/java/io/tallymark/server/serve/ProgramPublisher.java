package io.tallymark.server.serve;

import io.tallymark.engine.Engine;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ProgramSummary;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import io.tallymark.server.program.ProgramCompiler.CompiledFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes the files of the programs folder through the pipeline, before the gateway opens: a file only if its
 * canonical hash differs from the version in force, so that a restart leaves no trace in the journal.
 */
final class ProgramPublisher {
    private static final long REPLY_TIMEOUT_S = 60;
    private static final String SOURCE = "tallymark-serve";

    private final Engine engine;
    private final ReplyRouter replies;

    ProgramPublisher(final Engine engine, final ReplyRouter replies) {
        this.engine = engine;
        this.replies = replies;
    }

    /** Publishes what differs; returns the names of the programs published. */
    List<String> publish(final List<CompiledFile> files, final List<ProgramSummary> inForce)
            throws IOException, InterruptedException {
        final List<String> published = new ArrayList<>();
        for (final CompiledFile file : files) {
            final CompiledProgram program = file.program();
            int version = 0;
            boolean same = false;
            for (final ProgramSummary current : inForce) {
                if (current.program().equals(program.name())) {
                    version = current.version();
                    same = current.hashHigh() == program.canonicalHash().high()
                            && current.hashLow() == program.canonicalHash().low();
                }
            }
            if (!same) {
                publish(file, version + 1);
                published.add(program.name());
            }
        }
        return published;
    }

    private void publish(final CompiledFile file, final int version) throws IOException, InterruptedException {
        final CompiledProgram program = file.program();
        final var expected = replies.expectReply();
        final long slot = engine.tryClaim(1);
        if (slot < 0) {
            throw new IOException("the engine refuses a program at the start: " + ResultCode.ofNumber((int) -slot));
        }
        final Command command = engine.slot(slot);
        final UnsafeBuffer buffer = engine.tryBorrow();
        if (buffer == null) {
            throw new IllegalStateException("no buffer is free before anything was served");
        }
        command.lend(buffer);
        final byte[] compiled = program.encode();
        command.reset(CommandType.PUBLISH_PROGRAM)
                .put(VarField.PROGRAM, program.name())
                .put(VarField.SOURCE, SOURCE)
                // The version makes a return to earlier content a new document and not a replay of the old one.
                .put(
                        VarField.DOCUMENT_ID,
                        "v" + version + "-" + program.canonicalHash().toHex())
                .put(VarField.COMPILED_PROGRAM, new UnsafeBuffer(compiled), 0, compiled.length)
                .put(VarField.SOURCE_TEXT, file.sourceText());
        engine.publish(slot, 1);
        final Reply reply = await(expected, file);
        if (reply.code == ResultCode.CLOCK_UNCONFIRMED) {
            throw new IOException("program " + program.name() + " differs from what is in force and cannot be published"
                    + " now: the clock stands " + Duration.ofMillis(engine.clockJumpMs())
                    + " from the journal's last engine time; if the clock is right, confirm it with"
                    + " --accept-clock-jump");
        }
        if (reply.code != ResultCode.ACCEPTED) {
            throw new IOException(
                    "program " + program.name() + " was not published: " + reply.code + ", " + reply.code.meaning());
        }
    }

    private static Reply await(final CompletableFuture<Reply> expected, final CompiledFile file)
            throws IOException, InterruptedException {
        try {
            return expected.get(REPLY_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (final ExecutionException | TimeoutException e) {
            throw new IOException(
                    "program " + file.program().name() + ": no answer from the engine within " + REPLY_TIMEOUT_S + " s",
                    e);
        }
    }
}
