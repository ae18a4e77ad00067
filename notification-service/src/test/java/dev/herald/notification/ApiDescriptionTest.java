package dev.herald.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.description.ApiDescription;
import dev.herald.platform.testing.ServiceTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@ServiceTest
@Tag("description")
class ApiDescriptionTest {

    @Autowired
    private ApplicationContext service;

    @Test
    void isCheckedIn() {
        ApiDescription.assertCheckedIn(service);
    }

    @Test
    void describesEveryOperation() {
        ApiDescription description = ApiDescription.of(service);

        description.assertComplete();
        assertThat(description.codes("GET /api/notifications"))
                .contains("invalid-cursor", "validation-failed", "forbidden", "token-revoked");
        assertThat(description.codes("POST /api/notifications/{id}/resend"))
                .contains("notification-not-found", "notification-not-failed", "forbidden", "malformed-request");
    }
}
