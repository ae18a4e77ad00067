package dev.herald.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.ApiDescription;
import dev.herald.platform.testing.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class ApiDescriptionTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private ApplicationContext service;

    @Test
    void describesEveryOperation() {
        ApiDescription description = ApiDescription.of(http);

        description.assertComplete();
        description.assertCovers(service);
        assertThat(description.codes("GET /api/notifications"))
                .contains("invalid-cursor", "validation-failed", "forbidden", "token-revoked");
        assertThat(description.codes("POST /api/notifications/{id}/resend"))
                .contains("notification-not-found", "notification-not-failed", "forbidden", "malformed-request");
    }
}
