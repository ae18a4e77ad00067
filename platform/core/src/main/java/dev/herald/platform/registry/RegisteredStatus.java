package dev.herald.platform.registry;

import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import org.jspecify.annotations.Nullable;

/** Eureka's status of this instance in the registry, or the reason why there is none. */
enum RegisteredStatus {
    UP,
    DOWN,
    STARTING,
    OUT_OF_SERVICE,
    UNKNOWN,
    MISSING,
    UNREACHABLE;

    static RegisteredStatus of(@Nullable InstanceInfo copy) {
        return copy == null ? MISSING : of(copy.getStatus());
    }

    static RegisteredStatus of(@Nullable InstanceStatus status) {
        return status == null ? UNKNOWN : valueOf(status.name());
    }
}
