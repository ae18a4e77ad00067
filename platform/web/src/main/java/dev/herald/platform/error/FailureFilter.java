package dev.herald.platform.error;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers failures outside of Spring MVC, such as those of a filter, whose messages the servlet container would log. */
class FailureFilter extends OncePerRequestFilter {

    private final ProblemAdvice advice;

    FailureFilter(ProblemAdvice advice) {
        this.advice = advice;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            advice.answer(e, request, response);
        }
    }
}
