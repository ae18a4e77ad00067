package dev.herald.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.inbox.EventSubscription;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** The beans that a service gets from this module. */
class MessagingTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
    static class Service {}

    @Test
    void addsNoOutboxUntilATopicIsNamedAndNoInboxUntilSomethingIsHeard() {
        new ApplicationContextRunner()
                .withUserConfiguration(Service.class)
                .withPropertyValues("spring.application.name=platform-test", "eureka.client.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean("outbox")
                        .doesNotHaveBean("outboxRelay")
                        .doesNotHaveBean("inbox")
                        .doesNotHaveBean("consumerErrorHandler")
                        .doesNotHaveBean(EventSubscription.class));
    }
}
