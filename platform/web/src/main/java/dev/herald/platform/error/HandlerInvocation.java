package dev.herald.platform.error;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.context.request.RequestAttributes;

/**
 * Marks requests that a controller has begun to handle. A failure before that, in routing, decoding or binding, is an
 * error of the client.
 */
public final class HandlerInvocation {

    private static final String BEGUN = HandlerInvocation.class.getName();

    private HandlerInvocation() {}

    public static void begin(RequestAttributes request) {
        request.setAttribute(BEGUN, true, RequestAttributes.SCOPE_REQUEST);
    }

    static boolean hasBegun(HttpServletRequest request) {
        return request.getAttribute(BEGUN) != null;
    }
}
