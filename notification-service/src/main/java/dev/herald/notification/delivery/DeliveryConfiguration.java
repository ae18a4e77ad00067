package dev.herald.notification.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.notification.smtp.EmailSettings;
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
class DeliveryConfiguration {

    @Bean
    RetryPolicy retryPolicy(EmailSettings settings) {
        return new RetryPolicy(
                settings.attempts(),
                settings.backOff(),
                settings.maxBackOff(),
                settings.unansweredPauses(),
                new Random());
    }

    /** Always up, because notifications wait while the mail server is unavailable; the details show whether it is. */
    @Bean
    HealthIndicator smtpHealthIndicator(NotificationDelivery delivery, EmailSettings settings) {
        return () -> Health.up()
                .withDetail("tls", String.valueOf(settings.tls()).toLowerCase(Locale.ROOT))
                .withDetail("available", delivery.serverFailure().isEmpty())
                .withDetails(delivery.serverFailure()
                        .map(failure -> Map.of("lastError", failure))
                        .orElse(Map.of()))
                .build();
    }

    /** For the text parts; Boot's resolver serves the HTML parts. */
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
