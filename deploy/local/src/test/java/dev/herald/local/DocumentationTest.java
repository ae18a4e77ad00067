package dev.herald.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Markdown pages of the repository name only what exists, and are short. */
class DocumentationTest {

    /** Maven runs tests in the folder of their module. */
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Pattern BUILD_PRODUCT =
            Pattern.compile("(^|/)(target|node_modules|dist|\\.(git|herald|idea))(/|$)");
    private static final Pattern SOURCE =
            Pattern.compile(".*\\.(java|yml|yaml|tpl|sh|json|xml|ts|js|mustache|html|txt)|herald|\\.ci/run");

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^\\s*```.*?^\\s*```$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern TYPE = Pattern.compile("[A-Z][a-z0-9]+([A-Z][a-z0-9]+)*(IT)?");
    private static final Pattern VARIABLE = Pattern.compile("\\bHERALD_[A-Z0-9_]*[A-Z0-9]");
    private static final Pattern PROPERTY = Pattern.compile("herald\\.[a-z.-]+");
    private static final Pattern METRIC = Pattern.compile("\\bherald_[a-z_]*[a-z]");
    private static final Pattern COMMAND = Pattern.compile("\\./herald ([a-z]+)");
    private static final Pattern PATH =
            Pattern.compile("(\\.ci|deploy|discovery|gateway|platform|[a-z]+-service)/[\\w./-]*");

    private static final Pattern READ_VARIABLE = Pattern.compile("\\$\\{(HERALD_[A-Z0-9_]+)");
    private static final Pattern SETTINGS = Pattern.compile(
            "@ConfigurationProperties\\(\"([a-z.-]+)\"\\)\\s*(?:public )?record \\w+\\((.*?)\\)\\s*\\{",
            Pattern.DOTALL);
    private static final Pattern COMPONENT = Pattern.compile("(\\w+)(?:\"\\)|\\s*(?:,|$))");

    private static final List<Path> FILES = files();
    private static final String SOURCES = FILES.stream()
            .filter(file -> SOURCE.matcher(file.toString()).matches())
            .map(DocumentationTest::read)
            .collect(Collectors.joining("\n"));
    private static final Set<String> SETTING_VARIABLES = settingVariables();

    static List<Path> pages() {
        return FILES.stream().filter(file -> file.toString().endsWith(".md")).toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksToWhatExists(Path page) {
        assertThat(find(LINK, withoutCodeBlocks(page)).filter(link -> !link.matches("[a-z]+:.*")))
                .allSatisfy(link -> {
                    String[] parts = link.split("#", 2);
                    Path target = parts[0].isEmpty()
                            ? page
                            : parent(page).resolve(parts[0]).normalize();
                    assertThat(ROOT.resolve(target)).exists();
                    if (parts.length == 2) {
                        assertThat(anchors(target)).contains(parts[1]);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namesTypesAlertsAndPathsThatExist(Path page) {
        assertThat(code(page).filter(code -> TYPE.matcher(code).matches()))
                .allSatisfy(name -> assertThat(isType(name) || SOURCES.contains("alert: " + name + "\n"))
                        .as(name)
                        .isTrue());
        assertThat(code(page).filter(code -> PATH.matcher(code).matches() && !code.contains("/target/")))
                .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namesSettingsMetricsAndCommandsThatExist(Path page) {
        String text = read(page);
        assertThat(find(VARIABLE, text)).allSatisfy(DocumentationTest::assertIsSetting);
        assertThat(code(page).filter(code -> PROPERTY.matcher(code).matches()))
                .allSatisfy(property -> assertIsSetting(variable(property)));
        assertThat(find(METRIC, text))
                .allSatisfy(metric -> assertThat(SOURCES).containsAnyOf("\"" + metric, "\"" + meter(metric)));
        assertThat(find(COMMAND, text))
                .allSatisfy(command -> assertThat(SOURCES).contains("\n    " + command.toUpperCase(Locale.ROOT) + "("));
    }

    @Test
    void documentsEveryVariableThatAServiceReads() {
        String text = pages().stream().map(DocumentationTest::read).collect(Collectors.joining("\n"));

        assertThat(find(READ_VARIABLE, SOURCES).distinct())
                .allSatisfy(variable -> assertThat(text).contains(variable));
    }

    @Test
    void showsTheTypeScriptExampleAsItIs() {
        assertThat(read(Path.of("deploy/clients/typescript/README.md")))
                .contains("```ts\n" + read(Path.of("deploy/clients/typescript/example/journey.ts")) + "```");
    }

    @Test
    void isShort() {
        assertThat(read(Path.of("README.md")).lines()).hasSizeLessThanOrEqualTo(200);
        assertThat(ROOT.resolve("README.md").toFile().length()).isLessThanOrEqualTo(10_000);
        assertThat(pages())
                .allSatisfy(
                        page -> assertThat(ROOT.resolve(page).toFile().length()).isLessThanOrEqualTo(12_000));
    }

    private static boolean isType(String name) {
        return FILES.stream().anyMatch(file -> file.endsWith(name + ".java"));
    }

    private static void assertIsSetting(String variable) {
        String port = variable.replaceFirst("HERALD_(.*)_PORT", "$1");
        assertThat(SOURCES.contains(variable)
                        || SETTING_VARIABLES.contains(variable)
                        || (!port.equals(variable) && SOURCES.contains("\n    " + port + "(")))
                .as(variable)
                .isTrue();
    }

    /** The beginning of the name in the code; Prometheus's name has suffixes for unit and kind. */
    private static String meter(String metric) {
        return metric.replaceFirst("(_seconds|_bytes)?(_total)?$", "").replace('_', '.');
    }

    /** The variables that Spring Boot binds to the settings records. */
    private static Set<String> settingVariables() {
        return SETTINGS.matcher(SOURCES)
                .results()
                .flatMap(settings -> COMPONENT
                        .matcher(settings.group(2).strip())
                        .results()
                        .map(component -> variable(settings.group(1) + "."
                                + component
                                        .group(1)
                                        .replaceAll("([A-Z])", "-$1")
                                        .toLowerCase(Locale.ROOT))))
                .collect(Collectors.toSet());
    }

    private static String variable(String property) {
        return property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    /** The anchors that GitHub makes from headings. */
    private static Stream<String> anchors(Path page) {
        return find(HEADING, withoutCodeBlocks(page))
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'));
    }

    private static Stream<String> code(Path page) {
        return find(CODE, withoutCodeBlocks(page));
    }

    private static String withoutCodeBlocks(Path page) {
        return CODE_BLOCK.matcher(read(page)).replaceAll("");
    }

    private static Stream<String> find(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(DocumentationTest::innermost);
    }

    private static String innermost(MatchResult match) {
        return match.groupCount() == 0 ? match.group() : match.group(1);
    }

    private static Path parent(Path page) {
        Path parent = page.getParent();
        return parent == null ? Path.of("") : parent;
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .map(ROOT::relativize)
                    .filter(file -> !BUILD_PRODUCT.matcher(file.toString()).find())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
