package dev.herald.user.account;

import dev.herald.platform.email.EmailAddress;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.transaction.annotation.Transactional;

interface Users extends JpaRepository<User, UUID> {

    /** The unique index on the addresses' keys. */
    String EMAIL_KEY = "users_email_key";

    /** @param email any text, as it was typed */
    default Optional<User> findByEmail(String email) {
        return findByEmailKey(EmailAddress.keyOf(email), EmailAddress.asciiLowerCase(email));
    }

    /** An account whose key is the address as it was typed comes before the older one that has the key in A-labels. */
    @NativeQuery("""
            select * from users
            where email_key = :key and not email_key_as_typed or email_key = :typed and email_key_as_typed
            order by email_key_as_typed desc
            limit 1
            """)
    Optional<User> findByEmailKey(String key, String typed);

    /** Nobody else changes the user before this transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select u from User u where u.id = :id")
    Optional<User> findAndLock(UUID id);

    /** The user stays as they are until this transaction ends; others may do the same. */
    @Lock(LockModeType.PESSIMISTIC_READ)
    @Query("select u from User u where u.id = :id")
    Optional<User> findAndKeep(UUID id);

    /** No step of the version, since nobody sees it; does nothing if the hash is another one by now. */
    @Modifying
    @Transactional
    @Query("update User u set u.passwordHash = :newHash where u.id = :id and u.passwordHash = :oldHash")
    void rehash(UUID id, String oldHash, String newHash);
}
