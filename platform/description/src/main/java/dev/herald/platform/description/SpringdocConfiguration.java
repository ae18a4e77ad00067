package dev.herald.platform.description;

import dev.herald.platform.client.Client;
import dev.herald.platform.conditional.Preconditions;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.PropertySource;

@AutoConfiguration
@PropertySource("classpath:dev/herald/platform/description/springdoc.properties")
class SpringdocConfiguration {

    static {
        // springdoc would describe these arguments as query parameters.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Preconditions.class, Client.class);
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }
}
