package dev.herald.local.cli;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import dev.herald.local.server.Http;
import dev.herald.local.settings.Port;
import dev.herald.local.suite.BadUsage;
import dev.herald.local.suite.Suite;
import dev.herald.local.suite.Terminal;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./herald trace}: prints the log lines and spans of one request in the order of time. */
final class Trace {

    /** A trace id (W3C Trace Context), alone or in a header {@code traceparent} or {@code traceresponse}. */
    private static final Pattern TRACE_ID =
            Pattern.compile("(?:[0-9a-f]{2}-)?([0-9a-f]{32})(?:-[0-9a-f]{16}-[0-9a-f]{2})?");

    private static final Pattern TRACE_ID_IN_LINE = Pattern.compile("\\b[0-9a-f]{32}\\b");

    /** The values of {@code X-Request-Id} that the gateway accepts. */
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    private static final String NO_TRACE_ID = "\"%s\" is no trace id: a trace id has 32 hexadecimal digits";

    private final Suite suite;
    private final Terminal terminal;
    private final Logs logs;

    Trace(Suite suite, Terminal terminal) {
        this.suite = suite;
        this.terminal = terminal;
        this.logs = new Logs(suite.settings().home().logs(), List.of(), ZoneId.systemDefault());
    }

    /**
     * Prints the trace, and returns whether any line or span was found.
     *
     * @param typed a trace id or a request id
     */
    boolean print(String typed) throws IOException, InterruptedException {
        boolean observed = suite.runs("zipkin");
        Matcher traceId = TRACE_ID.matcher(typed.strip().toLowerCase(Locale.ROOT));
        Set<String> ids = traceId.matches() ? Set.of(traceId.group(1)) : traceIdsOfRequest(typed);
        List<LogEntry> entries = entriesWith(traceId.matches() ? ids : union(ids, typed));
        if (observed) {
            for (String id : ids) {
                entries.addAll(spans(id));
            }
        }
        if (entries.isEmpty()) {
            terminal.line("No log line%s has the trace id %s. Logs are kept until ./herald reset."
                    .formatted(observed ? " and no span" : "", String.join(", ", ids)));
            return false;
        }
        entries.stream()
                .sorted(Comparator.comparing(LogEntry::time))
                .forEach(entry -> entry.lines().forEach(line -> terminal.logLine(entry.component(), line)));
        if (!observed) {
            terminal.line("Spans are recorded only after ./herald up --observe.");
        }
        return true;
    }

    private static Set<String> union(Set<String> ids, String other) {
        Set<String> all = new TreeSet<>(ids);
        all.add(other);
        return all;
    }

    /** The trace ids of the log lines that contain the request id. */
    private Set<String> traceIdsOfRequest(String requestId) throws IOException {
        if (!REQUEST_ID.matcher(requestId).matches()) {
            throw new BadUsage(NO_TRACE_ID.formatted(requestId) + ".");
        }
        List<LogEntry> named = entriesWith(Set.of(requestId));
        if (named.isEmpty()) {
            throw new BadUsage(
                    NO_TRACE_ID.formatted(requestId) + ", and no request in the logs has it as its X-Request-Id.");
        }
        return named.stream()
                .flatMap(entry ->
                        TRACE_ID_IN_LINE.matcher(entry.lines().getFirst()).results())
                .map(MatchResult::group)
                .collect(toCollection(TreeSet::new));
    }

    private List<LogEntry> entriesWith(Set<String> ids) throws IOException {
        String any = ids.stream().map(Pattern::quote).collect(joining("|"));
        Pattern whole = Pattern.compile("(?<![A-Za-z0-9])(" + any + ")(?![A-Za-z0-9])");
        List<LogEntry> entries = new ArrayList<>();
        logs.each(new LogQuery(false, Optional.empty(), Optional.of(whole)), entries::add);
        return entries;
    }

    private List<LogEntry> spans(String traceId) throws InterruptedException {
        HttpResponse<String> answer = Http.get(suite.settings().url(Port.ZIPKIN, "/api/v2/trace/" + traceId));
        return answer.statusCode() == 200
                ? JsonMapper.shared()
                        .readTree(answer.body())
                        .valueStream()
                        .map(Trace::entry)
                        .toList()
                : List.of();
    }

    /** Converts a span to a log entry. Zipkin's times are in microseconds. */
    private static LogEntry entry(JsonNode span) {
        Instant begin = Instant.EPOCH.plus(span.path("timestamp").asLong(), ChronoUnit.MICROS);
        String line = String.format(
                Locale.ROOT,
                "%s  SPAN %s %s %.1f ms%s",
                begin.truncatedTo(ChronoUnit.MILLIS),
                span.path("kind").asString("INTERNAL"),
                span.path("name").asString(),
                span.path("duration").asLong() / 1000.0,
                span.path("tags").has("error")
                        ? " failed: " + span.at("/tags/error").asString()
                        : "");
        return new LogEntry(begin, span.at("/localEndpoint/serviceName").asString(), List.of(line));
    }
}
