package dev.herald.gateway.portal.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.Objects;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/**
 * The state of an instance, from its health and its metrics.
 *
 * @param id in the registry
 * @param state the status of the health endpoint, or {@code NO ANSWER}
 * @param faults the health components that are not UP
 * @param memoryMiB the memory that the JVM uses, in the heap and outside of it
 * @param waiting rows of the outbox that are not yet published
 * @param parked rows of the outbox that Kafka has refused
 * @param lag records that the slowest partition has not yet handled
 */
record InstanceStatus(
        String id,
        String service,
        String address,
        String state,
        String faults,
        long memoryMiB,
        long waiting,
        long parked,
        long lag) {

    private static final int MIB = 1024 * 1024;

    static InstanceStatus of(ServiceInstance instance, JsonNode health, Scrape metrics) {
        return new InstanceStatus(
                id(instance),
                service(instance),
                address(instance),
                health.path("status").asString(),
                health.path("components").properties().stream()
                        .filter(component ->
                                !component.getValue().path("status").asString().equals("UP"))
                        .map(component -> "%s %s"
                                .formatted(
                                        component.getKey(),
                                        component.getValue().path("status").asString()))
                        .collect(joining(", ")),
                (long) metrics.sum("jvm_memory_used_bytes") / MIB,
                (long) metrics.sum("herald_outbox_pending"),
                (long) metrics.sum("herald_outbox_parked"),
                (long) metrics.max("kafka_consumer_fetch_manager_records_lag_max"));
    }

    static InstanceStatus withoutAnswer(ServiceInstance instance) {
        return new InstanceStatus(id(instance), service(instance), address(instance), "NO ANSWER", "", 0, 0, 0, 0);
    }

    static String id(ServiceInstance instance) {
        return Objects.requireNonNullElse(instance.getInstanceId(), address(instance));
    }

    /** Eureka's client returns the name in upper case. */
    private static String service(ServiceInstance instance) {
        return instance.getServiceId().toLowerCase(Locale.ROOT);
    }

    private static String address(ServiceInstance instance) {
        return "%s:%d".formatted(instance.getHost(), instance.getPort());
    }

    boolean isUp() {
        return state.equals("UP");
    }

    String logPage() {
        return "/console/logs?instance=" + UriUtils.encode(id, UTF_8);
    }
}
