package dev.herald.user.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class FullGateFilterTest {

    private final PasswordGate gate = new PasswordGate(1, 0, Duration.ofSeconds(1));
    private final FullGateFilter filter = new FullGateFilter(gate);

    @ParameterizedTest
    @CsvSource({"POST,/api/auth/login", "POST,/api/users"})
    void refusesWhileTheGateIsFullOnly(String method, String path) throws Exception {
        gate.pass(() -> assertThatThrownBy(() -> send(method, path)).isInstanceOf(Overloaded.class));

        assertThat(isPassedOn(method, path)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/users", "POST,/api/auth/refresh", "GET,/.well-known/jwks.json"})
    void passesOnWhatNeedsNoHash(String method, String path) {
        gate.pass(() -> assertThat(isPassedOn(method, path)).isTrue());
    }

    @Test
    void takesNoPlace() throws Exception {
        send("POST", "/api/auth/login");

        assertThat(gate.isFull()).isFalse();
    }

    private boolean isPassedOn(String method, String path) {
        try {
            return send(method, path).getRequest() != null;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private MockFilterChain send(String method, String path) throws Exception {
        MockFilterChain chain = new MockFilterChain();
        filter.doFilter(new MockHttpServletRequest(method, path), new MockHttpServletResponse(), chain);
        return chain;
    }
}
