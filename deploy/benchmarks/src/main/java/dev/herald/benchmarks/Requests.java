package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Repeats one HTTP request.
 *
 * @param expected status
 * @param request makes the request from its name in the charts
 */
record Requests(String name, int users, int expected, Function<String, HttpRequestActionBuilder> request)
        implements Load {

    private static final String REQUESTED_AT = "requestedAt";
    private static final String STATUS = "status";

    /**
     * Reads with access tokens.
     *
     * @param addresses used in turn, as the tokens
     */
    static Requests reading(String name, int users, Supplier<String> addresses, RoundRobin<String> tokens) {
        return new Requests(name, users, 200, title -> reading(title, addresses, tokens));
    }

    static HttpRequestActionBuilder reading(String title, Supplier<String> addresses, RoundRobin<String> tokens) {
        return http(title)
                .get(session -> addresses.get())
                .header("Authorization", session -> "Bearer " + tokens.next());
    }

    @Override
    public ChainBuilder work(String title, Duration duration, Recorder recorder) {
        HttpRequestActionBuilder checked = request.apply(title).check(status().saveAs(STATUS), status().is(expected));
        // The last request is not cut off, because that would drop slow ones.
        boolean cutShort = false;
        return during(duration, cutShort)
                // Removes the status of the answer before.
                .on(exec(session -> session.remove(STATUS).set(REQUESTED_AT, System.nanoTime()))
                        .exec(checked)
                        .exec(session -> counted(session, recorder)));
    }

    private Session counted(Session session, Recorder recorder) {
        Span span = new Span(session.getLong(REQUESTED_AT), System.nanoTime());
        if (!session.isFailed()) {
            recorder.good(span);
            return session;
        }
        recorder.failed(failure(session), span);
        return session.markAsSucceeded();
    }

    private String failure(Session session) {
        if (!session.contains(STATUS)) {
            return "no answer";
        }
        int status = session.getInt(STATUS);
        return status == expected ? "another answer" : "status " + status;
    }
}
