package dev.herald.notification.email;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface Emails extends JpaRepository<Email, UUID> {

    String NEXT_DUE = """
            select * from email
            where status = 'PENDING' and next_attempt_at <= :now and type in (:types)
            order by next_attempt_at
            limit 1
            for update skip locked
            """;

    /** The email that has been due for longest and that no other sender, on whatever replica, has in hand. */
    default Optional<Email> nextDue(Instant now) {
        return nextDue(now, EmailType.NAMES);
    }

    @Query(nativeQuery = true, value = NEXT_DUE)
    Optional<Email> nextDue(Instant now, Set<String> types);

    /** Nobody else changes the email before this transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select e from Email e where e.id = :id")
    Optional<Email> findAndLock(UUID id);

    boolean existsByEventId(UUID eventId);

    /** Everything held about one person. Waits for an email that is being sent, and takes it then. */
    @Modifying
    @Query("delete from Email where userId = :userId")
    void deleteAllOf(UUID userId);
}
