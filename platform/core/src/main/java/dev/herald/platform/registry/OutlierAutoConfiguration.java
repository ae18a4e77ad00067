package dev.herald.platform.registry;

import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.context.annotation.Bean;

@AutoConfiguration
@ConditionalOnClass(ServiceInstance.class)
class OutlierAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    OutlierDetection outlierDetection(Clock clock) {
        return new OutlierDetection(clock);
    }
}
