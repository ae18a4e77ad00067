package dev.herald.platform.management;

import dev.herald.platform.observability.ManagementPort;
import dev.herald.platform.problem.Problems;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.PropertiesEndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.web.server.WebFilter;
import tools.jackson.databind.json.JsonMapper;

@AutoConfiguration(before = EndpointAutoConfiguration.class)
@EnableConfigurationProperties(ManagementSettings.class)
class ManagementAutoConfiguration {

    /** Makes the actuator's endpoints read-only outside of the profile {@code local}, unless a token protects them. */
    @Bean
    @ConditionalOnMissingBean
    EndpointAccessResolver endpointAccessResolver(Environment environment, ManagementSettings settings) {
        boolean mayChange = settings.hasToken() || environment.acceptsProfiles(Profiles.of("local"));
        EndpointAccessResolver properties = new PropertiesEndpointAccessResolver(environment);
        return (endpoint, defaultAccess) -> {
            Access access = properties.accessFor(endpoint, defaultAccess);
            return mayChange ? access : access.cap(Access.READ_ONLY);
        };
    }

    /**
     * In a reactive application the filters of the main context also get the requests to the management port, so this
     * filter compares the port.
     */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 10)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    WebFilter managementToken(ManagementSettings settings, ManagementPort port, Problems problems, JsonMapper json) {
        return new ReactiveManagementTokenFilter(settings, port, problems, json);
    }
}
