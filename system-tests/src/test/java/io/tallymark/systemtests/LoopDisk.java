package io.tallymark.systemtests;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.In;
import jnr.ffi.types.u_int64_t;

/**
 * A disk of our own whose power can be cut: an ext4 file system in a sparse file, mounted through a loop device. A cut
 * is the file system's own shutdown without flushing its log: from then on nothing reaches the image, and what was not
 * forced before is gone after the next mount, as if the machine had lost power.
 */
final class LoopDisk implements AutoCloseable {
    /** What the C library needs to do for us. Public because the binding is generated in another package. */
    public interface LibC {
        int open(String path, int flags);

        int ioctl(int fd, @u_int64_t long request, @In int[] argument);

        int close(int fd);
    }

    private static final long SHUTDOWN = 0x8004587dL;
    private static final int WITHOUT_FLUSHING_THE_LOG = 2;
    private static final long IMAGE_BYTES = 2L << 30;
    private static final int COMMAND_TIMEOUT_SECONDS = 60;
    private static final LibC LIB_C = LibraryLoader.create(LibC.class).load("c");

    private final Path image;
    private final Path mountPoint;
    private final Thread lastResort;
    private boolean mounted;

    private LoopDisk(final Path image, final Path mountPoint) {
        this.image = image;
        this.mountPoint = mountPoint;
        this.lastResort = new Thread(this::unmountQuietly, "unmount-" + mountPoint.getFileName());
    }

    /** Why such a disk cannot be had here, in a sentence; null if it can. */
    static String reasonNotAvailable() throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "The power cut needs Linux and ext4.";
        }
        if (!Files.getOwner(Path.of("/proc/self")).getName().equals("root")) {
            return "The power cut needs root, to mount a file system of its own: it did not run.";
        }
        final Path trial = Files.createTempDirectory("tallymark-disk");
        try (LoopDisk disk = format(trial)) {
            return Files.isDirectory(disk.root()) ? null : "The loop mount is not visible.";
        } catch (final IOException e) {
            return "The power cut needs loop mounts of ext4, which this machine refuses: " + e.getMessage();
        } finally {
            Files.deleteIfExists(trial.resolve("disk.img"));
            Files.deleteIfExists(trial.resolve("mnt"));
            Files.deleteIfExists(trial);
        }
    }

    /** Makes and mounts a new, empty disk whose image lies in {@code folder}. */
    static LoopDisk format(final Path folder) throws IOException {
        final Path image = folder.resolve("disk.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(IMAGE_BYTES);
        }
        run("mkfs.ext4", "-q", "-F", image.toString());
        final LoopDisk disk = new LoopDisk(image, Files.createDirectory(folder.resolve("mnt")));
        disk.mount();
        Runtime.getRuntime().addShutdownHook(disk.lastResort);
        return disk;
    }

    /** The root folder of the mounted file system. */
    Path root() {
        return mountPoint;
    }

    /** Cuts the power, at once and under whatever is being written. */
    void cut() {
        final int fd = LIB_C.open(mountPoint.toString(), 0);
        if (fd < 0) {
            throw new AssertionError("cannot open " + mountPoint);
        }
        try {
            if (LIB_C.ioctl(fd, SHUTDOWN, new int[] {WITHOUT_FLUSHING_THE_LOG}) != 0) {
                throw new AssertionError("the file system refuses to be shut down");
            }
        } finally {
            LIB_C.close(fd);
        }
    }

    /** Brings the power back; every process that used the disk must have ended. */
    void restore() throws IOException {
        unmount();
        mount();
    }

    private void mount() throws IOException {
        run("mount", "-o", "loop", image.toString(), mountPoint.toString());
        mounted = true;
    }

    private void unmount() throws IOException {
        if (mounted) {
            run("umount", mountPoint.toString());
            mounted = false;
        }
    }

    private void unmountQuietly() {
        try {
            unmount();
        } catch (final IOException e) {
            System.err.println("could not unmount " + mountPoint + ": " + e.getMessage());
        }
    }

    private static void run(final String... commandLine) throws IOException {
        final Process process =
                new ProcessBuilder(commandLine).redirectErrorStream(true).start();
        try {
            final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(COMMAND_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(List.of(commandLine) + " does not end");
            }
            if (process.exitValue() != 0) {
                throw new IOException(List.of(commandLine) + ": " + said.trim());
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        unmount();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }
}
