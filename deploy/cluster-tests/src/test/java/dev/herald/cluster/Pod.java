package dev.herald.cluster;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One replica of a rendered Deployment or StatefulSet.
 *
 * @param address its address in the network of the pods
 * @param tmp whether {@code /tmp} is writable
 */
record Pod(JsonNode workload, int number, String address, Access tmp) {

    enum Access {
        READ_WRITE,
        READ_ONLY
    }

    String service() {
        return Manifests.name(workload);
    }

    String name() {
        return service() + "-" + number;
    }

    /** The name that podman gives the container. */
    String container() {
        return name() + "-" + service();
    }

    Probe probe(String kind) {
        return Probe.of(Manifests.container(workload), kind, address);
    }

    Duration terminationGracePeriod() {
        return seconds("/spec/template/spec/terminationGracePeriodSeconds");
    }

    /** How long the pod must be ready before the next one is replaced. */
    Duration minReady() {
        return seconds("/spec/minReadySeconds");
    }

    private Duration seconds(String field) {
        return Duration.ofSeconds(workload.at(field).asInt());
    }

    /**
     * The workload's template as a manifest for podman. The manifest has no ports and no probes, and its variables are expanded: podman
     * would publish the ports on this machine, runs probes with a program in the image, and expands no variables. The tests do what
     * Kubernetes does instead.
     */
    JsonNode manifest() {
        ObjectNode pod = (ObjectNode) workload.at("/spec/template").deepCopy();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ((ObjectNode) pod.path("metadata")).put("name", name());
        ObjectNode container = (ObjectNode) pod.at("/spec/containers/0");
        container.remove(List.of("ports", "startupProbe", "livenessProbe", "readinessProbe"));
        for (JsonNode variable : container.path("env")) {
            if (variable.path("value").isString()) {
                String value = variable.path("value").asString();
                ((ObjectNode) variable).put("value", value.replace("$(POD_NAME)", name()));
            }
        }
        // In podman all pods share a volume of the same name.
        String volume = name() + "-tmp";
        ((ObjectNode) pod.at("/spec/volumes/0")).put("name", volume);
        ((ObjectNode) container.at("/volumeMounts/0")).put("name", volume).put("readOnly", tmp == Access.READ_ONLY);
        return pod;
    }
}
