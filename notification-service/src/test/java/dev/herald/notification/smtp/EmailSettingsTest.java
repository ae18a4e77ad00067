package dev.herald.notification.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class EmailSettingsTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withUserConfiguration(OurSettings.class);

    @ParameterizedTest
    @CsvSource({"production, REQUIRED", "local, OPPORTUNISTIC"})
    void requireTlsOutsideTheProfileLocal(String profile, SmtpTls tls) {
        service.withPropertyValues("spring.profiles.active=" + profile)
                .run(context ->
                        assertThat(context.getBean(EmailSettings.class).tls()).isEqualTo(tls));
    }

    @ParameterizedTest
    @CsvSource({"none, NONE", "opportunistic, OPPORTUNISTIC", "required, REQUIRED"})
    void takeTlsFromTheEnvironment(String value, SmtpTls tls) {
        service.withPropertyValues("HERALD_EMAIL_TLS=" + value)
                .run(context ->
                        assertThat(context.getBean(EmailSettings.class).tls()).isEqualTo(tls));
    }

    @ParameterizedTest
    @CsvSource({"''", "yes"})
    void refuseWhatIsNoWayToUseTls(String value) {
        service.withPropertyValues("HERALD_EMAIL_TLS=" + value)
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void waitAsRfc5321SaysForTheAnswerToTheEndOfTheData() {
        service.run(context -> {
            EmailSettings settings = context.getBean(EmailSettings.class);
            assertThat(settings.acceptanceTimeout()).hasMinutes(10);
            assertThat(settings.unansweredPauses())
                    .extracting(pause -> pause.toHours())
                    .containsExactly(1L, 4L);
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(EmailSettings.class)
    static class OurSettings {}
}
