package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.exec;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;

/**
 * A load with a preparation before each phase.
 *
 * @param preparation called by each virtual user before its first request, so it must be safe for threads, and fast when repeated
 */
record PreparedLoad(Load load, Preparation preparation) implements Load {

    interface Preparation {
        void run() throws Exception;
    }

    @Override
    public String name() {
        return load.name();
    }

    @Override
    public int users() {
        return load.users();
    }

    @Override
    public ChainBuilder work(String title, Duration duration, Recorder recorder) {
        return exec(session -> prepare(session, recorder))
                // A load whose preparation failed is not measured.
                .exitHereIfFailed()
                .exec(load.work(title, duration, recorder));
    }

    private Session prepare(Session session, Recorder recorder) {
        long now = System.nanoTime();
        try {
            preparation.run();
            return session;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return session.markAsFailed();
        } catch (Exception e) {
            recorder.failed("preparation: " + e.getMessage(), new Recorder.Span(now, System.nanoTime()));
            return session.markAsFailed();
        }
    }
}
