package dev.herald.user.account;

import dev.herald.platform.email.EmailAddress;
import dev.herald.user.post.FirstPost;
import dev.herald.user.token.Recipient;
import dev.herald.user.token.TokenExpiredOrUsed;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.AbstractAggregateRoot;

/**
 * An account. Each change increments the version and registers a user event that contains the new version. Changes of
 * the roles or of the pending address alone register no user event.
 */
@Entity
@Table(name = "users")
class User extends AbstractAggregateRoot<User> implements Account {

    /** The version that Hibernate gives a new row. The event contains it, and is made before the row is written. */
    private static final long FIRST_VERSION = 0;

    @Id
    private UUID id;

    private String name;
    private String email;

    @Column
    private String emailKey;

    /** Whether the key is the address as typed, because an older account has the normalized key. */
    @Column
    private boolean emailKeyAsTyped;

    /** The key of the verified address; null if none was verified. */
    @Column
    private @Nullable String verifiedEmailKey;

    /** The address that waits for its confirmation. */
    @Column
    private @Nullable String pendingEmail;

    @Column
    private String passwordHash;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.ARRAY)
    private Set<Role> roles;

    private Instant createdAt;
    private Instant updatedAt;

    @Version
    private @Nullable Long version;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected User() {}

    private User(Registration.Prepared registration, Set<Role> roles, Instant now) {
        this.id = registration.id();
        this.name = registration.name();
        this.email = registration.email().value();
        this.emailKey = registration.email().key();
        this.verifiedEmailKey = registration.emailVerified() ? emailKey : null;
        this.passwordHash = registration.passwordHash();
        this.roles = roles;
        this.createdAt = now;
        this.updatedAt = now;
    }

    static User register(Registration.Prepared registration, Set<Role> roles, Instant now) {
        User user = new User(registration, Set.copyOf(roles), now);
        user.registerEvent(new UserEvent.Created(
                user.id,
                user.name,
                user.email,
                user.isEmailVerified(),
                now,
                FIRST_VERSION,
                noneIfEmpty(registration.posts())));
        return user;
    }

    private static @Nullable List<FirstPost> noneIfEmpty(List<FirstPost> posts) {
        return posts.isEmpty() ? null : posts;
    }

    boolean hasEmail(String text) {
        return email.equals(text) || email().equals(text);
    }

    void update(String newName, String newEmail, Instant now) {
        boolean sameEmail = hasEmail(newEmail);
        if (sameEmail && newName.equals(name)) {
            return;
        }
        name = newName;
        if (!sameEmail) {
            EmailAddress address = EmailAddress.of(newEmail);
            boolean sameMailbox = isAt(newEmail);
            setAddress(address.value(), address.key(), sameMailbox && isEmailVerified());
        }
        updated(now);
    }

    private void setAddress(String value, String key, boolean verified) {
        email = value;
        emailKey = key;
        emailKeyAsTyped = false;
        verifiedEmailKey = verified ? key : null;
        pendingEmail = null;
    }

    private void updated(Instant now) {
        updatedAt = now;
        registerEvent(new UserEvent.Updated(id, name, email(), isEmailVerified(), createdAt, nextVersion()));
    }

    @Override
    public boolean isAt(String address) {
        return EmailAddress.keyOf(address).equals(EmailAddress.keyOf(email));
    }

    @Override
    public void verifyEmail(String address, Instant now) {
        requirePresent(address);
        if (!isEmailVerified()) {
            verifiedEmailKey = emailKey;
            updated(now);
        }
    }

    @Override
    public void requestEmailChange(String newAddress) {
        pendingEmail = EmailAddress.of(newAddress).value();
    }

    @Override
    public void withdrawEmailChange() {
        pendingEmail = null;
    }

    @Override
    public void confirmEmailChange(String address, Instant now) {
        if (!address.equals(pendingEmail)) {
            throw new TokenExpiredOrUsed();
        }
        setAddress(address, EmailAddress.keyOf(address), true);
        updated(now);
    }

    /**
     * Does not validate the address, because an older account may have one that is refused today. Registers no
     * {@code user.password-changed}, because the email with the link has already said that the password ends.
     */
    @Override
    public void undoEmailChange(String oldAddress, String newHash, Instant now) {
        passwordHash = newHash;
        if (isAt(oldAddress)) {
            verifiedEmailKey = emailKey;
            pendingEmail = null;
        } else {
            setAddress(oldAddress, EmailAddress.keyOf(oldAddress), true);
        }
        updated(now);
        registerEvent(new AccessEnded(id, null));
    }

    private void requirePresent(String address) {
        if (!isAt(address)) {
            throw new TokenExpiredOrUsed();
        }
    }

    @Override
    public void resetPassword(String address, String newHash) {
        requirePresent(address);
        verifiedEmailKey = emailKey;
        setPassword(newHash, null);
    }

    void changePassword(String newHash, UUID currentSession) {
        setPassword(newHash, currentSession);
    }

    /** Discards the pending address, because an attacker who knew the old password may have requested it. */
    private void setPassword(String newHash, @Nullable UUID exceptSession) {
        passwordHash = newHash;
        pendingEmail = null;
        registerEvent(new UserEvent.PasswordChanged(id, name, email(), isEmailVerified(), createdAt, nextVersion()));
        registerEvent(new AccessEnded(id, exceptSession));
    }

    /** Ends all sessions, because their tokens contain the old roles. */
    void assign(Set<Role> newRoles, Instant now) {
        if (newRoles.equals(roles)) {
            return;
        }
        roles = Set.copyOf(newRoles);
        updatedAt = now;
        registerEvent(new AccessEnded(id, null));
    }

    /** The present state as an event for {@code /actuator/republish}. The version stays, because nothing changes. */
    UserEvent state() {
        return new UserEvent.Updated(id, name, email(), isEmailVerified(), createdAt, version());
    }

    long delete() {
        registerEvent(new UserEvent.Deleted(id, nextVersion()));
        registerEvent(new AccessEnded(id, null));
        return nextVersion();
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public Recipient recipient() {
        return new Recipient(id, name, email(), version());
    }

    @Override
    public boolean isEmailVerified() {
        return emailKey.equals(verifiedEmailKey);
    }

    /** The address with an ASCII domain; an old row may contain a Unicode domain. */
    String email() {
        return EmailAddress.shown(email);
    }

    @Override
    public String passwordHash() {
        return passwordHash;
    }

    long version() {
        return version == null ? FIRST_VERSION : version;
    }

    private long nextVersion() {
        return version() + 1;
    }

    UserSnapshot snapshot() {
        return new UserSnapshot(
                id, name, email, isEmailVerified(), pendingEmail, Set.copyOf(roles), createdAt, updatedAt, version());
    }
}
