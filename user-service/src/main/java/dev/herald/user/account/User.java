package dev.herald.user.account;

import dev.herald.platform.email.EmailAddress;
import dev.herald.user.post.FirstPost;
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

/** An account. Each change increments the version; each but a change of roles registers an event that contains it. */
@Entity
@Table(name = "users")
class User extends AbstractAggregateRoot<User> {

    /** The version that Hibernate gives a new row; needed for the event, which is made before. */
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

    static User register(Registration.Prepared registration, Set<Role> roles, Instant now) {
        User user = new User(
                registration.id(),
                registration.name(),
                registration.email(),
                registration.passwordHash(),
                Set.copyOf(roles),
                now);
        user.registerEvent(new UserEvent.Created(
                user.id, user.name, user.email, now, FIRST_VERSION, noneIfEmpty(registration.posts())));
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
            email = address.value();
            emailKey = address.key();
            emailKeyAsTyped = false;
        }
        updatedAt = now;
        registerEvent(new UserEvent.Updated(id, name, email(), createdAt, nextVersion()));
    }

    void changePassword(String newHash, UUID currentSession) {
        passwordHash = newHash;
        registerEvent(new UserEvent.PasswordChanged(id, name, email(), createdAt, nextVersion()));
        registerEvent(new AccessEnded(id, currentSession));
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

    /** For the topic of a restored database: the state and the version stay. */
    UserEvent state() {
        return new UserEvent.Updated(id, name, email(), createdAt, version());
    }

    long delete() {
        registerEvent(new UserEvent.Deleted(id, nextVersion()));
        registerEvent(new AccessEnded(id, null));
        return nextVersion();
    }

    UUID id() {
        return id;
    }

    /** The address as shown: old rows may hold a domain in Unicode. */
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
