package dev.herald.platform.lifecycle;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Registers the instance as UP when the application is ready; Spring Cloud would do so when the web server starts, before
 * the application can serve.
 */
record RegistrationOnReady(ApplicationInfoManager registration) {

    /** Does nothing if the application was closed during its start, because the instance must stay DOWN then. */
    @EventListener
    void register(ApplicationReadyEvent ready) {
        if (!ready.getApplicationContext().isClosed()) {
            registration.setInstanceStatus(InstanceStatus.UP);
        }
    }
}
