package dev.herald.local.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The logs of several components as one, in the order of time. */
final class Logs {

    private static final int BATCH = 256 * 1024;
    private static final String EXTENSION = ".log";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Path folder;
    private final List<String> components;
    private final ZoneId zone;

    /** @param components whose logs; those of all that have one if there are none */
    Logs(Path folder, List<String> components, ZoneId zone) {
        this.folder = folder;
        this.components = components;
        this.zone = zone;
    }

    /** Whether a component, such as an instance that is gone, has left a log. */
    static boolean has(Path folder, String component) {
        return Files.exists(folder.resolve(component + EXTENSION));
    }

    /** All entries that match; only some of each file is in memory. */
    void each(LogQuery query, Consumer<LogEntry> consumer) throws IOException {
        PriorityQueue<Source> sources = new PriorityQueue<>(Comparator.comparing(Source::time));
        for (LogReader reader : readers(0)) {
            Source source = new Source(reader);
            if (source.hasNext()) {
                sources.add(source);
            }
        }
        while (!sources.isEmpty()) {
            Source source = sources.remove();
            LogEntry entry = source.next();
            if (query.test(entry)) {
                consumer.accept(entry);
            }
            if (source.hasNext()) {
                sources.add(source);
            }
        }
    }

    /** The last entries that match. */
    List<LogEntry> last(int count, LogQuery query) throws IOException {
        Deque<LogEntry> last = new ArrayDeque<>();
        each(query, entry -> {
            last.add(entry);
            if (last.size() > count) {
                last.remove();
            }
        });
        return List.copyOf(last);
    }

    /** Passes on what matches of all that is appended from now on, until it is interrupted. */
    void follow(LogQuery query, Consumer<LogEntry> consumer) throws IOException, InterruptedException {
        Map<Path, LogReader> following = new HashMap<>();
        for (LogReader reader : readers(Long.MAX_VALUE)) {
            following.put(reader.file(), reader);
        }
        while (true) {
            // A component that starts later brings a file.
            for (LogReader reader : readers(0)) {
                following.putIfAbsent(reader.file(), reader);
            }
            List<LogEntry> appended = new ArrayList<>();
            for (LogReader reader : following.values()) {
                long before = reader.position();
                appended.addAll(reader.read(BATCH));
                if (reader.position() == before) {
                    reader.last().ifPresent(appended::add);
                }
            }
            appended.sort(Comparator.comparing(LogEntry::time));
            appended.stream().filter(query).forEach(consumer);
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    /** @param position in bytes; at most the end */
    private List<LogReader> readers(long position) throws IOException {
        List<LogReader> readers = new ArrayList<>();
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                String component =
                        name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : "";
                if (!component.isEmpty() && (components.isEmpty() || components.contains(component))) {
                    readers.add(new LogReader(file, component, zone, Math.min(position, Files.size(file))));
                }
            }
        }
        return readers;
    }

    /** One file, of which the next batch is read when the last is used up. */
    private static final class Source {

        private final LogReader reader;
        private final Deque<LogEntry> ahead = new ArrayDeque<>();
        private boolean atEnd;

        Source(LogReader reader) {
            this.reader = reader;
        }

        boolean hasNext() {
            while (ahead.isEmpty() && !atEnd) {
                fill();
            }
            return !ahead.isEmpty();
        }

        Instant time() {
            return ahead.getFirst().time();
        }

        LogEntry next() {
            return ahead.removeFirst();
        }

        private void fill() {
            try {
                long before = reader.position();
                ahead.addAll(reader.read(BATCH));
                if (reader.position() == before) {
                    atEnd = true;
                    reader.last().ifPresent(ahead::add);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
