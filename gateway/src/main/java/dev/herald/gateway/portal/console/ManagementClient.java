package dev.herald.gateway.portal.console;

import dev.herald.platform.management.ManagementSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Calls the management ports of the instances. Emits {@code WebClientException} if an instance does not answer. */
@Component
@Profile("local")
public class ManagementClient {

    private static final int MAX_RESPONSE_BYTES = 8 * 1024 * 1024;

    private final DiscoveryClient registry;
    private final WebClient http;

    ManagementClient(DiscoveryClient registry, ManagementSettings settings) {
        this.registry = registry;
        this.http = WebClient.builder()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_RESPONSE_BYTES))
                .defaultHeaders(headers ->
                        settings.authorization().ifPresent(token -> headers.set(HttpHeaders.AUTHORIZATION, token)))
                .build();
    }

    /** The names of the services with an instance, sorted. */
    List<String> services() {
        return registry.getServices().stream().sorted().toList();
    }

    List<ServiceInstance> instances(String service) {
        return registry.getInstances(service);
    }

    public Optional<ServiceInstance> firstOf(String service) {
        return instances(service).stream().findFirst();
    }

    /** The body of a 2xx, or of the 503 by which a health endpoint reports a fault. */
    public <T> Mono<T> get(ServiceInstance instance, String path, Class<T> type) {
        return http.get()
                .uri(address(instance).resolve(path))
                .retrieve()
                .onStatus(HttpStatus.SERVICE_UNAVAILABLE::equals, fault -> Mono.empty())
                .bodyToMono(type);
    }

    /** The last bytes of the log; its first line may be incomplete. */
    Mono<String> logOf(ServiceInstance instance, int bytes) {
        return http.get()
                .uri(address(instance).resolve("/actuator/logfile"))
                .header("Range", "bytes=-" + bytes)
                .retrieve()
                .bodyToMono(String.class);
    }

    <T> Mono<T> post(ServiceInstance instance, String path, Map<String, String> body, Class<T> type) {
        return http.post()
                .uri(address(instance).resolve(path))
                .bodyValue(body)
                .retrieve()
                .bodyToMono(type);
    }

    private static URI address(ServiceInstance instance) {
        Map<String, String> metadata = Objects.requireNonNullElse(instance.getMetadata(), Map.of());
        return URI.create("http://%s:%s".formatted(instance.getHost(), metadata.get("management.port")));
    }
}
