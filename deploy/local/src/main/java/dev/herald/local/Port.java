package dev.herald.local;

import static java.util.stream.Collectors.joining;

import java.util.Map;

/** The ports of the suite, each with its number unless moved and what it is for beside a component's first one. */
enum Port {
    POSTGRES(25432, ""),
    KAFKA(29092, ""),
    KAFKA_CONTROLLER(29093, "controller"),
    REDIS(26380, ""),
    SMTP(1025, ""),
    INBOX(8025, "inbox"),
    DISCOVERY(8761, ""),
    DISCOVERY_MANAGEMENT(9761, "management"),
    USER_SERVICE(8081, ""),
    USER_SERVICE_MANAGEMENT(9081, "management"),
    POST_SERVICE(8082, ""),
    POST_SERVICE_MANAGEMENT(9082, "management"),
    NOTIFICATION_SERVICE(8083, ""),
    NOTIFICATION_SERVICE_MANAGEMENT(9083, "management"),
    GATEWAY(8080, ""),
    GATEWAY_MANAGEMENT(9080, "management"),
    PROMETHEUS(9090, ""),
    ZIPKIN(9411, "");

    private final int number;
    private final String purpose;

    Port(int number, String purpose) {
        this.number = number;
        this.purpose = purpose;
    }

    int number() {
        return number;
    }

    /** The environment variable that moves it. */
    String variable() {
        return "HERALD_" + name() + "_PORT";
    }

    /** Numbers as a reader wants them: what a port is for, and its number. */
    static String describe(Map<Port, Integer> numbers) {
        return numbers.entrySet().stream()
                .map(entry -> (entry.getKey().purpose + " " + entry.getValue()).strip())
                .collect(joining(", "));
    }
}
