package dev.herald.user.account;

import dev.herald.platform.email.EmailKeyMigration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Migration V5. Of two accounts with the same key the older one gets it; the other keeps its address as typed. */
@Component
class UserEmailKeyMigration extends EmailKeyMigration {

    private static final Logger log = LoggerFactory.getLogger(UserEmailKeyMigration.class);

    private static final String REPLACE = """
            with replaced as (
                select * from unnest(:ids, :keys) as replaced(id, key)
            ), claim as (
                select users.id, created_at, key from replaced join users using (id)
                union
                select users.id, created_at, email_key from users
                where email_key in (select key from replaced) and id not in (select id from replaced)
            ), ranked as (
                select id, key, row_number() over (partition by key order by created_at, id) as rank from claim
            ), updated as (
                update users
                set email_key = case rank when 1 then key else email_key end, email_key_as_typed = rank > 1
                from ranked
                where users.id = ranked.id
                returning users.id, email_key_as_typed
            )
            select id from updated where email_key_as_typed
            """;

    UserEmailKeyMigration() {
        super("5", "users");
    }

    @Override
    protected void replaceKeys(UUID[] ids, String[] keys, JdbcClient sql) {
        sql.sql(REPLACE)
                .param("ids", ids)
                .param("keys", keys)
                .query(UUID.class)
                .list()
                .forEach(id -> log.warn(
                        "Account {} has the address of an older account; a login finds it only by the address as it was typed",
                        id));
    }
}
