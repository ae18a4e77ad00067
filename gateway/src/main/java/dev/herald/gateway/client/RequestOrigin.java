package dev.herald.gateway.client;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.UriComponentsBuilder;

/** The scheme, host and port by which the client reaches the gateway. */
public final class RequestOrigin {

    private RequestOrigin() {}

    public static String of(ServerHttpRequest request) {
        return UriComponentsBuilder.fromUri(request.getURI())
                .userInfo(null)
                .replacePath(null)
                .replaceQuery(null)
                .fragment(null)
                .toUriString();
    }
}
