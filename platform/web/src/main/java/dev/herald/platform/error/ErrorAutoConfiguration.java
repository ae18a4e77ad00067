package dev.herald.platform.error;

import dev.herald.platform.problem.Problems;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ErrorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    ProblemAdvice problemAdvice(Problems problems, ProblemWriter writer) {
        return new ProblemAdvice(problems, writer);
    }

    /** Runs inside the request's observation, so that the response has its trace id, and outside of all other filters. */
    @Bean
    FilterRegistrationBean<FailureFilter> failureFilter(ProblemAdvice advice) {
        FilterRegistrationBean<FailureFilter> filter = new FilterRegistrationBean<>(new FailureFilter(advice));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return filter;
    }
}
