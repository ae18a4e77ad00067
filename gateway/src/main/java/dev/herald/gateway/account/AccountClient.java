package dev.herald.gateway.account;

import dev.herald.platform.request.RequestIds;
import io.micrometer.observation.ObservationRegistry;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancedExchangeFilterFunction;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;

/** Calls user-service. Repeats a call whose connection could not be opened. */
@Component
class AccountClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    private final WebClient http;

    AccountClient(
            ClientHttpConnectorBuilder<?> connector,
            HttpClientSettings settings,
            LoadBalancedExchangeFilterFunction loadBalancer,
            ObservationRegistry observations) {
        this.http = WebClient.builder()
                .clientConnector(connector.build(settings.withConnectTimeout(CONNECT_TIMEOUT)))
                .baseUrl("http://user-service")
                .filter(loadBalancer)
                .observationRegistry(observations)
                .build();
    }

    /**
     * @param code of the problem; empty if there is none
     * @param messages of the invalid fields
     */
    record Answer(int status, String code, List<String> messages) {

        static Answer of(int status, JsonNode problem) {
            return new Answer(
                    status,
                    problem.path("code").asString(""),
                    problem.path("errors")
                            .valueStream()
                            .map(error -> error.path("message").asString(""))
                            .toList());
        }
    }

    Mono<Answer> post(AccountPage page, Map<String, String> body, String requestId) {
        return http.post()
                .uri("/api/auth/" + page.path())
                .header(RequestIds.HEADER, requestId)
                .bodyValue(body)
                .exchangeToMono(AccountClient::answer)
                .retryWhen(Retry.max(2).filter(failure -> failure.getCause() instanceof ConnectException))
                .timeout(TIMEOUT);
    }

    private static Mono<Answer> answer(ClientResponse response) {
        int status = response.statusCode().value();
        return response.bodyToMono(JsonNode.class)
                .map(problem -> Answer.of(status, problem))
                .defaultIfEmpty(new Answer(status, "", List.of()));
    }
}
