package dev.herald.user.account;

import dev.herald.platform.email.EmailAddress;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.transaction.annotation.Transactional;

interface Users extends JpaRepository<User, UUID> {

    String EMAIL_KEY = "users_email_key";

    default Optional<User> findByEmail(String email) {
        return findByEmailKey(EmailAddress.keyOf(email), EmailAddress.asciiLowerCase(email));
    }

    /** Prefers the account whose key is the address as typed to the older one with the normalized key. */
    @Query("""
        select u from User u
        where u.email.emailKey = :key and not u.email.emailKeyAsTyped
            or u.email.emailKey = :typed and u.email.emailKeyAsTyped
        order by u.email.emailKeyAsTyped desc
        limit 1
        """)
    Optional<User> findByEmailKey(String key, String typed);

    /** Locks the user against changes and locks of other transactions. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select u from User u where u.id = :id")
    Optional<User> findAndLock(UUID id);

    /** Locks the user against changes of other transactions. */
    @Lock(LockModeType.PESSIMISTIC_READ)
    @Query("select u from User u where u.id = :id")
    Optional<User> findAndLockShared(UUID id);

    /** Locks the users against changes of other transactions. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    List<User> findByIdGreaterThanOrderById(UUID after, Limit limit);

    @Query("select u.id from User u where u.id in :ids")
    Set<UUID> findExisting(Collection<UUID> ids);

    /** Keeps the version, because no representation contains the hash. Does nothing if the hash has changed meanwhile. */
    @Modifying
    @Transactional
    @Query("update User u set u.passwordHash = :newHash where u.id = :id and u.passwordHash = :oldHash")
    void rehash(UUID id, String oldHash, String newHash);
}
