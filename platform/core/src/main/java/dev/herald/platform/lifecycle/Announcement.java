package dev.herald.platform.lifecycle;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Until everything in an instance has started it is STARTING in the registry, and nobody calls it: it listens well before it can
 * answer. Spring Cloud would announce it with its web server.
 */
class Announcement {

    private final ApplicationInfoManager registration;

    Announcement(ApplicationInfoManager registration) {
        this.registration = registration;
    }

    /** Unless it is told to stop while it starts: then it has taken its leave already. */
    @EventListener
    void announce(ApplicationReadyEvent ready) {
        if (!ready.getApplicationContext().isClosed()) {
            registration.setInstanceStatus(InstanceStatus.UP);
        }
    }
}
