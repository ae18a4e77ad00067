package dev.herald.local.suite;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.herald.local.process.Failure;
import dev.herald.local.process.Polling;
import dev.herald.local.process.Signal;
import dev.herald.local.settings.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/** A file lock that lets only one command at a time change the suite. The operating system releases the lock when the process ends. */
record SuiteLock(Home home) {

    private static final Duration TAKE_OVER_LIMIT = Duration.ofMinutes(1);

    @FunctionalInterface
    interface Change {
        void make() throws InterruptedException;
    }

    void during(Change change) throws InterruptedException {
        make(change, tryTake().orElseThrow(SuiteLock::busy));
    }

    /** Ends another command that is changing the suite, waits until it has stopped its components, and then makes the change. */
    void afterTakingOver(Change change) throws InterruptedException {
        Optional<FileChannel> free = tryTake();
        if (free.isEmpty()) {
            holder().ifPresent(Signal.TERM::sendTo);
            free = Polling.forFirst(this::tryTake, TAKE_OVER_LIMIT);
        }
        make(change, free.orElseThrow(SuiteLock::busy));
    }

    private static void make(Change change, FileChannel held) throws InterruptedException {
        try (held) {
            change.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<FileChannel> tryTake() {
        try {
            Files.createDirectories(home.folder());
            FileChannel file = FileChannel.open(home.lock(), CREATE, READ, WRITE);
            if (lock(file)) {
                file.truncate(0)
                        .write(US_ASCII.encode(
                                Long.toString(ProcessHandle.current().pid())));
                return Optional.of(file);
            }
            file.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisVeryProcess) {
            return false;
        }
    }

    private Optional<ProcessHandle> holder() {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(home.lock())));
        } catch (IOException | NumberFormatException justLetGo) {
            return Optional.empty();
        }
    }

    private static Failure busy() {
        return new Failure(
                "Another ./herald command is starting or stopping components: wait for it, or end it with ./herald down.");
    }
}
