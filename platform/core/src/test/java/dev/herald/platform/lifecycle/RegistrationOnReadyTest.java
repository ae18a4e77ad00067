package dev.herald.platform.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.support.GenericApplicationContext;

class RegistrationOnReadyTest {

    private final ApplicationInfoManager registration = new ApplicationInfoManager(
            null,
            InstanceInfo.Builder.newBuilder()
                    .setAppName("announced")
                    .setStatus(InstanceStatus.STARTING)
                    .build(),
            null);

    @Test
    void anInstanceIsUpOnceAllOfItHasStarted() {
        try (GenericApplicationContext application = new GenericApplicationContext()) {
            application.refresh();

            new RegistrationOnReady(registration).register(ready(application));
        }

        assertThat(registration.getInfo().getStatus()).isEqualTo(InstanceStatus.UP);
    }

    @Test
    void anInstanceThatIsToldToStopWhileItStartsDoesNotComeBack() {
        GenericApplicationContext application = new GenericApplicationContext();
        application.refresh();
        application.close();
        new DeregistrationDelay(() -> registration.setInstanceStatus(InstanceStatus.DOWN), Duration.ZERO).stop();

        new RegistrationOnReady(registration).register(ready(application));

        assertThat(registration.getInfo().getStatus()).isEqualTo(InstanceStatus.DOWN);
    }

    private static ApplicationReadyEvent ready(GenericApplicationContext application) {
        return new ApplicationReadyEvent(new SpringApplication(), new String[0], application, Duration.ZERO);
    }
}
