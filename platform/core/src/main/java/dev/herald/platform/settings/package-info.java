/** What a service cannot start without. */
@NullMarked
package dev.herald.platform.settings;

import org.jspecify.annotations.NullMarked;
