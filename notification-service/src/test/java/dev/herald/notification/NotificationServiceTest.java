package dev.herald.notification;

import dev.herald.notification.smtp.SmtpServer;
import dev.herald.platform.testing.ServiceTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** A test of the whole service with a real mail server; all of them share one context, and so one consumer. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ServiceTest
@Import({SmtpServer.class, UserEvents.class})
@TestPropertySource(
        properties = {
            "herald.email.attempts=5",
            "herald.email.back-off=300ms",
            "herald.email.max-back-off=1s",
            "herald.email.deadline=2s",
            "herald.email.acceptance-timeout=3s",
            "resilience4j.circuitbreaker.instances.smtp.wait-duration-in-open-state=100ms",
            "resilience4j.circuitbreaker.instances.smtp.exponential-max-wait-duration-in-open-state=500ms"
        })
public @interface NotificationServiceTest {}
