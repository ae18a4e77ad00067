package dev.herald.user;

import dev.herald.platform.testing.ServiceTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** A test of this service; all of these tests share one instance, which has an administrator. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ServiceTest
@Import(RequestedEmails.class)
@TestPropertySource(
        properties = {
            "herald.admin.email=admin@example.com",
            "herald.admin.password=an admin's password",
            "herald.housekeeping.interval=1s"
        })
public @interface UserServiceTest {}
