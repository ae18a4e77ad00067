package dev.herald.user.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class TokenSettingsTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withUserConfiguration(Settings.class)
            .withPropertyValues(
                    "herald.session.access-token=15m",
                    "herald.session.refresh-token=30d",
                    "herald.session.refresh-reuse-interval=0",
                    "herald.session.signing-key=30d",
                    "herald.session.publish-ahead=10m");

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(TokenSettings.class)
    static class Settings {}

    @Test
    void letsARefreshTokenLiveAsLongAsAnAccessToken() {
        service.withPropertyValues("herald.session.refresh-token=15m")
                .run(context -> assertThat(context.getBean(TokenSettings.class).refreshToken())
                        .isEqualTo(Duration.ofMinutes(15)));
    }

    @Test
    void letsNoAccessTokenOutliveItsSession() {
        service.withPropertyValues("herald.session.refresh-token=14m")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage(
                                "herald.session.refresh-token must not be shorter than herald.session.access-token"));
    }

    @Test
    void refusesADurationThatIsNotPositive() {
        service.withPropertyValues("herald.session.access-token=0s")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("must be positive"));
    }

    @Test
    void refusesANegativeReuseInterval() {
        service.withPropertyValues("herald.session.refresh-reuse-interval=-1s")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("must not be negative"));
    }
}
