package dev.herald.platform.settings;

import java.util.Arrays;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Stops a service whose {@code application.yml} says {@code ${VARIABLE}}, without a default, where there is no such
 * variable. Boot's settings records would go on with those very characters as the value.
 */
@AutoConfiguration
class RequiredSettingsAutoConfiguration {

    private static final String VARIABLE = "[A-Z][A-Z0-9_]*";

    @Bean
    static BeanFactoryPostProcessor requiredSettings(ConfigurableEnvironment environment) {
        return beans -> environment.getPropertySources().stream()
                .filter(OriginTrackedMapPropertySource.class::isInstance)
                .map(OriginTrackedMapPropertySource.class::cast)
                .flatMap(file -> Arrays.stream(file.getPropertyNames()))
                .forEach(property -> require(property, environment));
    }

    private static void require(String property, ConfigurableEnvironment environment) {
        try {
            environment.getProperty(property);
        } catch (PlaceholderResolutionException e) {
            if (e.getPlaceholder().matches(VARIABLE)) {
                throw new MissingSetting(e.getPlaceholder(), property);
            }
        }
    }
}
