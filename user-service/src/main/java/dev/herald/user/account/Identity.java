package dev.herald.user.account;

import dev.herald.user.token.Recipient;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An authenticated user.
 *
 * @param version of the user when it was read
 */
public record Identity(UUID id, String name, String email, Set<String> roles, long version) {

    public Recipient recipient() {
        return new Recipient(id, name, email, version);
    }

    static Identity of(UserSnapshot user) {
        return new Identity(
                user.id(),
                user.name(),
                user.email(),
                user.roles().stream().map(Role::name).collect(Collectors.toUnmodifiableSet()),
                user.version());
    }
}
