package dev.herald.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Checks that each environment variable that the chart or compose.yaml sets is one that the service reads. */
class EnvironmentTest {

    private static final List<String> SERVICES =
            List.of("discovery", "gateway", "user-service", "post-service", "notification-service");

    /** Variables that no settings file of Herald names: those of Spring, and one that another variable refers to. */
    private static final Set<String> OTHERS =
            Set.of("SPRING_CONFIG_IMPORT", "SPRING_MAIL_USERNAME", "SPRING_MAIL_PASSWORD", "POD_NAME");

    private static final Pattern WITHOUT_DEFAULT = Pattern.compile("\\$\\{([A-Z_]+)}");

    @Test
    void isReadByTheServicesOfTheChart() throws IOException, InterruptedException {
        Manifests manifests = Helm.get().render("values-production", "smtp.secretName=smtp");

        assertThat(manifests.workloads())
                .hasSize(SERVICES.size())
                .allSatisfy(workload -> assertThat(Manifests.container(workload)
                                .path("env")
                                .valueStream()
                                .map(variable -> variable.path("name").asString()))
                        .isNotEmpty()
                        .allSatisfy(name -> assertIsRead(name, Manifests.name(workload))));
    }

    @Test
    void isReadByTheServicesOfCompose() {
        JsonNode compose = new YAMLMapper().readTree(Repository.read(Repository.path("deploy/compose/compose.yaml")));

        assertAreRead(compose.path("x-environment"), "user-service");
        assertThat(SERVICES)
                .allSatisfy(service -> assertAreRead(compose.at("/services/" + service + "/environment"), service));
    }

    /** A service does not start without such a setting, so the training run would fail and its image would not be built. */
    @Test
    void hasAValueInTheTrainingRunOfAnImageIfItHasNoDefault() throws IOException {
        List<String> options = Repository.read(Repository.path("deploy/images/training.options"))
                .lines()
                .map(option -> option.replaceFirst("=.*", ""))
                .toList();

        for (String service : SERVICES) {
            assertThat(WITHOUT_DEFAULT.matcher(settings(service)).results().map(variable -> "-D" + variable.group(1)))
                    .as(service)
                    .isNotEmpty()
                    .isSubsetOf(options);
        }
    }

    private static void assertAreRead(JsonNode environment, String service) {
        assertThat(environment.propertyNames())
                .filteredOn(name -> !name.equals("<<"))
                .isNotEmpty()
                .allSatisfy(name -> assertIsRead(name, service));
    }

    private static void assertIsRead(String variable, String service) throws IOException {
        if (!OTHERS.contains(variable)) {
            assertThat(settings(service)).as(service).containsPattern("\\$\\{" + variable + "[:}]");
        }
    }

    /** The settings files of a service and of the platform modules that it may import. */
    private static String settings(String service) throws IOException {
        try (Stream<Path> platform = Files.find(
                        Repository.path("platform"),
                        6,
                        (file, attributes) -> file.toString().matches(".*/src/main/resources/platform-[a-z-]+\\.yml"));
                Stream<Path> own = Files.list(Repository.path(service + "/src/main/resources"))) {
            return Stream.concat(platform, own.filter(file -> file.toString().endsWith(".yml")))
                    .map(Repository::read)
                    .collect(Collectors.joining("\n"));
        }
    }
}
