package dev.herald.local.settings;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The ports of the suite, each with its default number, its component, and its purpose if it is not the component's main port. */
public enum Port {
    POSTGRES(25432, "postgres", ""),
    KAFKA(29092, "kafka", ""),
    KAFKA_CONTROLLER(29093, "kafka", "controller"),
    KAFKA_CONNECT(28083, "kafka-connect", ""),
    REDIS(26380, "redis", ""),
    SENTINEL(26379, "sentinel", ""),
    SMTP(1025, "smtp", ""),
    INBOX(8025, "smtp", "inbox"),
    DISCOVERY(8761, "discovery", ""),
    DISCOVERY_MANAGEMENT(9761, "discovery", "management"),
    USER_SERVICE(8081, "user-service", ""),
    USER_SERVICE_MANAGEMENT(9081, "user-service", "management"),
    POST_SERVICE(8082, "post-service", ""),
    POST_SERVICE_MANAGEMENT(9082, "post-service", "management"),
    NOTIFICATION_SERVICE(8083, "notification-service", ""),
    NOTIFICATION_SERVICE_MANAGEMENT(9083, "notification-service", "management"),
    GATEWAY(8080, "gateway", ""),
    GATEWAY_MANAGEMENT(9080, "gateway", "management"),
    PROMETHEUS(9090, "prometheus", ""),
    ZIPKIN(9411, "zipkin", "");

    private final int number;
    private final String component;
    private final String purpose;

    Port(int number, String component, String purpose) {
        this.number = number;
        this.component = component;
        this.purpose = purpose;
    }

    public int number() {
        return number;
    }

    String variable() {
        return "HERALD_" + name() + "_PORT";
    }

    /** Empty for the main port of a component. */
    public String purpose() {
        return purpose;
    }

    /** The ports of a component, the main one first. */
    public static List<Port> of(String component) {
        return Arrays.stream(values())
                .filter(port -> port.component.equals(component))
                .toList();
    }

    /** The components that {@code up} starts with these settings. */
    public static List<PortUser> users(Settings settings) {
        return Arrays.stream(values())
                .map(port -> port.component)
                .distinct()
                .filter(settings::isStarted)
                .<PortUser>map(component -> new Listener(component, settings.ports(component), settings.host()))
                .toList();
    }

    private record Listener(String name, Map<Port, Integer> ports, String host) implements PortUser {}

    /** For example {@code 8081, management 9081}. */
    public static String describe(Map<Port, Integer> numbers) {
        return numbers.entrySet().stream()
                .map(entry -> (entry.getKey().purpose + " " + entry.getValue()).strip())
                .collect(joining(", "));
    }
}
