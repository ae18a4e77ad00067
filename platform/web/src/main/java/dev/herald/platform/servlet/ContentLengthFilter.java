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
 * Sends each response with its {@code Content-Length}. Spring flushes the body, so Tomcat would send it in chunks, with
 * one more packet and one more wake-up for every response.
 */
class ContentLengthFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // The first dispatch of an asynchronous request has already wrapped the response.
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
