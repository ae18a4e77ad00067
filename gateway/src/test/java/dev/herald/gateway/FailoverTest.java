package dev.herald.gateway;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** One of two instances accepts connections and does not answer, like a frozen process. */
@TestPropertySource(
        properties = {
            "spring.cloud.gateway.server.webflux.httpclient.response-timeout=3s",
            "herald.gateway.attempt-timeout=300ms"
        })
class FailoverTest extends GatewayTest {

    private static final Instance WELL = new Instance();
    private static final Instance FROZEN = new Instance();

    @Autowired
    private CircuitBreakerRegistry breakers;

    @Autowired
    private RouteLocator routes;

    @Autowired
    private ApplicationEventPublisher events;

    @DynamicPropertySource
    static void instances(DynamicPropertyRegistry properties) {
        String instances = "spring.cloud.discovery.client.simple.instances.notification-service";
        properties.add(instances + "[0].uri", WELL::uri);
        properties.add(instances + "[1].uri", FROZEN::uri);
    }

    private static final class Instance {

        private final HttpServer server;
        final AtomicInteger requests = new AtomicInteger();
        volatile CountDownLatch frozen = new CountDownLatch(0);

        Instance() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::answerUnlessFrozen);
            server.start();
        }

        String uri() {
            return "http://localhost:" + server.getAddress().getPort();
        }

        private void answerUnlessFrozen(HttpExchange exchange) throws IOException {
            requests.incrementAndGet();
            try {
                frozen.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer(exchange, 200, "text/plain", "");
        }
    }

    /** A new retry budget, which counts no requests of another test. */
    @BeforeEach
    void resetBreaker() {
        breakers.circuitBreaker("notifications").reset();
    }

    @AfterEach
    void thaw() {
        FROZEN.frozen.countDown();
        resetBreaker();
        await().atMost(ofSeconds(30)).until(() -> reaches(FROZEN));
    }

    @Test
    void readsGoToTheOtherInstanceAndLaterOnesGoThereAtOnce() {
        FROZEN.frozen = new CountDownLatch(1);
        int before = FROZEN.requests.get();

        for (int request = 0; request < 40; request++) {
            assertThat(status(HttpMethod.GET)).isEqualTo(200);
        }

        // It was ejected after three failures, and tried once or twice since then.
        assertThat(FROZEN.requests.get() - before).isBetween(3, 6);
    }

    @Test
    void anUpdateFromTheRegistryKeepsTheRoutesWithTheirRetryBudgets() {
        Route before = route();

        events.publishEvent(new HeartbeatEvent(this, new Object()));

        assertThat(route()).isSameAs(before);
    }

    @Test
    void writesGoToTheHealthyInstanceWhileTheOtherIsEjected() {
        FROZEN.frozen = new CountDownLatch(1);
        for (int request = 0; request < 6; request++) {
            assertThat(status(HttpMethod.GET)).isEqualTo(200);
        }

        for (int request = 0; request < 20; request++) {
            assertThat(status(HttpMethod.POST)).isEqualTo(200);
        }
    }

    @Test
    void anOpenBreakerRefusesNothingWhileAnInstanceIsHealthy() {
        breakers.circuitBreaker("notifications").transitionToForcedOpenState();

        assertThat(status(HttpMethod.GET)).isEqualTo(200);
        assertThat(status(HttpMethod.POST)).isEqualTo(200);
    }

    @Test
    void theLastInstanceIsNeverEjected() {
        WELL.frozen = new CountDownLatch(1);
        FROZEN.frozen = new CountDownLatch(1);
        try {
            for (int request = 0; request < 4; request++) {
                assertThat(status(HttpMethod.GET)).isEqualTo(504);
            }
        } finally {
            WELL.frozen.countDown();
            FROZEN.frozen.countDown();
        }
        assertThat(status(HttpMethod.GET)).isEqualTo(200);
    }

    private boolean reaches(Instance instance) {
        int before = instance.requests.get();
        return status(HttpMethod.GET) == 200 && instance.requests.get() > before;
    }

    private int status(HttpMethod method) {
        return http.method(method)
                .uri("/api/notifications")
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private Route route() {
        return Objects.requireNonNull(routes.getRoutes().blockFirst());
    }
}
