package dev.herald.platform.observability;

import io.micrometer.observation.ObservationPredicate;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Leaves probes, scrapes and heartbeats out of metrics and traces, because they come every second and are not requests of
 * users.
 */
@AutoConfiguration
@ConditionalOnWebApplication
class OperationsTrafficAutoConfiguration {

    private static final String REGISTRY = "/eureka/";

    @Bean
    ManagementPort managementPort() {
        return new ManagementPort();
    }

    @Bean
    ObservationPredicate noCallsToTheRegistry() {
        return (name, context) ->
                !(context instanceof ClientRequestObservationContext call && isForTheRegistry(call.getCarrier()));
    }

    private static boolean isForTheRegistry(@Nullable HttpRequest request) {
        return request != null && request.getURI().getPath().startsWith(REGISTRY);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Servlet {

        @Bean
        ObservationPredicate noRequestsToTheManagementPort(ManagementPort port) {
            return (name, context) ->
                    !(context instanceof ServerRequestObservationContext request && isOn(request.getCarrier(), port));
        }

        private static boolean isOn(@Nullable HttpServletRequest request, ManagementPort port) {
            return request != null && port.is(request.getLocalPort());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class Reactive {

        @Bean
        ObservationPredicate noRequestsToTheManagementPort(ManagementPort port) {
            return (name, context) -> !(context
                            instanceof
                            org.springframework.http.server.reactive.observation.ServerRequestObservationContext request
                    && isOn(request.getCarrier(), port));
        }

        private static boolean isOn(@Nullable ServerHttpRequest request, ManagementPort port) {
            return request != null && port.isOf(request);
        }
    }
}
