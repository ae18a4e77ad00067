package dev.herald.user.account;

import dev.herald.user.token.Recipient;
import dev.herald.user.token.TokenExpiredOrUsed;
import java.time.Instant;
import java.util.UUID;

/**
 * An account whose row is locked, as the operations with mailed tokens change it. They pass the address that the token
 * was mailed to, because the token is invalid after a change of address.
 */
public interface Account {

    UUID id();

    /** The owner, at the present address. */
    Recipient recipient();

    boolean isEmailVerified();

    /** Whether the address equals the present one, by {@code EmailAddress.keyOf}. */
    boolean isAt(String address);

    String passwordHash();

    /** @throws TokenExpiredOrUsed if the address is not the present one any more */
    void verifyEmail(String address, Instant now);

    /**
     * Sets the password, ends all sessions, forgets an address that waits for its confirmation, and marks the present address as verified.
     *
     * @throws TokenExpiredOrUsed if the address is not the present one any more
     */
    void resetPassword(String address, String newHash);

    void requestEmailChange(String newAddress);

    /** Forgets the pending address. */
    void withdrawEmailChange();

    /** @throws TokenExpiredOrUsed if the address is not the pending one any more */
    void confirmEmailChange(String address, Instant now);

    /** Returns to an address, which counts as verified. Ends all sessions, replaces the password, and forgets a pending address. */
    void undoEmailChange(String oldAddress, String newHash, Instant now);
}
