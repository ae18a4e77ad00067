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
 * A process of the suite, as its record identifies it to later commands.
 *
 * @param startedAt the start time of the process, because the system may give the same id to another process later
 */
public record StartedProcess(long pid, Instant startedAt) {

    /** Linux stores the start as ticks since boot, so the start time changes when the clock is set. */
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

    /** A regular expression, because {@code Bootstrap} runs before the JSON library is fetched. */
    private static final Pattern RECORD =
            Pattern.compile("\"pid\"\\s*:\\s*(\\d+).*\"startedAt\"\\s*:\\s*\"([^\"]+)\"", Pattern.DOTALL);

    /** The running process; empty after its end. */
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(this::isTheOneStarted).filter(StartedProcess::isNoZombie);
    }

    /** Whether any process with a record in this folder is running. */
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
     * A zombie (an ended process that its parent has not waited for) has no command. In a container without an init process zombies stay.
     */
    private static boolean isNoZombie(ProcessHandle process) {
        return process.info().command().isPresent();
    }
}
