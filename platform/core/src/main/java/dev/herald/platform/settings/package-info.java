/** Settings that every service needs. */
@NullMarked
package dev.herald.platform.settings;

import org.jspecify.annotations.NullMarked;
