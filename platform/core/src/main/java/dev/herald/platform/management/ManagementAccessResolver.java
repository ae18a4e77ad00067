package dev.herald.platform.management;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;

/** Makes the actuator's endpoints read-only unless {@code mayChange} is true. */
record ManagementAccessResolver(EndpointAccessResolver properties, boolean mayChange)
        implements EndpointAccessResolver {

    @Override
    public Access accessFor(EndpointId endpoint, Access defaultAccess) {
        Access access = properties.accessFor(endpoint, defaultAccess);
        return mayChange ? access : access.cap(Access.READ_ONLY);
    }
}
