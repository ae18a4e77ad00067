package dev.herald.platform.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.herald.platform.conditional.Preconditions;
import dev.herald.platform.conditional.WithETag;
import dev.herald.platform.idempotency.WithIdempotencyKey;
import dev.herald.platform.paging.Page;
import dev.herald.platform.problem.FieldCode;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemDocument;
import dev.herald.platform.problem.ProblemException;
import dev.herald.platform.problem.ProblemResponses;
import dev.herald.platform.security.Caller;
import dev.herald.platform.security.RevokedSessions;
import dev.herald.platform.testing.TestTokens;
import dev.herald.platform.validation.Text;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClient;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=library",
            "herald.security.public=POST /api/books, GET /.well-known/**",
            "management.server.port=0",
            "HERALD_EUREKA_PASSWORD=registry"
        })
class ServiceDescriptionTest {

    private static final List<String> PUBLIC = List.of("POST /api/books", "GET /.well-known/jwks.json");

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {
                DataSourceAutoConfiguration.class,
                FlywayAutoConfiguration.class,
                DataRedisAutoConfiguration.class
            })
    @Import({BookController.class, KeyController.class})
    static class Library {

        @Bean
        DiscoveryClient registry() {
            return new CompositeDiscoveryClient(List.of());
        }

        @Bean
        JWKSource<SecurityContext> accessTokenKeys() {
            return new ImmutableJWKSet<>(new JWKSet(TestTokens.key()));
        }

        @Bean
        RevokedSessions revokedSessions() {
            return session -> false;
        }
    }

    record WriteBook(
            @NotNull @Text(max = 200) @Schema(example = "The Book")
            String title,

            @Nullable @Schema(example = "A subtitle") String subtitle) {}

    record BookView(
            UUID id,
            @Schema(example = "The Book") String title,
            @Nullable @Schema(example = "A subtitle") String subtitle,
            Instant writtenAt) {}

    private static final class Taken extends ProblemException {
        Taken() {
            super(ProblemCode.EMAIL_TAKEN, "It is taken.");
        }
    }

    @RestController
    @Tag(name = "Books", description = "What is read")
    static class BookController {

        @GetMapping("/api/books")
        @Operation(summary = "Lists the books", description = "As it says.")
        Page<BookView> list(
                @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
                @Parameter(description = "How the title begins")
                        @RequestParam(required = false)
                        @Text(max = 100)
                        @Nullable
                        String title,
                @RequestParam(required = false) @Nullable String cursor) {
            return new Page<>(List.of(), null);
        }

        @PostMapping("/api/books")
        @ResponseStatus(HttpStatus.CREATED)
        @Operation(summary = "Writes a book", description = "As it says.")
        @ProblemResponses(ProblemCode.EMAIL_TAKEN)
        @WithETag("0-whole")
        @WithIdempotencyKey
        ResponseEntity<BookView> write(@Valid @RequestBody WriteBook book) {
            throw new Taken();
        }

        @GetMapping("/api/books/{id}")
        @Operation(summary = "Reads a book", description = "As it says.")
        @WithETag
        BookView read(
                @PathVariable UUID id,
                Preconditions preconditions,
                @Parameter(description = "What else to read") @RequestParam Optional<String> include) {
            throw new Taken();
        }

        @PutMapping(path = "/api/books/{id}", version = "1")
        @Operation(summary = "Rewrites a book", description = "As it says.")
        BookView rewrite(
                @AuthenticationPrincipal Caller caller,
                @PathVariable UUID id,
                Preconditions preconditions,
                @Valid @RequestBody WriteBook book) {
            throw new Taken();
        }

        @DeleteMapping("/api/books/{id}")
        @ResponseStatus(HttpStatus.NO_CONTENT)
        @Operation(summary = "Burns a book", description = "As it says.")
        void burn(@PathVariable UUID id) {}
    }

    record Key(@Schema(example = "RSA") String kty) {}

    @RestController
    @Tag(name = "Keys", description = "Who signs")
    static class KeyController {

        @GetMapping("/.well-known/jwks.json")
        @Operation(summary = "Reads the public keys", description = "As it says.")
        List<Key> publicKeys() {
            return List.of();
        }

        @GetMapping("/api/keys")
        @Operation(operationId = "countAll", summary = "Counts the keys", description = "As it says.")
        List<Key> count(@Parameter(description = "The first") @RequestParam(defaultValue = "1") int from) {
            return List.of();
        }
    }

    @Autowired
    private ApplicationContext service;

    private String json = "";
    private ApiDescription description = ApiDescription.of("{}");

    @BeforeEach
    void read() {
        json = ServiceDescription.of(service).toString();
        description = ApiDescription.of(json);
    }

    @Test
    void isComplete() {
        description.assertComplete(PUBLIC.toArray(String[]::new));
    }

    @Test
    void showsEveryOperationOnceAndNothingElse() {
        assertThat(description.operations())
                .containsExactlyInAnyOrder(
                        "GET /.well-known/jwks.json",
                        "GET /api/books",
                        "POST /api/books",
                        "GET /api/books/{id}",
                        "PUT /api/books/{id}",
                        "DELETE /api/books/{id}",
                        "GET /api/keys");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/books, invalid-cursor",
        "POST /api/books, content-too-large|email-taken|idempotency-key-in-use|idempotency-key-reused"
                + "|request-timeout|unsupported-media-type",
        "GET /api/books/{id}, precondition-failed",
        "PUT /api/books/{id}, concurrent-update|content-too-large|precondition-failed"
                + "|request-timeout|unsupported-media-type",
        "DELETE /api/books/{id}, concurrent-update",
        "GET /.well-known/jwks.json,''",
        "GET /api/keys, ''",
    })
    void derivesTheCodesFromTheSignature(String operation, String own) {
        Set<String> expected = new TreeSet<>(
                List.of("unsupported-api-version", "not-acceptable", "internal-error", "upstream-unavailable"));
        expected.addAll(List.of("malformed-request", "validation-failed"));
        expected.addAll(List.of("rate-limited", "upstream-timeout", "origin-not-allowed"));
        expected.addAll(List.of("uri-too-long", "expectation-failed", "headers-too-large"));
        if (!PUBLIC.contains(operation)) {
            expected.addAll(List.of("authentication-required", "invalid-token", "token-expired", "token-revoked"));
        }
        expected.addAll(
                Arrays.stream(own.split("\\|")).filter(StringUtils::hasText).toList());

        assertThat(description.codes(operation)).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/books, listBooks",
        "POST /api/books, writeBook",
        "GET /.well-known/jwks.json, publicKeys",
        "GET /api/books/{id}, readBook"
    })
    void namesAnOperationAfterItsHandler(String operation, String id) {
        assertThat(description.operation(operation).path("operationId").asString())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/books, 200, Link",
        "POST /api/books, 201, Location",
        "POST /api/books, 201, ETag",
        "POST /api/books, 201, Idempotency-Replayed",
        "PUT /api/books/{id}, 401, WWW-Authenticate",
        "GET /api/books/{id}, 200, ETag",
        "GET /api/books/{id}, 304, ETag"
    })
    void showsTheHeadersOfAnAnswer(String operation, String status, String header) {
        assertThat(description
                        .operation(operation)
                        .path("responses")
                        .path(status)
                        .path("headers")
                        .propertyNames())
                .contains(header);
    }

    @Test
    void showsATagAsTheOperationGivesIt() {
        assertThat(description
                        .operation("POST /api/books")
                        .at("/responses/201/headers/ETag/example")
                        .asString())
                .isEqualTo("\"0-whole\"");
    }

    @ParameterizedTest
    @CsvSource({
        "POST /api/books, title, required",
        "GET /api/books, page, unknown-parameter",
        "DELETE /api/books/{id}, page, unknown-parameter"
    })
    void showsAFieldErrorThatTheOperationCanGive(String operation, String field, String code) {
        JsonNode error = description
                .operation(operation)
                .at("/responses/400/content/application~1problem+json/examples/validation-failed/value/errors/0");

        assertThat(error.path("field").asString()).isEqualTo(field);
        assertThat(error.path("code").asString()).isEqualTo(code);
    }

    @Test
    void listsEveryCodeOfAFieldError() {
        assertThat(JsonMapper.shared()
                        .readTree(json)
                        .at("/components/schemas/Problem/properties/errors/items/properties/code/enum")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactlyElementsOf(
                        Arrays.stream(FieldCode.values()).map(FieldCode::text).toList());
    }

    @Test
    void offersTheVersionHeaderOnceToEveryOperation() {
        assertThat(description.operations())
                .allSatisfy(operation -> assertThat(description
                                .operation(operation)
                                .path("parameters")
                                .toString())
                        .containsOnlyOnce("API-Version"));
        JsonNode header = JsonMapper.shared().readTree(json).at("/components/parameters/API-Version");
        assertThat(header.path("in").asString()).isEqualTo("header");
        assertThat(header.path("required").asBoolean(false)).isFalse();
        assertThat(header.at("/schema/default").asString()).isEqualTo("1");
        assertThat(header.at("/schema/enum").toString()).isEqualTo("[\"1\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/books, 'limit, title, cursor'",
        "POST /api/books, 'Idempotency-Key'",
        "GET /api/books/{id}, 'id, include, If-Match, If-None-Match'",
        "PUT /api/books/{id}, 'id, If-Match, If-None-Match'"
    })
    void showsTheParametersThatACallerGives(String operation, String names) {
        assertThat(description
                        .operation(operation)
                        .path("parameters")
                        .valueStream()
                        .map(parameter -> parameter.path("name").asString())
                        .filter(name -> !name.equals("API-Version")))
                .containsExactly(names.split(", "));
    }

    @Test
    void keepsAConstraintToItsOwnParameter() {
        assertThat(description.operation("GET /api/books").toString()).contains("\"maximum\":100");
        assertThat(description.operation("GET /api/keys").toString()).doesNotContain("\"maximum\"");
    }

    @Test
    void requiresWhatIsNotNullable() {
        JsonNode schemas = JsonMapper.shared().readTree(json).at("/components/schemas");
        assertThat(schemas.at("/BookView/required").toString()).isEqualTo("[\"id\",\"title\",\"writtenAt\"]");
        assertThat(schemas.at("/WriteBook/required").toString()).isEqualTo("[\"title\"]");
    }

    @Test
    void boundsATextWhereverItStands() {
        assertThat(JsonMapper.shared()
                        .readTree(json)
                        .at("/components/schemas/WriteBook/properties/title")
                        .toString())
                .contains("\"minLength\":1", "\"maxLength\":200");
        assertThat(description
                        .operation("GET /api/books")
                        .at("/parameters/1/schema")
                        .toString())
                .contains("\"minLength\":1", "\"maxLength\":100");
        assertThat(description
                        .operation("GET /api/books")
                        .at("/parameters/2/schema")
                        .toString())
                .isEqualTo("{\"type\":\"string\"}");
    }

    @Test
    void describesTheProblemDocumentAsItIs() {
        JsonNode problem = JsonMapper.shared().readTree(json).at("/components/schemas/Problem");
        assertThat(problem.path("properties").propertyNames()).containsExactlyElementsOf(names(ProblemDocument.class));
        assertThat(problem.at("/properties/errors/items/properties").propertyNames())
                .containsExactlyElementsOf(names(ProblemDocument.InvalidField.class));
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
