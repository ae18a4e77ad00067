package dev.herald.post;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Routes;
import dev.herald.platform.testing.TestTokens;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

@PostServiceTest
class ParametersTest {

    @Autowired
    private RestTestClient http;

    @Test
    void followOneRule() {
        Routes.assertParametersFollowTheRule(http, new Api(http).as(TestTokens.admin()));
    }
}
