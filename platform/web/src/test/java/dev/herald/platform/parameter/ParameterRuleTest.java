package dev.herald.platform.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.herald.platform.problem.InvalidInput;
import dev.herald.platform.problem.MalformedRequest;
import dev.herald.platform.problem.ProblemDocument.InvalidField;
import dev.herald.platform.validation.OneOf;
import dev.herald.platform.validation.Text;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

class ParameterRuleTest {

    private final ParameterRule rule = new ParameterRule();

    enum State {
        OPEN,
        DONE
    }

    @SuppressWarnings("unused")
    static class Operations {

        void list(
                @RequestParam(required = false) @Text(max = 5) @Nullable String name,
                @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
                @RequestParam(required = false) @Nullable Boolean published,
                @RequestParam(required = false) @Nullable State state,
                @RequestParam(required = false) @Nullable UUID author,
                @RequestParam(required = false) @Nullable Instant after,
                @RequestParam(name = "sort", defaultValue = "name") @OneOf({"name", "-count"}) String order) {}

        void read(@PathVariable UUID id) {}

        void unruly(@RequestParam double ratio) {}
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&",
                "limit=1",
                "limit=100&name=a+%C3%A4&published=false&state=DONE&sort=-count",
                "name=%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80",
                "%6Eame=[a]",
                "author=0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d",
                "after=2026-02-28",
                "after=2026-02-28T12:00:00Z",
                "after=2026-02-28T12:00:00.123456-02:00",
                "after=2026-02-28t12:00:00%2B02:00"
            })
    void allowsWhatTheOperationDeclares(String query) {
        assertThat(rule.preHandle(request(query), new MockHttpServletResponse(), handler("list")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "q=1, q, unknown-parameter, 'name, limit'",
        "Limit=1, Limit, unknown-parameter, limit",
        "order=name, order, unknown-parameter, sort",
        "limit=1&limit=2, limit, invalid-value, once",
        "limit=1&limit=1, limit, invalid-value, once",
        "limit=, limit, blank, visible",
        "limit, limit, blank, visible",
        "limit=%20, limit, blank, visible",
        "published=, published, blank, visible",
        "name=%00, name, invalid-text, U+0000",
        "name=abcdef, name, too-long, 1 to 5",
        "limit=0, limit, out-of-range, 1 to 100",
        "limit=-1, limit, out-of-range, 1 to 100",
        "limit=101, limit, out-of-range, 1 to 100",
        "limit=99999999999999999999, limit, out-of-range, 1 to 100",
        "limit=0x5, limit, invalid-value, decimal",
        "limit=%2B5, limit, invalid-value, decimal",
        "limit=+5, limit, invalid-value, decimal",
        "limit=5+, limit, invalid-value, decimal",
        "limit=05, limit, invalid-value, decimal",
        "limit=-0, limit, invalid-value, decimal",
        "limit=5.0, limit, invalid-value, decimal",
        "limit=1e1, limit, invalid-value, decimal",
        "limit=%D9%A5, limit, invalid-value, decimal",
        "published=yes, published, invalid-value, true or false",
        "published=TRUE, published, invalid-value, true or false",
        "published=1, published, invalid-value, true or false",
        "published=true+, published, invalid-value, true or false",
        "state=done, state, invalid-value, OPEN or DONE",
        "state=+DONE, state, invalid-value, OPEN or DONE",
        "sort=count, sort, invalid-value, name or -count",
        "author=1-1-1-1-1, author, invalid-value, UUID",
        "author=0199e0a57c1e7a3b9d526f0f3a1b2c4d, author, invalid-value, UUID",
        "after=yesterday, after, invalid-value, RFC 3339",
        "after=2026-02-30, after, invalid-value, RFC 3339",
        "after=2026-02-28T25:00:00Z, after, invalid-value, RFC 3339",
        "after=2026-02-28T12:00:00, after, invalid-value, RFC 3339",
        "after=2026-02-28T12:00Z, after, invalid-value, RFC 3339",
        "after=2026-02-28+12:00:00Z, after, invalid-value, RFC 3339",
        "after=%2B12026-02-28T12:00:00Z, after, invalid-value, RFC 3339",
        "after=2026-02-28T12:00:00+02:00, after, invalid-value, %2B"
    })
    void refusesWhatItDoesNotDeclare(String query, String field, String code, String message) {
        assertThat(errors("list", query)).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo(field);
            assertThat(error.code().text()).isEqualTo(code);
            assertThat(error.message()).contains(message);
        });
    }

    @Test
    void namesEveryParameterOnce() {
        assertThat(errors("list", "q=1&limit=0&q=2&published=no"))
                .extracting(InvalidField::field)
                .containsExactly("q", "limit", "published");
    }

    @Test
    void givesTheBoundsOfANumber() {
        assertThat(errors("list", "limit=0"))
                .singleElement()
                .satisfies(error -> assertThat(error.params()).isEqualTo(Map.of("min", 1L, "max", 100L)));
    }

    @Test
    void knowsNoParametersWhereNoneAreDeclared() {
        assertThat(errors("read", "id=1"))
                .singleElement()
                .satisfies(error -> assertThat(error.message()).contains("no parameters"));
    }

    @Test
    void answersShortlyHoweverMuchIsSent() {
        StringBuilder query = new StringBuilder("x".repeat(5_000));
        for (int i = 0; i < 900; i++) {
            query.append("&p").append(i);
        }

        assertThat(errors("list", query.toString()))
                .hasSize(20)
                .allSatisfy(error -> assertThat(error.field()).hasSizeLessThan(110));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=%E4",
                "%E4=1",
                "name=%C0%AF",
                "name=%ED%A0%80",
                "name=%",
                "name=%4",
                "name=%zz",
                "name=\u00e4"
            })
    void refusesWhatIsNotPercentEncodedUtf8(String query) {
        assertThatThrownBy(() -> errors("list", query)).isInstanceOf(MalformedRequest.class);
    }

    @Test
    void refusesMoreParametersThanTomcatReads() {
        String query = String.join("&", Collections.nCopies(1_001, "name=a"));

        assertThatThrownBy(() -> errors("list", query)).isInstanceOf(MalformedRequest.class);
    }

    @Test
    void needsARuleForEveryType() {
        assertThatThrownBy(() -> errors("unruly", "ratio=1")).isInstanceOf(IllegalStateException.class);
    }

    private List<InvalidField> errors(String operation, String query) {
        try {
            rule.preHandle(request(query), new MockHttpServletResponse(), handler(operation));
        } catch (InvalidInput refused) {
            return refused.errors();
        }
        throw new AssertionError("not refused: " + query);
    }

    private static MockHttpServletRequest request(String query) {
        MockHttpServletRequest request = new MockHttpServletRequest(HttpMethod.GET.name(), "/");
        request.setQueryString(query);
        return request;
    }

    private static HandlerMethod handler(String name) {
        return new HandlerMethod(
                new Operations(),
                Arrays.stream(Operations.class.getDeclaredMethods())
                        .filter(method -> method.getName().equals(name))
                        .findFirst()
                        .orElseThrow());
    }
}
