package dev.herald.local;

import dev.herald.local.settings.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

    /** Parts of a query that are not metrics: texts, labels, times, variables. */
    private static final Pattern NO_METRIC = Pattern.compile(
            "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

    /** A name that is not followed by a parenthesis, so not a function. */
    private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z_][a-zA-Z0-9_:]*\\b(?!\\s*\\()");

    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

    /** Only where an SSL bundle is set; the gateway's tests show it there. */
    static final String OF_TLS = "ssl_chain_expiry_seconds";

    /** A query, and its place in a file. */
    record Query(String place, String expression) {}

    private Rules() {}

    static JsonNode yaml(Path file) {
        return YAMLMapper.shared().readTree(file.toFile());
    }

    static List<JsonNode> alerts() {
        return rules().filter(rule -> rule.has("alert")).toList();
    }

    static List<Path> files() {
        return files("rules");
    }

    private static List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> rules() {
        return files().stream()
                .map(Rules::yaml)
                .flatMap(file -> elements(file.get("groups")))
                .flatMap(group -> elements(group.get("rules")));
    }

    static List<JsonNode> dashboards() {
        return files("grafana/dashboards").stream()
                .map(file -> JsonMapper.shared().readTree(file.toFile()))
                .toList();
    }

    /** The queries of all panels, with Grafana's variables replaced. */
    static List<Query> panels() {
        return dashboards().stream()
                .flatMap(dashboard -> elements(dashboard.get("panels"))
                        .flatMap(panel ->
                                elements(panel.path("targets")).map(target -> query(dashboard, panel, target))))
                .toList();
    }

    /** The queries of what is drawn over all panels: alerts, new versions. */
    static List<Query> annotations() {
        return dashboards().stream()
                .flatMap(dashboard -> elements(dashboard.at("/annotations/list"))
                        .map(annotation -> query(dashboard, annotation, annotation)))
                .toList();
    }

    /** @param named has a title or a name */
    private static Query query(JsonNode dashboard, JsonNode named, JsonNode target) {
        String place = "%s: %s"
                .formatted(
                        dashboard.get("title").asString(),
                        named.path("title").asString(named.path("name").asString("")));
        String expression = target.get("expr")
                .asString()
                .replace("$__rate_interval", "1m")
                .replace("$application", ".+")
                .replace("$instance", ".+");
        return new Query(place, expression);
    }

    /** The metrics that rules and panels use, and that every suite has. */
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
        metrics.remove(OF_TLS);
        return metrics;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
