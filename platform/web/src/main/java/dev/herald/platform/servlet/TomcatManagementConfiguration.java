package dev.herald.platform.servlet;

import dev.herald.platform.error.ProblemWriter;
import dev.herald.platform.problem.Problems;
import dev.herald.platform.request.RequestIds;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * The web server of the management port. It has an application context of its own, so the customizers of the main one
 * do not apply.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(name = "org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory")
class TomcatManagementConfiguration {

    @Bean
    TomcatCustomizer managementTomcatCustomizer(Problems problems, ProblemWriter writer, RequestIds ids) {
        return new TomcatCustomizer(problems, writer, ids);
    }
}
