package dev.herald.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what helm prints for complete, missing and wrong values. */
class ChartTest {

    private static Helm helm;

    @BeforeAll
    static void find() throws IOException, InterruptedException {
        helm = Helm.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"values-minimal", "values-production"})
    void passesHelmsOwnCheck(String values) throws IOException, InterruptedException {
        Program lint = helm.lint(values);

        assertThat(lint.exitCode()).as(lint.errors()).isZero();
        assertThat(lint.output()).doesNotContain("[WARNING]", "[ERROR]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image.repository",
                "secretName",
                "databases.users.url",
                "databases.posts.secretName",
                "databases.notifications.secretName",
                "kafka.bootstrapServers",
                "redis.url",
                "smtp.host",
                "smtp.from",
                "podNetwork",
                "publicUrl"
            })
    void namesTheValueThatIsMissing(String value) throws IOException, InterruptedException {
        assertRefused("values-minimal", value + "=", "Set " + value);
    }

    @ParameterizedTest
    @CsvSource({
        "ingress.host=, Set ingress.host",
        "ingress.tlsSecretName=, Set ingress.tlsSecretName",
        "trustedProxies=, Set trustedProxies",
        "httpRoute.enabled=true, Set httpRoute.host"
    })
    void namesWhatARouteLacks(String setting, String sentence) throws IOException, InterruptedException {
        assertRefused("values-production", setting, sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "smtp.tsl=none, additional properties 'tsl' not allowed",
        "redis.url=redis, '/redis/url'",
        "databases.users.url=postgresql://postgres/users, '/databases/users/url'",
        "discovery.mode=consul, '/discovery/mode'",
        "terminationGracePeriodSeconds=30, '/terminationGracePeriodSeconds'"
    })
    void refusesAWrongValue(String setting, String message) throws IOException, InterruptedException {
        assertRefused("values-minimal", setting, message);
    }

    @Test
    void needsNoRegistryWithDns() throws IOException, InterruptedException {
        String manifests = helm.template("values-minimal", "discovery.mode=dns").output();

        assertThat(manifests)
                .contains("HERALD_DISCOVERY")
                .doesNotContain("EUREKA")
                .doesNotContain("name: discovery");
    }

    private static void assertRefused(String values, String setting, String message)
            throws IOException, InterruptedException {
        Program refused = helm.template(values, setting);

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.errors()).contains(message);
    }
}
