package dev.herald.gateway.access;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.herald.platform.lifecycle.BackgroundThread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import org.springframework.stereotype.Component;

/**
 * Writes the lines of the access log in batches, because single writes cost 5 % of the request rate, and Logback's
 * AsyncAppender wakes its thread for each line. A killed process loses the lines of the last 100 ms.
 */
@Component
class AccessLines extends BackgroundThread {

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    /** If the queue is full, the thread of the request writes the line itself. */
    private static final int CAPACITY = 10_000;

    /** Of Logback's type, because SLF4J would give a line the time when it is written, not the time of the request. */
    private final Logger log = (Logger) LoggerFactory.getLogger(AccessLog.class);

    private final BlockingQueue<LoggingEvent> waiting = new LinkedBlockingQueue<>(CAPACITY);

    AccessLines() {
        super(Thread.ofPlatform().daemon().name("access-log"), STOP_LIMIT);
    }

    boolean areEnabled() {
        return log.isInfoEnabled();
    }

    void add(String pattern, List<?> arguments, List<KeyValuePair> fields, Map<String, String> context) {
        LoggingEvent line =
                new LoggingEvent(AccessLines.class.getName(), log, Level.INFO, pattern, null, arguments.toArray());
        line.setThreadName(Thread.currentThread().getName());
        line.setKeyValuePairs(fields);
        line.setMDCPropertyMap(context);
        if (!waiting.offer(line)) {
            log.callAppenders(line);
        } else if (!isRunning()) {
            write();
        }
    }

    @Override
    protected void run() throws InterruptedException {
        while (isRunning()) {
            Thread.sleep(INTERVAL);
            write();
        }
    }

    @Override
    public void stop() {
        super.stop();
        write();
    }

    private void write() {
        for (LoggingEvent line = waiting.poll(); line != null; line = waiting.poll()) {
            log.callAppenders(line);
        }
    }
}
