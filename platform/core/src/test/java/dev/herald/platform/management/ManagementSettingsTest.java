package dev.herald.platform.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ManagementSettingsTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ManagementAutoConfiguration.class, EndpointAutoConfiguration.class));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/actuator/health/readiness",
                "/actuator/health/readiness/registry",
                "/actuator/info",
                "/actuator/prometheus"
            })
    void whatProbesReadIsOpen(String path) {
        assertThat(new ManagementSettings("secret").admits(path, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/loggers",
                "/actuator/loggers/dev.herald",
                "/actuator/healthy",
                "/actuator/info/x",
                "/actuator/prometheus/",
                "/actuator/signingkeys",
                "/"
            })
    void allElseNeedsTheToken(String path) {
        ManagementSettings settings = new ManagementSettings("secret");

        for (String wrong : new String[] {"", "secret", "Basic secret", "Bearer", "Bearer secre", "Bearer secrets"}) {
            assertThat(settings.admits(path, wrong)).isFalse();
        }
        assertThat(settings.admits(path, null)).isFalse();
        assertThat(settings.admits(path, "Bearer secret")).isTrue();
        assertThat(settings.admits(path, "bearer  secret")).isTrue();
        assertThat(new ManagementSettings("").admits(path, null)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "local, , UNRESTRICTED",
        "local, secret, UNRESTRICTED",
        "default, secret, UNRESTRICTED",
        "default, , READ_ONLY"
    })
    void changingOperationsNeedAToken(String profile, @Nullable String token, Access access) {
        service.withPropertyValues(
                        "spring.profiles.active=" + profile, "herald.management.token=" + (token == null ? "" : token))
                .run(context -> assertThat(context.getBean(EndpointAccessResolver.class)
                                .accessFor(EndpointId.of("loggers"), Access.UNRESTRICTED))
                        .isEqualTo(access));
    }

    @Test
    void keepsWhatTheOperatorHasTurnedOff() {
        service.withPropertyValues("herald.management.token=secret", "management.endpoint.loggers.access=NONE")
                .run(context -> assertThat(context.getBean(EndpointAccessResolver.class)
                                .accessFor(EndpointId.of("loggers"), Access.UNRESTRICTED))
                        .isEqualTo(Access.NONE));
    }
}
