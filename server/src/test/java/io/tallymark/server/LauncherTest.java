package io.tallymark.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher itself, in a project of its own with JDKs and a build that only say what they were asked. */
final class LauncherTest {
    private static final Path LAUNCHER = Path.of(System.getProperty("tallymark.root"), "tallymark");

    @TempDir
    private Path folder;

    private Path root;
    private final Map<String, String> environment = new LinkedHashMap<>();

    private record Run(int exitCode, String out, String err) {}

    @BeforeEach
    void project() throws IOException {
        root = Files.createDirectories(folder.resolve("a project"));
        final String script = Files.readString(LAUNCHER);
        assertTrue(script.contains("/usr/lib/jvm/*"), "the test replaces this folder");
        executable(root.resolve("tallymark"), script.replace("/usr/lib/jvm/*", "\"" + folder + "\"/jvm/*"));
        executable(
                root.resolve("mvnw"),
                "#!/bin/sh\necho \"mvnw $* with $JAVA_HOME in $(pwd)\"\n[ ! -f fail ] || exit 1\necho jar >server/target/tallymark.jar\n");
        Files.createDirectories(root.resolve("server/src/main"));
        Files.createDirectories(root.resolve("server/target"));
        // Nothing but the tools that every system has: no java unless a test puts one there.
        final Path bin = Files.createDirectories(folder.resolve("bin"));
        for (final String tool :
                List.of("sh", "sed", "head", "dirname", "readlink", "uname", "find", "touch", "mkdir", "cat")) {
            final Path found = Stream.of("/bin/" + tool, "/usr/bin/" + tool)
                    .map(Path::of)
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            executable(bin.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
        }
        environment.put("PATH", bin.toString());
    }

    @Test
    void withoutAJdkOrWithAnOldOneItSaysSo() throws Exception {
        assertEquals(
                new Run(
                        1,
                        "",
                        "tallymark: a JDK 17 or newer is needed, but none was found; install one or set JAVA_HOME to it.\n"),
                run(root.resolve("tallymark"), "serve"));
        final Path old = jdk("jdk11", "11", true);
        environment.put("JAVA_HOME", old.toString());
        assertEquals(
                "tallymark: a JDK 17 or newer is needed, but only Java 11 at " + old
                        + "/bin/java was found; install one or set JAVA_HOME to it.\n",
                run(root.resolve("tallymark"), "serve").err());
        environment.put("JAVA_HOME", jdk("jdk8", "1.8", true).toString());
        assertTrue(run(root.resolve("tallymark"), "serve").err().contains("only Java 8 at "));
    }

    @Test
    void itTakesJavaHomeThenThePathThenWhatIsInstalled() throws Exception {
        built();
        jdk("jvm/installed", "17", true);
        assertTrue(run(root.resolve("tallymark"), "x").out().startsWith("jvm/installed:"));
        Files.createSymbolicLink(
                folder.resolve("bin/java"), jdk("path", "21", true).resolve("bin/java"));
        assertTrue(run(root.resolve("tallymark"), "x").out().startsWith("path:"));
        environment.put("JAVA_HOME", jdk("home", "17", true).toString());
        assertTrue(run(root.resolve("tallymark"), "x").out().startsWith("home:"));
        environment.put("JAVA_HOME", jdk("old", "11", true).toString());
        assertTrue(run(root.resolve("tallymark"), "x").out().startsWith("path:"));
        environment.put("JAVA_HOME", folder.resolve("nothing").toString());
        assertTrue(run(root.resolve("tallymark"), "x").out().startsWith("path:"));
    }

    @Test
    void itPassesOnlyFlagsThatTheJdkKnows() throws Exception {
        built();
        environment.put("JAVA_OPTS", "-Xmx1g -Da=b");
        environment.put("TALLYMARK_OPTS", "-Dc=d");
        environment.put("JAVA_HOME", jdk("jdk17", "17", true).toString());
        final Run on17 = run(root.resolve("tallymark"), "load", "--file", "a b.csv");
        assertEquals(
                "jdk17: [-Dchronicle.analytics.disable=true] [-Ddisable.single.threaded.check=false] "
                        + "[-XX:+UseParallelGC] [-XX:MaxTenuringThreshold=0] [-Dtallymark.terminal=false] [-Xmx1g] "
                        + "[-Da=b] [-Dc=d] [-jar] [" + root.toRealPath()
                        + "/server/target/tallymark.jar] [load] [--file] [a b.csv]\n",
                on17.out());
        assertEquals("", on17.err());
        environment.put("JAVA_HOME", jdk("jdk25", "25", true).toString());
        final Run on25 = run(root.resolve("tallymark"), "x");
        assertTrue(on25.out().contains("[--sun-misc-unsafe-memory-access=allow]"), on25.out());
        assertTrue(on25.out().contains("[--enable-native-access=ALL-UNNAMED]"), on25.out());
    }

    @Test
    void whoNamesACollectorGetsThatOne() throws Exception {
        built();
        environment.put("JAVA_HOME", jdk("jdk17", "17", true).toString());
        environment.put("TALLYMARK_OPTS", "-XX:+UseG1GC");
        final Run run = run(root.resolve("tallymark"), "x");
        assertTrue(run.out().contains("[-XX:+UseG1GC]"), run.out());
        assertFalse(run.out().contains("UseParallelGC"), run.out());
        assertFalse(run.out().contains("MaxTenuringThreshold"), run.out());
    }

    @Test
    void itBuildsOnFirstUseOnly() throws Exception {
        final Path home = jdk("jdk17", "17", true);
        environment.put("JAVA_HOME", home.toString());
        final Run first = run(root.resolve("tallymark"), "x");
        assertEquals(0, first.exitCode());
        assertTrue(first.out().startsWith("jdk17: "), "the build says nothing on standard output: " + first.out());
        assertTrue(
                first.err().startsWith("tallymark: building on first use; this takes a minute …\nmvnw -q -B "),
                first.err());
        assertTrue(
                first.err().endsWith(" package -pl server -am with " + home + " in " + root.toRealPath() + "\n"),
                first.err());
        assertEquals("", run(root.resolve("tallymark"), "x").err());
    }

    @Test
    void itBuildsAgainWhenAskedAndNotesNewerSources() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk17", "17", true).toString());
        built();
        final Run rebuilt = run(root.resolve("tallymark"), "--rebuild");
        assertEquals(0, rebuilt.exitCode());
        assertEquals("", rebuilt.out());
        assertTrue(rebuilt.err().startsWith("tallymark: building; this takes a minute …\nmvnw "), rebuilt.err());
        assertTrue(run(root.resolve("tallymark"), "--rebuild", "x").out().endsWith(" [x]\n"));

        Files.setLastModifiedTime(
                Files.writeString(root.resolve("server/src/main/New.java"), "new"),
                FileTime.from(Instant.now().plusSeconds(60)));
        final Run noted = run(root.resolve("tallymark"), "x");
        assertEquals(
                "tallymark: note: the sources are newer than the build; ./tallymark --rebuild builds again.\n",
                noted.err());
        assertTrue(noted.out().endsWith(" [x]\n"));
    }

    @Test
    void aBuildThatCannotSucceedIsASentence() throws Exception {
        environment.put("JAVA_HOME", jdk("jre", "17", false).toString());
        final Run jre = run(root.resolve("tallymark"), "x");
        assertEquals(1, jre.exitCode());
        assertTrue(
                jre.err().endsWith(" cannot compile; install a whole JDK 17 or newer, or set JAVA_HOME to it.\n"),
                jre.err());
        Files.writeString(root.resolve("fail"), "");
        environment.put("JAVA_HOME", jdk("jdk17", "17", true).toString());
        final Run failed = run(root.resolve("tallymark"), "x");
        assertEquals(1, failed.exitCode());
        assertEquals("", failed.out());
        assertTrue(failed.err().endsWith("tallymark: the build failed; what went wrong is above.\n"), failed.err());
    }

    @Test
    void itWorksThroughSymbolicLinks() throws Exception {
        built();
        environment.put("JAVA_HOME", jdk("jdk17", "17", true).toString());
        final Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("one"), Path.of("../a project/tallymark"));
        Files.createSymbolicLink(links.resolve("two"), links.resolve("one"));
        final Run run = run(links.resolve("two"), "x");
        assertTrue(
                run.out().contains("[" + root.toRealPath() + "/server/target/tallymark.jar]"), run.out() + run.err());
    }

    @Test
    void windowsIsRefused() throws Exception {
        built();
        Files.delete(folder.resolve("bin/uname"));
        executable(folder.resolve("bin/uname"), "#!/bin/sh\necho MINGW64_NT-10.0\n");
        final Run run = run(root.resolve("tallymark"), "x");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("tallymark: Windows is not supported"), run.err());
        assertFalse(run.err().contains("JDK"), run.err());
    }

    private void built() throws IOException {
        Files.writeString(root.resolve("server/target/tallymark.jar"), "jar");
    }

    /** A JDK that tells its version, and otherwise prints its name and what it was called with. */
    private Path jdk(final String name, final String version, final boolean compiles) throws IOException {
        final Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        executable(
                home.resolve("bin/java"),
                "#!/bin/sh\nif [ \"$1\" = -XshowSettings:properties ]; then\n  echo '    java.home = " + home
                        + "' >&2\n  echo '    java.specification.version = " + version
                        + "' >&2\n  exit 0\nfi\nprintf '%s:' '" + name + "'\nprintf ' [%s]' \"$@\"\necho\n");
        if (compiles) {
            executable(home.resolve("bin/javac"), "#!/bin/sh\n");
        }
        return home;
    }

    private static void executable(final Path file, final String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run run(final Path script, final String... args) throws IOException, InterruptedException {
        final Path out = folder.resolve("out.txt");
        final Path err = folder.resolve("err.txt");
        final ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(script.toString()), Stream.of(args))
                        .toList())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        final Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the launcher hangs");
        return new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
