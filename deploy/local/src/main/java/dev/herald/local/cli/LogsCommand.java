package dev.herald.local.cli;

import dev.herald.local.suite.Suite;
import dev.herald.local.suite.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** {@code ./herald logs}: prints the entries that match the options. */
record LogsCommand(Suite suite, Terminal terminal) {

    private static final int USUAL_ENTRIES = 100;

    void run(Arguments arguments) throws IOException, InterruptedException {
        boolean follow = arguments.has("-f");
        LogQuery query = query(arguments);
        List<String> components = arguments.plain();
        Path folder = suite.settings().home().logs();
        components.stream().filter(component -> !Logs.has(folder, component)).forEach(suite.components()::named);
        Logs logs = new Logs(folder, components, ZoneId.systemDefault());
        if (query.isEverything()) {
            logs.last(USUAL_ENTRIES, query).forEach(this::print);
        } else if (printMatches(logs, query) == 0 && !follow) {
            terminal.line("No entry of %s matches. The logs are in %s."
                    .formatted(components.isEmpty() ? "any log" : String.join(", ", components), folder));
        }
        if (follow) {
            logs.follow(query, this::print);
        }
    }

    private static LogQuery query(Arguments arguments) {
        return new LogQuery(
                arguments.has("--errors"),
                arguments
                        .value("--since")
                        .map(typed -> LogTime.parse(typed, ZonedDateTime.now(ZoneId.systemDefault()))),
                arguments.value("--grep").map(LogQuery::pattern));
    }

    private long printMatches(Logs logs, LogQuery query) throws IOException {
        AtomicLong count = new AtomicLong();
        logs.each(query, entry -> {
            count.incrementAndGet();
            print(entry);
        });
        return count.get();
    }

    private void print(LogEntry entry) {
        entry.lines().forEach(line -> terminal.logLine(entry.component(), line));
    }
}
