/** What every service shows of itself: traces that go on where a request ends, and what was built. */
@NullMarked
package dev.herald.platform.observability;

import org.jspecify.annotations.NullMarked;
