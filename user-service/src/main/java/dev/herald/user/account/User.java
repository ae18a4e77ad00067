package dev.herald.user.account;

import dev.herald.platform.email.EmailAddress;
import dev.herald.user.post.FirstPost;
import dev.herald.user.token.Recipient;
import dev.herald.user.token.TokenExpiredOrUsed;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
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

    @Embedded
    private UserEmail email;

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
        this.email = new UserEmail(registration.email(), registration.emailVerified());
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
                user.email(),
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
        return email.is(text);
    }

    void update(String newName, String newEmail, Instant now) {
        boolean sameEmail = hasEmail(newEmail);
        if (sameEmail && newName.equals(name)) {
            return;
        }
        name = newName;
        if (!sameEmail) {
            email.replace(EmailAddress.of(newEmail).value(), isAt(newEmail) && isEmailVerified());
        }
        updated(now);
    }

    private void updated(Instant now) {
        updatedAt = now;
        registerEvent(new UserEvent.Updated(id, name, email(), isEmailVerified(), createdAt, nextVersion()));
    }

    @Override
    public boolean isAt(String address) {
        return email.isAt(address);
    }

    @Override
    public void verifyEmail(String address, Instant now) {
        requirePresent(address);
        if (!isEmailVerified()) {
            email.verify();
            updated(now);
        }
    }

    @Override
    public void requestEmailChange(String newAddress) {
        email.requestChange(newAddress);
    }

    @Override
    public void withdrawEmailChange() {
        email.withdrawChange();
    }

    @Override
    public void confirmEmailChange(String address, Instant now) {
        if (!address.equals(email.pending())) {
            throw new TokenExpiredOrUsed();
        }
        email.replace(address, true);
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
            email.verify();
            email.withdrawChange();
        } else {
            email.replace(oldAddress, true);
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
        email.verify();
        setPassword(newHash, null);
    }

    void changePassword(String newHash, UUID currentSession) {
        setPassword(newHash, currentSession);
    }

    /** Discards the pending address, because an attacker who knew the old password may have requested it. */
    private void setPassword(String newHash, @Nullable UUID exceptSession) {
        passwordHash = newHash;
        email.withdrawChange();
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
        return email.isVerified();
    }

    String email() {
        return email.shown();
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
                id,
                name,
                email(),
                isEmailVerified(),
                email.pending(),
                Set.copyOf(roles),
                createdAt,
                updatedAt,
                version());
    }
}
