package dev.herald.cluster;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The Kubernetes objects that the chart renders. */
record Manifests(List<JsonNode> all) {

    private static final YAMLMapper YAML = new YAMLMapper();

    static Manifests parse(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return new Manifests(
                    documents.readAll().stream().filter(JsonNode::isObject).toList());
        }
    }

    Stream<JsonNode> of(String kind) {
        return all.stream().filter(manifest -> kind(manifest).equals(kind));
    }

    /** The Deployments and StatefulSets, which have a template of pods. */
    Stream<JsonNode> workloads() {
        return Stream.concat(of("Deployment"), of("StatefulSet"));
    }

    /** The workloads whose pods have these labels. */
    Stream<JsonNode> selectedBy(JsonNode labels) {
        Map<String, String> wanted = strings(labels);
        return workloads()
                .filter(workload -> strings(workload.at("/spec/template/metadata/labels"))
                        .entrySet()
                        .containsAll(wanted.entrySet()));
    }

    static String kind(JsonNode manifest) {
        return manifest.path("kind").asString();
    }

    static String name(JsonNode manifest) {
        return manifest.at("/metadata/name").asString();
    }

    static JsonNode container(JsonNode workload) {
        return workload.at("/spec/template/spec/containers/0");
    }

    private static Map<String, String> strings(JsonNode labels) {
        return labels.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asString()));
    }
}
