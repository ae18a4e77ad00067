package dev.herald.user.token;

import java.util.UUID;

/**
 * The recipient of an email.
 *
 * @param email the address that the email goes to
 * @param version of the user
 */
public record Recipient(UUID userId, String name, String email, long version) {

    public Recipient at(String address) {
        return new Recipient(userId, name, address, version);
    }

    @Override
    public String toString() {
        return "Recipient[userId=" + userId + "]";
    }
}
