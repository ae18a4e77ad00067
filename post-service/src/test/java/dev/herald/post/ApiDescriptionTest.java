package dev.herald.post;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.description.ApiDescription;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@PostServiceTest
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
        assertThat(description.codes("GET /api/authors"))
                .contains("invalid-cursor", "validation-failed", "authentication-required", "token-expired");
    }
}
