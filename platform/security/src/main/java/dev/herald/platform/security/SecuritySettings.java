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
 * @param keys where the public keys are: the name of their service as the host, and a path; a service with its own keys sets none
 * @param publicRequests what needs no token: a method and a Spring path pattern, {@code POST /api/users}
 */
@Validated
@ConfigurationProperties("herald.security")
public record SecuritySettings(
        @NotBlank String issuer,
        @Nullable URI keys,
        @Name("public") @DefaultValue List<PublicRequest> publicRequests) {

    /** Whether a request needs no token. */
    public boolean isPublic(String method, String path) {
        return isPublic(method, PathContainer.parsePath(path));
    }

    /** The same, for a path that has been parsed already. */
    public boolean isPublic(String method, PathContainer path) {
        return publicRequests.stream().anyMatch(request -> request.matches(method, path));
    }
}
