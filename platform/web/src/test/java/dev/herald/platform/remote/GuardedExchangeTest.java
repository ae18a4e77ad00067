package dev.herald.platform.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.herald.platform.testing.OtherService;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

class GuardedExchangeTest {

    private static final int ATTEMPTS = 3;

    private static final String SERVICE = "other";

    private final CircuitBreaker breaker = CircuitBreaker.ofDefaults(SERVICE);
    private boolean othersAnswer;

    private final Guard guard = new Guard(
            new SimpleAsyncTaskExecutor(),
            TimeLimiter.of(Duration.ofMinutes(1)),
            Bulkhead.ofDefaults(SERVICE),
            Retry.of(
                    SERVICE,
                    RetryConfig.custom()
                            .maxAttempts(ATTEMPTS)
                            .waitDuration(Duration.ofMillis(1))
                            .build()),
            breaker,
            () -> othersAnswer);

    private final Things things = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(RestClient.builder()
                    .baseUrl(OtherService.POST_SERVICE.url())
                    // The services' HTTP client; another client on the class path would repeat requests itself.
                    .requestFactory(new JdkClientHttpRequestFactory())
                    .build()))
            .exchangeAdapterDecorator(exchange -> new GuardedExchange(exchange, guard))
            .build()
            .createClient(Things.class);

    private final UUID id = UUID.randomUUID();

    private final String path = "/things/" + id;

    interface Things {

        @HttpExchange("/things/{id}")
        void send(HttpMethod method, @PathVariable UUID id);

        @GetExchange("/things/{id}")
        String read(@PathVariable UUID id);
    }

    @ParameterizedTest
    @CsvSource({"GET, 3", "PUT, 3", "DELETE, 3", "POST, 1", "PATCH, 1"})
    void repeatsWhatMayBeRepeatedAndNothingElse(HttpMethod method, int requests) {
        OtherService.POST_SERVICE.answers(path, 503, "{}");

        assertThatExceptionOfType(ServiceUnavailable.class).isThrownBy(() -> things.send(method, id));

        assertThat(OtherService.POST_SERVICE.requests(path)).hasSize(requests);
    }

    @Test
    void leavesItToTheCallerWhatIsNotFound() {
        OtherService.POST_SERVICE.answers(path, 404, "{}");

        assertThatExceptionOfType(HttpClientErrorException.NotFound.class).isThrownBy(() -> things.read(id));
    }

    @Test
    void tellsTheCallerThatTheirSessionHasEnded() {
        OtherService.POST_SERVICE.answers(path, 401, "{\"code\": \"token-revoked\"}");

        assertThatExceptionOfType(SessionEnded.class).isThrownBy(() -> things.read(id));
    }

    @Test
    void takesAnotherRefusalOfTheTokenForNoAnswer() {
        OtherService.POST_SERVICE.answers(path, 401, "{\"code\": \"invalid-token\"}");

        assertThatExceptionOfType(ServiceUnavailable.class).isThrownBy(() -> things.read(id));
    }

    @Test
    void isRefusedByAnOpenBreakerUnlessAnotherInstanceAnswers() {
        OtherService.POST_SERVICE.answers(path, 200, "{}");
        breaker.transitionToForcedOpenState();
        assertThatExceptionOfType(ServiceUnavailable.class).isThrownBy(() -> things.read(id));

        othersAnswer = true;

        assertThat(things.read(id)).isEqualTo("{}");
    }

    @Test
    void takesNoAnswerWithoutTheBodyThatItNeeds() {
        OtherService.POST_SERVICE.answers(path, 200, "");

        assertThatExceptionOfType(ServiceUnavailable.class).isThrownBy(() -> things.read(id));
    }
}
