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

/** Has a service read the events again from the beginning. */
final class Replay {

    private final List<Service> instances;

    /** @param instances all of one service that run */
    Replay(List<Service> instances) {
        this.instances = instances;
    }

    /**
     * Each instance reads the partitions that are its own; the first resets the read models for all.
     *
     * @return what is read again, such as {@code user-events-0}
     * @throws BadUsage if the service hears no events
     * @throws ComponentFailed if an instance refuses
     */
    List<String> begin() throws InterruptedException {
        List<String> partitions = new ArrayList<>();
        for (Service instance : instances) {
            boolean reset = instance.equals(instances.getFirst());
            HttpResponse<String> answer =
                    // A text, as Actuator takes every parameter.
                    Http.post(instance.managementUrl("/actuator/replay"), "{\"reset\": \"%s\"}".formatted(reset));
            if (answer.statusCode() == 404) {
                throw new BadUsage("%s hears no events.".formatted(instance.name()));
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
