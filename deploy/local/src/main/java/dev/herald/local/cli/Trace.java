package dev.herald.local.cli;

import dev.herald.local.server.Http;
import dev.herald.local.settings.Port;
import dev.herald.local.suite.BadUsage;
import dev.herald.local.suite.Inspection;
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
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./herald trace}: the log lines and spans of one request by time. */
final class Trace {

    /** W3C Trace Context: a trace id alone, or in a {@code traceparent} or {@code traceresponse}. */
    private static final Pattern TRACE_ID =
            Pattern.compile("(?:[0-9a-f]{2}-)?([0-9a-f]{32})(?:-[0-9a-f]{16}-[0-9a-f]{2})?");

    private static final Pattern TRACE_ID_IN_LINE = Pattern.compile("\\b([0-9a-f]{32})\\b");

    /** The format that the gateway accepts. */
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    private static final String NO_TRACE_ID = "\"%s\" is no trace id: that has 32 hexadecimal digits";

    private final Suite suite;
    private final Terminal terminal;
    private final Logs logs;

    Trace(Suite suite, Terminal terminal) {
        this.suite = suite;
        this.terminal = terminal;
        this.logs = new Logs(suite.settings().home().logs(), List.of(), ZoneId.systemDefault());
    }

    /**
     * Prints the trace, and returns whether there is one.
     *
     * @param typed a trace id, or a request id
     * @throws BadUsage if it can be neither
     */
    boolean print(String typed) throws IOException, InterruptedException {
        Optional<String> traceId = traceId(typed);
        List<LogEntry> entries = new ArrayList<>();
        if (traceId.isPresent()) {
            entries.addAll(entriesWith(traceId.get()));
        } else {
            entries.addAll(entriesOfRequest(typed));
        }
        List<LogEntry> spans = new ArrayList<>();
        if (suite.runs("zipkin")) {
            for (String id : traceId.map(List::of).orElseGet(() -> traceIdsIn(entries, typed))) {
                spans.addAll(spans(id));
            }
        }
        if (entries.isEmpty() && spans.isEmpty()) {
            terminal.line("No log line%s has the trace id %s. Logs are kept until ./herald reset."
                    .formatted(suite.runs("zipkin") ? " and no span" : "", traceId.orElse(typed)));
            return false;
        }
        Stream.concat(entries.stream(), spans.stream())
                .sorted(Comparator.comparing(LogEntry::time))
                .forEach(entry -> entry.lines().forEach(line -> terminal.logLine(entry.component(), line)));
        if (!suite.runs("zipkin")) {
            terminal.line("Spans are kept after ./herald up --observe only.");
        }
        return true;
    }

    /**
     * The trace id; empty if this may be a request id.
     *
     * @throws BadUsage if it is neither
     */
    static Optional<String> traceId(String typed) {
        Matcher id = TRACE_ID.matcher(typed.strip().toLowerCase(Locale.ROOT));
        if (id.matches()) {
            return Optional.of(id.group(1));
        }
        if (!REQUEST_ID.matcher(typed).matches()) {
            throw new BadUsage(NO_TRACE_ID.formatted(typed) + ".");
        }
        return Optional.empty();
    }

    private List<LogEntry> entriesWith(String id) throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        Pattern whole = Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(id) + "(?![A-Za-z0-9])");
        logs.each(new LogQuery(false, Optional.empty(), Optional.of(whole)), entries::add);
        return entries;
    }

    /** The lines with the request id, and those of its traces. */
    private List<LogEntry> entriesOfRequest(String requestId) throws IOException {
        List<LogEntry> named = entriesWith(requestId);
        if (named.isEmpty()) {
            throw new BadUsage(
                    NO_TRACE_ID.formatted(requestId) + ", and no request in the logs has it as its X-Request-Id.");
        }
        List<LogEntry> entries = new ArrayList<>(named);
        for (String id : traceIdsIn(named, requestId)) {
            entriesWith(id).stream().filter(entry -> !named.contains(entry)).forEach(entries::add);
        }
        return entries;
    }

    private static List<String> traceIdsIn(List<LogEntry> entries, String except) {
        return entries.stream()
                .flatMap(entry ->
                        TRACE_ID_IN_LINE.matcher(entry.lines().getFirst()).results())
                .map(result -> result.group(1))
                .filter(id -> !id.equals(except))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    private List<LogEntry> spans(String traceId) throws InterruptedException {
        HttpResponse<String> answer =
                Http.get(suite.settings().url(Port.ZIPKIN, "/api/v2/trace/" + traceId), Inspection.LIMIT);
        return answer.statusCode() == 200 ? spansIn(answer.body()) : List.of();
    }

    /** Spans as log entries; Zipkin counts in microseconds. */
    static List<LogEntry> spansIn(String json) {
        List<LogEntry> spans = new ArrayList<>();
        for (JsonNode span : JsonMapper.shared().readTree(json)) {
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
            spans.add(new LogEntry(begin, span.at("/localEndpoint/serviceName").asString(), List.of(line)));
        }
        return spans;
    }
}
