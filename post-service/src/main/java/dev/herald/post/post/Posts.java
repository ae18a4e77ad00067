package dev.herald.post.post;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface Posts extends JpaRepository<Post, UUID> {

    String AUTHOR_KEY = "post_author_id_fkey";

    /** Locks the post against changes and locks of other transactions. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select p from Post p where p.id = :id")
    Optional<Post> findAndLock(UUID id);

    /** Locks the posts against changes of other transactions. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    List<Post> findByIdGreaterThanOrderById(UUID after, Limit limit);

    @Query("select p.id from Post p where p.id in :ids")
    Set<UUID> findExisting(Collection<UUID> ids);
}
