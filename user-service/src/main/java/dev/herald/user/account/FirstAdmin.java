package dev.herald.user.account;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Registers the administrator of {@link AdminSettings} at startup. An existing account with the address is not changed. */
@Component
@EnableConfigurationProperties(AdminSettings.class)
class FirstAdmin implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);

    private final Registration registration;
    private final Users users;
    private final Validator validator;
    private final AdminSettings settings;

    FirstAdmin(Registration registration, Users users, Validator validator, AdminSettings settings) {
        this.registration = registration;
        this.users = users;
        this.validator = validator;
        this.settings = settings;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!settings.arePresent() || users.findByEmail(settings.email()).isPresent()) {
            return;
        }
        RegisterUser admin = new RegisterUser("Administrator", settings.email(), settings.password(), null);
        requireValid(admin);
        try {
            registration.register(registration.prepare(admin).verified(), Set.of(Role.USER, Role.ADMIN), null);
            log.info("The first administrator is registered");
        } catch (EmailTaken e) {
            log.info("Another instance has registered the first administrator");
        }
    }

    private void requireValid(RegisterUser admin) {
        Set<ConstraintViolation<RegisterUser>> violations = validator.validate(admin);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("HERALD_ADMIN_EMAIL and HERALD_ADMIN_PASSWORD cannot be used: "
                    + violations.stream()
                            .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                            .collect(Collectors.joining(", ")));
        }
    }
}
