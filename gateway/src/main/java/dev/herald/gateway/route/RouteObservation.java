package dev.herald.gateway.route;

import io.micrometer.common.KeyValues;
import org.springframework.cloud.gateway.filter.headers.observation.DefaultGatewayObservationConvention;
import org.springframework.cloud.gateway.filter.headers.observation.GatewayContext;
import org.springframework.stereotype.Component;

/**
 * Names the span and the meter of the calls to services. Eureka's client uses the default name
 * {@code http.client.requests} too, with other labels, and Prometheus accepts one set of labels for a name.
 */
@Component
class RouteObservation extends DefaultGatewayObservationConvention {

    @Override
    public String getName() {
        return "spring.cloud.gateway.requests";
    }

    /** Leaves out the URI, because its query may contain an email address. */
    @Override
    public KeyValues getHighCardinalityKeyValues(GatewayContext context) {
        return KeyValues.empty();
    }
}
