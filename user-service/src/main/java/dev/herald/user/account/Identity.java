package dev.herald.user.account;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An authenticated user.
 *
 * @param version of the user when the password was checked
 */
public record Identity(UUID id, String email, Set<String> roles, long version) {

    static Identity of(UserSnapshot user) {
        return new Identity(
                user.id(),
                user.email(),
                user.roles().stream().map(Role::name).collect(Collectors.toUnmodifiableSet()),
                user.version());
    }
}
