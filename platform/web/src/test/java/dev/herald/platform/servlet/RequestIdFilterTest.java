package dev.herald.platform.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import dev.herald.platform.request.RequestIds;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestIdFilterTest {

    private final RequestIdFilter filter =
            new RequestIdFilter(new RequestIds(Generators.timeBasedEpochRandomGenerator()::generate));

    private @Nullable String logged;

    @Test
    void keepsTheCallersId() throws ServletException, IOException {
        assertThat(answerTo("order-7/2").getHeader("X-Request-Id")).isEqualTo("order-7/2");
        assertThat(logged).isEqualTo("order-7/2");
        assertThat(MDC.get("requestId")).isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "two words", "line\nbreak", "ä", "\"quoted\""})
    void makesOneInsteadOfNoneOrOneThatIsNotFitForALog(@Nullable String sent) throws ServletException, IOException {
        String made = answerTo(sent).getHeader("X-Request-Id");
        assertThat(UUID.fromString(made).version()).isEqualTo(7);
        assertThat(logged).isEqualTo(made);
    }

    private MockHttpServletResponse answerTo(@Nullable String sent) throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest();
        if (sent != null) {
            request.addHeader("X-Request-Id", sent);
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, (in, out) -> logged = MDC.get("requestId"));
        return response;
    }
}
