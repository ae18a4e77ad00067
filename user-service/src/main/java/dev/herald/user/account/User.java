package dev.herald.user.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.AbstractAggregateRoot;

/** Somebody with an account. */
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
    private String passwordHash;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.ARRAY)
    private Set<Role> roles;

    private Instant createdAt;
    private Instant updatedAt;

    @Version
    private @Nullable Long version;

    enum Role {
        USER,
        ADMIN
    }

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected User() {}

    private User(UUID id, String name, String email, String passwordHash, Instant now) {
        this.id = id;
        this.name = name;
        this.email = email;
        this.passwordHash = passwordHash;
        this.roles = EnumSet.of(Role.USER);
        this.createdAt = now;
        this.updatedAt = now;
    }

    static User register(UUID id, String name, String email, String passwordHash, Instant now) {
        User user = new User(id, name, email, passwordHash, now);
        user.registerEvent(new UserCreated(id, name, email, now, FIRST_VERSION));
        return user;
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    String email() {
        return email;
    }

    Set<Role> roles() {
        return Set.copyOf(roles);
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    /** Null until the user is stored. */
    @Nullable
    Long version() {
        return version;
    }
}
