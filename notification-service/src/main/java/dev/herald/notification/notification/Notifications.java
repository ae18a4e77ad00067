package dev.herald.notification.notification;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface Notifications extends JpaRepository<Notification, UUID> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select e from Notification e where e.id = :id")
    Optional<Notification> findAndLock(UUID id);

    boolean existsByEventId(UUID eventId);

    /** Includes notifications that are being sent: their sender then finds no row to update. */
    @Modifying
    @Query("delete from Notification where userId = :userId")
    void deleteAllOf(UUID userId);
}
