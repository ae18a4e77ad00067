package dev.herald.platform.problem;

import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
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

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Servlet {

        @Bean
        @ConditionalOnMissingBean
        ProblemWriter problemWriter(JsonMapper json) {
            return new ProblemWriter(json);
        }

        @Bean
        @ConditionalOnMissingBean
        ProblemAdvice problemAdvice(Problems problems, ProblemWriter writer) {
            return new ProblemAdvice(problems, writer);
        }

        /** Within the request's observation, so that the answer has its trace id, and outside of all other filters. */
        @Bean
        FilterRegistrationBean<FailureFilter> failureFilter(ProblemAdvice advice) {
            FilterRegistrationBean<FailureFilter> filter = new FilterRegistrationBean<>(new FailureFilter(advice));
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
            return filter;
        }
    }
}
