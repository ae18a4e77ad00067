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

/** What an author's coming and going means for their posts, in the transaction that takes note of it. */
@Component
class AuthorsPosts {

    private final Posts posts;
    private final JdbcClient sql;
    private final ApplicationEventPublisher events;

    AuthorsPosts(Posts posts, JdbcClient sql, ApplicationEventPublisher events) {
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

    /** In one statement, however many there are; each is announced all the same. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void delete(AuthorErased author) {
        sql.sql("delete from post where author_id = :author returning id, version")
                .param("author", author.id())
                .query((row, index) ->
                        new PostDeleted(row.getObject("id", UUID.class), author.id(), row.getLong("version") + 1))
                .list()
                .forEach(events::publishEvent);
    }
}
