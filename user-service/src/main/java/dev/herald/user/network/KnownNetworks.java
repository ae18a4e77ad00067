package dev.herald.user.network;

import dev.herald.platform.client.ClientNetwork;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The networks of an account's registration and logins. Times are of the database's clock. */
@Component
public class KnownNetworks {

    private final JdbcClient sql;

    KnownNetworks(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * To be called at a registration or login, in its transaction.
     *
     * @return whether the account was used before, but not from this network within the last year
     */
    public boolean remember(UUID user, ClientNetwork network) {
        return sql.sql("""
                with before as (
                    select exists (select from known_network where user_id = :user) as used
                ), remembered as (
                    insert into known_network (user_id, network, last_used_at) values (:user, :network, now())
                    on conflict (user_id, network) do update set last_used_at = excluded.last_used_at
                    -- xmax is zero in a new row.
                    returning xmax = 0 as added
                )
                select used and added from before, remembered
                """)
                .param("user", user)
                .param("network", network.cidr())
                .query(Boolean.class)
                .single();
    }

    /** Whether the account was used from there within the last 30 days. */
    public boolean contains(UUID user, ClientNetwork network) {
        return sql.sql("""
                select exists (
                    select from known_network
                    where user_id = :user and network = :network and last_used_at > now() - interval '30 days')
                """)
                .param("user", user)
                .param("network", network.cidr())
                .query(Boolean.class)
                .single();
    }
}
