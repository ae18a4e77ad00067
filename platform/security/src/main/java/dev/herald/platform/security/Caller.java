package dev.herald.platform.security;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The user of a request's access token: {@code @AuthenticationPrincipal Caller caller} in a controller; null in public
 * operations.
 *
 * @param id the token's {@code sub}
 * @param sessionId the token's {@code sid}
 * @param roles the token's {@code roles}
 */
public record Caller(UUID id, UUID sessionId, Set<String> roles) implements AuthenticatedPrincipal {

    private static final String ADMIN = "ADMIN";

    /** @throws IllegalArgumentException if the token lacks {@code sub}, {@code sid} or {@code roles}, which a login always sets */
    static Caller of(Jwt token) {
        List<String> roles = token.getClaimAsStringList(Claims.ROLES);
        if (token.getSubject() == null || token.getClaimAsString(Claims.SESSION) == null || roles == null) {
            throw new IllegalArgumentException("a claim is missing");
        }
        return new Caller(
                UUID.fromString(token.getSubject()),
                UUID.fromString(token.getClaimAsString(Claims.SESSION)),
                Set.copyOf(roles));
    }

    @Override
    public String getName() {
        return id.toString();
    }

    public boolean isAdmin() {
        return roles.contains(ADMIN);
    }

    public boolean isSelfOrAdmin(UUID user) {
        return id.equals(user) || isAdmin();
    }

    public void requireAdmin() {
        if (!isAdmin()) {
            throw new Forbidden("Only an administrator may do this.");
        }
    }

    public void requireSelfOrAdmin(UUID user) {
        if (!isSelfOrAdmin(user)) {
            throw new Forbidden("Only the user and administrators may do this.");
        }
    }

    List<GrantedAuthority> authorities() {
        return AuthorityUtils.createAuthorityList(
                roles.stream().map(role -> "ROLE_" + role).toList());
    }
}
