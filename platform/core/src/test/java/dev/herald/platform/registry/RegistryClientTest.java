package dev.herald.platform.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.discovery.shared.resolver.DefaultEndpoint;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.netflix.eureka.config.DiscoveryClientOptionalArgsConfiguration;
import org.springframework.cloud.netflix.eureka.http.RestClientTransportClientFactories;

class RegistryClientTest {

    private final BlockingQueue<Map<String, List<String>>> requests = new LinkedBlockingQueue<>();
    private HttpServer registry;

    @BeforeEach
    void start() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", exchange -> {
            requests.add(exchange.getRequestHeaders());
            byte[] answer = "{\"applications\":{\"application\":[]}}".getBytes(UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        registry.start();
    }

    @AfterEach
    void stop() {
        registry.stop(0);
    }

    @Test
    void sendsThePasswordInAHeader() throws InterruptedException {
        String credentials = Base64.getEncoder().encodeToString("herald:pässwörd ✓/@".getBytes(UTF_8));

        assertThat(headersOfARequest("herald.registry.password=pässwörd ✓/@"))
                .containsEntry("Authorization", List.of("Basic " + credentials));
    }

    @Test
    void sendsNothingWhereTheRegistryAsksForNothing() throws InterruptedException {
        assertThat(headersOfARequest("herald.registry.password=")).doesNotContainKey("Authorization");
    }

    private Map<String, List<String>> headersOfARequest(String property) throws InterruptedException {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        RegistryClientAutoConfiguration.class, DiscoveryClientOptionalArgsConfiguration.class))
                .withPropertyValues(property)
                .run(context -> context.getBean(RestClientTransportClientFactories.class)
                        .newTransportClientFactory(null, List.of(), null, Optional.empty(), Optional.empty())
                        .newClient(new DefaultEndpoint("http://localhost:%d/eureka/"
                                .formatted(registry.getAddress().getPort())))
                        .getApplications());
        return requests.poll(10, TimeUnit.SECONDS);
    }
}
