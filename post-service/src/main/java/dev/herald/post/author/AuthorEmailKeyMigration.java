package dev.herald.post.author;

import dev.herald.platform.email.EmailKeyMigration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class AuthorEmailKeyMigration extends EmailKeyMigration {

    private static final String REPLACE = """
            update author set email_key = replaced.key
            from unnest(:ids, :keys) as replaced(id, key)
            where author.id = replaced.id
            """;

    AuthorEmailKeyMigration() {
        super("5", "author");
    }

    @Override
    protected void replaceKeys(UUID[] ids, String[] keys, JdbcClient sql) {
        sql.sql(REPLACE).param("ids", ids).param("keys", keys).update();
    }
}
