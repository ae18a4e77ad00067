package dev.herald.discovery;

import dev.herald.platform.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void keepsTheHouseRules() {
        HouseRules.check("dev.herald.discovery");
    }

    @Test
    void hasCoreOfThePlatformAloneOnItsClassPath() {
        HouseRules.checkAbsent(
                "dev.herald.platform.event.CloudEvents",
                "org.apache.kafka.clients.producer.Producer",
                "dev.herald.platform.access.AccessAutoConfiguration",
                "dev.herald.platform.security.TokenVerifier",
                "org.springframework.security.oauth2.server.resource.web.BearerTokenResolver",
                "com.zaxxer.hikari.HikariDataSource");
    }
}
