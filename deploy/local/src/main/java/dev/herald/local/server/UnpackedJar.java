package dev.herald.local.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.local.process.Command;
import dev.herald.local.process.Folders;
import dev.herald.local.process.JavaCommand;
import dev.herald.local.process.LogFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * A service's Spring Boot jar, unpacked into {@code target/app} as the JDK's start-up cache needs it, and that cache beside it.
 * Both are made anew when the jar's content or the JDK changes.
 */
public record UnpackedJar(Path packed) {

    private static final String ORIGIN = "origin";
    private static final Map<Path, Lock> LOCKS = new ConcurrentHashMap<>();

    /** Where the jar is that starts. */
    Path unpacked() {
        return app().resolve(packed.getFileName());
    }

    /** Where the cache is, once it has been made. */
    public Path startupCache() {
        return app().resolve("startup.aot");
    }

    boolean isCurrent() throws IOException {
        return isFrom(fingerprint());
    }

    void unpack(LogFile log) throws IOException, InterruptedException {
        String fingerprint = fingerprint();
        if (!isFrom(fingerprint)) {
            exclusively(() -> {
                if (!isFrom(fingerprint)) {
                    unpack(fingerprint, log);
                }
            });
        }
    }

    /** What changes the unpacked jar, or lays something beside it. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Another suite may want the same at the same time: one of them does it, and the other waits. */
    void exclusively(Work work) throws IOException, InterruptedException {
        Path file = packed.resolveSibling("app.lock");
        // The file's lock is the whole process's, and so keeps no other thread out.
        Lock inThisProcess = LOCKS.computeIfAbsent(file, jar -> new ReentrantLock());
        inThisProcess.lockInterruptibly();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            work.run();
        } finally {
            inThisProcess.unlock();
        }
    }

    private void unpack(String fingerprint, LogFile log) throws IOException, InterruptedException {
        Path unfinished = Folders.unfinished(app());
        Command.run(
                log,
                JavaCommand.with()
                        .property("jarmode", "tools")
                        .jar(packed, "extract", "--force", "--destination", unfinished.toString()));
        Files.writeString(unfinished.resolve(ORIGIN), fingerprint);
        Folders.delete(app());
        Files.move(unfinished, app());
    }

    private boolean isFrom(String fingerprint) throws IOException {
        Path origin = app().resolve(ORIGIN);
        return Files.exists(origin) && Files.readString(origin).equals(fingerprint);
    }

    private Path app() {
        return packed.resolveSibling("app");
    }

    /** By what is in the jar and not by its age, so that building the same again keeps what was made. */
    private String fingerprint() throws IOException {
        CRC32 contents = new CRC32();
        try (ZipFile entries = new ZipFile(packed.toFile())) {
            entries.stream()
                    .map(entry -> entry.getName() + entry.getCrc())
                    .sorted()
                    .forEach(entry -> contents.update(entry.getBytes(UTF_8)));
        }
        return "%08x on %s".formatted(contents.getValue(), Runtime.version());
    }
}
