package dev.herald.platform.registry;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up once the registry has been told of this instance. That the registry is away later is survivable: everybody keeps a copy. */
class RegistryHealth implements HealthIndicator {

    private final ApplicationInfoManager instance;
    private volatile boolean registered;

    RegistryHealth(ApplicationInfoManager instance) {
        this.instance = instance;
    }

    @Override
    public Health health() {
        InstanceInfo info = instance.getInfo();
        // Dirty is what the registry has not been told yet.
        registered = registered || (info.getStatus() == InstanceStatus.UP && !info.isDirty());
        return (registered ? Health.up() : Health.down())
                .withDetail("status", info.getStatus().name())
                .build();
    }
}
