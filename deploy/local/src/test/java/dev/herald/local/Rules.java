package dev.herald.local;

import dev.herald.local.settings.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The rules and panels of deploy/observability, as data. */
final class Rules {

    private static final Path FOLDER = Checkout.observability();

    private static final List<String> DASHBOARDS = List.of("suite", "backbone", "gateway", "jvm");

    /** Parts of a query that are not metrics: texts, labels, times, variables. */
    private static final Pattern NO_METRIC = Pattern.compile(
            "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

    /** A name that is not followed by a parenthesis, so not a function. */
    private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z_][a-zA-Z0-9_:]*\\b(?!\\s*\\()");

    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

    /** A query, and its place in a file. */
    record Query(String place, String expression) {}

    private Rules() {}

    static JsonNode yaml(Path file) {
        return YAMLMapper.shared().readTree(file.toFile());
    }

    static List<JsonNode> alerts() {
        return rules().filter(rule -> rule.has("alert")).toList();
    }

    private static Stream<JsonNode> rules() {
        return Stream.of("slo.yml", "alerts.yml")
                .map(file -> yaml(FOLDER.resolve("rules").resolve(file)))
                .flatMap(file -> elements(file.get("groups")))
                .flatMap(group -> elements(group.get("rules")));
    }

    /** The queries of all panels, with Grafana's variables replaced. */
    static List<Query> panels() {
        return DASHBOARDS.stream()
                .flatMap(name -> elements(JsonMapper.shared()
                                .readTree(FOLDER.resolve("grafana/dashboards/" + name + ".json")
                                        .toFile())
                                .get("panels"))
                        .flatMap(panel -> elements(panel.path("targets"))
                                .map(target -> new Query(
                                        "%s: %s"
                                                .formatted(
                                                        name, panel.get("title").asString()),
                                        target.get("expr")
                                                .asString()
                                                .replace("$__rate_interval", "1m")
                                                .replace("$application", ".+")))))
                .toList();
    }

    /** The metrics that rules and panels use. */
    static Set<String> metrics() {
        Set<String> metrics = new TreeSet<>();
        Stream.concat(
                        rules().map(rule -> rule.get("expr").asString()),
                        panels().stream().map(Query::expression))
                .forEach(expression -> {
                    Matcher name = NAME.matcher(NO_METRIC.matcher(expression).replaceAll(" "));
                    while (name.find()) {
                        metrics.add(name.group());
                    }
                });
        metrics.removeAll(OPERATORS);
        return metrics;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
