package dev.herald.local.suite;

import dev.herald.local.server.ComponentFailed;
import dev.herald.local.server.Http;
import dev.herald.local.server.Service;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes a service read the events from the beginning again. */
final class Replay {

    private final List<Service> instances;

    /** @param instances all running instances of a service */
    Replay(List<Service> instances) {
        this.instances = instances;
    }

    /**
     * Each instance reads its own partitions; the first resets the read models.
     *
     * @return the partitions, such as {@code user-events-0}
     * @throws BadUsage if the service consumes no events
     * @throws ComponentFailed if an instance refuses
     */
    List<String> begin() throws InterruptedException {
        List<String> partitions = new ArrayList<>();
        for (Service instance : instances) {
            boolean reset = instance.equals(instances.getFirst());
            HttpResponse<String> answer =
                    // Actuator takes parameters as text.
                    Http.post(instance.managementUrl("/actuator/replay"), "{\"reset\": \"%s\"}".formatted(reset));
            if (answer.statusCode() == 404) {
                throw new BadUsage("%s consumes no events.".formatted(instance.name()));
            }
            if (answer.statusCode() != 200) {
                throw new ComponentFailed(
                        instance.name(),
                        "does not replay: %d %s".formatted(answer.statusCode(), answer.body()),
                        List.of());
            }
            JsonNode body = JsonMapper.shared().readTree(answer.body());
            StreamSupport.stream(body.get("partitions").spliterator(), false)
                    .map(JsonNode::asString)
                    .forEach(partitions::add);
        }
        return partitions;
    }
}
