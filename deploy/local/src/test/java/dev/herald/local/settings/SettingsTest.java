package dev.herald.local.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.herald.local.server.Component;
import dev.herald.local.server.ExternalServer;
import dev.herald.local.suite.Components;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private final Settings defaults = new Settings(Map.of());

    @Nested
    class Ports {

        @Test
        void areTheDocumentedOnesUnlessMoved() {
            assertThat(defaults.port(Port.GATEWAY)).isEqualTo(8080);
            assertThat(defaults.port(Port.GATEWAY_MANAGEMENT)).isEqualTo(9080);
            assertThat(defaults.port(Port.POSTGRES)).isEqualTo(25432);
            assertThat(Arrays.stream(Port.values()).map(defaults::port)).doesNotHaveDuplicates();
        }

        @ParameterizedTest
        @EnumSource
        void areMovedByAVariableEach(Port port) {
            Settings moved = new Settings(Map.of(port.variable(), "12345"));

            assertThat(moved.port(port)).isEqualTo(12345);
            assertThat(Arrays.stream(Port.values()).filter(other -> moved.port(other) == 12345))
                    .containsExactly(port);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "65536", "-1", "8080a", "80 80", "99999999999", "٨٠٨٠"})
        void refuseWhatIsNoPort(String value) {
            assertThatExceptionOfType(BadSetting.class)
                    .isThrownBy(() -> new Settings(Map.of("HERALD_GATEWAY_PORT", value)))
                    .withMessageContaining("HERALD_GATEWAY_PORT")
                    .withMessageContaining(value)
                    .satisfies(bad -> assertThat(bad.exitCode()).isEqualTo(2));
        }

        @Test
        void areLeftAloneByABlankVariable() {
            assertThat(new Settings(Map.of("HERALD_GATEWAY_PORT", " ")).port(Port.GATEWAY))
                    .isEqualTo(8080);
        }
    }

    @Nested
    class Servers {

        @Test
        void areTheEmbeddedOnesOnTheLoopbackAddress() {
            assertThat(defaults.postgres().database("users")).isEqualTo("jdbc:postgresql://127.0.0.1:25432/users");
            assertThat(defaults.kafkaBootstrapServers()).isEqualTo("127.0.0.1:29092");
            assertThat(defaults.redis()).isEqualTo(URI.create("redis://127.0.0.1:26380"));
            assertThat(defaults.smtp()).isEqualTo(new SmtpAddress("127.0.0.1", 1025));
        }

        @Test
        void areReplacedByExternalOnes() {
            Settings external = new Settings(Map.of(
                    "HERALD_POSTGRES_URL", "jdbc:postgresql://db.example:5432?sslmode=require",
                    "HERALD_POSTGRES_USER", "admin",
                    "HERALD_POSTGRES_PASSWORD", "secret",
                    "HERALD_KAFKA_BOOTSTRAP_SERVERS", "a.example:9092,b.example:9092",
                    "HERALD_REDIS_URL", "redis://cache.example:6379",
                    "HERALD_SMTP_HOST", "mail.example"));

            assertThat(external.postgres().database("users"))
                    .isEqualTo("jdbc:postgresql://db.example:5432/users?sslmode=require");
            assertThat(external.smtp()).isEqualTo(new SmtpAddress("mail.example", 25));
            Components components = new Components(external);
            assertThat(components.servers()).isEmpty();
            assertThat(components.externals().stream().map(ExternalServer::address))
                    .containsExactly(
                            "jdbc:postgresql://db.example:5432?sslmode=require",
                            "a.example:9092,b.example:9092",
                            "redis://cache.example:6379",
                            "mail.example:25");
        }

        @ParameterizedTest
        @ValueSource(strings = {"postgres://db:5432", "jdbc:postgresql://db:5432/users", "jdbc:postgresql:", "db:5432"})
        void refuseWhatIsNoUrlOfAPostgresServer(String url) {
            assertThatExceptionOfType(BadSetting.class)
                    .isThrownBy(() -> new Settings(Map.of("HERALD_POSTGRES_URL", url)))
                    .withMessageContaining("HERALD_POSTGRES_URL");
        }

        @ParameterizedTest
        @ValueSource(strings = {"cache:6379", "http://cache:6379", "redis:// cache"})
        void refuseWhatIsNoUrlOfARedisServer(String url) {
            assertThatExceptionOfType(BadSetting.class)
                    .isThrownBy(() -> new Settings(Map.of("HERALD_REDIS_URL", url)))
                    .withMessageContaining("HERALD_REDIS_URL");
        }
    }

    @Nested
    class OfACluster {

        private final Settings cluster =
                new Settings(Map.of("HERALD_CLUSTER", "7", "HERALD_BIND_ADDRESS", "10.213.7.1"));

        @Test
        void nameEveryInstanceOfAServer() {
            assertThat(cluster.kafkaBootstrapServers())
                    .isEqualTo("10.213.7.21:29092,10.213.7.22:29092,10.213.7.23:29092");
            assertThat(cluster.sentinels()).contains("10.213.7.41:26379,10.213.7.42:26379,10.213.7.43:26379");
            assertThat(cluster.postgres().database("users"))
                    .isEqualTo("jdbc:postgresql://10.213.7.11:25432,10.213.7.12:25432/users"
                            + "?targetServerType=primary&hostRecheckSeconds=1");
        }

        @Test
        void giveEachInstanceANodeOfItsOwn() {
            List<Component> nodes = new Components(cluster)
                    .all().stream()
                            .filter(component ->
                                    component.settings().namespace().isPresent())
                            .toList();

            assertThat(nodes).extracting(Component::host).hasSize(16).doesNotHaveDuplicates();
            assertThat(nodes).extracting(Component::name).contains("postgres-2", "kafka-3", "user-service-2");
            FreePorts.require(cluster, nodes);
        }

        @ParameterizedTest
        @ValueSource(strings = {"256", "-1", "true", "10.213.7.1"})
        void refuseWhatIsNoNetwork(String number) {
            assertThatExceptionOfType(BadSetting.class)
                    .isThrownBy(() -> new Settings(Map.of("HERALD_CLUSTER", number)))
                    .withMessageContaining("HERALD_CLUSTER");
        }

        @Test
        void haveNoDebezium() {
            assertThatExceptionOfType(BadSetting.class).isThrownBy(() -> cluster.relayedBy("debezium"));
        }
    }

    @Test
    void keepOnlyHeraldsOwnVariables() {
        Settings settings = new Settings(Map.of("HERALD_GATEWAY_PORT", "8090", "AWS_SECRET_ACCESS_KEY", "secret"));

        assertThat(settings.environment()).containsOnlyKeys("HERALD_GATEWAY_PORT");
    }

    @Test
    void splitJavaOptionsAtSpaces() {
        assertThat(defaults.javaOptions()).isEmpty();
        assertThat(new Settings(Map.of("HERALD_JAVA_OPTS", " -Xmx256m  -Da=b ")).javaOptions())
                .containsExactly("-Xmx256m", "-Da=b");
    }

    @Test
    void keepEverythingInTheRepositoryUnlessTheHomeIsMoved() {
        assertThat(defaults.home().folder()).isEqualTo(Checkout.root().resolve(".herald"));
        assertThat(new Settings(Map.of("HERALD_HOME", "elsewhere")).home().folder())
                .isEqualTo(Path.of("elsewhere").toAbsolutePath());
    }
}
