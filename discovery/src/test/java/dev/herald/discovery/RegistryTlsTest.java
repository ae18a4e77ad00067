package dev.herald.discovery;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.netflix.discovery.EurekaClient;
import dev.herald.platform.testing.HardeningPage;
import dev.herald.platform.testing.ServerCertificate;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.test.util.TestSocketUtils;

/** The settings of deploy/operations/hardening.md for a registry and an instance. */
class RegistryTlsTest {

    private final ServerCertificate certificate = ServerCertificate.create();
    private final int port = TestSocketUtils.findAvailableTcpPort();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Instance {}

    @Test
    void anInstanceIsUpInARegistryThatIsReachedOverTlsAlone() {
        int own = TestSocketUtils.findAvailableTcpPort();
        try (var registry =
                        start(application(DiscoveryApplication.class), port, "--spring.application.name=discovery");
                var instance = start(
                        // As in a service, which has no Jersey: the registry has another Eureka client.
                        application(Instance.class)
                                .resourceLoader(
                                        new DefaultResourceLoader(new FilteredClassLoader("org.glassfish.jersey"))),
                        own,
                        "--spring.config.location=classpath:platform-core.yml",
                        "--spring.application.name=test-instance")) {
            assertThat(registry.isRunning()).isTrue();
            HealthIndicator health = instance.getBean("registryHealthIndicator", HealthIndicator.class);
            await().atMost(ofSeconds(20))
                    .untilAsserted(() -> assertThat(health.health())
                            .isEqualTo(Health.status(Status.UP)
                                    .withDetails(Map.of("expected", "UP", "actual", "UP"))
                                    .build()));

            EurekaClient client = instance.getBean(EurekaClient.class);
            await().atMost(ofSeconds(20))
                    .untilAsserted(() -> assertThat(client.getInstancesByVipAddress("test-instance", true))
                            .singleElement()
                            .satisfies(
                                    found -> assertThat(found.getSecurePort()).isEqualTo(own)));
            assertThat(instance.getBean(DiscoveryClient.class).getInstances("test-instance"))
                    .as("as callers see it")
                    .extracting(ServiceInstance::getUri)
                    .containsExactly(URI.create("https://localhost:" + own));
        }
    }

    private static SpringApplicationBuilder application(Class<?> type) {
        return new SpringApplicationBuilder(type);
    }

    private ConfigurableApplicationContext start(SpringApplicationBuilder application, int ownPort, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--server.port=" + ownPort, "--management.server.port=0"));
        return application
                .initializers((ConfigurableApplicationContext context) -> harden(context, ownPort))
                .run(arguments.toArray(String[]::new));
    }

    private void harden(ConfigurableApplicationContext context, int ownPort) {
        for (String section : List.of("Between the services", "Registry")) {
            HardeningPage.section(section)
                    .applyTo(
                            context,
                            value -> value.replace("discovery.example.com:8761", "localhost:" + port)
                                    .replace("user-service.example.com", "localhost")
                                    .replace("8081", String.valueOf(ownPort))
                                    .replace("/etc/herald", certificate.folder().toString()));
        }
    }
}
