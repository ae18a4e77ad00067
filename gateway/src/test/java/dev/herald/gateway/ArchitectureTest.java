package dev.herald.gateway;

import dev.herald.platform.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void keepsTheHouseRules() {
        HouseRules.check("dev.herald.gateway");
    }

    @Test
    void hasNeitherMessagingNorServletsOnItsClassPath() {
        HouseRules.checkAbsent(
                "dev.herald.platform.event.CloudEvents",
                "org.apache.kafka.clients.producer.Producer",
                "dev.herald.platform.access.AccessAutoConfiguration",
                "org.springframework.web.servlet.DispatcherServlet",
                "com.zaxxer.hikari.HikariDataSource");
    }
}
