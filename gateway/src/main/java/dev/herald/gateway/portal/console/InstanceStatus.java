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
 * @param outbox how many rows are not yet published, and how many Kafka has refused; empty without an outbox
 * @param lag the records that the slowest partition has not yet handled; empty without a consumer
 */
record InstanceStatus(
        String id,
        String service,
        String address,
        String state,
        String faults,
        long memoryMiB,
        String outbox,
        String lag) {

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
                metrics.contain("herald_outbox_pending")
                        ? "%.0f waiting, %.0f parked"
                                .formatted(metrics.sum("herald_outbox_pending"), metrics.sum("herald_outbox_parked"))
                        : "",
                metrics.contain("kafka_consumer_fetch_manager_records_lag_max")
                        ? "%.0f".formatted(metrics.max("kafka_consumer_fetch_manager_records_lag_max"))
                        : "");
    }

    static InstanceStatus withoutAnswer(ServiceInstance instance) {
        return new InstanceStatus(id(instance), service(instance), address(instance), "NO ANSWER", "", 0, "", "");
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
