package io.tallymark.server.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.gateway.http.ProgramCompilation.Mistake;
import io.tallymark.gateway.http.ProgramCompilation.Result;
import io.tallymark.server.program.ProgramCompiler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UploadCompilationTest {
    private static final Path MIMA = Path.of(System.getProperty("tallymark.root"), "programs", "mima.yaml");

    private final UploadCompilation compilation = new UploadCompilation();

    @Test
    void anUploadIsCompiledAsTheFileIs() throws Exception {
        final Result result = compilation.compile("mima", Files.readAllBytes(MIMA));
        assertEquals(List.of(), result.mistakes());
        assertArrayEquals(ProgramCompiler.compile(MIMA).program().encode(), result.compiled());
    }

    @Test
    void eachMistakeHasItsPathAndReason() throws Exception {
        final String text = Files.readString(MIMA).replace("unknownMember: enrol", "unknownMember: perhaps");
        final Result result = compilation.compile("mima", text.getBytes(StandardCharsets.UTF_8));
        assertNull(result.compiled());
        final Mistake mistake = result.mistakes().get(0);
        assertEquals("unknownMember", mistake.path());
        assertTrue(mistake.line() > 1 && !mistake.reason().isEmpty(), mistake.toString());
    }

    @Test
    void theProgramIsThatOfThePathAndTheTextIsUtf8() throws Exception {
        final Result other = compilation.compile("svip", Files.readAllBytes(MIMA));
        assertEquals("program", other.mistakes().get(0).path());
        assertEquals(
                "",
                compilation
                        .compile("mima", new byte[] {(byte) 0xFF})
                        .mistakes()
                        .get(0)
                        .path());
    }
}
