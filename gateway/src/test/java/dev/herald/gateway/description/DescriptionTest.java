package dev.herald.gateway.description;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.herald.platform.problem.ProblemCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.discovery.simple.InstanceProperties;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClient;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryProperties;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.handler.predicate.PredicateDefinition;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

/** The description of real HTTP servers; the registry's place is taken by Spring Cloud's list of instances. */
class DescriptionTest {

    private final SimpleDiscoveryProperties instances = new SimpleDiscoveryProperties();
    private final AtomicInteger questions = new AtomicInteger();
    private final HttpServer posts = serve("/api/posts", "listPosts");
    private final HttpServer users = serve("/api/users", "listUsers");

    private final WebTestClient http = client();

    private WebTestClient client() {
        JsonMapper json = JsonMapper.shared();
        RoutedServices routed = new RoutedServices(routes());
        ServiceDescriptions services =
                new ServiceDescriptions(new SimpleDiscoveryClient(instances), json, Clock.systemUTC());
        WholeDescription whole =
                new WholeDescription(routed, services, new EdgeFacts(new ProblemCatalog(json), json), json);
        return WebTestClient.bindToController(new DescriptionController(routed, whole))
                .configureClient()
                .responseTimeout(Duration.ofSeconds(30))
                .build();
    }

    private static GatewayProperties routes() {
        GatewayProperties gateway = new GatewayProperties();
        gateway.setRoutes(List.of(route("post-service", "/api/posts"), route("user-service", "/api/users")));
        return gateway;
    }

    private static RouteDefinition route(String service, String path) {
        RouteDefinition route = new RouteDefinition();
        route.setId(service);
        route.setUri(URI.create("lb://" + service));
        route.setPredicates(List.of(new PredicateDefinition("Path=" + path)));
        return route;
    }

    private HttpServer serve(String path, String operation) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] document = """
                    {"paths": {
                       "%s": {"get": {"operationId": "%s", "responses": {"429": {"description": "`too-many-attempts`"}}}},
                       "/actuator/env": {"get": {"operationId": "secrets", "responses": {}}}},
                     "components": {"schemas": {"Problem": {"type": "object"}}}}
                    """.formatted(path, operation).getBytes(UTF_8);
            server.createContext("/v3/api-docs", exchange -> {
                questions.incrementAndGet();
                exchange.sendResponseHeaders(200, document.length);
                exchange.getResponseBody().write(document);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void register() {
        register(Map.of("post-service", List.of(posts), "user-service", List.of(users)));
    }

    private void register(Map<String, List<HttpServer>> servers) {
        Map<String, List<InstanceProperties>> listed = new HashMap<>();
        servers.forEach((service, hosts) -> listed.put(
                service, hosts.stream().map(host -> instance(service, host)).toList()));
        instances.setInstances(listed);
    }

    private static InstanceProperties instance(String service, HttpServer host) {
        InstanceProperties instance = new InstanceProperties();
        instance.setServiceId(service);
        instance.setHost("localhost");
        instance.setPort(host.getAddress().getPort());
        return instance;
    }

    @AfterEach
    void stop() {
        posts.stop(0);
        users.stop(0);
    }

    @Test
    void isOneDocumentOfAllServicesWithWhatTheGatewayAnswers() {
        get("/openapi.json")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.paths.length()")
                .isEqualTo(2)
                .jsonPath("$.paths['/api/posts'].get.responses.keys()")
                .value(statuses -> assertThat(statuses.toString())
                        .contains("400", "403", "414", "417", "429", "431", "503", "504"))
                .jsonPath("$.paths['/api/posts'].get.responses['429'].description")
                .value(
                        String.class,
                        description -> assertThat(description).contains("`too-many-attempts`", "`rate-limited`"))
                .jsonPath(
                        "$.paths['/api/users'].get.responses['504'].content['application/problem+json'].examples.upstream-timeout.value.status")
                .isEqualTo(504);
    }

    @Test
    void canBeOfOneService() {
        get("/openapi.json?service=user-service")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.paths.length()")
                .isEqualTo(1);
        get("/openapi.json?service=discovery").expectStatus().isNotFound();
    }

    @Test
    void isAskedForOnceAndSparedWhoeverHasIt() {
        String etag = get("/openapi.json")
                .expectStatus()
                .isOk()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getETag();

        http.get()
                .uri("/openapi.json")
                .header("If-None-Match", String.valueOf(etag))
                .exchange()
                .expectStatus()
                .isNotModified();
        assertThat(questions).hasValue(2);
    }

    @Test
    void isAskedForAgainWhenAnInstanceHasChanged() {
        get("/openapi.json").expectStatus().isOk();

        register(Map.of("post-service", List.of(users), "user-service", List.of(users)));

        get("/openapi.json").expectStatus().isOk();
        assertThat(questions).hasValue(3);
    }

    @Test
    void staysWhatItWasWhileAServiceIsAway() {
        get("/openapi.json").expectStatus().isOk();

        posts.stop(0);
        register(Map.of("post-service", List.of(posts)));

        get("/openapi.json")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.paths.length()")
                .isEqualTo(2);
    }

    @Test
    void isNotThereWhileAServiceHasNeverBeenHeard() {
        register(Map.of("user-service", List.of(users)));

        get("/openapi.json").expectStatus().isEqualTo(503);
        get("/openapi.json?service=user-service").expectStatus().isOk();

        register();

        get("/openapi.json").expectStatus().isOk();
    }

    @Test
    void comesFromWhicheverInstanceAnswers() {
        posts.stop(0);
        HttpServer second = serve("/api/posts", "listPosts");
        register(Map.of("post-service", List.of(posts, second), "user-service", List.of(users)));

        get("/openapi.json").expectStatus().isOk();
        second.stop(0);
    }

    private WebTestClient.ResponseSpec get(String path) {
        return http.get().uri(path).exchange();
    }
}
