package dev.herald.platform.request;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.IdGenerator;

@AutoConfiguration(afterName = "dev.herald.platform.id.IdAutoConfiguration")
class RequestAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RequestIds requestIds(IdGenerator ids) {
        return new RequestIds(ids);
    }
}
