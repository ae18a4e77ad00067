package dev.herald.platform.security;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.http.server.PathContainer;
import org.springframework.validation.annotation.Validated;

/**
 * @param issuer the tokens' {@code iss}, the same in every service
 * @param keys the address of the public keys, with the service's name as the host; null in the service that makes the keys
 * @param publicRequests requests that need no token
 */
@Validated
@ConfigurationProperties("herald.security")
public record SecuritySettings(
        @NotBlank String issuer,
        @Nullable URI keys,
        @Name("public") @DefaultValue List<PublicRequest> publicRequests) {

    public boolean isPublic(String method, String path) {
        return isPublic(method, PathContainer.parsePath(path));
    }

    public boolean isPublic(String method, PathContainer path) {
        return publicRequests.stream().anyMatch(request -> request.matches(method, path));
    }
}
