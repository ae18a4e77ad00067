package dev.herald.gateway.description;

import static java.util.stream.Collectors.toCollection;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One OpenAPI document of several. Components of the same name that mean the same become one; those that differ, in themselves or
 * in what they refer to, keep their name in the document that came first, and bear their service's before it in the others.
 */
final class Merge {

    private static final String COMPONENTS = "#/components/";

    private final ObjectNode whole;
    private final Set<String> operationIds = new HashSet<>();
    private final Set<String> tags = new HashSet<>();

    /** @param whole what the others are added to */
    Merge(ObjectNode whole) {
        this.whole = whole;
    }

    /** @param published which of the document's paths are taken */
    void add(String service, ObjectNode document, Predicate<String> published) {
        String prefix =
                Stream.of(service.split("-", -1)).map(StringUtils::capitalize).reduce("", String::concat);
        Set<String> conflicts = conflicts(document);
        ObjectNode part = document.deepCopy();
        redirect(part, conflicts, prefix);
        names(part)
                .forEach(name -> whole.withObject("/components")
                        .withObject("/" + section(name))
                        .putIfAbsent((conflicts.contains(name) ? prefix : "") + simple(name), component(part, name)));
        part.path("tags")
                .valueStream()
                .filter(tag -> tags.add(tag.path("name").asString()))
                .forEach(whole.withArray("/tags")::add);
        ObjectNode paths = whole.withObject("/paths");
        part.path("paths")
                .propertyStream()
                .filter(path -> published.test(path.getKey()))
                .forEach(path -> {
                    path.getValue().forEach(operation -> identify(operation, prefix));
                    paths.set(path.getKey(), path.getValue());
                });
    }

    /** The components whose name stands for something else in the whole. */
    private Set<String> conflicts(ObjectNode part) {
        Set<String> shared = names(part)
                .filter(name -> !component(whole, name).isMissingNode())
                .collect(toCollection(HashSet::new));
        Set<String> conflicts = shared.stream()
                .filter(name -> !component(part, name).equals(component(whole, name)))
                .collect(toCollection(HashSet::new));
        // What refers to a conflict is one itself, and so on.
        while (conflicts.addAll(shared.stream()
                .filter(name -> references(component(part, name)).anyMatch(conflicts::contains))
                .toList())) {
            shared.removeAll(conflicts);
        }
        return conflicts;
    }

    /** Such as {@code schemas/Post}. */
    private static Stream<String> names(ObjectNode document) {
        return document.path("components")
                .propertyStream()
                .flatMap(section -> section.getValue()
                        .propertyStream()
                        .map(component -> section.getKey() + "/" + component.getKey()));
    }

    private static String section(String name) {
        return name.substring(0, name.indexOf('/'));
    }

    private static String simple(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    private static JsonNode component(ObjectNode document, String name) {
        return document.path("components").path(section(name)).path(simple(name));
    }

    private static Stream<String> references(JsonNode node) {
        return node.findValuesAsString("$ref").stream()
                .filter(reference -> reference.startsWith(COMPONENTS))
                .map(reference -> reference.substring(COMPONENTS.length()));
    }

    private static void redirect(JsonNode node, Set<String> renamed, String prefix) {
        if (node instanceof ObjectNode object && object.path("$ref").isString()) {
            String name = object.get("$ref").asString().substring(COMPONENTS.length());
            if (renamed.contains(name)) {
                object.put("$ref", COMPONENTS + section(name) + "/" + prefix + simple(name));
            }
        }
        node.forEach(child -> redirect(child, renamed, prefix));
    }

    /** Operation ids are unique in the whole. */
    private void identify(JsonNode operation, String prefix) {
        if (operation instanceof ObjectNode object && object.path("operationId").isString()) {
            String id = object.get("operationId").asString();
            if (!operationIds.add(id)) {
                object.put("operationId", StringUtils.uncapitalize(prefix) + StringUtils.capitalize(id));
            }
        }
    }
}
