package dev.herald.platform.problem;

import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

@AutoConfiguration
class ProblemAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ProblemCatalog problemCatalog() {
        return new ProblemCatalog(JsonMapper.shared());
    }

    @Bean
    @ConditionalOnMissingBean
    Problems problems(ProblemCatalog catalog, ObjectProvider<Tracer> tracer) {
        return new Problems(catalog, tracer);
    }
}
