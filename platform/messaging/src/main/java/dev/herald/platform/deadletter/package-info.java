/** Dead letters: copies of records that a consumer cannot handle and that must not stop the next ones. */
@NullMarked
package dev.herald.platform.deadletter;

import org.jspecify.annotations.NullMarked;
