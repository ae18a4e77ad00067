package dev.herald.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.problem.ProblemCatalog;
import dev.herald.platform.problem.ProblemCatalog.Entry;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemException;
import dev.herald.platform.problem.Problems;
import io.micrometer.tracing.Tracer;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

class ProblemAdviceTest {

    private final ProblemCatalog catalog = new ProblemCatalog(JsonMapper.shared());
    private final Problems problems =
            new Problems(catalog, new StaticListableBeanFactory().getBeanProvider(Tracer.class));
    private final MockMvcTester http = MockMvcTester.create(MockMvcBuilders.standaloneSetup(new Failing())
            .setControllerAdvice(new ProblemAdvice(problems, new ProblemWriter(JsonMapper.shared())))
            .build());

    private static final class Fact extends ProblemException {
        Fact() {
            super(ProblemCode.EMAIL_TAKEN, "It is so.");
        }
    }

    @RestController
    @RequestMapping("/failing")
    @SuppressWarnings("DoNotCallSuggester")
    static class Failing {

        @GetMapping("/fact")
        void fact() {
            throw new Fact();
        }

        @GetMapping("/bug")
        void bug() {
            throw new IllegalStateException("select * from secret at dev.herald.Bug");
        }

        @GetMapping("/race")
        void race() {
            throw new OptimisticLockingFailureException("row was updated");
        }

        @GetMapping("/outage")
        void outage() {
            throw new CannotGetJdbcConnectionException("select * from secret", new SQLTransientConnectionException());
        }

        @GetMapping("/restart")
        void restart() {
            throw new UncategorizedSQLException("secret", null, new SQLException("secret", "57P01"));
        }

        @GetMapping("/status/{status}")
        void status(@PathVariable int status) {
            throw new ResponseStatusException(HttpStatus.valueOf(status), "internal reason");
        }

        @GetMapping("/parameter")
        String parameter(@RequestParam int count) {
            return String.valueOf(count);
        }

        @GetMapping("/id/{id}")
        String id(@PathVariable UUID id) {
            return id.toString();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fact, 409, email-taken, It is so.",
        "bug, 500, internal-error,",
        "race, 409, concurrent-update,",
        "outage, 503, upstream-unavailable,",
        "restart, 503, upstream-unavailable,",
        "status/400, 400, malformed-request,",
        "status/404, 404, not-found,",
        "status/405, 405, method-not-allowed,",
        "status/406, 406, not-acceptable,",
        "status/413, 413, content-too-large,",
        "status/415, 415, unsupported-media-type,",
        "status/502, 503, upstream-unavailable,",
        "status/503, 503, upstream-unavailable,",
        "status/504, 504, upstream-timeout,",
        "parameter, 400, validation-failed,",
        "parameter?count=many, 400, validation-failed,",
        "id/17, 400, malformed-request,"
    })
    void answersEveryFailureFromTheCatalogue(String path, int status, String code, @Nullable String detail) {
        var response = assertThat(
                        http.get().uri("/failing/" + path).requestAttr(HandlerInvocation.class.getName(), true))
                .hasStatus(status);
        response.hasContentType(MediaType.APPLICATION_PROBLEM_JSON).bodyText().doesNotContain("secret", "dev.herald");
        var body = response.bodyJson();
        body.extractingPath("$.code").isEqualTo(code);
        body.extractingPath("$.title")
                .isEqualTo(catalog.find(code).orElseThrow().title());
        body.extractingPath("$.type").isEqualTo("/problems/" + code);
        body.extractingPath("$.instance").asString().startsWith("/failing/");
        if (detail != null) {
            body.extractingPath("$.detail").isEqualTo(detail);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"outage", "restart", "status/502", "status/503", "status/504"})
    void saysWhenToTryAgain(String path) {
        assertThat(http.get().uri("/failing/" + path)).headers().hasValue("Retry-After", "2");
    }

    @Test
    void catalogueSaysEverythingAboutEveryProblem() {
        assertThat(catalog.entries()).extracting(Entry::code).containsExactlyInAnyOrder(ProblemCode.values());
        assertThat(catalog.entries()).allSatisfy(entry -> {
            assertThat(entry.code().toString()).matches("[a-z]+(-[a-z]+)*");
            assertThat(HttpStatus.resolve(entry.status())).isNotNull();
            assertThat(entry.title()).isNotBlank();
            assertThat(entry.meaning()).endsWith(".");
            assertThat(entry.remedy()).endsWith(".");
        });
    }
}
