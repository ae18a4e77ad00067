package dev.herald.platform.registry;

import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import org.jspecify.annotations.Nullable;

/** The status of this instance in the registry: one of Eureka's, or why there is none. */
enum RegisteredStatus {
    UP,
    DOWN,
    STARTING,
    OUT_OF_SERVICE,
    UNKNOWN,
    /** The registry does not list this instance. */
    MISSING,
    /** No registry answers. */
    UNREACHABLE;

    static RegisteredStatus of(@Nullable InstanceInfo copy) {
        return copy == null ? MISSING : of(copy.getStatus());
    }

    static RegisteredStatus of(@Nullable InstanceStatus status) {
        return status == null ? UNKNOWN : valueOf(status.name());
    }
}
