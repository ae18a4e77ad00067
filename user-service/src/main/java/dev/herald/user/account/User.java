package dev.herald.user.account;

import dev.herald.platform.email.EmailAddress;
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

/** Somebody with an account. Each change is one step of the version, which its event carries. */
@Entity
@Table(name = "users")
class User extends AbstractAggregateRoot<User> {

    /** What Hibernate gives a new row; the event that announces it says the same. */
    private static final long FIRST_VERSION = 0;

    @Id
    private UUID id;

    private String name;
    private String email;

    @Column
    private String emailKey;

    /** The key is not in A-labels, because an older account has that one. */
    @Column
    private boolean emailKeyAsTyped;

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

    private User(UUID id, String name, EmailAddress email, String passwordHash, Set<Role> roles, Instant now) {
        this.id = id;
        this.name = name;
        this.email = email.value();
        this.emailKey = email.key();
        this.passwordHash = passwordHash;
        this.roles = roles;
        this.createdAt = now;
        this.updatedAt = now;
    }

    static User register(NewUser registration, Set<Role> roles, Instant now) {
        User user = new User(
                registration.id(),
                registration.name(),
                registration.email(),
                registration.passwordHash(),
                Set.copyOf(roles),
                now);
        user.registerEvent(
                new UserCreated(user.id, user.name, user.email, now, FIRST_VERSION, noneIfEmpty(registration.posts())));
        return user;
    }

    private static @Nullable List<FirstPost> noneIfEmpty(List<FirstPost> posts) {
        return posts.isEmpty() ? null : posts;
    }

    /** Whether a text is the address that this user has, as it was typed or as it is shown. */
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
            email = address.value();
            emailKey = address.key();
            emailKeyAsTyped = false;
        }
        updatedAt = now;
        registerEvent(new UserUpdated(id, name, email(), createdAt, nextVersion()));
    }

    /** Whoever is logged in elsewhere must log in again, with the new password. */
    void changePassword(String newHash, UUID currentSession) {
        passwordHash = newHash;
        registerEvent(new PasswordChanged(id, name, email(), createdAt, nextVersion()));
        registerEvent(new AccessEnded(id, currentSession));
    }

    /** Tokens say what their user may do, so that the old ones end. */
    void assign(Set<Role> newRoles, Instant now) {
        if (newRoles.equals(roles)) {
            return;
        }
        roles = Set.copyOf(newRoles);
        updatedAt = now;
        registerEvent(new AccessEnded(id, null));
    }

    /** @return the version of the deletion, the last one */
    long delete() {
        registerEvent(new UserDeleted(id, nextVersion()));
        registerEvent(new AccessEnded(id, null));
        return nextVersion();
    }

    UUID id() {
        return id;
    }

    /** As it is shown; accounts from before may have stored their domain in Unicode. */
    String email() {
        return EmailAddress.shown(email);
    }

    String passwordHash() {
        return passwordHash;
    }

    long version() {
        return version == null ? FIRST_VERSION : version;
    }

    private long nextVersion() {
        return version() + 1;
    }

    UserSnapshot snapshot() {
        return new UserSnapshot(id, name, email, Set.copyOf(roles), createdAt, updatedAt, version());
    }
}
