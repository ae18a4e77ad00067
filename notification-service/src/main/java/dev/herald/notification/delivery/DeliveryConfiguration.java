package dev.herald.notification.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EmailSettings.class)
class EmailConfiguration {

    @Bean
    RetryPolicy retryPolicy(EmailSettings settings) {
        return new RetryPolicy(
                settings.attempts(),
                settings.backOff(),
                settings.maxBackOff(),
                settings.unansweredPauses(),
                new Random());
    }

    /** Emails wait for a mail server that is away, so that is no reason to be down; the details show it. */
    @Bean
    HealthIndicator smtpHealthIndicator(EmailDelivery delivery, EmailSettings settings) {
        return () -> Health.up()
                .withDetail("tls", settings.tls().name().toLowerCase(Locale.ROOT))
                .withDetail("available", delivery.serverTrouble().isEmpty())
                .withDetails(delivery.serverTrouble()
                        .map(trouble -> Map.of("lastError", trouble))
                        .orElse(Map.of()))
                .build();
    }

    /** The text parts; Boot's own resolver serves the HTML ones. */
    @Bean
    ClassLoaderTemplateResolver textTemplates() {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix("templates/");
        resolver.setResolvablePatterns(Set.of("*.txt"));
        resolver.setTemplateMode(TemplateMode.TEXT);
        resolver.setCharacterEncoding(UTF_8.name());
        resolver.setOrder(0);
        return resolver;
    }
}
