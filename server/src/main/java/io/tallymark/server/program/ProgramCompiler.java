package io.tallymark.server.program;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.InvalidProgramException;
import io.tallymark.ledger.program.ProgramMistake;
import io.tallymark.protocol.CommandDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compiles program files. A file is validated whole: all its mistakes are listed, each with path, line and column, and
 * nothing is compiled while there is one. Money has two decimals in the file and is compiled to minor units. What may
 * stand in a file says {@link ProgramVocabulary}.
 */
public final class ProgramCompiler {
    /** Longest program file, in bytes of UTF-8: its text travels in the publication beside the compiled form. */
    public static final int MAX_FILE_BYTES = CommandDecoder.MAX_SOURCE_TEXT_BYTES;

    /** Lines and columns of the whole file. */
    private static final int START = 1;

    /**
     * A program file that has no mistake.
     *
     * @param program    its compiled form
     * @param sourceText the text of the file
     */
    public record CompiledFile(CompiledProgram program, String sourceText) {}

    private final List<ProgramError> errors = new ArrayList<>();

    private ProgramCompiler() {}

    /**
     * Compiles one file.
     *
     * @throws ProgramFileException listing all mistakes
     * @throws IOException          if the file cannot be read
     */
    public static CompiledFile compile(final Path file) throws IOException {
        final String name = file.toString();
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new ProgramFileException(name, List.of(tooLong()));
        }
        final String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (final CharacterCodingException e) {
            throw new ProgramFileException(name, List.of(new ProgramError("", START, START, "is not UTF-8 text")));
        }
        return compile(name, text);
    }

    /**
     * Compiles a text.
     *
     * @param name what the text is called in the mistakes
     * @throws ProgramFileException listing all mistakes
     */
    public static CompiledFile compile(final String name, final String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_FILE_BYTES) {
            throw new ProgramFileException(name, List.of(tooLong()));
        }
        final ProgramCompiler compiler = new ProgramCompiler();
        final YamlNode root = YamlReader.read(text, compiler.errors);
        CompiledProgram program = null;
        if (root != null) {
            try {
                program = compiler.program(root);
            } catch (final InvalidProgramException e) {
                compiler.errors.add(new ProgramError(e.path(), START, START, e.reason()));
            }
        }
        if (!compiler.errors.isEmpty()) {
            throw new ProgramFileException(
                    name,
                    compiler.errors.stream()
                            .distinct()
                            .sorted(Comparator.comparingInt(ProgramError::line).thenComparingInt(ProgramError::column))
                            .toList());
        }
        return new CompiledFile(program, text);
    }

    /**
     * Compiles all {@code *.yaml} and {@code *.yml} files of a folder, in the order of their names.
     *
     * @throws ProgramFileException listing the mistakes of all files, also a program that two files claim
     * @throws IOException          if the folder or a file cannot be read
     */
    public static List<CompiledFile> compileFolder(final Path folder) throws IOException {
        final List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(f -> f.getFileName().toString().matches("[^.].*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
        final Map<String, Path> owners = new LinkedHashMap<>();
        final List<CompiledFile> compiled = new ArrayList<>();
        final List<String> mistakes = new ArrayList<>();
        for (final Path file : files) {
            try {
                final CompiledFile one = compile(file);
                final Path earlier = owners.putIfAbsent(one.program().name(), file);
                if (earlier != null) {
                    mistakes.add(file + ": program " + one.program().name() + " stands in " + earlier + " too");
                }
                compiled.add(one);
            } catch (final ProgramFileException e) {
                mistakes.add(e.getMessage());
            }
        }
        if (!mistakes.isEmpty()) {
            throw new ProgramFileException(String.join("\n", mistakes));
        }
        return compiled;
    }

    private static ProgramError tooLong() {
        return new ProgramError("", START, START, "is longer than " + MAX_FILE_BYTES + " bytes");
    }

    /** Null where there are mistakes: first those of single values, then those of the program that they make. */
    private CompiledProgram program(final YamlNode root) {
        final Fields file = ProgramVocabulary.FILE.read(new Place(errors, "", root));
        if (file == null) {
            return null;
        }
        final CompiledProgram.Builder builder = ProgramVocabulary.compile(file);
        final MistakePlaces places = new MistakePlaces(root, errors);
        for (final ProgramMistake mistake : builder.mistakes()) {
            places.add(mistake);
        }
        errors.addAll(places.added());
        return errors.isEmpty() ? builder.build() : null;
    }
}
