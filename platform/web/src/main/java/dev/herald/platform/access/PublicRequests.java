package dev.herald.platform.access;

import dev.herald.platform.security.SecuritySettings;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.server.PathContainer;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Matches the requests that need no token: public ones, and those for paths without a handler, which get 404. */
record PublicRequests(SecuritySettings settings, DeclaredPaths declared) implements RequestMatcher {

    private static final String RESULT = PublicRequests.class.getName();

    /** Stores the result in the request, because several filters call this method. */
    @Override
    public boolean matches(HttpServletRequest request) {
        if (request.getAttribute(RESULT) instanceof Boolean known) {
            return known;
        }
        PathContainer path = PathContainer.parsePath(request.getRequestURI());
        boolean open = settings.isPublic(request.getMethod(), path) || !declared.contain(path);
        request.setAttribute(RESULT, open);
        return open;
    }
}
