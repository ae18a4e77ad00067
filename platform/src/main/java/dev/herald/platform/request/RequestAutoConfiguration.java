package dev.herald.platform.request;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.util.IdGenerator;

/** Names the requests that a service answers, and sends the answers whole. */
@AutoConfiguration(afterName = "dev.herald.platform.id.IdAutoConfiguration")
class RequestAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RequestIds requestIds(IdGenerator ids) {
        return new RequestIds(ids);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Servlet {

        @Bean
        FilterRegistrationBean<RequestIdFilter> requestIdFilter(RequestIds ids) {
            FilterRegistrationBean<RequestIdFilter> filter = new FilterRegistrationBean<>(new RequestIdFilter(ids));
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return filter;
        }

        @Bean
        @ConditionalOnMissingBean
        WholeAnswers wholeAnswers() {
            return new WholeAnswers();
        }
    }
}
