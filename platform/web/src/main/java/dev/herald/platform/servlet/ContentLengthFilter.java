package dev.herald.platform.servlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.WebUtils;

/**
 * Sends each answer whole, with its {@code Content-Length}. Spring flushes what it has written, whereupon Tomcat goes over to chunks:
 * one more packet for every answer, and one more time that everybody on the way is woken up for it.
 */
class ContentLengthFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // What goes on elsewhere comes back wrapped.
        HttpServletResponse whole = isAsyncDispatch(request) ? response : new ContentCachingResponseWrapper(response);
        chain.doFilter(request, whole);
        ContentCachingResponseWrapper written = WebUtils.getNativeResponse(whole, ContentCachingResponseWrapper.class);
        if (written != null && !isAsyncStarted(request)) {
            written.copyBodyToResponse();
        }
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
