package dev.herald.platform.settings;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Lets the start fail if {@code application.yml} has a {@code ${VARIABLE}} without a default and the variable is absent
 * or empty. Boot would use the text {@code ${VARIABLE}} as the value of an absent variable.
 */
@AutoConfiguration
class RequiredSettingsAutoConfiguration {

    private static final String VARIABLE = "[A-Z][A-Z0-9_]*";
    private static final Pattern ONLY_A_VARIABLE = Pattern.compile("\\$\\{(" + VARIABLE + ")}");

    @Bean
    static BeanFactoryPostProcessor requiredSettings(ConfigurableEnvironment environment) {
        return beans -> environment.getPropertySources().stream()
                .filter(OriginTrackedMapPropertySource.class::isInstance)
                .map(OriginTrackedMapPropertySource.class::cast)
                .forEach(file -> Arrays.stream(file.getPropertyNames())
                        .forEach(property -> require(property, file.getProperty(property), environment)));
    }

    private static void require(String property, @Nullable Object declared, ConfigurableEnvironment environment) {
        try {
            String value = environment.getProperty(property);
            Matcher variable = ONLY_A_VARIABLE.matcher(String.valueOf(declared));
            // Compose and Kubernetes pass an unset variable as an empty value.
            if (value != null && value.isEmpty() && variable.matches()) {
                throw new MissingSetting(variable.group(1), property);
            }
        } catch (PlaceholderResolutionException e) {
            if (e.getPlaceholder().matches(VARIABLE)) {
                throw new MissingSetting(e.getPlaceholder(), property);
            }
        }
    }
}
