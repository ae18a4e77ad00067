package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A load that repeats one HTTP request.
 *
 * @param expected the expected status
 * @param request makes the request from its name in the charts
 */
record Requests(String name, int users, int expected, Function<String, HttpRequestActionBuilder> request)
        implements Load {

    private static final String REQUESTED_AT = "requestedAt";
    private static final String STATUS = "status";

    /** Reads with access tokens. The requests use the addresses and the tokens in turn. */
    static Requests reading(String name, int users, List<String> addresses, List<String> tokens) {
        RoundRobin<String> address = new RoundRobin<>(addresses);
        RoundRobin<String> token = new RoundRobin<>(tokens);
        return new Requests(
                name,
                users,
                200,
                title -> http(title)
                        .get(session -> address.next())
                        .header("Authorization", session -> "Bearer " + token.next()));
    }

    /** The same requests with a check. An answer that fails the check counts as an error. */
    Requests checking(CheckBuilder check) {
        return new Requests(name, users, expected, request.andThen(made -> made.check(check)));
    }

    @Override
    public ChainBuilder work(String title, Duration duration, Recorder recorder) {
        HttpRequestActionBuilder checked = request.apply(title).check(status().saveAs(STATUS), status().is(expected));
        // Waits for the last answer, because cutting it off would leave out slow requests.
        boolean cutShort = false;
        return during(duration, cutShort)
                // Removes the status of the previous answer.
                .on(exec(session -> session.remove(STATUS).set(REQUESTED_AT, System.nanoTime()))
                        .exec(checked)
                        .exec(session -> counted(session, recorder)));
    }

    private Session counted(Session session, Recorder recorder) {
        Recorder.Span span = new Recorder.Span(session.getLong(REQUESTED_AT), System.nanoTime());
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
