package dev.herald.user.session;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * @param publicUrl the URL by which browsers reach the API; null if unknown
 * @param allowedOrigins further origins whose pages may use the cookie; {@code *} matches any characters, {@code [*]}
 *     any port
 */
@ConfigurationProperties("herald.session.cookie")
record CookieSettings(@Nullable URI publicUrl, @DefaultValue List<String> allowedOrigins) {

    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    CookieSettings {
        publicUrl = publicUrl == null ? null : URI.create(normalized(originOf(publicUrl)));
        allowedOrigins = allowedOrigins.stream().map(CookieSettings::normalized).toList();
    }

    private static String originOf(URI url) {
        return UriComponentsBuilder.fromUri(url)
                .userInfo(null)
                .replacePath(null)
                .replaceQuery(null)
                .fragment(null)
                .toUriString();
    }

    /** As browsers send an origin: in lower case, without the scheme's default port (RFC 6454, section 6.2). */
    static String normalized(String origin) {
        String lowerCase = origin.strip().toLowerCase(Locale.ROOT);
        return lowerCase.replaceFirst("^(https://.*):443$|^(http://.*):80$", "$1$2");
    }

    /** False only if the public URL is http on a loopback host: browsers accept {@code Secure} over https only. */
    boolean isSecure() {
        return publicUrl == null || !"http".equals(publicUrl.getScheme()) || !LOOPBACK.contains(publicUrl.getHost());
    }

    /** The rules of the allowed origins, for {@linkplain #normalized normalized} origins. */
    CorsConfiguration origins() {
        CorsConfiguration origins = new CorsConfiguration();
        origins.setAllowedOriginPatterns(allowedOrigins);
        if (publicUrl != null) {
            origins.addAllowedOrigin(publicUrl.toString());
        }
        return origins;
    }
}
