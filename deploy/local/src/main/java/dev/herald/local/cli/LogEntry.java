package dev.herald.local.cli;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A log line with a time, and the lines after it that have none, such as a stack trace.
 *
 * @param lines one or more
 */
record LogEntry(Instant time, String component, List<String> lines) {

    /** An error level before the message: a word in the logs of Logback, log4j and PostgreSQL, a field in those of Prometheus. */
    private static final Pattern ERROR_LEVEL =
            Pattern.compile("^.{0,60}?(\\b(ERROR|FATAL|PANIC|SEVERE)\\b|level=(error|ERROR))");

    /** Errors that the JVM prints itself, without a time or a level. */
    private static final Pattern LAST_LINES = Pattern.compile(
            "Exception in thread .*|java\\.lang\\.OutOfMemoryError.*|Terminating due to .*|# A fatal error .*|Error: .*|Error occurred during .*");

    LogEntry {
        lines = List.copyOf(lines);
    }

    boolean isError() {
        return ERROR_LEVEL.matcher(lines.getFirst()).find() || isJvmError(lines.getFirst());
    }

    boolean holds(Pattern pattern) {
        return lines.stream().anyMatch(line -> pattern.matcher(line).find());
    }

    /** Whether a line begins a new entry although it has no time. */
    static boolean isJvmError(String line) {
        return LAST_LINES.matcher(line).matches();
    }
}
