package dev.herald.local.suite;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result of one status check: a request, the registry, Prometheus and the probe of each component.
 *
 * @param since when the oldest running process was started
 * @param problems why requests are not served; empty if they are
 */
@JsonPropertyOrder({"served", "since", "gateway", "components", "alerts", "problems", "notes"})
public record SuiteStatus(
        Instant since,
        GatewayAnswer gateway,
        List<ComponentStatus> components,
        List<Alert> alerts,
        List<String> notes,
        List<String> problems) {

    /**
     * The answer to one public request through the gateway.
     *
     * @param status 0 without an answer
     */
    public record GatewayAnswer(URI url, int status, long millis) {

        @JsonIgnore
        public boolean isGood() {
            return status == 200;
        }
    }

    public record Alert(String name, String severity, String since, String summary) {

        @JsonIgnore
        boolean isPage() {
            return severity.equals("page");
        }
    }

    /** Whether callers are served, every component is up, and no page fires. */
    @JsonProperty("served")
    public boolean isServed() {
        return problems.isEmpty();
    }

    /** The format of {@code help status}: fields may be added, but not renamed or removed. */
    public String json() {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this);
    }
}
