package dev.herald.gateway.portal.console;

import dev.herald.gateway.problem.GatewayProblem;
import dev.herald.platform.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.web.exchanges.HttpExchangeRepository;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The data that the console shows, requested from the instances each time. */
@Component
@Profile("local")
class Console {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int CONCURRENCY = 16;
    private static final int SHOWN_REQUESTS = 25;
    private static final List<String> UNINTERESTING = List.of("/console", "/actuator");
    private static final int SHOWN_LOG_BYTES = 32 * 1024;

    private final ManagementClient management;
    private final HttpExchangeRepository requests;

    Console(ManagementClient management, HttpExchangeRepository requests) {
        this.management = management;
        this.requests = requests;
    }

    /** @param eventType empty if the record has none */
    record DeadLetter(String service, String id, String eventType, String reason) {}

    Mono<List<InstanceStatus>> instances() {
        return Flux.fromIterable(management.services())
                .flatMapIterable(management::instances)
                .flatMapSequential(this::status, CONCURRENCY)
                .collectList();
    }

    private Mono<InstanceStatus> status(ServiceInstance instance) {
        return Mono.zip(
                        management.get(instance, "/actuator/health", JsonNode.class),
                        management.get(instance, "/actuator/prometheus", String.class))
                .map(answers -> InstanceStatus.of(instance, answers.getT1(), new Scrape(answers.getT2())))
                .timeout(TIMEOUT)
                .onErrorReturn(InstanceStatus.withoutAnswer(instance));
    }

    /** The dead letters of all services. A service that does not answer is left out. */
    Mono<List<DeadLetter>> deadLetters() {
        return Flux.fromIterable(management.services())
                .flatMapSequential(this::deadLetters, CONCURRENCY)
                .collectList();
    }

    private Flux<DeadLetter> deadLetters(String service) {
        return Mono.justOrEmpty(management.firstOf(service))
                .flatMap(instance -> management.get(instance, "/actuator/deadletters", JsonNode.class))
                .timeout(TIMEOUT)
                .onErrorComplete()
                .flatMapIterable(listing -> listing.path("deadLetters"))
                .map(letter -> new DeadLetter(
                        service,
                        letter.path("id").asString(),
                        letter.path("type").asString(""),
                        letter.path("reason").asString("")));
    }

    /** @return the outcome, such as {@code replayed} */
    Mono<String> replay(String service, String id) {
        return Mono.justOrEmpty(management.firstOf(service))
                .flatMap(instance ->
                        management.post(instance, "/actuator/deadletters", Map.of("ids", id), JsonNode.class))
                .map(outcomes -> outcomes.at("/deadLetters/0/outcome").asString("no longer there"))
                .switchIfEmpty(Mono.error(() -> unknown("There is no service '%s'.".formatted(service))));
    }

    Mono<String> log(String instanceId) {
        return Flux.fromIterable(management.services())
                .flatMapIterable(management::instances)
                .filter(instance -> InstanceStatus.id(instance).equals(instanceId))
                .next()
                .switchIfEmpty(Mono.error(() -> unknown("There is no instance '%s'.".formatted(instanceId))))
                .flatMap(instance -> management.logOf(instance, SHOWN_LOG_BYTES))
                .timeout(TIMEOUT);
    }

    List<LatestRequest> latestRequests() {
        return requests.findAll().stream()
                .map(LatestRequest::of)
                .filter(request -> UNINTERESTING.stream().noneMatch(request.path()::startsWith))
                .limit(SHOWN_REQUESTS)
                .toList();
    }

    static GatewayProblem unknown(String detail) {
        return new GatewayProblem(ProblemCode.NOT_FOUND, detail);
    }
}
