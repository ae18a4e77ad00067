package dev.herald.platform.access;

import dev.herald.platform.error.ProblemWriter;
import dev.herald.platform.problem.Problems;
import dev.herald.platform.security.TokenProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

record TokenProblemHandler(Problems problems, ProblemWriter writer)
        implements AuthenticationEntryPoint, AccessDeniedHandler {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        write(TokenProblem.of(exception, problems, request.getRequestURI()), response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
            throws IOException {
        write(TokenProblem.forbidden(problems, request.getRequestURI()), response);
    }

    private void write(TokenProblem problem, HttpServletResponse response) throws IOException {
        HttpHeaders headers = new HttpHeaders();
        problem.challenge().ifPresent(challenge -> headers.set(HttpHeaders.WWW_AUTHENTICATE, challenge));
        writer.write(problem.document(), headers, response);
    }
}
