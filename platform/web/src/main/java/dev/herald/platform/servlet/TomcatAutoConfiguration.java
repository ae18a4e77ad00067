package dev.herald.platform.servlet;

import dev.herald.platform.error.ProblemWriter;
import dev.herald.platform.problem.Problems;
import dev.herald.platform.request.RequestIds;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(name = "org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory")
class TomcatAutoConfiguration {

    @Bean
    TomcatCustomizer tomcatCustomizer(Problems problems, ProblemWriter writer, RequestIds ids) {
        return new TomcatCustomizer(problems, writer, ids);
    }
}
