package dev.herald.platform.management;

import dev.herald.platform.problem.Problems;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.json.JsonMapper;

/** In a servlet application the management port has its own context; the filters there do not apply to the service port. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ServletManagementConfiguration {

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 10)
    ManagementTokenFilter managementToken(ManagementSettings settings, Problems problems, JsonMapper json) {
        return new ManagementTokenFilter(settings, problems, json);
    }
}
