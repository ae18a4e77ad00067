package dev.herald.chaos;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client that retries, and distinguishes refused writes from writes of unknown outcome. */
final class GatewayClient {

    /** The number of attempts of a request whose outcome is not final. All have the same Idempotency-Key. */
    private static final int ATTEMPTS = 3;

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    /** Shorter than the gateway's response timeout (10 s), so that a request to a frozen component ends here, with an unknown outcome. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String KEY_IN_USE = "idempotency-key-in-use";
    private static final Pattern VERSION = Pattern.compile("\"(\\d+)-.*");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI address;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    GatewayClient(URI address) {
        this.address = address;
    }

    /** @param body the body of the last answer; an empty object if there was none */
    record Answer(Outcome outcome, JsonNode body) {

        Answer(Outcome outcome) {
            this(outcome, JSON.createObjectNode());
        }
    }

    /** @param body the fields of the JSON body; empty for a request without a body */
    HttpRequest.Builder request(String method, String path, Map<String, ?> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
        return body.isEmpty()
                ? request.method(method, HttpRequest.BodyPublishers.noBody())
                : request.header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    /** Repeats a request until its outcome is final, at most {@link #ATTEMPTS} times. */
    Answer sendWithRetries(HttpRequest request) throws InterruptedException {
        Answer answer = send(request);
        for (int attempt = 1; attempt < ATTEMPTS && !answer.outcome().isFinal(); attempt++) {
            Thread.sleep(BETWEEN_ATTEMPTS);
            Answer repetition = send(request);
            // A refusal of a repetition ends the retries. The outcome stays unknown if an earlier attempt may be
            // stored.
            answer = new Answer(answer.outcome().then(repetition.outcome()), repetition.body());
            if (repetition.outcome().isFinal()) {
                break;
            }
        }
        return answer;
    }

    private Answer send(HttpRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> response =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            return answer(response.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            response.cancel(true);
            return new Answer(new Outcome.Unknown("no answer in time"));
        } catch (ExecutionException e) {
            return new Answer(outcome(e.getCause()));
        }
    }

    private static Outcome outcome(@Nullable Throwable failure) {
        return switch (failure) {
            case ConnectException refused -> new Outcome.Undelivered();
            case HttpConnectTimeoutException tooLate -> new Outcome.Undelivered();
            case IOException cutOff -> new Outcome.Unknown(cutOff.toString());
            case null, default -> throw new IllegalStateException(failure);
        };
    }

    private static Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        JsonNode body = response.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(response.body());
        String reason = "%d %s".formatted(status, body.path("code").asString(""));
        if (status < 300) {
            return new Answer(new Outcome.Acknowledged(body.path("id").asString(""), version(response)), body);
        }
        boolean decided = status < 500 && !reason.endsWith(KEY_IN_USE);
        return new Answer(decided ? new Outcome.Refused(reason) : new Outcome.Unknown(reason), body);
    }

    /** The version, with which a strong ETag begins. */
    private static long version(HttpResponse<?> response) {
        Matcher tag = VERSION.matcher(response.headers().firstValue("ETag").orElse(""));
        return tag.matches() ? Long.parseLong(tag.group(1)) : Outcome.NO_VERSION;
    }
}
