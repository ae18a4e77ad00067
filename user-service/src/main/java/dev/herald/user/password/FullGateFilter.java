package dev.herald.user.password;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Refuses logins and registrations while the gate is full, before their bodies are read, so that a refused request
 * costs little processor time. Takes no place in the gate, so that a slow body does not hold one.
 */
class FullGateFilter extends OncePerRequestFilter {

    private static final Set<String> GATED = Set.of("/api/auth/login", "/api/users");

    private final PasswordGate gate;

    FullGateFilter(PasswordGate gate) {
        this.gate = gate;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !(request.getMethod().equals(HttpMethod.POST.name()) && GATED.contains(request.getRequestURI()));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (gate.isFull()) {
            // Sets the pattern for the metrics, because no controller does. The path has no variables.
            ServerHttpObservationFilter.findObservationContext(request)
                    .ifPresent(observation -> observation.setPathPattern(request.getRequestURI()));
            throw new Overloaded();
        }
        chain.doFilter(request, response);
    }
}
