package dev.herald.notification.email;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface Emails extends JpaRepository<Email, UUID> {

    /** Locks the email until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select e from Email e where e.id = :id")
    Optional<Email> findAndLock(UUID id);

    boolean existsByEventId(UUID eventId);

    /** Deletes every email of the user. One that is being sent is deleted too: its sender then finds no row to update. */
    @Modifying
    @Query("delete from Email where userId = :userId")
    void deleteAllOf(UUID userId);
}
