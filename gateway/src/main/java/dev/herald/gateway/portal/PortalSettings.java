package dev.herald.gateway.portal;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param swaggerUi the folder of Swagger UI's files
 * @param inbox the URL of the local mail server's API, used only in the profile {@code local}
 * @param traces the URL of the local trace backend, used only in the profile {@code local}; null if there is none
 */
@ConfigurationProperties("herald.portal")
public record PortalSettings(
        String swaggerUi, URI inbox, @Nullable URI traces) {}
