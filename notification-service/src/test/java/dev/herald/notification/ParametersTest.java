package dev.herald.notification;

import dev.herald.platform.description.Parameters;
import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.ServiceTest;
import dev.herald.platform.testing.TestTokens;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class ParametersTest {

    @Autowired
    private ApplicationContext service;

    @Autowired
    private RestTestClient http;

    @Test
    void followOneRule() {
        Parameters.assertFollowOneRule(service, new Api(http).as(TestTokens.admin()));
    }
}
