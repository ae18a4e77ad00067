package dev.herald.post;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.ApiDescription;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.web.servlet.client.RestTestClient;

@PostServiceTest
class ApiDescriptionTest {

    @Autowired
    private ApplicationContext service;

    @Autowired
    private RestTestClient http;

    @Test
    void describesEveryOperation() {
        ApiDescription description = ApiDescription.of(http);

        description.assertCovers(service);
        description.assertComplete();
        assertThat(description.codes("GET /api/authors"))
                .contains("invalid-cursor", "validation-failed", "authentication-required", "token-expired");
    }
}
