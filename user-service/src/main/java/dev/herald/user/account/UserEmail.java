package dev.herald.user.account;

import dev.herald.platform.email.EmailAddress;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/** The present address of an account, and the address that waits for its confirmation. */
@Embeddable
class UserEmail {

    private String email;

    @Column
    private String emailKey;

    /** Whether the key is the address as typed, because an older account has the normalized key. */
    @Column
    private boolean emailKeyAsTyped;

    /** The key of the verified address; null if none was verified. */
    @Column
    private @Nullable String verifiedEmailKey;

    @Column
    private @Nullable String pendingEmail;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected UserEmail() {}

    UserEmail(EmailAddress address, boolean verified) {
        this.email = address.value();
        this.emailKey = address.key();
        this.verifiedEmailKey = verified ? emailKey : null;
    }

    /** Replaces the present address and discards the pending one. */
    void replace(String address, boolean verified) {
        email = address;
        emailKey = EmailAddress.keyOf(address);
        emailKeyAsTyped = false;
        verifiedEmailKey = verified ? emailKey : null;
        pendingEmail = null;
    }

    void verify() {
        verifiedEmailKey = emailKey;
    }

    void requestChange(String newAddress) {
        pendingEmail = EmailAddress.of(newAddress).value();
    }

    void withdrawChange() {
        pendingEmail = null;
    }

    boolean is(String text) {
        return email.equals(text) || shown().equals(text);
    }

    boolean isAt(String address) {
        return EmailAddress.keyOf(address).equals(EmailAddress.keyOf(email));
    }

    boolean isVerified() {
        return emailKey.equals(verifiedEmailKey);
    }

    /** The address with an ASCII domain; an old row may contain a Unicode domain. */
    String shown() {
        return EmailAddress.shown(email);
    }

    @Nullable
    String pending() {
        return pendingEmail;
    }
}
