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

    /**
     * The key of the counters: the account's id, or the hash of the address if there is no account, because Redis must
     * not hold addresses.
     */
    String subject() {
        return account == null ? Sha256.hex(EmailAddress.keyOf(email)) : account.toString();
    }
}
