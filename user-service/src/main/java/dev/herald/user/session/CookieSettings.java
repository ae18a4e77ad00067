package dev.herald.user.session;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * @param publicUrl where browsers reach the API; null if that is not known
 * @param allowedOrigins further origins whose pages may use the cookie; {@code *} matches any characters, {@code [*]} any port
 */
@ConfigurationProperties("herald.session.cookie")
record CookieSettings(@Nullable URI publicUrl, @DefaultValue List<String> allowedOrigins) {

    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    /** Browsers accept {@code Secure} from https only; without TLS only a developer's machine is served. */
    boolean isSecure() {
        return publicUrl == null || !"http".equals(publicUrl.getScheme()) || !LOOPBACK.contains(publicUrl.getHost());
    }

    CorsConfiguration origins() {
        CorsConfiguration origins = new CorsConfiguration();
        origins.setAllowedOriginPatterns(allowedOrigins);
        if (publicUrl != null) {
            origins.addAllowedOrigin(UriComponentsBuilder.fromUri(publicUrl)
                    .userInfo(null)
                    .replacePath(null)
                    .replaceQuery(null)
                    .fragment(null)
                    .toUriString());
        }
        return origins;
    }
}
