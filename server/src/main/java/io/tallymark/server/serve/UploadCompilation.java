package io.tallymark.server.serve;

import io.tallymark.gateway.http.ProgramCompilation;
import io.tallymark.server.program.ProgramCompiler;
import io.tallymark.server.program.ProgramCompiler.CompiledFile;
import io.tallymark.server.program.ProgramFileException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Compiles the programs that come over HTTP as the files of the programs folder are compiled. Keeps no state. */
final class UploadCompilation implements ProgramCompilation {
    @Override
    public Result compile(final String program, final byte[] text) {
        final String decoded;
        try {
            decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (final CharacterCodingException e) {
            return mistake("", "is not UTF-8 text");
        }
        try {
            final CompiledFile file = ProgramCompiler.compile(program, decoded);
            final String name = file.program().name();
            return name.equals(program)
                    ? Result.of(file.program().encode())
                    : mistake("program", "is " + name + " and not that of the path, " + program);
        } catch (final ProgramFileException e) {
            return Result.of(e.errors().stream()
                    .map(error -> new Mistake(error.path(), error.line(), error.column(), error.reason()))
                    .toList());
        }
    }

    private static Result mistake(final String path, final String reason) {
        return Result.of(List.of(new Mistake(path, 1, 1, reason)));
    }
}
