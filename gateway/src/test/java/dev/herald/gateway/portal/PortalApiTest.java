package dev.herald.gateway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.gateway.portal.console.ManagementClient;
import dev.herald.platform.management.ManagementSettings;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClient;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryProperties;

class PortalApiTest {

    @ParameterizedTest
    @CsvSource({"local, true", "production, false"})
    void isShownOnADevelopersMachineAlone(String profile, boolean shown) {
        new ReactiveWebApplicationContextRunner()
                .withPropertyValues("spring.profiles.active=" + profile)
                .withBean(SimpleDiscoveryClient.class, new SimpleDiscoveryProperties())
                .withBean(ManagementSettings.class, "")
                .withBean(PortalSettings.class, "", URI.create("http://127.0.0.1:1"), URI.create("http://127.0.0.1:1"))
                .withUserConfiguration(ManagementClient.class, LocalInbox.class, PortalApi.class, InboxPages.class)
                .run(context -> {
                    assertThat(context.getBeansOfType(PortalApi.class)).hasSize(shown ? 1 : 0);
                    assertThat(context.getBeansOfType(InboxPages.class)).hasSize(shown ? 1 : 0);
                });
    }
}
