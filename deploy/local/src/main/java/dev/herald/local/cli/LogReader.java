package dev.herald.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one log file entry by entry, and follows it.
 *
 * <p>The last entry is returned when the next one begins, or by {@link #last}, because more lines may follow.
 */
final class LogReader {

    private final Path file;
    private final String component;
    private final ZoneId zone;
    private final List<String> lines = new ArrayList<>();
    private Instant time = Instant.EPOCH;
    private long position;

    /** @param position in bytes, where reading begins */
    LogReader(Path file, String component, ZoneId zone, long position) {
        this.file = file;
        this.component = component;
        this.zone = zone;
        this.position = position;
    }

    Path file() {
        return file;
    }

    long position() {
        return position;
    }

    /** The entries that have been appended since the last call, in batches of at most this many bytes; empty at the end. */
    List<LogEntry> read(int bytes) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            if (open.length() < position) {
                position = 0; // The file was replaced.
            }
            open.seek(position);
            byte[] batch = new byte[(int) Math.min(bytes, open.length() - position)];
            open.readFully(batch);
            int whole = endOfLastLine(batch);
            if (whole == 0 && batch.length == bytes) {
                whole = batch.length; // A line longer than a batch is cut.
            }
            position += whole;
            return entries(batch, whole);
        }
    }

    /** The entry that no other has followed. */
    Optional<LogEntry> last() {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        LogEntry entry = new LogEntry(time, component, lines);
        lines.clear();
        return Optional.of(entry);
    }

    private List<LogEntry> entries(byte[] batch, int length) {
        List<LogEntry> entries = new ArrayList<>();
        new String(batch, 0, length, UTF_8).lines().forEach(line -> {
            Optional<Instant> begin = LogTime.of(line, zone);
            if (begin.isPresent() || LogEntry.isJvmError(line)) {
                last().ifPresent(entries::add);
                time = begin.orElse(time);
            }
            if (!line.isBlank() || !lines.isEmpty()) {
                lines.add(line);
            }
        });
        return entries;
    }

    private static int endOfLastLine(byte[] batch) {
        int end = batch.length;
        while (end > 0 && batch[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
