package dev.herald.gateway.route;

import io.micrometer.common.KeyValues;
import org.springframework.cloud.gateway.filter.headers.observation.DefaultGatewayObservationConvention;
import org.springframework.cloud.gateway.filter.headers.observation.GatewayContext;
import org.springframework.stereotype.Component;

/**
 * One span and one meter for the calls of each route. The default name {@code http.client.requests} is Eureka's client's too, with other
 * labels, and Prometheus keeps one set of labels for a name.
 */
@Component
class RouteObservation extends DefaultGatewayObservationConvention {

    @Override
    public String getName() {
        return "spring.cloud.gateway.requests";
    }

    /** The URI is left out, because its query may hold an email address. */
    @Override
    public KeyValues getHighCardinalityKeyValues(GatewayContext context) {
        return KeyValues.empty();
    }
}
