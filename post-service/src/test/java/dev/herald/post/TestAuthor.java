package dev.herald.post;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.TestTokens;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

/** A user who is in the read model and calls the service. */
public record TestAuthor(UUID id, String name, String email, Api api) {

    public static TestAuthor known(String name, JdbcTemplate jdbc, RestTestClient http) {
        TestAuthor author = unknown(name, http);
        jdbc.update(
                "insert into author (id, name, email, email_key, registered_at, version) values (?, ?, ?, ?, now(), 0)",
                author.id(),
                name,
                author.email(),
                author.email());
        return author;
    }

    /** A user whose event has not arrived yet. */
    public static TestAuthor unknown(String name, RestTestClient http) {
        UUID id = UUID.randomUUID();
        return new TestAuthor(id, name, id + "@example.com", new Api(http).as(TestTokens.bearer(id)));
    }
}
