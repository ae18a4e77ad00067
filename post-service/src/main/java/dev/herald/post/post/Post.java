package dev.herald.post.post;

import dev.herald.post.author.Author;
import dev.herald.post.author.AuthorRegistered;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.AbstractAggregateRoot;

/** A draft or published post. Each change increments the version, which its event contains. */
@Entity
class Post extends AbstractAggregateRoot<Post> {

    /** The version that Hibernate gives a new row. The event contains it, and is made before the row is written. */
    private static final long FIRST_VERSION = 0;

    @Id
    private UUID id;

    private UUID authorId;
    private String title;
    private String content;
    private boolean published;
    private @Nullable Instant publishedAt;
    private Instant createdAt;
    private Instant updatedAt;

    @Version
    private @Nullable Long version;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected Post() {}

    private Post(UUID id, UUID authorId, String title, String content, boolean published, Instant now) {
        this.id = id;
        this.authorId = authorId;
        this.title = title;
        this.content = content;
        this.published = published;
        this.publishedAt = published ? now : null;
        this.createdAt = now;
        this.updatedAt = now;
        registerEvent(new PostEvent.Created(
                id, authorId, title, content, published, publishedAt, createdAt, updatedAt, FIRST_VERSION));
    }

    static Post write(UUID id, UUID authorId, WritePost request, Instant now) {
        return new Post(
                id, authorId, request.title(), request.content(), Boolean.TRUE.equals(request.published()), now);
    }

    /** A post given at registration; it has the registration's time. */
    static Post first(AuthorRegistered author, AuthorRegistered.FirstPost post) {
        return new Post(post.id(), author.id(), post.title(), post.content(), post.published(), author.registeredAt());
    }

    void replace(ReplacePost request, Instant now) {
        if (request.title().equals(title) && request.content().equals(content) && request.published() == published) {
            return;
        }
        if (request.published() != published) {
            published = request.published();
            publishedAt = published ? now : null;
        }
        title = request.title();
        content = request.content();
        updatedAt = now;
        registerEvent(new PostEvent.Updated(
                id, authorId, title, content, published, publishedAt, createdAt, updatedAt, nextVersion()));
    }

    /** The present state as an event for {@code /actuator/republish}. The version stays, because nothing changes. */
    PostEvent state() {
        return new PostEvent.Updated(
                id, authorId, title, content, published, publishedAt, createdAt, updatedAt, version());
    }

    void delete() {
        registerEvent(new PostEvent.Deleted(id, authorId, nextVersion()));
    }

    UUID authorId() {
        return authorId;
    }

    private long version() {
        return version == null ? FIRST_VERSION : version;
    }

    private long nextVersion() {
        return version() + 1;
    }

    PostSnapshot snapshot(Author author) {
        return new PostSnapshot(id, author, title, content, published, publishedAt, createdAt, updatedAt, version());
    }
}
