package dev.herald.user.keys;

import dev.herald.platform.housekeeping.Purge;
import dev.herald.platform.security.WithdrawnKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Deletes the ids of former keys, once no process can accept tokens of these keys any more. */
@Configuration(proxyBeanMethods = false)
class KeyHousekeeping {

    @Bean
    Purge retiredKeys() {
        return new Purge("retired_key", "retired_at < ?", WithdrawnKeys.REMEMBERED_FOR);
    }

    @Bean
    Purge withdrawnKeys() {
        return new Purge("withdrawn_key", "withdrawn_at < ?", WithdrawnKeys.REMEMBERED_FOR);
    }
}
