package dev.herald.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AccessLinesTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(AccessLog.class);

    private final Queue<ILoggingEvent> written = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            written.add(line);
        }
    };
    private final AccessLines lines = new AccessLines();
    private @Nullable Level level;

    @BeforeEach
    void listen() {
        level = LOG.getLevel();
        LOG.setLevel(Level.INFO);
        appender.setContext(LOG.getLoggerContext());
        appender.start();
        LOG.addAppender(appender);
    }

    @AfterEach
    void stop() {
        lines.stop();
        LOG.detachAppender(appender);
        LOG.setLevel(level);
    }

    @Test
    void haveTheTimeAndTheThreadOfTheirRequest() {
        lines.start();
        Instant before = Instant.now();
        add("a");
        Instant after = Instant.now();

        await().until(() -> !written.isEmpty());

        assertThat(written).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).isEqualTo("request a");
            assertThat(line.getInstant()).isBetween(before, after);
            assertThat(line.getThreadName()).isEqualTo(Thread.currentThread().getName());
            assertThat(line.getMDCPropertyMap()).containsEntry("requestId", "a");
        });
    }

    @Test
    void areAllWrittenWhenItStops() {
        lines.start();
        IntStream.range(0, 1_000).forEach(number -> add("a"));

        lines.stop();

        assertThat(written).hasSize(1_000);
    }

    @Test
    void areWrittenAtOnceWhenItHasStopped() {
        lines.start();
        lines.stop();

        add("late");

        assertThat(written).hasSize(1);
    }

    private void add(String id) {
        lines.add("request {}", List.of(id), List.of(), Map.of("requestId", id));
    }
}
