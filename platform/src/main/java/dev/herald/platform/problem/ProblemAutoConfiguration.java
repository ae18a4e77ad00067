package dev.herald.platform.problem;

import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@AutoConfiguration(beforeName = "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration")
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
        ProblemAdvice problemAdvice(Problems problems) {
            return new ProblemAdvice(problems);
        }

        @Bean
        @ConditionalOnMissingBean(ErrorController.class)
        ProblemErrorController problemErrorController(Problems problems) {
            return new ProblemErrorController(problems);
        }
    }
}
