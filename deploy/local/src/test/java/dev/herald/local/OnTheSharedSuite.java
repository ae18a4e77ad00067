package dev.herald.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests on {@link SharedSuite}. They run after all tests with suites of their own, because an idle shared suite would take a third of a
 * core from those.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedSuite.class)
@Order(Integer.MAX_VALUE)
public @interface OnTheSharedSuite {}
