package dev.herald.platform.description;

import dev.herald.platform.conditional.Preconditions;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.PropertySource;

/** What springdoc has to know of the platform's types. */
@AutoConfiguration
@PropertySource("classpath:dev/herald/platform/description/springdoc.properties")
class SpringdocConfiguration {

    static {
        // springdoc describes an argument of any other type as a parameter of the query.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Preconditions.class);
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }
}
