package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.exec;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;

/**
 * A side for which something is made ready whenever its turn comes.
 *
 * @param preparation done before each virtual user's first request, hence by several at a time, and soon over if there is nothing to do
 */
record Prepared(Side side, Preparation preparation) implements Side {

    interface Preparation {
        void run() throws Exception;
    }

    @Override
    public String name() {
        return side.name();
    }

    @Override
    public int users() {
        return side.users();
    }

    @Override
    public ChainBuilder work(String title, Duration duration, Tally tally) {
        return exec(session -> prepare(session, tally))
                // What is not prepared is not measured.
                .exitHereIfFailed()
                .exec(side.work(title, duration, tally));
    }

    private Session prepare(Session session, Tally tally) {
        long now = System.nanoTime();
        try {
            preparation.run();
            return session;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return session.markAsFailed();
        } catch (Exception e) {
            tally.failed("preparation: " + e.getMessage(), new Span(now, System.nanoTime()));
            return session.markAsFailed();
        }
    }
}
