package dev.herald.local.suite;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result of one status check: a request, the registry, Prometheus and the probe of each component.
 *
 * @param since when the oldest running process was started
 * @param problems why requests are not served; empty if they are
 */
public record SuiteStatus(
        Instant since,
        GatewayAnswer gateway,
        List<Component> components,
        List<Alert> alerts,
        List<String> notes,
        List<String> problems) {

    /**
     * The answer to one public request through the gateway.
     *
     * @param status 0 without an answer
     */
    public record GatewayAnswer(URI url, int status, long millis) {

        public boolean isGood() {
            return status == 200;
        }
    }

    /**
     * The result for one component.
     *
     * @param registered the status in the registry, or {@code ABSENT}; null if it is no service
     * @param problem null if there is none
     */
    public record Component(
            ComponentStatus process,
            State state,
            @Nullable String registered,
            @Nullable String problem,
            List<PortNumber> ports) {

        boolean isUp() {
            return state == State.UP || state == State.EXTERNAL;
        }
    }

    /** The purpose is {@code service} for the first port of a component. */
    record PortNumber(String purpose, int number) {}

    /** A firing alert. */
    public record Alert(String name, String severity, String since, String summary) {

        boolean isPage() {
            return severity.equals("page");
        }
    }

    /** Whether callers are served, every component is up, and no page fires. */
    public boolean isServed() {
        return problems.isEmpty();
    }

    Optional<Component> component(String name) {
        return components.stream()
                .filter(component -> component.process().name().equals(name))
                .findFirst();
    }

    /** The format of {@code help status}: fields may be added, but not renamed or removed. */
    public String json() {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode root = mapper.createObjectNode().put("served", isServed()).put("since", since.toString());
        root.putObject("gateway")
                .put("url", gateway.url().toString())
                .put("status", gateway.status())
                .put("millis", gateway.millis());
        ArrayNode all = root.putArray("components");
        components.forEach(component -> write(component, all.addObject()));
        ArrayNode firing = root.putArray("alerts");
        alerts.forEach(alert -> firing.addObject()
                .put("name", alert.name())
                .put("severity", alert.severity())
                .put("since", alert.since())
                .put("summary", alert.summary()));
        ArrayNode sentences = root.putArray("problems");
        problems.forEach(sentences::add);
        ArrayNode remarks = root.putArray("notes");
        notes.forEach(remarks::add);
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private void write(Component component, ObjectNode node) {
        ComponentStatus process = component.process();
        node.put("name", process.name()).put("state", component.state().name().toLowerCase(Locale.ROOT));
        if (process.pid() != 0) {
            node.put("pid", process.pid())
                    .put("since", Instant.now().minus(process.uptime()).toString())
                    .put("memoryBytes", process.memory().kibibytes() * 1024);
        }
        ObjectNode numbers = node.putObject("ports");
        component.ports().forEach(port -> numbers.put(port.purpose(), port.number()));
        if (component.registered() != null) {
            node.putObject("registry").put("expected", "UP").put("actual", component.registered());
        }
        if (component.problem() != null) {
            node.put("problem", component.problem());
        }
    }
}
