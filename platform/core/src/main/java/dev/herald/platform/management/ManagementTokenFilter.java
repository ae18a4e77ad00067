package dev.herald.platform.management;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

class ManagementTokenFilter extends OncePerRequestFilter {

    private final ManagementSettings settings;
    private final Problems problems;
    private final JsonMapper json;

    ManagementTokenFilter(ManagementSettings settings, Problems problems, JsonMapper json) {
        this.settings = settings;
        this.problems = problems;
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (settings.admits(request.getRequestURI(), request.getHeader(HttpHeaders.AUTHORIZATION))) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, ManagementSettings.SCHEME);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream()
                .write(json.writeValueAsBytes(
                        problems.of(ProblemCode.AUTHENTICATION_REQUIRED, request.getRequestURI())));
    }
}
