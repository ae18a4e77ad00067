package dev.herald.user.account;

import dev.herald.user.token.Recipient;
import dev.herald.user.token.TokenExpiredOrUsed;
import java.time.Instant;
import java.util.UUID;

/**
 * An account whose row is locked, for the operations that use mailed tokens. These pass the address that a token was
 * mailed to, because the token becomes invalid when the address changes.
 */
public interface Account {

    UUID id();

    /** The owner as the recipient of an email to the present address. */
    Recipient recipient();

    boolean isEmailVerified();

    /** Whether the address equals the present one, by {@code EmailAddress.keyOf}. */
    boolean isAt(String address);

    String passwordHash();

    /** @throws TokenExpiredOrUsed if the address is not the present one any more */
    void verifyEmail(String address, Instant now);

    /**
     * Sets the password, ends all sessions, discards the pending address, and marks the present address as verified.
     *
     * @throws TokenExpiredOrUsed if the address is not the present one any more
     */
    void resetPassword(String address, String newHash);

    void requestEmailChange(String newAddress);

    /** Discards the pending address. */
    void withdrawEmailChange();

    /** @throws TokenExpiredOrUsed if the address is not the pending one any more */
    void confirmEmailChange(String address, Instant now);

    /** Sets the old address as a verified one, and the password. Ends all sessions, discards the pending address. */
    void undoEmailChange(String oldAddress, String newHash, Instant now);
}
