package dev.herald.platform.id;

import com.fasterxml.uuid.Generators;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.IdGenerator;

@AutoConfiguration
class IdAutoConfiguration {

    /** Makes UUIDv7 (RFC 9562). These ids sort by time of creation, so that new rows are added at the end of a B-tree index. */
    @Bean
    @ConditionalOnMissingBean
    IdGenerator timeOrderedIds() {
        return Generators.timeBasedEpochRandomGenerator()::generate;
    }
}
