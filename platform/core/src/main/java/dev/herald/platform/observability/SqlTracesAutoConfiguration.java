package dev.herald.platform.observability;

import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Records each SQL statement as a span of the request that sends it. */
@AutoConfiguration
@ConditionalOnClass(ProxyDataSource.class)
@ConditionalOnBooleanProperty(name = "management.tracing.export.enabled", matchIfMissing = true)
class SqlTracesAutoConfiguration {

    @Bean
    static BeanPostProcessor statementSpans(ObjectProvider<Traces> traces) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource pool && !(bean instanceof TracedDataSource)
                        ? new TracedDataSource(pool, traces.getObject())
                        : bean;
            }
        };
    }
}
