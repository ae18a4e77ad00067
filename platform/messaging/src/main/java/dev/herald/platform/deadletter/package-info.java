/** What a consumer cannot handle steps aside, so that the events behind it go on. */
@NullMarked
package dev.herald.platform.deadletter;

import org.jspecify.annotations.NullMarked;
