package dev.herald.platform.id;

import com.fasterxml.uuid.Generators;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.IdGenerator;

@AutoConfiguration
class IdAutoConfiguration {

    /** UUIDv7 (RFC 9562), which sorts by creation and so keeps B-tree inserts at the right edge. */
    @Bean
    @ConditionalOnMissingBean
    IdGenerator timeOrderedIds() {
        return Generators.timeBasedEpochRandomGenerator()::generate;
    }
}
