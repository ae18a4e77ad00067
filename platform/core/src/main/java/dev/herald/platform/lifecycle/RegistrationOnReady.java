package dev.herald.platform.lifecycle;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Registers the instance as UP once the application is ready. Until then it is STARTING and gets no requests; Spring Cloud would
 * register it as UP with the start of its web server, before it can serve.
 */
class RegistrationOnReady {

    private final ApplicationInfoManager registration;

    RegistrationOnReady(ApplicationInfoManager registration) {
        this.registration = registration;
    }

    /** Does nothing if the application was closed while it started: the instance is DOWN by then. */
    @EventListener
    void register(ApplicationReadyEvent ready) {
        if (!ready.getApplicationContext().isClosed()) {
            registration.setInstanceStatus(InstanceStatus.UP);
        }
    }
}
