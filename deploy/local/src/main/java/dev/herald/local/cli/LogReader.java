package dev.herald.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Reads the entries of a log file in blocks of 256 KiB. At the end of the file a call returns the entries that were appended since the last. */
final class LogReader {

    private static final int BATCH = 256 * 1024;

    private final Path file;
    private final String component;
    private final ZoneId zone;
    private final Deque<LogEntry> ahead = new ArrayDeque<>();
    private final List<String> lines = new ArrayList<>();
    private Instant time = Instant.EPOCH;
    private long position;
    private boolean atEnd;

    /** @param position the byte offset at which reading begins */
    LogReader(Path file, String component, ZoneId zone, long position) {
        this.file = file;
        this.component = component;
        this.zone = zone;
        this.position = position;
    }

    boolean hasNext() throws IOException {
        while (ahead.isEmpty() && !atEnd) {
            ahead.addAll(read());
        }
        return !ahead.isEmpty();
    }

    Instant nextTime() {
        return ahead.getFirst().time();
    }

    LogEntry next() {
        return ahead.removeFirst();
    }

    /**
     * Returns the entries of the next block. An entry ends where the next begins. The last entry of the file is returned by the first call
     * that finds no further line.
     */
    List<LogEntry> read() throws IOException {
        if (!Files.exists(file)) {
            atEnd = true;
            return List.of();
        }
        List<LogEntry> entries = new ArrayList<>();
        String read = readLines();
        atEnd = read.isEmpty();
        if (atEnd) {
            endEntry(entries);
        }
        read.lines().forEach(line -> {
            Optional<Instant> begin = LogTime.of(line, zone);
            if (begin.isPresent() || LogEntry.isJvmError(line)) {
                endEntry(entries);
                time = begin.orElse(time);
            }
            if (!line.isBlank() || !lines.isEmpty()) {
                lines.add(line);
            }
        });
        return entries;
    }

    private void endEntry(List<LogEntry> entries) {
        if (!lines.isEmpty()) {
            entries.add(new LogEntry(time, component, lines));
            lines.clear();
        }
    }

    /** Returns whole lines only; empty at the end of the file. */
    private String readLines() throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            if (open.length() < position) {
                position = 0; // A shorter file is a new one.
            }
            open.seek(position);
            byte[] batch = new byte[(int) Math.min(BATCH, open.length() - position)];
            open.readFully(batch);
            int whole = batch.length;
            while (whole > 0 && batch[whole - 1] != '\n') {
                whole--;
            }
            if (whole == 0 && batch.length == BATCH) {
                whole = BATCH; // A line that is longer than a block is cut.
            }
            position += whole;
            return new String(batch, 0, whole, UTF_8);
        }
    }
}
