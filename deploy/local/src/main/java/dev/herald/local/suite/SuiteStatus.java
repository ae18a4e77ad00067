package dev.herald.local.suite;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result of an {@link Inspection}.
 *
 * @param since the start time of the oldest running process
 * @param notes sentences about services that get no requests while another instance serves
 * @param problems the reasons why requests are not served; empty if they are served
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
     * The answer to one request through the gateway.
     *
     * @param status 0 if there was no answer
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

    /** Whether requests are served, every component is up, and no alert with the severity page fires. */
    @JsonProperty("served")
    public boolean isServed() {
        return problems.isEmpty();
    }

    /** The object that {@code ./herald help status} describes. Fields may be added, but not renamed or removed. */
    public String json() {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this);
    }
}
