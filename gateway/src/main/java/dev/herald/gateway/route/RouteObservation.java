package dev.herald.gateway.route;

import io.micrometer.common.KeyValues;
import org.springframework.cloud.gateway.filter.headers.observation.DefaultGatewayObservationConvention;
import org.springframework.cloud.gateway.filter.headers.observation.GatewayContext;
import org.springframework.stereotype.Component;

/**
 * The calls of each route, as one span and one meter. Its usual name is {@code http.client.requests}, which Eureka's client has
 * too, with other labels: Prometheus would keep only one of the two.
 */
@Component
class RouteObservation extends DefaultGatewayObservationConvention {

    @Override
    public String getName() {
        return "spring.cloud.gateway.requests";
    }

    /** Not the URI: its query may hold somebody's address. */
    @Override
    public KeyValues getHighCardinalityKeyValues(GatewayContext context) {
        return KeyValues.empty();
    }
}
