package dev.herald.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/**
 * Merges the logs of several components by time.
 *
 * @param components the components whose logs are read; empty for all
 * @param zone the time zone of lines that name none
 */
record Logs(Path folder, List<String> components, ZoneId zone) {

    private static final String EXTENSION = ".log";
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(200);

    /** Whether there is a log of a component; a removed instance may have left one. */
    static boolean has(Path folder, String component) {
        return Files.exists(folder.resolve(component + EXTENSION));
    }

    /** Passes each matching entry to the consumer, in the order of time. Keeps only one block of each file in memory. */
    void each(LogQuery query, Consumer<LogEntry> consumer) throws IOException {
        PriorityQueue<LogReader> readers = new PriorityQueue<>(Comparator.comparing(LogReader::nextTime));
        for (Path file : files()) {
            LogReader reader = reader(file, 0);
            if (reader.hasNext()) {
                readers.add(reader);
            }
        }
        while (!readers.isEmpty()) {
            LogReader reader = readers.remove();
            LogEntry entry = reader.next();
            if (query.test(entry)) {
                consumer.accept(entry);
            }
            if (reader.hasNext()) {
                readers.add(reader);
            }
        }
    }

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

    /** Passes each new matching entry to the consumer, until the thread is interrupted. */
    void follow(LogQuery query, Consumer<LogEntry> consumer) throws IOException, InterruptedException {
        Map<Path, LogReader> following = new HashMap<>();
        for (Path file : files()) {
            following.put(file, reader(file, Files.size(file)));
        }
        while (true) {
            // A component that starts later has a new file.
            for (Path file : files()) {
                following.computeIfAbsent(file, appeared -> reader(appeared, 0));
            }
            List<LogEntry> appended = new ArrayList<>();
            for (LogReader reader : following.values()) {
                appended.addAll(reader.read());
            }
            appended.sort(Comparator.comparing(LogEntry::time));
            appended.stream().filter(query).forEach(consumer);
            Thread.sleep(CHECK_INTERVAL);
        }
    }

    private LogReader reader(Path file, long position) {
        return new LogReader(file, component(file), zone, position);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            return files.filter(file -> file.toString().endsWith(EXTENSION))
                    .filter(file -> components.isEmpty() || components.contains(component(file)))
                    .sorted()
                    .toList();
        }
    }

    private static String component(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - EXTENSION.length());
    }
}
