package dev.herald.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process that later commands find again.
 *
 * @param startedAt the start time of the process, because another process may get the same number later
 */
public record StartedProcess(long pid, Instant startedAt) {

    /** Linux keeps the start in ticks since boot, so it moves when the clock is set. */
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

    /** There is no JSON library before the first build. */
    private static final Pattern RECORD =
            Pattern.compile("\"pid\"\\s*:\\s*(\\d+).*\"startedAt\"\\s*:\\s*\"([^\"]+)\"", Pattern.DOTALL);

    /** Empty after the end of the process. */
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(this::isTheOneStarted).filter(StartedProcess::isNoZombie);
    }

    /** Whether any process lives that has a record in this folder. */
    public static boolean anyRecordedIn(Path folder) {
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            return files.filter(file -> file.toString().endsWith(".process.json"))
                    .flatMap(file -> recordedIn(file).stream())
                    .anyMatch(process -> process.handle().isPresent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<StartedProcess> recordedIn(Path file) {
        try {
            Matcher record = RECORD.matcher(Files.readString(file));
            return record.find()
                    ? Optional.of(new StartedProcess(Long.parseLong(record.group(1)), Instant.parse(record.group(2))))
                    : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isTheOneStarted(ProcessHandle process) {
        return process.info()
                .startInstant()
                .filter(start -> Duration.between(start, startedAt).abs().compareTo(CLOCK_SLACK) < 0)
                .isPresent();
    }

    /**
     * An ended process whose parent has not collected it (a zombie) has no command. Containers without an init process
     * keep such processes.
     */
    private static boolean isNoZombie(ProcessHandle process) {
        return process.info().command().isPresent();
    }
}
