package dev.herald.post.post;

import dev.herald.post.author.AuthorErased;
import dev.herald.post.author.AuthorRegistered;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes an author's first posts and deletes a deleted author's posts, in the transaction that changes the author. */
@Component
class AuthorListener {

    private final Posts posts;
    private final JdbcClient sql;
    private final ApplicationEventPublisher events;

    AuthorListener(Posts posts, JdbcClient sql, ApplicationEventPublisher events) {
        this.posts = posts;
        this.sql = sql;
        this.events = events;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void write(AuthorRegistered author) {
        posts.saveAllAndFlush(author.firstPosts().stream()
                .map(post -> Post.first(author, post))
                .toList());
    }

    /** Deletes in one statement, and publishes an event for each post. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void delete(AuthorErased author) {
        sql.sql("delete from post where author_id = :author returning id, version")
                .param("author", author.id())
                .query((row, index) ->
                        new PostEvent.Deleted(row.getObject("id", UUID.class), author.id(), row.getLong("version") + 1))
                .list()
                .forEach(events::publishEvent);
    }
}
