package dev.herald.user.password;

import dev.herald.platform.client.ClientNetwork;
import dev.herald.platform.email.EmailAddress;
import dev.herald.platform.hash.Sha256;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A password that is checked for an account, or for an address without an account.
 *
 * @param account null if no account has the address
 * @param network the client's network
 */
public record PasswordAttempt(@Nullable UUID account, String email, ClientNetwork network) {

    /** The account's id, or the hash of the address without an account: Redis must not hold addresses. */
    String subject() {
        return account == null ? Sha256.hex(EmailAddress.keyOf(email)) : account.toString();
    }
}
