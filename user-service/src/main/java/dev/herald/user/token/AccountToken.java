package dev.herald.user.token;

import java.util.UUID;

/**
 * A stored token that has been found valid.
 *
 * @param email the address that it was mailed to
 */
public record AccountToken(String hash, UUID userId, EmailKind kind, String email) {

    @Override
    public String toString() {
        return "AccountToken[userId=" + userId + ", kind=" + kind + "]";
    }
}
