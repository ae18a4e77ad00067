package dev.herald.headlines;

import dev.herald.client.HeraldProblem;
import dev.herald.client.UserClient;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Headlines {

    private final JdbcClient jdbc;
    private final UserClient users;

    Headlines(JdbcClient jdbc, UserClient users) {
        this.jdbc = jdbc;
        this.users = users;
    }

    record Headline(UUID postId, String title, String author) {}

    /** Runs in the transaction that stores the event's id, so each event is handled only once. */
    void update(PostEvent post) {
        remove(post.id());
        if (post.published()) {
            nameOf(post.authorId())
                    .ifPresent(author -> jdbc.sql("insert into headline (post_id, title, author) values (?, ?, ?)")
                            .params(post.id(), post.title(), author)
                            .update());
        }
    }

    /** The name of a user; empty if the user is deleted, which also deletes the post. */
    private Optional<String> nameOf(UUID user) {
        try {
            return Optional.of(users.read(user).name());
        } catch (HeraldProblem problem) {
            if (!problem.code().equals("user-not-found")) {
                throw problem;
            }
            return Optional.empty();
        }
    }

    void remove(UUID postId) {
        jdbc.sql("delete from headline where post_id = ?").param(postId).update();
    }

    @GetMapping("/headlines")
    List<Headline> list() {
        return jdbc.sql("select post_id, title, author from headline order by post_id desc limit 100")
                .query(DataClassRowMapper.newInstance(Headline.class))
                .list();
    }
}
