package dev.herald.gateway.portal;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param swaggerUi the folder of Swagger UI's files
 * @param inbox the API of a developer's mail server, asked only in the profile {@code local}
 * @param traces the address of a developer's trace backend, likewise; null if there is none
 */
@ConfigurationProperties("herald.portal")
public record PortalSettings(
        String swaggerUi, URI inbox, @Nullable URI traces) {}
