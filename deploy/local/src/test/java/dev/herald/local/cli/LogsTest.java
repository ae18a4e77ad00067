package dev.herald.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.herald.local.suite.BadUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogsTest {

    private static final String GATEWAY = """
            === started 2026-11-30T10:00:00Z
            2026-11-30T10:00:01.100Z  INFO 1 --- [gateway] [main] [   ] d.h.Gateway : Starting
            2026-11-30T10:00:05.000Z ERROR 1 --- [gateway] [main] [   ] d.h.Gateway : It failed
            java.lang.IllegalStateException: no route
            \tat dev.herald.Gateway.run(Gateway.java:1)
            2026-11-30T10:00:09.000Z  INFO 1 --- [gateway] [main] [   ] d.h.Gateway : GET /api/users 200
            """;

    private static final String REDIS = """
            === started 2026-11-30T10:00:00Z
            13529:M 30 Nov 2026 10:00:03.228 * Ready to accept connections
            """;

    private static final String POSTGRES = """
            2026-11-30 10:00:04.044 UTC [13754] LOG:  database system is ready
            2026-11-30 10:00:06.044 UTC [13754] FATAL:  the database system is shutting down
            """;

    @TempDir
    private Path folder;

    private Logs logs(String... components) {
        return new Logs(folder, List.of(components), ZoneOffset.UTC);
    }

    @Nested
    class OfSeveralComponents {

        @BeforeEach
        void write() throws IOException {
            LogsTest.this.write("gateway", GATEWAY);
            LogsTest.this.write("redis", REDIS);
            LogsTest.this.write("postgres", POSTGRES);
        }

        @Test
        void areMergedByTime() throws IOException {
            assertThat(logs().last(100, LogQuery.EVERYTHING))
                    .extracting(LogEntry::component)
                    .containsExactly(
                            "gateway", "redis", "gateway", "redis", "postgres", "gateway", "postgres", "gateway");
        }

        @Test
        void keepAStackTraceTogether() throws IOException {
            assertThat(entries(errors()))
                    .first()
                    .satisfies(entry -> assertThat(entry.lines()).hasSize(3));
        }

        @Test
        void areReducedToErrorsOfEveryFormat() throws IOException {
            assertThat(entries(errors())).extracting(LogEntry::component).containsExactly("gateway", "postgres");
        }

        @Test
        void areReducedToWhatIsNewer() throws IOException {
            LogQuery query = new LogQuery(false, Optional.of(Instant.parse("2026-11-30T10:00:06Z")), Optional.empty());

            assertThat(entries(query)).extracting(LogEntry::component).containsExactly("postgres", "gateway");
        }

        @Test
        void areReducedToWhatMatchesInAnyLine() throws IOException {
            LogQuery query = new LogQuery(false, Optional.empty(), Optional.of(LogQuery.pattern("Gateway\\.java:\\d")));

            assertThat(entries(query))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.isError()).isTrue());
        }

        @Test
        void areReducedToTheLast() throws IOException {
            assertThat(logs("gateway").last(1, LogQuery.EVERYTHING))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.lines().getFirst()).contains("GET /api/users"));
        }

        private LogQuery errors() {
            return new LogQuery(true, Optional.empty(), Optional.empty());
        }
    }

    @Test
    void showWhatAJvmPrintsByItself() throws IOException {
        write("gateway", GATEWAY + "java.lang.OutOfMemoryError: Java heap space\n");

        assertThat(entries(new LogQuery(true, Optional.empty(), Optional.empty())))
                .hasSize(2);
    }

    @Test
    void areReadInPartsWithoutLosingAny() throws IOException {
        StringBuilder large = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            large.append("2026-11-30T10:00:00.000Z  INFO line %d%n".formatted(i));
        }
        write("gateway", large.toString());

        assertThat(entries(LogQuery.EVERYTHING)).hasSize(20_000);
    }

    @Test
    void areFollowedAlsoIntoFilesThatComeLater() throws Exception {
        write("gateway", GATEWAY);
        List<LogEntry> seen = new CopyOnWriteArrayList<>();
        Thread following = Thread.ofVirtual().start(() -> {
            try {
                logs().follow(LogQuery.EVERYTHING, seen::add);
            } catch (IOException | InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            await().until(() -> following.getState() == Thread.State.TIMED_WAITING);
            Files.writeString(
                    folder.resolve("gateway.log"), "2026-11-30T10:01:00Z INFO more\n", StandardOpenOption.APPEND);
            write("redis", REDIS);

            await().untilAsserted(() -> assertThat(seen).hasSize(3));
            assertThat(seen).extracting(LogEntry::component).containsOnly("gateway", "redis");
        } finally {
            following.interrupt();
            following.join();
        }
    }

    @Test
    void areNoneBeforeTheFirstStart() throws IOException {
        assertThat(new Logs(folder.resolve("none"), List.of(), ZoneOffset.UTC).last(10, LogQuery.EVERYTHING))
                .isEmpty();
    }

    @Nested
    class Times {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "2026-11-30T10:00:01.100Z  INFO 1 --- x|2026-11-30T10:00:01.100Z",
                    "2026-11-30T11:00:01.100+01:00  INFO 1 --- x|2026-11-30T10:00:01.100Z",
                    "2026-11-30 10:00:04.044 UTC [1] LOG:  x|2026-11-30T10:00:04.044Z",
                    "2026-11-30 10:00:04,044 INFO  x|2026-11-30T10:00:04.044Z",
                    "2026-11-30T10:00:04,044 INFO  x|2026-11-30T10:00:04.044Z",
                    "13529:M 30 Nov 2026 10:00:03.228 * x|2026-11-30T10:00:03.228Z",
                    "ts=2026-11-30T10:00:03.228Z caller=x level=error|2026-11-30T10:00:03.228Z",
                    "time=2026-11-30T10:00:03.228Z level=ERROR|2026-11-30T10:00:03.228Z",
                    "=== started 2026-11-30T10:00:03Z|2026-11-30T10:00:03Z"
                })
        void areReadFromEveryFormat(String line, Instant expected) {
            assertThat(LogTime.of(line, ZoneOffset.UTC)).hasValue(expected);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\tat dev.herald.Gateway.run(Gateway.java:1)",
                    "",
                    "Caused by: something at 2026-11-30T10:00:03Z",
                    "2026-13-30T10:00:03Z"
                })
        void areNotFoundElsewhere(String line) {
            assertThat(LogTime.of(line, ZoneOffset.UTC)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "90s,2026-11-30T11:58:30Z",
            "10m,2026-11-30T11:50:00Z",
            "2h,2026-11-30T10:00:00Z",
            "1d,2026-11-29T12:00:00Z",
            "10:15,2026-11-30T10:15:00Z",
            "9:15,2026-11-30T09:15:00Z",
            "10:15:30,2026-11-30T10:15:30Z",
            "23:00,2026-11-29T23:00:00Z",
            "2026-11-30,2026-11-30T00:00:00Z",
            "2026-11-30T10:15,2026-11-30T10:15:00Z",
            "2026-11-30 10:15,2026-11-30T10:15:00Z",
            "2026-11-30T10:15:00+01:00,2026-11-30T09:15:00Z"
        })
        void areTypedInMoreThanOneWay(String typed, Instant expected) {
            assertThat(LogTime.parse(typed, ZonedDateTime.parse("2026-11-30T12:00:00Z")))
                    .isEqualTo(expected);
        }

        @ParameterizedTest
        @ValueSource(strings = {"yesterday", "10", "10x", "25:00", "", "-5m", "2026-02-30"})
        void areRefusedOtherwise(String typed) {
            assertThatExceptionOfType(BadUsage.class)
                    .isThrownBy(() -> LogTime.parse(typed, ZonedDateTime.parse("2026-11-30T12:00:00Z")))
                    .withMessageContaining("is no time");
        }
    }

    @Test
    void refuseAPatternThatIsNone() {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> LogQuery.pattern("a("))
                .withMessageContaining("is no regular expression");
    }

    private List<LogEntry> entries(LogQuery query) throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        logs().each(query, entries::add);
        return entries;
    }

    private void write(String component, String text) throws IOException {
        Files.writeString(folder.resolve(component + ".log"), text);
    }
}
