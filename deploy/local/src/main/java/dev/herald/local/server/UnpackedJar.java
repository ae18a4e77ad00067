package dev.herald.local.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.local.process.Folders;
import dev.herald.local.process.JavaCommand;
import dev.herald.local.process.LogFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * The unpacked Spring Boot jar of a service and its start-up cache, which the JDK makes only for unpacked jars. The folder is named after
 * the content of the jar and the JDK, so a new build does not delete the files of running instances.
 */
public record UnpackedJar(Path packed) {

    private static final String PREFIX = "app-";
    private static final Map<Path, Lock> LOCKS = new ConcurrentHashMap<>();

    Path unpacked() {
        return folder().resolve(packed.getFileName());
    }

    public Path startupCache() {
        return folder().resolve("startup.aot");
    }

    boolean isCurrent() {
        return Files.exists(folder());
    }

    void unpack(LogFile log) throws IOException, InterruptedException {
        Path folder = folder();
        if (!Files.exists(folder)) {
            exclusively(() -> {
                if (!Files.exists(folder)) {
                    unpack(folder, log);
                }
            });
        }
    }

    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Runs work that only one thread of one process may do at a time, because another suite may unpack the same jar. */
    void exclusively(Work work) throws IOException, InterruptedException {
        Path file = packed.resolveSibling("app.lock");
        // A file lock is held by the process, so the threads of a process need another lock.
        Lock inThisProcess = LOCKS.computeIfAbsent(file, jar -> new ReentrantLock());
        inThisProcess.lockInterruptibly();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            work.run();
        } finally {
            inThisProcess.unlock();
        }
    }

    private void unpack(Path folder, LogFile log) throws IOException, InterruptedException {
        Path unfinished = Folders.unfinished(folder);
        log.run(new ProcessBuilder(JavaCommand.with()
                .property("jarmode", "tools")
                .jar(packed, "extract", "--force", "--destination", unfinished.toString())));
        deleteUnused();
        Files.move(unfinished, folder);
    }

    /** Deletes the folders of earlier builds that no process runs from. */
    private void deleteUnused() throws IOException {
        List<String> arguments = ProcessHandle.allProcesses()
                .flatMap(process -> process.info().arguments().stream())
                .flatMap(Arrays::stream)
                .toList();
        try (Stream<Path> siblings = Files.list(packed.resolveSibling(""))) {
            siblings.filter(sibling -> sibling.getFileName().toString().matches(PREFIX + "[0-9a-f]{8}"))
                    .filter(sibling -> arguments.stream().noneMatch(argument -> argument.contains(sibling.toString())))
                    .forEach(Folders::delete);
        }
    }

    /** The name depends on the jar's content and not on its time, so that another build of the same content keeps the cache. */
    private Path folder() {
        CRC32 contents = new CRC32();
        contents.update(Runtime.version().toString().getBytes(UTF_8));
        try (ZipFile entries = new ZipFile(packed.toFile())) {
            entries.stream()
                    .map(entry -> entry.getName() + entry.getCrc())
                    .sorted()
                    .forEach(entry -> contents.update(entry.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.resolveSibling(PREFIX + "%08x".formatted(contents.getValue()));
    }
}
