package dev.herald.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Checks without a cluster that the rendered objects have only fields that Kubernetes has, and that each name refers to an existing object.
 */
class ManifestsTest {

    /** The kinds that operators define. The Kubernetes client has no models of them, so their fields are not checked. */
    private static final Set<String> OF_OPERATORS = Set.of("PodMonitor", "PrometheusRule", "ScaledObject", "HTTPRoute");

    /** The keys of the Secret, as values.yaml documents them. */
    private static final Set<String> SECRET_KEYS = Set.of(
            "HERALD_SECRET",
            "HERALD_EMAIL_SECRET",
            "HERALD_EUREKA_PASSWORD",
            "HERALD_ADMIN_EMAIL",
            "HERALD_ADMIN_PASSWORD",
            "HERALD_MANAGEMENT_TOKEN",
            "username",
            "password",
            "url");

    private static Helm helm;

    @BeforeAll
    static void find() throws IOException, InterruptedException {
        helm = Helm.get();
    }

    static Stream<Manifests> renderings() throws IOException, InterruptedException {
        return Stream.of(
                helm.render("values-minimal"),
                helm.render("values-production"),
                helm.render(
                        "values-production",
                        "keda.enabled=false",
                        "httpRoute.enabled=true",
                        "httpRoute.host=api.example.com",
                        "httpRoute.parentRefs[0].name=public"),
                helm.render("values-minimal", "discovery.mode=dns"));
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void haveOnlyFieldsThatKubernetesKnows(Manifests manifests) {
        assertThat(manifests.all())
                .filteredOn(manifest -> !OF_OPERATORS.contains(Manifests.kind(manifest)))
                .hasSizeGreaterThan(15)
                .allSatisfy(manifest -> {
                    JsonElement json = JsonParser.parseString(manifest.toString());
                    Method check = model(manifest).getMethod("validateJsonElement", JsonElement.class);
                    assertThatCode(() -> check.invoke(null, json))
                            .as("%s %s", Manifests.kind(manifest), Manifests.name(manifest))
                            .doesNotThrowAnyException();
                });
    }

    /** The models of the other client have types for numbers too, and know the objects of the Gateway API. */
    @ParameterizedTest
    @MethodSource("renderings")
    void haveValuesOfTheTypesThatKubernetesKnows(Manifests manifests) {
        KubernetesSerialization models = new KubernetesSerialization();

        assertThat(manifests.all())
                .filteredOn(manifest -> !OF_OPERATORS.contains(Manifests.kind(manifest))
                        || Manifests.kind(manifest).equals("HTTPRoute"))
                .allSatisfy(manifest -> assertThat(models.<Object>unmarshal(manifest.toString()))
                        .as("%s %s", Manifests.kind(manifest), Manifests.name(manifest))
                        .isNotInstanceOf(GenericKubernetesResource.class));
    }

    @Test
    void noticesANumberThatIsNone() {
        String deployment = """
                {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"replicas": "two"}}""";

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> new KubernetesSerialization().unmarshal(deployment))
                .withStackTraceContaining("replicas");
    }

    private static Class<?> model(JsonNode manifest) throws ClassNotFoundException {
        String version = manifest.path("apiVersion").asString().replaceFirst(".*/", "");
        return Class.forName("io.kubernetes.client.openapi.models.%s%s"
                .formatted(
                        version.substring(0, 1).toUpperCase(Locale.ROOT) + version.substring(1),
                        Manifests.kind(manifest)));
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void selectPodsThatExist(Manifests manifests) {
        assertThat(manifests.of("Service")).isNotEmpty().allSatisfy(service -> {
            List<JsonNode> selected =
                    manifests.selectedBy(service.at("/spec/selector")).toList();
            assertThat(selected).hasSize(1);
            assertThat(portNames(selected.getFirst()))
                    .contains(service.at("/spec/ports/0/targetPort").asString());
        });
        assertThat(Stream.concat(manifests.of("PodDisruptionBudget"), manifests.workloads()))
                .isNotEmpty()
                .allSatisfy(selecting -> assertThat(manifests.selectedBy(selecting.at("/spec/selector/matchLabels")))
                        .hasSize(1));
        assertThat(manifests.of("NetworkPolicy")).isNotEmpty().allSatisfy(policy -> {
            List<JsonNode> selected = manifests
                    .selectedBy(policy.at("/spec/podSelector/matchLabels"))
                    .toList();
            assertThat(selected).hasSize(1);
            assertThat(portNames(selected.getFirst())).containsAll(portsOf(policy));
        });
    }

    private static List<String> portNames(JsonNode workload) {
        return Manifests.container(workload)
                .path("ports")
                .valueStream()
                .map(port -> port.path("name").asString())
                .toList();
    }

    private static List<String> portsOf(JsonNode policy) {
        return policy.at("/spec/ingress")
                .valueStream()
                .flatMap(rule -> rule.path("ports").valueStream())
                .map(port -> port.path("port").asString())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void nameObjectsThatExist(Manifests manifests) {
        Set<String> accounts =
                manifests.of("ServiceAccount").map(Manifests::name).collect(Collectors.toSet());
        Set<String> workloads = manifests.workloads().map(Manifests::name).collect(Collectors.toSet());
        Set<String> services = manifests.of("Service").map(Manifests::name).collect(Collectors.toSet());

        assertThat(manifests.workloads())
                .allSatisfy(workload -> assertThat(accounts)
                        .contains(workload.at("/spec/template/spec/serviceAccountName")
                                .asString()));
        assertThat(Stream.concat(manifests.of("HorizontalPodAutoscaler"), manifests.of("ScaledObject")))
                .allSatisfy(scaler -> assertThat(workloads)
                        .contains(scaler.at("/spec/scaleTargetRef/name").asString()));
        assertThat(manifests.of("Ingress"))
                .allSatisfy(ingress -> assertThat(services)
                        .contains(ingress.at("/spec/rules/0/http/paths/0/backend/service/name")
                                .asString()));
        assertThat(manifests.of("HTTPRoute"))
                .allSatisfy(route -> assertThat(services)
                        .contains(route.at("/spec/rules/0/backendRefs/0/name").asString()));
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void readSecretsByTheDocumentedKeys(Manifests manifests) {
        assertThat(manifests.workloads())
                .flatExtracting(workload ->
                        Manifests.container(workload).path("env").valueStream().toList())
                .extracting(
                        variable -> variable.at("/valueFrom/secretKeyRef/key").asString())
                .filteredOn(key -> !key.isEmpty())
                .isSubsetOf(SECRET_KEYS);
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void runRestrictedAndAreProbedAndStopInTime(Manifests manifests) {
        assertThat(manifests.workloads()).allSatisfy(workload -> {
            JsonNode pod = workload.at("/spec/template/spec");
            JsonNode container = Manifests.container(workload);
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/seccompProfile/type").asString())
                    .isEqualTo("RuntimeDefault");
            assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(container.at("/securityContext/capabilities/drop/0").asString())
                    .isEqualTo("ALL");
            assertThat(container.at("/resources/limits/memory").asString()).isNotEmpty();
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                assertThat(container.path(probe).at("/httpGet/port").asString()).isEqualTo("management");
            }
            // The deregistration delay (5 s), and the two phases of the shutdown in platform-core.yml (20 s each).
            assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(5 + 2 * 20);
        });
    }
}
