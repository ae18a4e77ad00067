package dev.herald.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RequiredSettingsTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RequiredSettingsAutoConfiguration.class))
            .withInitializer(context -> context.getEnvironment()
                    .getPropertySources()
                    .addLast(new OriginTrackedMapPropertySource(
                            "application.yml",
                            Map.of("store.password", "${STORE_PASSWORD}", "store.size", "${SIZE:3}"))));

    @Test
    void namesTheVariableThatIsMissing() {
        service.run(
                context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(MissingSetting.class)
                        .hasMessage(
                                "The environment variable STORE_PASSWORD is not set or is empty, and store.password has no default."));
    }

    @Test
    void namesTheVariableThatIsEmpty() {
        service.withSystemProperties("STORE_PASSWORD=")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(MissingSetting.class)
                        .hasMessageContaining("STORE_PASSWORD"));
    }

    @Test
    void isContentWhenItIsSet() {
        service.withSystemProperties("STORE_PASSWORD=secret")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void isContentWhenThePropertyItselfIsSet() {
        service.withPropertyValues("store.password=secret")
                .run(context -> assertThat(context).hasNotFailed());
    }
}
