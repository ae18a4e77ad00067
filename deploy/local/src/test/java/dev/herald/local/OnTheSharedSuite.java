package dev.herald.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * These tests have {@link SharedSuite} to themselves, one class after the other, and after all those that have suites of their own: the
 * shared one would take a third of a core from them, doing nothing.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedSuite.class)
@Order(Integer.MAX_VALUE)
public @interface OnTheSharedSuite {}
