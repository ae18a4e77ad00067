package dev.herald.gateway.portal;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param swaggerUi the folder of Swagger UI's files
 * @param inbox the API of a developer's mail server, asked only in the profile {@code local}
 */
@ConfigurationProperties("herald.portal")
record PortalSettings(String swaggerUi, URI inbox) {}
