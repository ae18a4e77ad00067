package dev.herald.user;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Routes;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

@UserServiceTest
class ParametersTest {

    @Autowired
    private RestTestClient http;

    @Test
    void followOneRule() {
        Routes.assertParametersFollowTheRule(http, TestUser.admin(new Api(http)).api());
    }
}
